# صفحات الخدمات للجمهور: الرئيسية، والدليل، والبطاقة، والنموذج حتى الإرسال. العربية هي الأصل، والإنجليزية تتبعها.

# الرئيسية
services-ask = ماذا تريد أن تنجز؟
services-ask-example = مثلًا: شهادة إقامة، تجديد جواز
services-all = كل الخدمات
services-mine = طلباتك
services-mine-all = { $count ->
    [one] طلب واحد مفتوح
    [two] طلبان مفتوحان
    [few] { $count } طلبات مفتوحة
    [many] { $count } طلبًا مفتوحًا
   *[other] { $count } طلب مفتوح
}
services-mine-due = متوقع قبل { $date }
services-mine-late = تأخر عن موعده { $date }
services-mine-draft = مسودة لم تُرسل
services-by-life = ما الذي يحدث في حياتك؟
services-news = جديد الخدمات
services-news-new = جديدة، { $date }
services-news-changed = عُدّلت { $date }
services-draft-kept = حُفظت المسودة. تجدها هنا متى عدت.
services-draft-discarded = حُذفت المسودة وكل ما كُتب فيها.
services-state-received = قيد التحقق
services-state-returned = بانتظارك
services-state-verified = بانتظار القرار
services-state-approved = قيد الإصدار
services-state-refused = مرفوض
services-state-completed = مكتمل

# الدليل
services-title = الخدمات
services-title-found = { $words }: نتائج البحث
services-narrow = تصفية النتائج
services-filters-on = عوامل التصفية المطبقة
services-filter-audience = لمن الخدمة
services-filter-topic = الموضوع
services-filter-life_event = حدث في الحياة
services-filter-body = الجهة
services-filter-any = الكل
services-count = { $count ->
    [zero] لا خدمات
    [one] خدمة واحدة
    [two] خدمتان
    [few] { $count } خدمات
   *[other] { $count } خدمة
}
services-sort = الترتيب:
services-sort-best = الأقرب إلى بحثك
services-sort-name = حسب الاسم
services-page = صفحة { $page } من { $pages }
services-none = لا خدمة بهذه الشروط
services-none-filters = أزل أحد عوامل التصفية، أو تصفح كل الخدمات.
services-none-for = لم نجد خدمة باسم «{ $words }»
services-none-hint = جرّب كلمة أعم أو اسم الوثيقة التي تريدها. لا تهم طريقة كتابة الهمزات.
services-none-filtered = { $count ->
    [one] توجد خدمة واحدة بهذه الكلمات خارج عوامل التصفية التي اخترتها.
    [two] توجد خدمتان بهذه الكلمات خارج عوامل التصفية التي اخترتها.
    [few] توجد { $count } خدمات بهذه الكلمات خارج عوامل التصفية التي اخترتها.
   *[other] توجد { $count } خدمة بهذه الكلمات خارج عوامل التصفية التي اخترتها.
}
services-search-all = ابحث في كل الخدمات
services-or-by-life = أو ابدأ مما يحدث في حياتك

# الكلمات التي تُصنف بها الخدمات
entry-audience-citizen = المواطنون
entry-audience-resident = المقيمون
entry-audience-visitor = الزوار
entry-audience-private_institution = المؤسسات الخاصة
entry-audience-government_body = الجهات الحكومية
entry-and = { $before } و{ $last }
entry-fee = { $count ->
    [one] دينار واحد
    [two] ديناران
    [few] { $count } دنانير
    [many] { $count } دينارًا
   *[other] { $count } دينار
}
entry-fee-exact = { $amount } دينار
entry-days = { $count ->
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $count } أيام عمل
   *[other] { $count } يوم عمل
}

