# The directory's desk
directory-title = دليل الخدمات: مكتب العمل
directory-places = أقسام الدليل
directory-place-desk = المكتب
directory-place-register = السجل
directory-place-classification = التصنيف
directory-place-rules = القواعد
directory-place-maturity = التحول الرقمي
directory-new = أضف خدمة جديدة
directory-waiting = بانتظار التحقق
directory-waiting-none = لا شيء ينتظر التحقق.
directory-since = منذ { $date }
directory-duties = ما عليك إنجازه
directory-duties-none = لا شيء مطلوب الآن.
directory-due = الموعد { $date }
directory-late = متأخر
directory-proposals = مسودات لم تُقدَّم بعد
directory-go-on = تابع
directory-entries = خدمات الدليل
directory-entries-none = لا خدمات مسجلة بعد
directory-entries-none-text = سجل أول خدمة، وتظهر للناس بعد أن تتحقق منها الإدارة المختصة.
directory-update-due = التحديث مطلوب
directory-remarks = ملاحظات الإدارة المختصة
directory-propose = حرر نسخة جديدة
directory-see = شاهدها كما يراها الناس
directory-versions = النسخ
directory-registered = سُجلت في { $date }
directory-verified = نُشرت في { $date }
directory-events = ما جرى عليها
directory-owner = مسؤول المحتوى
directory-owner-now = يتولاها الآن
directory-owner-change = غيّر المسؤول
directory-owner-set = عيّن
directory-confirmed = آخر تأكيد لصحتها
directory-confirm-due = التأكيد القادم قبل
directory-told = من أُبلغ بالتغيير
directory-told-inbox = في صندوق الوارد
directory-told-email = بالبريد
directory-told-no-means = لا وسيلة لإبلاغه
directory-classify = صنّفها من جديد
directory-classify-do = احفظ التصنيف
directory-suspend = أوقف نشرها
directory-restore = أعد نشرها
directory-merge = ادمجها في خدمة أخرى
directory-merge-into = الخدمة التي تُدمج فيها
directory-merge-do = ادمج
directory-merged-into = دُمجت في:
directory-reason = السبب
directory-reason-hint = جملة كاملة يفهمها مقدم الخدمة.
directory-done-published = نُشرت النسخة، وأُبلغ مقدم الخدمة.
directory-done-returned = أُعيدت النسخة إلى محررها مع ملاحظاتك.
directory-done-suspended = أُوقف نشر الخدمة.
directory-done-restored = عادت الخدمة إلى البوابة.
directory-done-merged = دُمجت الخدمة.
directory-done-classified = حُفظ التصنيف الجديد.
directory-done-submitted = قُدمت النسخة للتحقق. تبقى النسخة المنشورة كما هي حتى تُعتمد.
directory-done-put-away = طُويت المسودة، وخرجت من قائمتك.
directory-done-answered = سُجل ردك.
directory-done-filed = سُجل الإشعار بتغير القانون، وأُبلغت الإدارة المختصة.
directory-done-owner = عُين مسؤول المحتوى.
entry-state-pending-verification = بانتظار التحقق
entry-state-returned = معادة إلى محررها
entry-state-published = منشورة
entry-state-suspended = موقوفة
entry-state-merged = مدموجة
entry-state-superseded = حلت محلها نسخة أحدث
entry-act-register = سُجلت للتحقق
entry-act-publish = نُشرت
entry-act-send-back-entry = أُعيدت إلى محررها
entry-act-suspend = أُوقف نشرها
entry-act-restore = أُعيد نشرها
entry-act-merge = دُمجت
entry-act-classify = صُنفت من جديد
entry-confirmed = أكد مقدم الخدمة صحتها في
entry-information = هذه الخدمة لا تُقدم من البوابة بعد. تجد هنا ما يلزمك قبل مراجعة الجهة.

# Duties of content owners
duty-kind-confirm = أكد أن البطاقة صحيحة
duty-kind-error-report = مستخدم أبلغ عن خطأ
duty-kind-repeated-errors = بلاغات متكررة: حدّث البطاقة
duty-kind-legal-change = تغير القانون: حدّث البطاقة
duty-kind-repeated-delay = تأخر متكرر: حدّث البطاقة
duty-closed = أُنجز
duty-opened = منذ { $date }
duty-answered = الرد:
duty-answer = ردك
duty-answer-hint = ما الذي صححته، أو لماذا يبقى كل شيء كما هو. النسخة الجديدة حين تُنشر ترد وحدها.
duty-close = سجل الرد
duty-outcome-updated = نُشرت نسخة جديدة
duty-law = { $law }، يسري من { $date }
law-title = أبلغ عن تغير في القانون
law-reference = القانون أو القرار
law-effective = يسري من
law-words = ما الذي تغير
law-file = سجل الإشعار

