notify-mail-sentence = لديك رسالة جديدة من { $office } في صندوق رسائلك. لقراءتها افتح الرابط التالي:
notify-inbox-title = صندوق الرسائل
notify-inbox-empty = لا رسائل لديك حتى الآن
notify-inbox-empty-text = كل ما يخص طلباتك ومواعيدك سيصلك هنا.
notify-inbox-empty-action = تصفّح الخدمات
notify-inbox-unread = { $count ->
    [zero] قرأت كل رسائلك.
    [one] لديك رسالة واحدة لم تقرأها.
    [two] لديك رسالتان لم تقرأهما.
    [few] لديك { $count } رسائل لم تقرأها.
    [many] لديك { $count } رسالة لم تقرأها.
   *[other] لديك { $count } رسالة لم تقرأها.
}
notify-inbox-new = جديدة
notify-email-queued = البريد الإلكتروني في انتظار الإرسال
notify-email-sent = أُرسل إشعار إلى بريدك الإلكتروني
notify-email-failed = تعذّر إرسال الإشعار إلى بريدك الإلكتروني
notify-email-no-means = لم يُرسل بريد إلكتروني: لا وسيلة لإرساله
notify-sms-queued = الرسالة النصية في انتظار الإرسال
notify-sms-sent = أُرسلت إليك رسالة نصية
notify-sms-failed = تعذّر إرسال الرسالة النصية
notify-sms-no-means = لم تُرسل رسالة نصية: لا وسيلة لإرسالها
