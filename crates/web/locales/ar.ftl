# نصوص الإطار والمكوّنات والرفض. العربية هي الأصل، والإنجليزية تتبعها.

web-wordmark = ديوان
web-skip = انتقل إلى المحتوى
web-demo = هذه نسخة للتجربة: لا شيء فيها حقيقي.
web-search-label = ابحث في الخدمات
web-search-placeholder = ماذا تريد أن تنجز؟
web-search-button = ابحث
web-nav-label = حسابك
web-nav-desk = المكتب
web-nav-inbox = الرسائل
web-nav-unread = { $count ->
    [zero] لا رسائل جديدة
    [one] رسالة جديدة
    [two] رسالتان جديدتان
    [few] رسائل جديدة
   *[other] رسالة جديدة
}
web-nav-account = حساب
web-nav-sign-in = تسجيل الدخول
web-footer-label = عن المنصة
web-footer-controls = الامتثال للوائح
web-footer-standards = المعايير والسياسات
web-footer-verify = التحقق من وثيقة
web-footer-accessibility = سهولة الوصول
web-footer-api = الواجهة البرمجية
web-footer-gallery = معرض المكوّنات
web-footer-open = منصة مفتوحة المصدر
web-theme = المظهر
web-theme-auto = تلقائي
web-theme-light = فاتح
web-theme-dark = داكن
web-digits = الأرقام
web-keys-title = اختصارات لوحة المفاتيح
web-keys-help = عرض هذه القائمة
web-keys-search = الانتقال إلى البحث
web-keys-move = الطلب التالي والسابق
web-keys-open = فتح الطلب
web-keys-decide = تحقق من الكل، أو اذهب إلى القرار
web-keys-return = اطلب تصحيح البند
web-keys-take = تولَّ الطلب، وإلى الذي يليه
web-keys-undo = تراجع عما فعلته الآن
web-keys-on = تشغيل المفاتيح المفردة
web-keys-close = إغلاق
web-close = إغلاق
web-confirm-title = هل أنت متأكد؟
web-confirm-yes = نعم، تابع
web-confirm-no = لا، ارجع
web-by-article = سند الرفض:
web-incident = رقم البلاغ:

# الحقول
web-optional = اختياري
web-choose = اختر
web-legal-basis = السند القانوني
web-from-register = من { $source }
web-change = تعديل
web-change-what = تعديل { $what }
web-faults-title = { $count ->
    [one] صحّح هذا الخطأ لتتابع
    [two] صحّح هذين الخطأين لتتابع
    [few] صحّح { $count } أخطاء لتتابع
   *[other] صحّح { $count } خطأ لتتابع
}
web-fault = خطأ:
web-saved = حُفظ
web-saved-at = حُفظ { $time }
web-saving = جارٍ الحفظ
web-not-saved = لم يُحفظ بعد
web-file-hint = الأنواع المقبولة: { $types }. الحد الأقصى: { $size }.
web-date-day = اليوم
web-date-month = الشهر
web-date-year = السنة
web-show-password = إظهار كلمة المرور

# الخطوات والمسار
web-stepper = خطوات الطلب
web-step = الخطوة { $step } من { $steps }
web-step-done = اكتملت
web-step-now = الخطوة الحالية
web-step-next = لم تبدأ بعد
web-timeline = مسار الطلب
web-timeline-done = تمّ
web-timeline-now = الآن
web-timeline-next = لاحقًا

# الوسوم
web-tag-done = مكتمل
web-tag-waiting = قيد الانتظار
web-tag-needs-you = بانتظارك
web-tag-refused = مرفوض

# الجداول والقوائم
web-sort-up = مرتّب تصاعديًّا
web-sort-down = مرتّب تنازليًّا
web-filter = تصفية
web-filter-apply = طبّق
web-filter-clear = امسح الكل
web-filter-remove = أزل { $what }
web-pages = صفحات القائمة
web-page-first = الأولى
web-page-next = التالي
web-page-previous = السابق
web-results = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجةً
   *[other] { $count } نتيجة
}
web-breadcrumbs = موقعك في المنصة
web-home = الرئيسية

# البطاقة
web-card-fee = الرسوم
web-card-free = بلا رسوم
web-card-time = المدة