# Verification
verify-line = النسخة { $version }
verify-new = خدمة جديدة
verify-new-text = لا نسخة منشورة تقارن بها. اقرأ البطاقة كاملة.
verify-differences = { $count ->
    [zero] لا فروق
    [one] فرق واحد
    [two] فرقان
    [few] { $count } فروق
    [many] { $count } فرقًا
   *[other] { $count } فرق
}
verify-same = لا فرق بينها وبين النسخة السابقة.
verify-whole = البطاقة كاملة
verify-process = المسار ومراجعته القانونية
verify-glance = في لمحة
verify-fields = { $count ->
    [zero] لا أسئلة
    [one] سؤال واحد
    [two] سؤالان
    [few] { $count } أسئلة
    [many] { $count } سؤالًا
   *[other] { $count } سؤال
}
verify-stages = { $count ->
    [zero] بلا مراحل
    [one] مرحلة واحدة
    [two] مرحلتان
    [few] { $count } مراحل
    [many] { $count } مرحلة
   *[other] { $count } مرحلة
}
verify-decide = قرارك
verify-decide-text = تبقى النسخة المنشورة كما هي حتى تعتمد هذه. لا يعتمد أحد ما حرره بنفسه.
verify-publish = اعتمد وانشر
verify-return = أعدها مع ملاحظات
verify-remarks = ملاحظاتك
verify-remarks-hint = اذكر كل ما يلزم تصحيحه، ليصححه المحرر مرة واحدة.
clarity-title = وضوح النصوص
clarity-none = لا ملاحظات على النصوص.
clarity-text = تنبيهات لا تمنع التقديم، وسيراها المتحقق.
clarity-in-arabic = بالعربية
clarity-in-english = بالإنجليزية
clarity-too-long = النص أطول من { $detail } حرف
clarity-long-sentence = جملة من { $detail } كلمة: قسمها
clarity-heavy-word = لفظ ثقيل: «{ $detail }»
clarity-same-text = النص نفسه في اللغتين { $detail }
clarity-wrong-script = مكتوب بلغة أخرى { $detail }
clarity-unreachable = لا جهة ولا بريد لإبلاغه { $detail }

# What differs between two versions
change-from-to = كان: { $before }، وصار: { $after }
change-which = { $part }: { $which }
change-aspect = { $part } ({ $aspect })
change-kind-added = أضيف
change-kind-removed = حُذف
change-kind-changed = تغيّر
change-kind-moved = تغيّر الترتيب
change-order = الترتيب غير ما كان
change-rules = قواعد النموذج تغيّرت
change-process-own = إجراءات خاصة بالخدمة بدل الإجراءات المعتادة
change-process-standard = الإجراءات المعتادة بدل إجراءات خاصة
change-none = لا شيء
change-yes = نعم
change-no = لا
change-delivery-e-service = خدمة إلكترونية تُقدم هنا
change-delivery-information = معلومات فقط
change-part-name = اسم الخدمة
change-part-summary = الملخص
change-part-description = الوصف
change-part-delivery = طريقة التقديم
change-part-audience = لمن
change-part-themes = الموضوع
change-part-life-events = أحداث الحياة
change-part-fee = الرسم
change-part-fee-note = ملاحظة الرسم
change-part-delivery-working-days = مدة الإنجاز بأيام العمل
change-part-maturity = مستوى الرقمنة
change-part-assurance = مستوى تحديد الهوية
change-part-legal-basis = السند القانوني
change-part-complaint = التظلم والشكوى
change-part-acknowledgement = نص تأكيد الاستلام
change-part-contact = التواصل
change-part-contact-address = عنوان الجهة
change-part-keywords = كلمات البحث
change-part-conditions = الشروط
change-part-documents = المستندات المطلوبة
change-part-outputs = المخرجات
change-part-stages = المراحل
change-part-rights = حقوقك
change-part-obligations = واجباتك
change-part-stakeholders = أصحاب المصلحة
change-part-form = النموذج
change-part-process = الإجراءات
change-aspect-title = العنوان
change-aspect-note = الملاحظة
change-aspect-help = الشرح
change-aspect-text = النص
change-aspect-kind = النوع
change-aspect-phone = الهاتف
change-aspect-required = إلزامي
change-aspect-holder = الجهة الحاملة
change-aspect-personal = بيان شخصي
change-aspect-legal-basis = السند القانوني
change-aspect-choices = الخيارات
change-aspect-characters = أقصى عدد حروف
change-aspect-party = من يتولى
change-aspect-days = المهلة
change-aspect-moves = الطرق التالية