# البطاقة
entry-who = لمن
entry-needs = ما تحتاجه
entry-need-none = لا يلزم أي مستند
entry-need-optional = مستندات اختيارية
entry-need = { $count ->
    [one] مستند واحد
    [two] مستندان
    [few] { $count } مستندات
    [many] { $count } مستندًا
   *[other] { $count } مستند
}
entry-start = ابدأ الطلب
entry-start-sign-in = تسجّل الدخول أولًا ثم تتابع
entry-start-steps = { $count ->
    [one] خطوة واحدة ثم المراجعة والإرسال
    [two] خطوتان ثم المراجعة والإرسال
    [few] { $count } خطوات ثم المراجعة والإرسال
   *[other] { $count } خطوة ثم المراجعة والإرسال
}
entry-resume = أكمل طلبك
entry-about = عن الخدمة
entry-outputs = ما ستحصل عليه
entry-output-document = وثيقة إلكترونية برمز تحقق
entry-output-measure = إجراء تنفذه الجهة
entry-output-administrative-act = قرار إداري برقم وتاريخ
entry-conditions = من يستحق الخدمة
entry-documents = المستندات المطلوبة
entry-documents-none = لا يُطلب منك أي مستند: تتحقق الجهة من بياناتك في سجلاتها.
entry-cost = الرسوم
entry-stages = كيف يسير طلبك
entry-stages-time = المدة المتوقعة من وصول الطلب كاملًا: { $time }.
entry-rights = حقوقك
entry-obligations = التزاماتك
entry-complaint = إن لم ترضَ عن الخدمة
entry-aside = عن الجهة والبطاقة
entry-provider = الجهة المقدمة للخدمة
entry-provider-services = كل خدمات الجهة
entry-phone = الهاتف:
entry-legal = السند القانوني
entry-record = عن هذه البطاقة
entry-verified = آخر تحقق من الإدارة المختصة
entry-version = رقم النسخة
entry-maturity = مستوى الرقمنة
entry-maturity-manual = تقليدية
entry-maturity-partly-digital = رقمية جزئيًا
entry-maturity-fully-digital = رقمية بالكامل
entry-assurance = قوة التحقق من الهوية
entry-assurance-basic = كلمة مرور
entry-assurance-substantial = كلمة مرور مع رمز تحقق
entry-assurance-high = مفتاح أمان مربوط بصاحبه
entry-themes = الموضوع
entry-life-events = أحداث الحياة
entry-stakeholders = أصحاب العلاقة

# النموذج: من البداية إلى الإرسال
draft-start-title = ابدأ: { $service }
draft-start-lead = هذا ما ستفعله الآن.
draft-start-answer = { $count ->
    [one] تجيب عن أسئلة في خطوة واحدة
    [two] تجيب عن أسئلة في خطوتين
    [few] تجيب عن أسئلة في { $count } خطوات
   *[other] تجيب عن أسئلة في { $count } خطوة
}
draft-start-saved = يُحفظ ما تكتبه أولًا بأول، ويمكنك أن تكمله من أي جهاز.
draft-start-documents = ترفق المستندات، فاجعلها قريبة منك
draft-start-send = تراجع كل شيء ثم ترسل
draft-start-fee = الرسوم: { $fee }
draft-back = رجوع
draft-back-card = العودة إلى بطاقة الخدمة
form-yes = نعم
form-no = لا
draft-stop-whom = لمن هذا الطلب؟
draft-stop-documents = المستندات
draft-stop-summary = المراجعة والإرسال
draft-continue = تابع
draft-save-continue = احفظ وتابع
draft-save-later = احفظ وأكمل لاحقًا
draft-basis = نطلب البيانات الشخصية في هذه الخطوة بسند من { $law }.
draft-not-answered = بلا إجابة
draft-discard-link = احذف هذه المسودة
draft-discard-title = هل تريد حذف المسودة؟
draft-discard-lead = يُحذف كل ما كتبته في طلب «{ $service }» ولا يمكن استرجاعه. لم يُرسل شيء إلى الجهة.
draft-discard-yes = نعم، احذفها
draft-discard-no = لا، أكمل الطلب
draft-whom-lead = تستطيع أن تقدم هذا الطلب لنفسك أو باسم من تمثله.
draft-whom-label = مقدم الطلب
draft-whom-name = مقدم الطلب
draft-whom-self = لي أنا
draft-whom-self-hint = يصدر كل شيء باسمك.
draft-whom-registration = رقم القيد { $number }
draft-whom-required = اختر لمن هذا الطلب
draft-documents-lead = أرفق كل مستند في مكانه. يُحفظ كل ملف حال وصوله.
draft-file-types = نقبل PDF والصور (JPEG وPNG) وملفات Word وExcel والنص العادي. تُخزن ملفاتك مشفرة.
draft-file-send = أرفق الملف
draft-file-replace = استبدل الملف
draft-file-remove = أزله
draft-file-clean = فُحص وسليم
draft-file-here = مُرفق
draft-file-none = لم يُرفق
draft-file-missing = اختر ملفًا ثم اضغط «أرفق الملف»
draft-file-required = أرفق هذا المستند
draft-summary-title = راجع طلبك قبل إرساله
draft-summary-lead = تأكد من صحة كل ما يلي. تستطيع تعديل أي شيء الآن، وبعد الإرسال تنظر فيه الجهة كما هو.
draft-summary-whom = مقدم الطلب
draft-summary-terms = الرسوم والمدة
draft-open-title = { $count ->
    [one] بقي شيء واحد قبل الإرسال
    [two] بقي شيئان قبل الإرسال
    [few] بقيت { $count } أشياء قبل الإرسال
   *[other] بقي { $count } شيئًا قبل الإرسال
}
draft-declaration-title = إقرار المسؤولية
draft-declaration = أقر بأن كل ما قدمته في هذا الطلب صحيح وكامل، وأتحمل المسؤولية القانونية عنه.
draft-declaration-required = اقرأ إقرار المسؤولية ووافق عليه
draft-send = أرسل الطلب
draft-sent-title = وصل طلبك
draft-sent-at = سُلّم في { $time }. احتفظ بهذا الرقم.
draft-sent-acknowledged = إشعار الاستلام من { $body }
draft-sent-next = ماذا بعد؟
draft-sent-due = نتوقع إنجاز طلبك قبل { $date }. نرسل إليك إشعارًا عند كل تغيير.
draft-sent-follow = تابع الطلب
draft-sent-receipt = نزّل الإيصال
draft-sent-keep = الإيصال موقّع، ويستطيع أي أحد أن يتحقق منه في صفحة «التحقق من وثيقة».

