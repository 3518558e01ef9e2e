
# طلباتي
request-mine = طلباتي
request-drafts = أكمل ما بدأته
request-drafts-text = حفظنا ما كتبته. لا يصل إلى الجهة شيء قبل أن ترسله.
request-draft-saved = حُفظ { $ago }
request-draft-continue = أكمل
request-sent-title = طلباتك المرسلة
request-tabs = عرض الطلبات
request-tab-all = الكل
request-tab-open = الجارية
request-tab-closed = المنتهية
request-empty-all = لا طلبات لك بعد
request-empty-all-text = عندما ترسل طلبًا تجد هنا رقمه ومن يتولاه ومتى ينتهي.
request-empty-open = لا طلب جارٍ الآن
request-empty-open-text = كل طلباتك انتهت. تجدها في «المنتهية».
request-empty-closed = لم ينتهِ طلب بعد
request-empty-closed-text = يظهر الطلب هنا حين يصدر مخرجه أو يُرفض.
request-browse = تصفّح الخدمات
request-service = الخدمة
request-number = رقم الطلب
request-state = الحالة
request-provider = الجهة
request-delivered-short = أُرسل في
request-expected-short = يُتوقع إنجازه
request-closed-word = انتهى
request-late = متأخر

# حالة الطلب
request-state-received = قيد التحقق
request-state-returned = مطلوب منك تصحيح
request-state-verified = في انتظار القرار
request-state-approved = قيد إصدار المخرج
request-state-refused = مرفوض
request-state-completed = مكتمل
request-of = مقدم الطلب: { $name }
request-open-desk = افتح الطلب على المكتب
request-resent = وصل تصحيحك، وعاد الطلب إلى الجهة.
request-returned-title = { $count ->
    [zero] أعادت الجهة طلبك للتصحيح
    [one] صحّح أمرًا واحدًا ليكمل طلبك طريقه
    [two] صحّح أمرين ليكمل طلبك طريقه
    [few] صحّح { $count } أمور ليكمل طلبك طريقه
    [many] صحّح { $count } أمرًا ليكمل طلبك طريقه
   *[other] صحّح { $count } أمر ليكمل طلبك طريقه
}
request-returned-title-other = أُعيد الطلب إلى مقدمه ليصحح
request-returned-clock = لا تُحسب مدة التصحيح من مهلة الجهة، ويبقى وقت تسليم طلبك كما هو.
request-correct = صحّح وأرسل
request-refused-title = لم يُقبل طلبك
request-refused-title-other = رُفض الطلب
request-reason = السبب
request-appeal = إن كنت لا توافق على القرار
request-completed-title = { $count ->
    [zero] اكتمل طلبك
    [one] صدر ما طلبته
    [two] صدرت وثيقتان لك
   *[other] صدرت وثائقك
}
request-completed-title-other = اكتمل الطلب
request-measures = ما ستفعله الجهة:
request-act-named = { $title } رقم { $number } بتاريخ { $date }
request-act-undated = { $title }: { $number }
request-output-since = متاح لك منذ { $when }
request-download = نزّل الوثيقة
request-verify-output = تحقق منها
request-now-with = طلبك الآن لدى { $holder }
request-now-with-other = الطلب الآن لدى { $holder }
request-now-since = وصل إليهم { $ago }.
request-expected-text = يُتوقع إنجازه في { $date } أو قبله.
request-late-text = كان الإنجاز متوقعًا في { $date }، وقد تأخر عن موعده.
request-nothing-to-do = لا يلزمك شيء الآن. نبلغك بكل جديد في صندوق رسائلك.
request-course = مسار الطلب
request-held-by = لدى { $holder }، وصل إليهم { $ago }
request-held-by-you = الطلب لديك الآن، عاد إليك { $ago }
request-next-by = يتولاه { $holder }
request-events = كل ما جرى، بالوقت
request-event-delivered = سُلّم الطلب كاملًا
request-event-received = أرسلت التصحيح
request-event-returned = أعادت الجهة الطلب للتصحيح
request-event-verified = اكتمل التحقق من البيانات والمستندات
request-event-approved = صدرت الموافقة
request-event-refused = رُفض الطلب
request-event-completed = أصبح المخرج متاحًا
request-what-was-sent = ما أُرسل مع الطلب
request-answers-more = بيانات أخرى
request-documents = المستندات المرفقة
request-documents-count = عدد المستندات المرفقة
request-keep = احتفظ بهذا
request-delivered-at = وقت التسليم
request-expected-end = الموعد المتوقع
request-receipt = إيصال الاستلام (PDF)
request-receipt-json = الإيصال للتحقق الآلي (JSON)
request-receipt-name = إيصال
request-receipt-title = إيصال استلام طلب
request-acknowledgement = تأكيد الاستلام من الجهة
request-help = للاستفسار
request-complain = كيف تشتكي أو تتظلم