# Writing a card
proposal-nameless = خدمة بلا اسم بعد
proposal-parts = أجزاء البطاقة
proposal-part-what = ما الخدمة
proposal-part-what-hint = كما يسميها الناس، لا كما يسميها القرار.
proposal-part-who = لمن
proposal-part-who-hint = من يستفيد منها، وأين يبحث عنها.
proposal-part-needs = ما يلزم
proposal-part-needs-hint = الشروط والمستندات. لا يُطلب من أحد ما ليس هنا.
proposal-part-gets = الرسوم والمخرجات
proposal-part-gets-hint = كم تكلف، وكم تستغرق، وما الذي يحصل عليه المستفيد.
proposal-part-way = المراحل والحقوق
proposal-part-way-hint = ما يجري على الطلب، وما للمستفيد وما عليه.
proposal-part-law = القانون والتواصل
proposal-part-law-hint = السند القانوني، وطريق الشكوى، ومن يُبلغ بالتغيير.
proposal-part-form = النموذج
proposal-part-form-hint = الصق مخطط النموذج.
proposal-part-check = المراجعة والتقديم
proposal-in-ar = { $what } بالعربية
proposal-in-en = { $what } بالإنجليزية
proposal-add = أضف إلى { $what }
proposal-id = معرّف الخدمة
proposal-id-hint = حروف لاتينية صغيرة وأرقام وشرطات، مثل residence-certificate. لا يتغير بعد التسجيل.
proposal-delivery = طريقة التقديم
proposal-keywords-ar = كلمات البحث بالعربية
proposal-keywords-en = كلمات البحث بالإنجليزية
proposal-keywords-hint = ما يكتبه الناس حين يبحثون عنها، بينها فواصل.
proposal-documents-none = لا يُطلب أي مستند
proposal-fee = الرسم بالدينار
proposal-fee-hint = اكتب 0 إذا كانت دون رسوم.
proposal-phone = الهاتف
proposal-conditions-hint = شرط واحد في كل سطر. أفرغ السطر لتحذفه.
proposal-document-hint = مستند واحد في كل سطر. أفرغ السطر لتحذفه.
proposal-document-title = المستند
proposal-document-help = شرحه
proposal-document-required = إلزامي
proposal-output-hint = ما يستلمه المستفيد. أفرغ السطر لتحذفه.
proposal-output-title = المخرج
proposal-output-text = نص المخرج
proposal-output-kind = نوعه
proposal-stage-hint = بالترتيب الذي يراه المستفيد، ثلاث مراحل على الأقل.
proposal-stage-title = المرحلة
proposal-stage-holder = من يتولاها
proposal-stage-id = معرّف المرحلة
proposal-rights-hint = ما للمستفيد. أفرغ السطر لتحذفه.
proposal-obligations-hint = ما على المستفيد. أفرغ السطر لتحذفه.
proposal-stakeholders-hint = من يؤثر فيه تغيير الخدمة، ومعه جهة في البوابة أو بريد يُبلغ به.
proposal-stakeholders-body = معرّف الجهة
proposal-stakeholders-email = البريد
proposal-form = مخطط النموذج (JSON Schema)
proposal-form-hint = كما في دليل النماذج. يُفحص كله في الخطوة الأخيرة.
proposal-files = من ملف
proposal-files-hint = يحل الملف محل ما في الخانة أعلاه.
proposal-file-form = ملف النموذج
proposal-file-process = ملف الإجراءات
proposal-hand-in = ارفع الملف
proposal-complete = البطاقة كاملة ويمكن تقديمها.
proposal-problems = { $count ->
    [one] ينقصها شيء واحد
    [two] ينقصها شيئان
    [few] تنقصها { $count } أشياء
    [many] ينقصها { $count } شيئًا
   *[other] ينقصها { $count } شيء
}
proposal-submit = قدّم للتحقق
proposal-submit-text = تتحقق منها الإدارة المختصة قبل نشرها. إن كانت الخدمة منشورة تبقى نسختها الحالية كما هي.
proposal-put-away = اطوِ المسودة
proposal-put-away-sure = تُطوى المسودة ولا تعود في قائمتك. ما نُشر لا يتغير.