# الرفض
refusal-request-not-eligible = هذه الخدمة ليست لفئتك
refusal-request-not-eligible-detail = تذكر بطاقة الخدمة من يستحقها. إن كنت تمثل جهة أو مؤسسة فيلزم تفويض مسجل عنها.
refusal-request-incomplete = الطلب غير مكتمل
refusal-request-incomplete-detail = أكمل ما يلي ثم أرسل من جديد. ما كتبته محفوظ.
refusal-request-declaration-missing = لم توافق على إقرار المسؤولية
refusal-request-declaration-missing-detail = لا يُسلّم طلب دون إقرار مقدمه بصحة ما فيه.
refusal-request-unlisted-requirement = هذا المستند غير مطلوب في الخدمة
refusal-request-unlisted-requirement-detail = أرفق المستندات المذكورة في بطاقة الخدمة وحدها، كل مستند مرة واحدة.
refusal-document-missing = لم يصل أي ملف
refusal-document-missing-detail = اختر ملفًا ثم أرسله من جديد.
refusal-document-form-malformed = لم يصل الملف كاملًا
refusal-document-form-malformed-detail = ربما انقطع الاتصال، أو كان الملف أكبر من المسموح به. أرفقه من جديد.
refusal-document-classification-unknown = درجة التصنيف غير معروفة
refusal-document-classification-unknown-detail = اختر إحدى درجات التصنيف المعتمدة.
refusal-directory-unknown = لم نجد هذه الخدمة
refusal-directory-unknown-detail = ربما تغيّر اسمها. ابحث عنها في دليل الخدمات.
refusal-directory-excluded-domain = لا تُنشر هنا خدمة مصنفة
refusal-directory-excluded-domain-detail = الدليل للخدمات العامة وحدها. الخدمات المصنفة خارج نطاقه.
refusal-directory-legal-basis-missing = لا تدخل الدليل خدمة بلا سند قانوني
refusal-directory-legal-basis-missing-detail = اكتب السند القانوني بالعربية والإنجليزية.
refusal-directory-not-electronic = لا نموذج إلكترونيًا لهذه الخدمة
refusal-directory-not-electronic-detail = أضف نموذجًا فيه حقل واحد على الأقل.
refusal-directory-field-missing = بطاقة الخدمة غير مكتملة
refusal-directory-field-missing-detail = أكمل الأجزاء المذكورة ثم أعد التسجيل.
refusal-directory-unverified = لا ينشر البطاقة من سجلها
refusal-directory-unverified-detail = يتحقق منها وينشرها شخص آخر من الإدارة المختصة.
refusal-acknowledgement-placeholder-unknown = في إشعار الاستلام رمز لا يمكن ملؤه
refusal-acknowledgement-placeholder-unknown-detail = الرموز المتاحة: رقم الطلب، ووقت التسليم، والموعد المتوقع.
refusal-form-too-large = النموذج أكبر من المسموح به
refusal-form-too-large-detail = قسّم النموذج أو احذف ما لا يلزم.
refusal-form-invalid = النموذج غير صالح
refusal-form-invalid-detail = صحّح مخطط النموذج ثم أعد التسجيل.
refusal-forms-legal-basis-missing = حقل شخصي بلا سند قانوني
refusal-forms-legal-basis-missing-detail = اذكر السند القانوني لكل حقل يطلب بيانات شخصية.

# ما في الحقول
refusal-item-too-large = القيمة أكبر من الحد الأقصى ({ $detail })
refusal-item-date = اكتب تاريخًا صحيحًا: يوم وشهر وسنة
refusal-item-email = اكتب عنوان بريد صحيحًا، مثل name@example.ly
refusal-item-choice = اختر واحدًا من الخيارات
refusal-item-document-unknown = لم نجد هذا الملف بين ملفاتك. أرفقه من جديد
refusal-item-unlisted = هذا المستند غير مطلوب في الخدمة
refusal-item-placeholder = رمز غير معروف: { $detail }
refusal-item-legal-basis = اذكر السند القانوني لهذا الحقل