# لوحة ما بعد الإرسال والنسخ والطباعة
web-copy = نسخ الرقم
web-copied = نُسخ
web-print = طباعة

# التنبيهات
web-notice-info = معلومة
web-notice-warn = تنبيه
web-notice-refusal = رفض
web-notice-done = تمّ
web-undo = تراجع
web-chart-table = عرض الأرقام في جدول
web-qr = رمز التحقق
web-offline = لا يوجد اتصال بالإنترنت. ما كتبته باقٍ هنا، وسنرسله عندما تضغط مرة أخرى بعد عودة الاتصال.
web-loading = جارٍ التحميل
web-gallery-title = معرض المكوّنات
web-gallery-lead = كل مكوّن في كل حالاته. الصفحات تُبنى من هذه المكوّنات وحدها.

# الرفض حسب النوع
web-refusal-not-identified = سجّل الدخول لتتابع
web-refusal-not-identified-detail = هذه الصفحة تخص صاحبها. بعد تسجيل الدخول تعود إلى حيث كنت.
web-way-not-identified = تسجيل الدخول
web-who-may = يجوز هذا الفعل لمن هو:
web-refusal-not-allowed = ليس لك صلاحية لهذا الإجراء
web-refusal-not-allowed-detail = إن كان هذا من عملك فاطلب الصلاحية من مسؤول جهتك.
web-way-not-allowed = العودة إلى الرئيسية
web-refusal-not-found = لم نجد هذه الصفحة
web-refusal-not-found-detail = ربما نُقلت، أو كُتب العنوان خطأ، أو أنها لا تخصك. جرّب البحث.
web-way-not-found = العودة إلى الرئيسية
web-refusal-conflict = لا يمكن هذا الآن
web-refusal-conflict-detail = تغيّرت الحالة منذ فتحت الصفحة، أو يجب أن يسبق هذا إجراء آخر. افتح الصفحة من جديد لترى آخر حالة.
web-way-conflict = عرض آخر حالة
web-refusal-too-large = الحجم أكبر من المسموح به
web-refusal-too-large-detail = صغّر الملف أو قسّمه ثم أرسله مرة أخرى.
web-way-too-large = العودة
web-refusal-invalid = بعض ما أرسلته يحتاج إلى تصحيح
web-refusal-invalid-detail = صحّح ما يلي ثم أرسل مرة أخرى.
web-way-invalid = العودة للتصحيح
web-refusal-too-many = محاولات كثيرة في وقت قصير
web-refusal-too-many-detail = انتظر قليلًا ثم حاول مرة أخرى. لم يضع شيء.
web-way-too-many = حاول مرة أخرى
web-refusal-unavailable = الخدمة غير متاحة الآن
web-refusal-unavailable-detail = نعمل على إعادتها. حاول بعد دقيقة. ما حفظته سابقًا باقٍ.
web-way-unavailable = حاول مرة أخرى

# الرفض حسب الرمز
refusal-web-broken = حدث خطأ من جهتنا
refusal-web-broken-detail = نعتذر. سُجّل الخطأ وسنعالجه. إن تكرر فاذكر رقم البلاغ عند الاتصال بالدعم.
refusal-web-broken-way = حاول مرة أخرى
refusal-web-cross-site = لم نقبل هذا الطلب لأنه جاء من موقع آخر
refusal-web-cross-site-detail = افتح الصفحة من هذه المنصة نفسها ثم أعد المحاولة. هذا يحميك من أن يتصرف موقع آخر باسمك.
refusal-web-timeout = استغرق الطلب وقتًا أطول من المسموح به
refusal-web-timeout-detail = حاول مرة أخرى. إن كنت ترسل ملفًا كبيرًا فتأكد من سرعة الاتصال.
refusal-web-busy = الضغط كبير الآن
refusal-web-busy-detail = لم يُسجّل شيء. حاول بعد لحظات.
refusal-web-too-large = ما أرسلته أكبر من المسموح به
refusal-web-method = لا يمكن هذا الفعل على هذا العنوان
refusal-web-method-detail = استعمل الأزرار والروابط في الصفحة نفسها.
refusal-web-content-type = نوع المحتوى غير مقبول
refusal-web-content-type-detail = أرسل المحتوى بالنوع المذكور في وصف الواجهة.
refusal-web-body = لم يصل الطلب كاملًا أو صحيحًا
refusal-web-body-detail = أعد الإرسال.
refusal-web-json = المحتوى لا يطابق الشكل المطلوب
refusal-web-json-detail = صحّح الحقول المذكورة ثم أرسل مرة أخرى.
refusal-web-query = في العنوان قيمة غير مفهومة
refusal-web-query-detail = احذف ما بعد علامة الاستفهام في العنوان أو ابدأ من القائمة.
refusal-web-form = بعض خانات النموذج غير مفهومة
refusal-web-form-detail = ارجع إلى النموذج وأعد تعبئة ما فيه خطأ.
refusal-web-cursor = انتهت صلاحية موضع القائمة
refusal-web-cursor-detail = ابدأ من أول القائمة.
refusal-idempotency-key-reused = استُعمل مفتاح التكرار من قبل لطلب مختلف
refusal-idempotency-key-reused-detail = استعمل مفتاحًا جديدًا لكل طلب جديد.
refusal-idempotency-key-invalid = مفتاح التكرار غير صالح
refusal-idempotency-key-invalid-detail = أرسل مفتاحًا من أحرف لاتينية وأرقام ظاهرة ضمن الطول المسموح به.