# The trees and the rules
trees-title = تصنيف الخدمات
trees-text = الكلمات التي تُصنف بها الخدمات. تغييرها يسري خلال ثوان على كل الصفحات، ومقدمو الخدمات يختارون منها.
trees-theme = الموضوعات
trees-life-event = أحداث الحياة
trees-add = أضف كلمة
trees-edit = عدّل الكلمة
trees-tree = التصنيف
trees-word = المعرّف
trees-word-hint = حروف لاتينية صغيرة وشرطات. لا يتغير.
trees-name-ar = الاسم بالعربية
trees-name-en = الاسم بالإنجليزية
trees-parent = تحت
trees-place = الترتيب
trees-place-hint = الأصغر أولًا.
trees-retire = لا يُختار بعد الآن
trees-retired = متوقفة
trees-save = احفظ
trees-saved = حُفظ التصنيف.
trees-not-yours = يعدّل التصنيف موظفو الإدارة المختصة. إن احتجت كلمة جديدة فاطلبها منهم.
rules-title = قواعد السجل
rules-text = ما تشترطه الإدارة المختصة في التسجيل، ومن يطّلع على السجل، ومدد الحفظ. كل تغيير نسخة جديدة تسري على كل مقدمي الخدمات.
rules-required-parts = أجزاء إلزامية في البطاقة
rules-summary-characters = أقصى طول للملخص قبل التنبيه (حروف)
rules-sentence-words = أقصى طول للجملة قبل التنبيه (كلمات)
rules-confirm-every-days = تأكيد صحة البطاقة كل (يوم)
rules-error-days = مهلة الرد على بلاغ الخطأ (يوم)
rules-legal-change-days = مهلة التحديث بعد تغير القانون (يوم)
rules-errors-until-update = بلاغات تجعل التحديث مطلوبًا
rules-proposal-days = حفظ المسودات غير المقدمة (يوم)
rules-register-is-public = السجل متاح لكل الناس
rules-save = احفظ نسخة جديدة
rules-saved = حُفظت القواعد وسرت.
rules-versions = نسخ القواعد
rules-versions-none = لم تُغيّر القواعد بعد.

# Register, history, progress, browsing, reports
register-title = سجل الخدمات الإلكترونية
register-text = كل خدمة نُشرت يومًا، بكل نسخها وتواريخها وحالاتها. لا يُحذف منه شيء.
register-state = الحالة
register-registered = سُجلت
register-published = نُشرت
register-since = على هذه الحالة منذ
register-none = لا خدمة بهذه الشروط
register-machine = السجل نفسه للبرامج:
history-title = تاريخ النسخ
history-first = أول نسخة نُشرت من هذه الخدمة.
maturity-title = التقدم في التحول الرقمي
maturity-chart = نسبة الخدمات الرقمية بالكامل في آخر اثني عشر شهرًا
maturity-bar = { $percent }٪ ({ $count })
maturity-all = كل الجهات
browse-title = تصفح الخدمات
browse-text = ابدأ من موضوع، أو مما يحدث في حياتك، أو من الجهة.
browse-new = خدمات جديدة
browse-changed = تغيّرت مؤخرًا
browse-used = الأكثر استعمالًا
browse-follow = أبلغني بالجديد
browse-unfollow = أوقف إبلاغي
browse-followed = حُفظ اختيارك.
browse-sign-in = لتصلك إشعارات بالخدمات الجديدة في موضوع ما:
report-title = أبلغ عن خطأ في هذه البطاقة
report-text = هل وجدت رقم هاتف خاطئًا، أو مستندًا طُلب منك وليس هنا؟ أخبر مسؤول هذه البطاقة.
report-words = ما الخطأ؟
report-words-hint = لا تكتب بيانات شخصية.
report-send = أرسل البلاغ
report-sent = وصل بلاغك
report-sent-text = يرد عليك مسؤول البطاقة قبل { $date }، وتجد رده في إشعاراتك.
report-back = العودة إلى البطاقة

