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
notify-inbox-tabs = أجزاء الصندوق
notify-inbox-tab-all = الكل
notify-inbox-tab-needs-you = مطلوب منك
notify-inbox-tab-unread = غير مقروءة
notify-inbox-tab-archived = المحفوظة
notify-inbox-search = ابحث في رسائلك
notify-inbox-download = نزّل القائمة
notify-inbox-asks = مطلوب منك
notify-inbox-none-found = لا رسالة فيها هذه الكلمات
notify-inbox-none-found-text = جرّب كلمة أخرى، أو رقم الطلب، أو ابحث في الرسائل المحفوظة.
notify-inbox-none-asks = لا شيء مطلوب منك الآن
notify-inbox-none-asks-text = إذا احتاجت جهة إلى شيء منك ظهر هنا.
notify-inbox-none-unread = قرأت كل رسائلك
notify-inbox-none-unread-text = ما يصلك من جديد يظهر هنا.
notify-inbox-none-archived = لم تحفظ أي رسالة
notify-inbox-none-archived-text = الرسالة التي تحفظها تخرج من القائمة وتبقى هنا.
notify-mark-read = علّمها مقروءة
notify-mark-unread = علّمها غير مقروءة
notify-mark-archive = احفظها
notify-mark-restore = أعدها إلى القائمة
notify-bounced-title = رسائلنا لا تصل إلى بريدك الإلكتروني
notify-bounced-before = رفض الخادم آخر رسالة أرسلناها إلى
notify-bounced-after = تحقق من العنوان، وتابع ما يخصك هنا إلى أن يُصلح.
notify-email-queued = البريد الإلكتروني في انتظار الإرسال
notify-email-digest = ستُرسل مع رسالة اليوم
notify-email-sent = أُرسلت إلى البريد الإلكتروني
notify-email-delayed = تأخر البريد الإلكتروني، وسنحاول من جديد
notify-email-bounced = رفض خادم البريد الرسالة: العنوان لا يستقبل
notify-email-failed = تعذّر إرسال البريد الإلكتروني
notify-email-off = في الصندوق وحده، كما اخترت
notify-email-no-means = لم يُرسل بريد إلكتروني: لا وسيلة لإرساله
notify-sms-queued = الرسالة النصية في انتظار الإرسال
notify-sms-digest = ستُرسل مع رسالة اليوم
notify-sms-sent = أُرسلت رسالة نصية
notify-sms-delayed = تأخرت الرسالة النصية، وسنحاول من جديد
notify-sms-bounced = رفضت الشبكة الرسالة النصية
notify-sms-failed = تعذّر إرسال الرسالة النصية
notify-sms-off = في الصندوق وحده، كما اخترت
notify-sms-no-means = لم تُرسل رسالة نصية: لا وسيلة لإرسالها
notify-mail-open = افتح الرسالة
notify-mail-leave = لا أريد مثل هذه الرسائل بالبريد الإلكتروني
notify-mail-required = يوجب النظام إبلاغك بهذا، فلا يمكن إيقافه.
notify-digest-subject = { $count ->
    [one] رسالة اليوم: جديد واحد في طلباتك
    [two] رسالة اليوم: جديدان في طلباتك
    [few] رسالة اليوم: { $count } أخبار في طلباتك
   *[other] رسالة اليوم: { $count } خبرًا في طلباتك
}
notify-digest-lead = هذا ما جدّ منذ آخر رسالة. التفاصيل في صندوق رسائلك.
notify-choice-link = كيف تصلك الإشعارات
notify-choice-title = كيف تصلك الإشعارات
notify-choice-lead = كل إشعار يصل إلى صندوق رسائلك هنا. اختر ما يصلك منه بالبريد الإلكتروني أيضًا، ومتى.
notify-choice-saved = حُفظ اختيارك، ويسري من الآن.
notify-choice-save = احفظ الاختيار
notify-choice-back = إلى صندوق الرسائل
notify-choice-no-server = لا ترسل هذه المنصة بريدًا إلكترونيًا حاليًا. يُحفظ اختيارك ويسري عند تفعيل الإرسال.
notify-choice-required = يصلك في الحال دائمًا، لأن النظام يوجبه: { $what }.
notify-mode-at-once = في الحال
notify-mode-daily = في رسالة واحدة كل يوم
notify-mode-off = في الصندوق وحده
notify-hours-title = أوقات الإرسال
notify-hours-text = في ساعات الهدوء لا نرسل إلا ما لا يحتمل التأجيل.
notify-quiet-from = الهدوء من الساعة
notify-quiet-until = إلى الساعة
notify-quiet-never = بلا ساعات هدوء
notify-digest-hour = ساعة رسالة اليوم
notify-offset = ساعتك
notify-leave-title = إيقاف رسائل البريد الإلكتروني
notify-leave-text = لن نرسل إليك بالبريد الإلكتروني بعد الآن ما يخص ما يلي. يبقى كل شيء في صندوق رسائلك، ويصلك ما يوجب النظام إبلاغك به.
notify-leave-button = أوقف هذه الرسائل
notify-leave-done = توقفت هذه الرسائل. كل جديد تجده في صندوق رسائلك.
refusal-notify-choice-invalid = في اختيارك قيمة غير صحيحة
refusal-notify-choice-invalid-detail = صحّح الحقول المشار إليها، ثم احفظ من جديد.
notify-email-stopped = لم تُرسل: توقف الإرسال إلى هذا العنوان لأن رسائل سابقة عادت منه
notify-sms-stopped = لم تُرسل: توقف الإرسال إلى هذا الرقم
notify-bounced-change = غيّر عنوان بريدك
notice-mail-stopped-name = توقف البريد الإلكتروني
notice-mail-stopped-subject = توقف إرسال البريد الإلكتروني إليك
notice-mail-stopped-body = عادت إلينا رسائل أرسلناها إلى { $address }، فأوقفنا الإرسال إليه. كل جديد تجده في صندوق رسائلك هنا. غيّر العنوان أو أكده من صفحة حسابك ليصلك البريد من جديد.
notify-topic-account = حسابك
notify-topic-account-text = ما يتغير في حسابك وفي طريقة الوصول إليك.
