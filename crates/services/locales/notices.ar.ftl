notify-topic-requests = طلباتك
notify-topic-requests-text = استلام الطلب، وما يُطلب منك فيه، والقرار، والمخرج.
notify-topic-exports = الملفات التي طلبتها
notify-topic-exports-text = متى تصبح قائمة طلبت تنزيلها جاهزة.
notice-request-delivered-name = تأكيد استلام الطلب
notice-request-returned-name = إعادة الطلب للتصحيح
notice-request-refused-name = عدم قبول الطلب
notice-request-completed-name = اكتمال الخدمة
notice-request-not-confirmed-name = عدم تأكيد الاستلام
notice-request-not-confirmed-subject = لم نؤكد استلام طلبك { $number }: { $service }
notice-request-not-confirmed-body = لا يُعدّ الطلب مستلمًا للأسباب التالية: { $reasons } افتح الطلب وأكمل ما ينقصه ثم أرسله، أو صحح بياناتك لدى الجهة التي تحتفظ بها.
notice-export-ready-name = جاهزية ملف طلبته
notice-export-ready-subject = الملف الذي طلبته جاهز: { $list }
notice-export-ready-body = فيه { $rows_count ->
    [zero] لا سطر
    [one] سطر واحد
    [two] سطران
    [few] { $rows_count } أسطر
    [many] { $rows_count } سطرًا
   *[other] { $rows_count } سطر
}. نزّله قبل { $expires_on }، ثم يُحذف.