# Refusals
refusal-directory-not-competent = هذا من اختصاص الإدارة المختصة وحدها
refusal-directory-not-competent-detail = اطلب ذلك من إدارة الدليل، أو حرر نسخة جديدة وقدمها للتحقق.
refusal-directory-update-unapproved = لا تُنشر نسخة معدلة قبل اعتمادها
refusal-directory-update-unapproved-detail = يعتمدها شخص آخر في الإدارة المختصة. تبقى النسخة المنشورة كما هي حتى ذلك الحين.
refusal-directory-outside-mandate = هذه الخدمة خارج اختصاص الجهة
refusal-directory-outside-mandate-detail = سجل خدمات جهتك في مجالات اختصاصها المقيدة فقط. إن كان الاختصاص ناقصًا فاطلب قيده.
refusal-item-outside-fields = ليس من مجالات اختصاص الجهة: { $detail }
refusal-item-of-another-body = هذا المعرّف لخدمة جهة أخرى
refusal-directory-transition = لا يصح هذا والخدمة على هذه الحالة
refusal-directory-transition-detail = ربما سبقك غيرك. افتح صفحة الخدمة لترى حالتها الآن.
refusal-directory-reason-missing = اكتب السبب
refusal-directory-reason-missing-detail = يلزم نص من عشرة أحرف على الأقل ليفهمه من يقرؤه.
refusal-directory-merge-target = اختر خدمة منشورة أخرى
refusal-directory-merge-target-detail = تُدمج الخدمة في خدمة أخرى منشورة الآن.
refusal-directory-term-unknown = هذه الكلمة ليست في التصنيف
refusal-directory-term-unknown-detail = اختر من كلمات التصنيف، أو اطلب من الإدارة المختصة إضافة كلمة.
refusal-directory-term-invalid = الكلمة غير مكتملة
refusal-directory-term-invalid-detail = أكمل ما يلي ثم احفظ.
refusal-directory-rules-invalid = قيمة خارج الحدود
refusal-directory-rules-invalid-detail = صحح ما يلي ثم احفظ.
refusal-directory-card-invalid = تعذرت قراءة البطاقة
refusal-directory-card-invalid-detail = صيغة الأجزاء المذكورة غير ما في مخطط البطاقة.
refusal-directory-process-unreadable = تعذرت قراءة الإجراءات
refusal-directory-process-unreadable-detail = اكتبها بصيغة JSON أو TOML كما في دليل الإجراءات.
refusal-item-unreadable = لم نفهم: { $detail }
refusal-directory-card-too-large = البطاقة أكبر من المسموح
refusal-directory-card-too-large-detail = اختصر النصوص أو انقل التفاصيل إلى صفحات الجهة.
refusal-directory-proposal-changed = غيّر زميلك هذه المسودة قبلك
refusal-directory-proposal-changed-detail = ما كتبته ما زال في الصفحة. افتح المسودة في نافذة أخرى، وانقل منها ما تريد، ثم احفظ من جديد.
refusal-directory-no-desk = هذه الصفحة لمن يعمل على الدليل
refusal-directory-no-desk-detail = تحتاج إلى تكليف محرر أو متحقق. اطلبه من مدير المنصة في جهتك.
refusal-directory-register-closed = السجل متاح للموظفين فقط
refusal-directory-register-closed-detail = حصرت الإدارة المختصة الاطلاع عليه. صفحات الخدمات تبقى متاحة للجميع.
refusal-directory-reported-already = بلاغاتك السابقة ما زالت قيد النظر
refusal-directory-reported-already-detail = انتظر الرد عليها، ثم أرسل غيرها.
refusal-directory-duty-closed = سُجل الرد من قبل
refusal-directory-duty-closed-detail = لا يُرد على الأمر نفسه مرتين.
refusal-directory-owner-unknown = اختر محررًا من محرري الجهة
refusal-directory-owner-unknown-detail = مسؤول المحتوى شخص مكلف بالتحرير في الجهة نفسها.
refusal-directory-legal-change-incomplete = الإشعار غير مكتمل
refusal-directory-legal-change-incomplete-detail = اذكر القانون وتاريخ سريانه والخدمات المعنية.
refusal-subscription-too-many = بلغت الحد الأقصى للموضوعات التي تتابعها
refusal-subscription-too-many-detail = ألغِ متابعة موضوع، ثم أضف غيره.

