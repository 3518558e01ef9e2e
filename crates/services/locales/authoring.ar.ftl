
# تحرير إجراءات الخدمة
proposal-part-process = الإجراءات
proposal-part-process-hint = مراحل الطلب من وصوله إلى نهايته: من يتولى كل مرحلة، وكم يومًا له، وإلى أين يقود ما يفعله. يُحفظ كل تغيير مسودة، ولا يسري شيء قبل الإقرار القانوني والنشر.
process-edit-standard = هذه هي الإجراءات المعتادة بكلمات البطاقة. أول تغيير تجريه يجعلها إجراءات خاصة بهذه الخدمة.
process-edit-stages = المراحل
process-edit-stages-hint = بالترتيب الذي يسير فيه الطلب، وأولها حيث يبدأ كل طلب. افتح المرحلة لتغيّرها.
process-edit-nameless = مرحلة بلا اسم بعد
process-edit-title = اسم المرحلة
process-edit-holder = من بيده الطلب، كما يقرؤه مقدمه
process-edit-who = من يعمل فيها
process-edit-applicant = مقدم الطلب
process-edit-system = المنصة
process-edit-body = في جهة أخرى
process-edit-body-hint = اتركها فارغة إذا كان في جهة الخدمة نفسها.
process-edit-state = الحالة التي يراها مقدم الطلب
process-edit-limit = المهلة بأيام العمل
process-edit-limit-hint = { $promise ->
    [none] إن تُركت فارغة سرت المدة المعلنة في البطاقة.
   *[other] يُذكَّر من يتولاها قبل انقضائها بيوم. إن تُركت فارغة سرت المدة المعلنة في البطاقة: { $promise }.
}
process-edit-ways = ما يمكن فعله فيها، وإلى أين يقود
process-edit-way = الطريق
process-edit-act = الفعل
process-edit-to = يقود إلى
process-edit-gone = { $stage } (حُذفت)
process-edit-way-words = نص الزر وما يُكتب معه
process-edit-way-title = نص الزر، إن لم يكفِ اسم الفعل
process-edit-way-asks = ما يجب أن يكتبه من يعمل فيها
process-edit-add-way = أضف طريقًا
process-edit-remove-way = احذف الطريق
process-edit-outputs = ما يصدر في هذه المرحلة
process-edit-outputs-hint = إن لم تختر شيئًا صدر كل ما في البطاقة.
process-edit-silence = إذا لم يتصرف أحد: التذكير والتصعيد وحكم القانون
process-edit-then = ما يجري
process-edit-then-remind = يُذكَّر من يتولاها
process-edit-then-escalate = يُبلَّغ دور أعلى
process-edit-then-act = ينوب القانون عنه
process-edit-after = بعد كم يوم عمل
process-edit-escalate = الدور الذي يُبلَّغ
process-edit-lapse = ما يعده القانون قد جرى
process-edit-stage-basis = سند هذه المرحلة، إن كان غير سند الإجراءات
process-edit-up = قدّم
process-edit-down = أخّر
process-edit-add-stage = أضف مرحلة
process-edit-remove-stage = احذف المرحلة
process-edit-remove-row = احذف
process-edit-words = السند والخطوات والحقوق
process-edit-law = السند القانوني للإجراءات
process-edit-delivery-title = كيف نسمي وصول الطلب
process-edit-delivery-holder = من يستلمه
process-edit-before = الخطوات قبل إعادة هندسة الإجراء
process-edit-after-list = الخطوات الآن
process-edit-rights = حقوق مقدم الطلب
process-edit-obligations = ما على مقدم الطلب
process-edit-row = { $what }، { $number }
process-edit-beside = الحفظ والفحص والرسم
process-edit-save = احفظ
process-edit-undo = تراجع عن آخر تغيير
process-edit-to-standard = عُد إلى الإجراءات المعتادة
process-edit-to-standard-sure = تحل الإجراءات المعتادة محل ما كتبته هنا. يمكنك التراجع بعدها.
process-edit-whole = يمكن تنفيذ الإجراءات كما هي.
process-edit-findings = { $count ->
    [one] أصلح هذا قبل التقديم
    [two] أصلح هذين قبل التقديم
    [few] أصلح هذه الـ{ $count } قبل التقديم
   *[other] أصلح هذه الـ{ $count } قبل التقديم
}
process-edit-differs = { $count ->
    [0] لا فرق عن الإصدار الساري
    [one] فرق واحد عن الإصدار الساري
    [two] فرقان عن الإصدار الساري
    [few] { $count } فروق عن الإصدار الساري
   *[other] { $count } فرقًا عن الإصدار الساري
}
process-edit-same = الإجراءات كما هي في الإصدار الساري.
process-edit-files = خذ الإجراءات ملفًا تقرؤه وتحرره، أو سلّم ملفًا يحل محل ما هنا. يمكنك التراجع بعدها.
process-edit-toml = ملف TOML
process-edit-json = ملف JSON
change-aspect-silence = عند عدم التصرف
change-aspect-outputs = ما يصدر
change-aspect-before = الخطوات من قبل
change-aspect-after = الخطوات الآن
refusal-process-nothing-to-undo = لا تغيير يُتراجع عنه
refusal-process-nothing-to-undo-detail = الإجراءات كما كانت عند بدء المسودة أو عند آخر خطوة محفوظة.

# تجربة الإجراءات بأشخاص متخيلين
process-play-person = طلب من؟
process-person = { $name }: { $told }
process-door = عند الباب
process-door-yes = نعم
process-door-no = لا
process-door-electronic = الخدمة تُقدَّم إلكترونيًا.
process-door-guardian = هو قاصر، فيقدم وليه الطلب باسمه.
process-door-mandate = تفويضه عن الشركة مسجل وسارٍ.
process-door-audience = الخدمة لمثله.
process-door-assurance = هويته مؤكدة بالدرجة التي تطلبها الخدمة.
process-why-only-way = لا طريق آخر من هنا.
process-why-forward = من عدة طرق، هو الطريق إلى الإنجاز.
process-why-returned = هذا العرض يعيد الطلب للتصحيح مرة.
process-why-refused = هذا العرض ينتهي بالرفض.
process-why-by-law = لم يتصرف أحد في المهلة، فناب القانون.
process-why-end = انتهى الطلب.
process-told = إشعار إلى { $who }: { $what }
process-edit-play = جرّبها بأشخاص متخيلين
process-play-unfinished = في الإجراءات ما يمنع تنفيذها، فيقف العرض حيث لا طريق.
proposal-id-registered = معرّف خدمة مسجلة، فلا يتغير.
refusal-directory-id-registered = معرّف الخدمة المسجلة لا يتغير
refusal-directory-id-registered-detail = هذه البطاقة إصدار من خدمة مسجلة. لتسجيل خدمة أخرى ابدأ بطاقة جديدة.
refusal-item-id-registered = المعرّف المسجل: { $detail }
