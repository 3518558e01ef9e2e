export-list-requests = طلباتي
export-list-desk = الطلبات على مكتبي
export-list-services = دليل الخدمات
export-list-inbox = صندوق الرسائل
export-list-history = سجل الطلب
export-link = نزّل القائمة
export-link-history = نزّل سجل الطلب
export-new = تنزيل: { $list }
export-new-text = يُنزَّل ما تراه في القائمة بالتصفية نفسها. إن زاد على { $count } سطر أعددناه لك وأخبرناك عند جاهزيته.
export-form = صيغة الملف
export-form-csv = جدول (CSV)
export-form-csv-hint = يفتحه أي برنامج جداول.
export-form-json = JSON
export-form-json-hint = للبرامج: مصفوفة واحدة.
export-form-ndjson = NDJSON
export-form-ndjson-hint = للبرامج: سطر لكل عنصر، للملفات الكبيرة.
export-download = نزّل الملف
export-mine = ملفاتي
export-none = لم تطلب أي ملف بعد
export-none-text = إذا طلبت تنزيل قائمة طويلة ظهر ملفها هنا.
export-list = القائمة
export-state = الحالة
export-size = الحجم
export-when = طُلب
export-asked = طُلب { $ago }
export-file-of = ملف: { $list }
export-rows = { $count ->
    [zero] لا سطر بعد
    [one] سطر واحد
    [two] سطران
    [few] { $count } أسطر
    [many] { $count } سطرًا
   *[other] { $count } سطر
}
export-kept-until = يُحفظ مشفرًا حتى { $date }، ثم يُحذف. لا ينزّله غيرك.
export-running-text = نكتب الملف الآن. يمكنك مغادرة الصفحة، وستصلك رسالة عند جاهزيته.
export-refresh = حدّث الصفحة
export-gone-text = لم يعد هذا الملف متاحًا. اطلب القائمة من جديد.
export-state-asked = في الانتظار
export-state-running = قيد الإعداد
export-state-ready = جاهز
export-state-failed = تعذّر إعداده
export-state-expired = انتهت مدته
export-column-number = رقم الطلب
export-column-service = الخدمة
export-column-provider = مقدم الخدمة
export-column-state = الحالة
export-column-delivered-at = تاريخ الاستلام
export-column-due-at = الموعد المتوقع
export-column-applicant = مقدم الطلب
export-column-kind = المطلوب
export-column-opened-at = على المكتب منذ
export-column-is-late = متأخر
export-column-id = المعرّف
export-column-summary = النبذة
export-column-fee-milli = الرسم بالألف من الدينار
export-column-delivery-working-days = المدة بأيام العمل
export-column-verified-at = آخر تحقق
export-column-sent-at = أُرسلت
export-column-subject = العنوان
export-column-body = النص
export-column-about = تخص
export-column-read-at = قُرئت
export-column-delivery = البريد الإلكتروني
export-column-place = الموضع في السجل
export-column-at = الوقت
export-column-event = الحدث
export-column-actor = من فعله
export-column-controls = المواد
export-column-leaf = القيد
export-list-delays = الطلبات المتأخرة
export-list-appeals = التظلمات
export-list-advice = الآراء المطلوبة منك
export-list-copies = النسخ الورقية
export-list-register = سجل الدليل
export-list-bodies = الجهات
export-list-duties = مهام أصحاب البطاقات
export-list-words = كلمات البحث
export-list-subscriptions = ما تتابعه
export-list-controls = مواد الأنظمة
export-list-notices = رسائل الطلب
export-link-bodies = نزّل قائمة الجهات
export-link-duties = نزّل المهام
export-link-errors = نزّل بلاغات الأخطاء
export-link-history-service = نزّل سجل الخدمة
export-link-subscriptions = نزّل قائمة ما تتابعه
export-done-of = { $done } من { $all }
export-rows-word = { $count ->
    [few] أسطر
    [many] سطرًا
   *[other] سطر
}.
export-progress = ما أُنجز من الملف
export-remaining-soon = يجهز خلال دقيقة تقريبًا.
export-remaining = يجهز خلال { $count ->
    [two] دقيقتين
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
} تقريبًا.
export-stop = أوقف الإعداد
export-resume = استأنف من حيث توقف
export-stopped-text = أوقفتَ إعداد هذا الملف. ما كُتب محفوظ، وإذا استأنفت أكملنا من حيث توقفنا.
export-failed-text = تعذّر إكمال الملف. ما كُتب محفوظ، فاستأنف لنكمل من حيث توقفنا. السبب:
export-state-stopped = متوقف
export-column-with = لدى
export-column-since = منذ
export-column-expected-at = الموعد الجديد
export-column-late-at = تأخر منذ
export-column-closed-at = أُغلق
export-column-against = التظلم من
export-column-filed-at = قُدّم
export-column-asked-by = طلبه
export-column-question = السؤال
export-column-recipient = المستلم
export-column-city = المدينة
export-column-asked-at = طُلب
export-column-prints = مرات الطباعة
export-column-dispatched-at = أُرسل
export-column-carrier = الناقل
export-column-tracking = رقم التتبع
export-column-version = الإصدار
export-column-registered-at = سُجّل
export-column-published-at = نُشر
export-column-state-at = في هذه الحالة منذ
export-column-body-name = الجهة
export-column-short = الاسم المختصر
export-column-services = عدد الخدمات
export-column-duty = الواجب
export-column-update-due = التحديث مستحق
export-column-owner = صاحب البطاقة
export-column-words = الكلمات
export-column-reference = المرجع
export-column-relation = العلاقة
export-column-finds = تجد
export-column-in-force = سارية
export-column-tree = التصنيف
export-column-name = الاسم
export-column-pack = الوثيقة
export-column-article = المادة
export-column-enforcement = كيف يُلتزم به
export-column-module = القسم
export-column-where = أين في البرنامج
export-column-tests = الاختبارات
export-tree-theme = الموضوعات
export-tree-life-event = مناسبات الحياة
refusal-export-not-open = لم يعد هذا الملف قيد الإعداد
refusal-export-not-open-detail = لا شيء لإيقافه. انظر حالته أدناه.
refusal-export-not-stopped = هذا الملف لا يحتاج إلى استئناف
refusal-export-not-stopped-detail = انظر حالته أدناه.
refusal-export-too-long = القائمة أطول من أن تُنزَّل في الحال
refusal-export-too-long-detail = اطلبها ملفًا من صفحة التنزيل أو عبر /api/v1/exports، ونخبرك عند جاهزيته.
refusal-export-too-many = لديك ملفات لم يكتمل إعدادها
refusal-export-too-many-detail = انتظر حتى يجهز أحدها، ثم اطلب غيره.
refusal-export-form-unknown = هذه الصيغة غير معروفة
refusal-export-form-unknown-detail = اختر CSV أو JSON أو NDJSON.
refusal-export-not-ready = الملف لم يجهز بعد
refusal-export-not-ready-detail = تصلك رسالة عند جاهزيته.
refusal-export-expired = انتهت مدة حفظ هذا الملف
refusal-export-expired-detail = اطلب القائمة من جديد.