# Notices
notify-topic-directory = بطاقات خدمات جهتك
notify-topic-directory-text = نشرها، وما يُطلب تصحيحه أو تأكيده، وما يتغير مما يخصها.
notify-topic-news = الجديد في الخدمات
notify-topic-news-text = خدمات جديدة في موضوعات تتابعها، والرد على ما أبلغت عنه.
notice-entry-published-name = نشر بطاقة
notice-entry-published-subject = نُشرت: { $service }
notice-entry-published-body = اعتمدت الإدارة المختصة النسخة التي قدمتها، وهي الآن على البوابة.
notice-entry-returned-name = بطاقة معادة
notice-entry-returned-subject = أُعيدت إليك: { $service }
notice-entry-returned-body = ملاحظات المتحقق: { $remarks }
notice-entry-suspended-name = إيقاف نشر خدمة
notice-entry-suspended-subject = أُوقف نشر: { $service }
notice-entry-suspended-body = أوقفت الإدارة المختصة نشرها. السبب: { $words }
notice-entry-restored-name = إعادة نشر خدمة
notice-entry-restored-subject = عادت إلى البوابة: { $service }
notice-entry-restored-body = أعادت الإدارة المختصة نشرها. { $words }
notice-entry-merged-name = دمج خدمة
notice-entry-merged-subject = دُمجت: { $service }
notice-entry-merged-body = دمجتها الإدارة المختصة في خدمة أخرى. السبب: { $words }
notice-entry-classified-name = تصنيف جديد لخدمة
notice-entry-classified-subject = صُنفت من جديد: { $service }
notice-entry-classified-body = غيّرت الإدارة المختصة موضوعاتها أو من تخصهم. { $words }
notice-entry-changed-name = تغيّر خدمة تخص عملكم
notice-entry-changed-subject = تغيّرت خدمة تخص عملكم: { $service }
notice-entry-changed-body = نُشرت نسخة جديدة. افتح تاريخ النسخ لترى ما الذي تغير بالتحديد.
notice-entry-new-name = خدمة جديدة في موضوع تتابعه
notice-entry-new-subject = خدمة جديدة: { $service }
notice-entry-new-body = أُضيفت خدمة في موضوع تتابعه. يمكنك أن تغير ما تتابعه من صفحة التصفح.
notice-duty-confirm-name = طلب تأكيد بطاقة
notice-duty-confirm-subject = أكد صحة البطاقة: { $service }
notice-duty-confirm-body = راجعها وأكد أنها صحيحة قبل { $due_on }، أو حرر نسخة جديدة. { $words }
notice-duty-error-report-name = بلاغ عن خطأ
notice-duty-error-report-subject = بلاغ عن خطأ في: { $service }
notice-duty-error-report-body = كتب مستخدم: { $words } رد عليه قبل { $due_on }.
notice-duty-repeated-errors-name = بلاغات متكررة
notice-duty-repeated-errors-subject = بلاغات متكررة: حدّث { $service }
notice-duty-repeated-errors-body = حدّث البطاقة قبل { $due_on }، أو بيّن لماذا تبقى كما هي. { $words }
notice-duty-legal-change-name = تغير القانون
notice-duty-legal-change-subject = تغير القانون: حدّث { $service }
notice-duty-legal-change-body = حدّث البطاقة قبل { $due_on }. { $words }
notice-duty-repeated-delay-name = تأخر متكرر
notice-duty-repeated-delay-subject = تأخر متكرر: حدّث { $service }
notice-duty-repeated-delay-body = تتأخر هذه الخدمة مرارًا عما تعد به بطاقتها. حدّث المدة قبل { $due_on }، أو بيّن لماذا تبقى. { $words }
notice-duty-late-name = تذكير بما تأخر
notice-duty-late-subject = تأخر الرد على ما يخص: { $service }
notice-duty-late-body = كان الموعد { $due_on }.
notice-report-answered-name = رد على بلاغك
notice-report-answered-subject = رد على بلاغك عن: { $service }
notice-report-answered-body = { $answer }
notice-legal-change-filed-name = إشعار بتغير قانون
notice-legal-change-filed-subject = تغير قانون خدمة: { $service }
notice-legal-change-filed-body = أبلغ مقدم الخدمة عن: { $reference }. عدد الخدمات المعنية: { $services_count }. فُتحت لها مهام تحديث.