# تصحيح الطلب
request-correct-title = تصحيح الطلب
request-correct-lead = { $count ->
    [zero] لا شيء للتصحيح.
    [one] طُلب منك تصحيح أمر واحد، وما عداه يبقى كما أرسلته.
    [two] طُلب منك تصحيح أمرين، وما عداهما يبقى كما أرسلته.
    [few] طُلب منك تصحيح { $count } أمور، وما عداها يبقى كما أرسلته.
    [many] طُلب منك تصحيح { $count } أمرًا، وما عداها يبقى كما أرسلته.
   *[other] طُلب منك تصحيح { $count } أمر، وما عداها يبقى كما أرسلته.
}
request-instruction = ما طلبه الموظف:
request-file-before = الملف الذي أرسلته من قبل:
request-file-kept = وصل الملف الجديد:
request-file-hint = PDF أو صورة أو Word أو Excel أو نص. الحد الأقصى للملف 20 ميغابايت.
request-correct-rest = حين ترسل التصحيح يعود الطلب إلى الموظف نفسه أو زميله، ويصلك إشعار بما يجري.
request-correct-send = أرسل التصحيح
request-correct-later = لاحقًا

# المخرجات
output-ledger-note = هذه الوثيقة مقيدة في سجل لا يُعدَّل. امسح الرمز أو أرسل الملف إلى صفحة التحقق لتعرف أنها كما صدرت.
output-applicant = مقدم الطلب
output-identifier = الرقم الوطني
output-act-number = رقم القرار
output-act-date = تاريخ القرار
output-kind-document = وثيقة
output-kind-measure = إفادة بإجراء
output-kind-administrative_act = قرار إداري

# المكتب
task-kind-verification = تحقق
task-kind-decision = قرار
desk-title = المكتب
desk-density = المسافات
desk-density-compact = متقاربة
desk-density-roomy = مريحة
desk-tabs = عرض المكتب
desk-tab-all = الكل
desk-tab-late = متأخر
desk-tab-verification = للتحقق
desk-tab-decision = للقرار
desk-service = الخدمة
desk-queue = ما ينتظرك
desk-applicant = مقدم الطلب
desk-kind = المطلوب
desk-due = الاستحقاق
desk-empty = لا شيء ينتظرك
desk-empty-text = كل ما كان على مكتبك أُنجز. يظهر الطلب الجديد هنا لحظة تسليمه.
desk-empty-narrowed = لا شيء في هذا العرض
desk-empty-narrowed-text = قد يكون على مكتبك طلبات أخرى خارج هذا الاختيار.
desk-show-all = اعرض الكل
desk-keys-hint = للتنقل: j للتالي، k للسابق، Enter للفتح، ? لكل الاختصارات.
desk-done-verify = تم: تحققت من الطلب { $number } وأحلته للقرار.
desk-done-send-back = تم: أعدت الطلب { $number } إلى مقدمه مع ما يصححه.
desk-done-approve = تم: وافقت على الطلب { $number }، ومخرجه قيد الإصدار.
desk-done-refuse = تم: رفضت الطلب { $number } وأُبلغ مقدمه بالسبب.
desk-left-over = ما كتبته
desk-on-behalf = نيابةً عن
desk-checked = تحققت من: { $what }
desk-not-sent = لم يُرفق
desk-asked-before = طُلب تصحيحه:
desk-note-missing = اطلب إرفاقه
desk-note = اطلب تصحيحه
desk-note-label = ما يصححه مقدم الطلب في: { $what }
desk-notes = ما يُطلب تصحيحه
desk-history = ما جرى على الطلب في السجل
desk-history-index = القيد { $index }
desk-history-request-delivered = سُلّم الطلب
desk-history-request-verified = تُحقق من كل بند
desk-history-request-returned = أُعيد للتصحيح
desk-history-request-corrected = وصل التصحيح
desk-history-request-approved = صدرت الموافقة
desk-history-request-refused = صدر الرفض
desk-history-output-issued = صدر المخرج
desk-history-refused = محاولة لم تُقبل
desk-somebody = شخص غير معروف
desk-platform = المنصة
desk-applicant-named = { $name } (مقدم الطلب)
desk-decision = القرار
desk-verify-lead = علّم كل بند بعد التحقق منه، ثم أحل الطلب للقرار.
desk-all-checked = تحققت من الكل
desk-verify = أحل للقرار
desk-verified-by = تحقق من البنود { $name }
desk-approve = وافق وأصدر
desk-measures = الإجراءات التي ستُتخذ
desk-measures-hint = تظهر لمقدم الطلب كما تكتبها. قل ما سيُفعل ومتى.
desk-act-number = رقم القرار الإداري
desk-act-number-hint = كما قُيد عندكم، مثل: 12/2026
desk-act-date = تاريخ القرار
desk-return-lead = لإعادة الطلب اكتب تحت كل بند ناقص ما يصححه مقدمه.
desk-return = أعد للتصحيح
desk-refuse-open = ارفض الطلب
desk-reason = سبب الرفض
desk-reason-hint = يقرؤه مقدم الطلب كما هو. اذكر ما لم يتحقق والسند الذي يشترطه.
desk-refuse = ارفض وأبلغ مقدم الطلب
desk-refuse-confirm = يُرفض الطلب ويُبلغ مقدمه بالسبب فورًا. لا يمكن التراجع عن الرفض.
desk-nothing-here = لا شيء مطلوب منك على هذا الطلب. حالته: { $state }.
desk-as-applicant = الطلب كما يراه مقدمه