# الأخطاء في الحقول
refusal-item-invalid = القيمة غير صحيحة
refusal-item-required = أكمل هذه الخانة
refusal-item-shape = القيمة ليست من النوع المطلوب
refusal-item-json = النص ليس JSON صحيحًا (الموضع { $detail })
refusal-item-cursor = الموضع غير معروف
refusal-item-idempotency-key = من حرف واحد إلى { $detail } حرف، بلا مسافات
refusal-item-too-short = القيمة أقصر من المطلوب (الحد الأدنى { $detail })
refusal-item-too-long = القيمة أطول من المسموح به (الحد الأقصى { $detail })
refusal-item-too-small = القيمة أصغر من الحد الأدنى ({ $detail })
refusal-item-too-big = القيمة أكبر من الحد الأقصى ({ $detail })
refusal-item-too-few = العدد أقل من المطلوب (الحد الأدنى { $detail })
refusal-item-too-many = العدد أكثر من المسموح به (الحد الأقصى { $detail })
refusal-item-pattern = الصيغة غير صحيحة
refusal-item-format = الصيغة غير صحيحة
refusal-item-type = القيمة ليست من النوع المطلوب
refusal-item-enum = اختر قيمة من القائمة
refusal-item-unknown = هذا الحقل غير معروف

web-accessibility-title = سهولة الوصول
web-accessibility-aim = بُنيت هذه المنصة ليستعملها الجميع: بالعين أو بقارئ الشاشة، بالفأرة أو بلوحة المفاتيح، على هاتف صغير أو شاشة كبيرة. والمعيار الذي نلتزم به هو WCAG 2.2 في المستوى AA.
web-accessibility-how-title = ما الذي يعنيه ذلك لك
web-accessibility-keyboard = كل ما في المنصة يُنجز بلوحة المفاتيح وحدها، والموضع الذي أنت فيه ظاهر دائمًا. اضغط علامة الاستفهام لترى الاختصارات.
web-accessibility-scripts = القراءة والتقديم يعملان من غير جافاسكربت، وعلى خط بطيء.
web-accessibility-languages = كل صفحة بالعربية والإنجليزية، من اليمين إلى اليسار ومن اليسار إلى اليمين، وبالأرقام التي تختارها.
web-accessibility-zoom = تبقى الصفحات مقروءة عند التكبير حتى عرض 320 بكسل، وفي الوضع الداكن، وعند الطباعة.
web-accessibility-tested = تُفحص الصفحات آليًا بأداة axe في اللغتين وبثلاثة مقاسات عند كل تغيير في البرنامج.
web-accessibility-limits-title = ما لم يكتمل
web-accessibility-limits = الفحص الآلي لا يغني عن تجربة الناس. إن صعب عليك شيء فأخبر الجهة التي تقدم الخدمة؛ رقمها في بطاقة الخدمة.
web-problem-code = رمز الرفض:
web-problem-home = العودة إلى الرئيسية
web-suggestions = اقتراحات
web-footer-help = المساعدة
web-any = الكل
web-nav-requests = طلباتي
web-way-desk = العودة إلى المكتب