# التحقق من وثيقة
verify-title = التحقق من وثيقة
verify-lead = لديك إيصال أو شهادة أو قرار صادر من هذه المنصة؟ أرسل الملف لتعرف أنه كما صدر ولم يُغيَّر فيه حرف.
verify-file = الملف
verify-file-hint = ملف PDF أو JSON كما نُزّل من المنصة، حتى { $size } ميغابايت. الصورة أو النسخة الممسوحة لا تصلح.
verify-button = تحقق
verify-how = كيف يعمل التحقق
verify-how-file = في كل وثيقة ختم رقمي يشمل كل حرف فيها. أي تغيير بعد الإصدار يكسر الختم.
verify-how-qr = على الوثيقة المطبوعة رمز مربع. امسحه بهاتفك لترى ما صدر ومتى ومن أي جهة.
verify-how-private = لا نحفظ الملف ولا نسأل من أنت.
verify-how-offline = يمكن لأي جهة أن تتحقق بنفسها بلا اتصال بنا، بالمفاتيح العامة والسجل العلني:
verify-keys = المفاتيح العامة
verify-checkpoint = آخر نقطة موقعة من السجل
verify-yes = سليم لم يُمس
verify-yes-text = هذا الملف كما صدر من المنصة، حرفًا بحرف.
verify-same-text = هذا الملف هو المخرج نفسه الذي يدل عليه الرمز، كما صدر حرفًا بحرف.
verify-other = سليم، لكنه وثيقة أخرى
verify-other-text = الملف صادر من المنصة ولم يُمس، لكنه ليس المخرج الذي يدل عليه الرمز. قارن الرقم والعنوان بما في يدك.
verify-no = لا يمكن الوثوق بهذا الملف
verify-no-do = اطلب من صاحب الوثيقة الملف كما نزّله من المنصة، أو امسح الرمز المطبوع عليها. لا تعتمد على هذه النسخة.
verify-part-form = لا يحمل الملف ختم هذه المنصة، أو كُتب ختمه بغير صورته. قد يكون ممسوحًا ضوئيًا أو محفوظًا من جديد ببرنامج آخر.
verify-part-file = تغيّر محتوى الملف بعد ختمه.
verify-part-statement = ما يقوله الختم ليس ما قُيّد في السجل.
verify-part-proof = إثبات القيد في السجل لا يصح.
verify-part-checkpoint = توقيع السجل المرفق بالختم لا يصح.
verify-part-key = وُقّع الختم بمفتاح لا نعرفه. لم تصدره هذه المنصة.
verify-part-signature = توقيع الختم لا يصح: غُيّر فيه بعد توقيعه.
verify-part-entry = القيد المذكور لا يصح.
verify-part-tile = جزء من إثبات السجل لا يصح.
verify-part-head = طول السجل المذكور لا يصح.
verify-part-unreadable = تعذرت قراءة الإثبات إلى آخره.
verify-unread = لم نتحقق من شيء
verify-unread-empty = لم يصل ملف. اختر الملف ثم اضغط «تحقق».
verify-unread-too-large = الملف أكبر من 25 ميغابايت. لا تصدر المنصة وثيقة بهذا الحجم.
verify-unread-broken = لم يصل الملف كاملًا. أرسله من جديد.
verify-detail = التفصيل التقني
verify-states = ما يثبته هذا الملف
verify-kind = النوع
verify-kind-request-delivered = إيصال استلام طلب
verify-kind-output-issued = مخرج خدمة
verify-kind-other = قيد من سجل المنصة
verify-about = الوثيقة
verify-when = قُيّد في
verify-ledger = موضعه في السجل
verify-place = القيد { $index } من سجل طوله { $size }
verify-place-later = يدخل السجل خلال لحظات
verify-form = صورة الملف
verify-form-pdf = PDF مختوم
verify-form-json = ختم مستقل (JSON)
verify-fingerprint = بصمة الملف (SHA-256)
verify-key = مفتاح التوقيع
verify-again = تحقق من ملف آخر
verify-known = صدرت هذه الوثيقة من المنصة
verify-known-text = قارن ما يلي بما في يدك. إن اختلف شيء فلا تعتمد على الورقة.
verify-issued = تاريخ الإصدار
verify-index = رقم القيد في السجل
verify-compare = معك الملف؟ قارنه
verify-compare-text = أرسل الملف لتعرف أنه هذا المخرج نفسه ولم يُمس.
verify-unknown = لا نعرف هذا الرمز
verify-unknown-text = لم تصدر من هذه المنصة وثيقة بهذا الرمز، أو كُتب العنوان ناقصًا. امسح الرمز المربع من جديد، فإن بقي الأمر كما هو فلا تعتمد على الوثيقة.

# الإشعارات
notice-request-delivered-subject = استلمنا طلبك { $number }: { $service }
notice-request-delivered-body = { $acknowledgement }
notice-request-returned-subject = طلبك { $number } يحتاج إلى تصحيح منك
notice-request-returned-body = أعادت الجهة طلبك «{ $service }» لتصحح بعض ما فيه. افتح الطلب تجد ما هو مطلوب بندًا بندًا. لا تُحسب مدة التصحيح من مهلة الجهة.
notice-request-refused-subject = لم يُقبل طلبك { $number }: { $service }
notice-request-refused-body = سبب القرار: { $reason } تجد في صفحة الطلب كيف تتظلم إن كنت لا توافق.
notice-request-completed-subject = اكتمل طلبك { $number }: { $service }
notice-request-completed-body = صدر لك: { $outputs }. نزّله من صفحة الطلب. { $measures } { $act }

# ما يُقال حين لا يُقبل فعل
refusal-request-incomplete-way = أكمل الناقص
refusal-request-unverified = لم يكتمل التحقق من البنود
refusal-request-unverified-detail = يُتحقق من كل بند ووثيقة قبل القرار. علّم ما يلي بعد التحقق منه، أو اطلب تصحيحه.
refusal-request-own = لا تبتّ في طلبك أنت
refusal-request-own-detail = يتولى طلبك زميل لك. تتابعه من صفحة طلباتك كأي مستفيد.
refusal-request-changed = سبقك زميل إلى هذا الطلب
refusal-request-changed-detail = تغيّر الطلب وأنت تنظر فيه، فلم ننفذ ما ضغطته. تراه الآن كما صار، وما كتبته باقٍ أمامك.
refusal-request-changed-way = اعرض الطلب كما صار
refusal-request-reason-missing = لا رفض بلا سبب
refusal-request-reason-missing-detail = اكتب لمقدم الطلب سببًا يفهمه، في جملة على الأقل.
refusal-request-instruction-missing = قل لمقدم الطلب ما يصححه
refusal-request-instruction-missing-detail = اكتب تحت بند واحد على الأقل ما ينقصه وكيف يصححه.
refusal-request-item-not-returned = لم يُطلب منك تصحيح هذا
refusal-request-item-not-returned-detail = تُصحَّح البنود التي حددها الموظف وحدها، وما عداها يبقى كما أرسلته.
refusal-process-transition = لا يصح هذا الآن
refusal-process-transition-detail = تجاوز الطلب هذه المرحلة أو لم يبلغها بعد. انظر إلى حالته الآن ثم تابع.
refusal-output-measure-missing = اذكر ما ستفعله الجهة
refusal-output-measure-missing-detail = تنتهي هذه الخدمة بإجراء، فيُبلغ مقدم الطلب بما سيُتخذ.
refusal-output-act-missing = اذكر رقم القرار وتاريخه
refusal-output-act-missing-detail = تنتهي هذه الخدمة بقرار إداري، فيُبلَّغ مقدم الطلب برقمه وتاريخه.
refusal-desk-none = لا مكتب لك
refusal-desk-none-detail = المكتب لموظفي الجهات. إن كنت منهم فاطلب من مسؤول جهتك أن يسجل تكليفك.

# أخطاء البنود
refusal-item-unverified = لم يُعلَّم بعد
refusal-item-instruction-required = اكتب ما يصححه مقدم الطلب
refusal-item-not-marked = لم يُطلب تصحيحه
refusal-item-file-refused = لم يُقبل هذا الملف. اختر ملفًا آخر
refusal-item-after-today = لا يكون التاريخ بعد اليوم
desk-overtaken = انتقل الطلب من مكتبك
desk-overtaken-text = أنجزه زميل وأنت تنظر فيه، فلم ننفذ ما ضغطته، ولم يعد الطلب على مكتبك.
desk-overtaken-written = ما كتبته
desk-place-operation = تشغيل المنصة
