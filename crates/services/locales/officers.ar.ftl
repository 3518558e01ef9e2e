
# المكتب: القائمة
desk-places = على المكتب
desk-away = سجّلني غائبًا
desk-back = عدت إلى العمل
desk-away-now = أنت مسجل غائبًا، فلا تُسند إليك القواعد طلبات جديدة.
desk-tab-mine = لديّ
desk-tab-nobody = لم يتولّها أحد
desk-tab-answered = صُحّحت
desk-search = ابحث برقم أو اسم أو كلمة
desk-filter-more = خيارات أخرى
desk-holder = يتولاها
desk-holder-of-mine = أنا
desk-holder-of-nobody = لا أحد
desk-holder-of-open = أنا أو لا أحد
desk-holder-me = أنت
desk-holder-nobody = لا أحد
desk-due-late = تأخر
desk-due-today = خلال يوم
desk-due-week = خلال أسبوع
desk-received-from = سُلّم من يوم
desk-received-to = إلى يوم
desk-sort = الترتيب
desk-sort-urgent = الأعجل أولًا
desk-sort-oldest = الأقدم أولًا
desk-sort-newest = الأحدث أولًا
desk-answered = صححه مقدمه
desk-answered-only = ما صححه مقدمه فقط
desk-pick = اختر الطلب { $number }
desk-pick-all = اختر الكل
desk-many = ما تفعله بالطلبات المختارة
desk-take-many = تولَّ المختار
desk-put-back-many = أعدها إلى القائمة
desk-give-to = سلّم إلى زميل
desk-give = سلّم
desk-moved = { $count ->
    [zero] لم يتغير متولي أي طلب.
    [one] تغير متولي طلب واحد.
    [two] تغير متولي طلبين.
    [few] تغير متولي { $count } طلبات.
    [many] تغير متولي { $count } طلبًا.
   *[other] تغير متولي { $count } طلب.
}
desk-left-out = { $count ->
    [zero] لم يُترك شيء.
    [one] طلب واحد لم يُنقل: تولاه زميل أو أُنجز.
    [two] طلبان لم يُنقلا: تولاهما زميل أو أُنجزا.
    [few] { $count } طلبات لم تُنقل: تولاها زميل أو أُنجزت.
    [many] { $count } طلبًا لم تُنقل: تولاها زميل أو أُنجزت.
   *[other] { $count } طلب لم تُنقل: تولاها زميل أو أُنجزت.
}
desk-state-returned = لدى مقدمه ليصحح

# المكتب: الطلب
desk-next = الطلب التالي
desk-held-by-me = تتولى هذا الطلب.
desk-held-by-nobody = لم يتولَّ هذا الطلب أحد.
desk-held-by = يتولى هذا الطلب { $name }.
desk-take = تولَّه
desk-put-back = أعده إلى القائمة
desk-changed-by = سبقك { $name }
desk-show-document = اعرضه هنا
desk-document-page = { $what }، صفحة { $page }
desk-all-pages = كل الصفحات
desk-download-file = نزّل الملف نفسه
desk-not-drawn = لا نستطيع عرض هذا الملف هنا. نزّله لتقرأه.
desk-more-pages = في الملف صفحات أخرى لا نعرضها هنا. نزّله لتقرأها.
desk-case-keys = v تحققت من الكل، d القرار، r اطلب تصحيحًا، a تولَّه، n التالي، u تراجع، ? كل الاختصارات.
desk-done-take = توليت الطلب { $number }.
desk-done-put-back = عاد الطلب { $number } إلى القائمة.
desk-done-give = سلّمت الطلب { $number } إلى زميلك.
desk-done-ask = أُرسل سؤالك عن الطلب { $number }.
desk-done-undo = تراجعت عن التحقق من الطلب { $number }، وعاد إليك.
desk-history-task-assigned = تغير من يتولاه
desk-history-advice-asked = طُلبت مشورة
desk-history-advice-given = وصلت المشورة
desk-history-request-verification-undone = أُلغي التحقق قبل أن يُبنى عليه شيء
desk-history-request-assisted = أدخله موظف نيابةً عن مقدمه

# العروض المحفوظة
view-title = عروضك المحفوظة
view-keep = احفظ هذا العرض باسم
view-name = الاسم
view-shared = لكل زملائي في الجهة
view-everybodys = للجميع
view-save = احفظ
view-forget = احذف العرض

# من اطلع
reading-title = من اطلع على هذا الطلب
reading-mine-title = من اطلع على بياناتك
reading-mine-lead = كل موظف يفتح طلبك يُسجَّل اسمه وسببه ووقته في سجل لا يُعدَّل.
reading-none = لم يفتح الطلبَ أحد من الموظفين بعد.
reading-purpose-task = للعمل على الطلب
reading-purpose-own-work = لمتابعة ما عمله عليه
reading-purpose-advice = طُلبت مشورته
reading-purpose-oversight = للإشراف على عمل الجهة
reading-purpose-assisted = أدخل الطلب نيابةً عن مقدمه

# المشورة
advice-title = المشورة
advice-empty = لا مشورة مطلوبة منك
advice-empty-text = حين يسألك زميل عن طلب تجد سؤاله هنا.
advice-on-case = المشورة
advice-asked-by = سأل { $name }
advice-due = الجواب قبل { $day }
advice-answer = جوابك
advice-give = أرسل الجواب
advice-ask = اطلب مشورة زميل أو وحدة
advice-of = ممن
advice-question = السؤال
advice-days = خلال كم يومًا
advice-not-binding = المشورة غير ملزمة، والقرار لصاحبه. يراها كل من يعمل على الطلب.
advice-send = اسأل
notice-advice-asked-subject = طُلبت مشورتك في الطلب { $number }
notice-advice-asked-body = يسألك زميل عن طلب «{ $service }». افتح الطلب لتقرأ السؤال وتجيب.

# النصوص الجاهزة
canned-title = نصوص جاهزة
canned-lead = عبارات تكتبها مرة ويرسلها موظفو جهتك كثيرًا. تصل مقدمَ الطلب بلغته.
canned-known = النصوص
canned-empty = لا نصوص بعد
canned-empty-text = اكتب النص الأول، فيجده موظفوك تحت كل بند.
canned-new = نص جديد
canned-edit = عدّل
canned-remove = احذف
canned-remove-confirm = يختفي النص من مكاتب موظفيك. ما أُرسل منه يبقى كما أُرسل.
canned-save = احفظ النص
canned-use = متى يُستعمل
canned-use-correction = لطلب تصحيح
canned-use-refusal = سببًا للرفض
canned-use-measures = للإجراءات التي ستُتخذ
canned-name-ar = اسمه بالعربية
canned-name-en = اسمه بالإنجليزية
canned-words-ar = النص بالعربية
canned-words-en = النص بالإنجليزية
canned-placeholders = ما يُملأ وحده
canned-placeholder-applicant = اسم مقدم الطلب
canned-placeholder-number = رقم الطلب
canned-placeholder-service = اسم الخدمة
canned-placeholder-item = البند المطلوب تصحيحه
canned-pick = نص جاهز
canned-pick-for = نص جاهز: { $what }

# الإسناد
assignment-title = إسناد العمل
assignment-lead = القاعدة تسند كل طلب جديد إلى موظف حاضر. ما يعود مصححًا يذهب إلى من كان يتولاه.
assignment-rules = القواعد
assignment-none = لا قاعدة بعد، فيتولى كل موظف ما يختاره.
assignment-every-service = كل الخدمات
assignment-desk = المكتب
assignment-desk-officer = التحقق
assignment-desk-decider = القرار
assignment-way = كيف
assignment-way-by-hand = باليد
assignment-way-by-hand-hint = يتولى كل موظف ما يختاره.
assignment-way-round-robin = بالدور
assignment-way-round-robin-hint = طلب لكل حاضر، واحدًا بعد آخر.
assignment-way-least-load = للأقل حملًا
assignment-way-least-load-hint = لمن لديه أقل الطلبات المفتوحة.
assignment-service-hint = اتركها لتشمل القاعدة كل خدمة لا قاعدة لها.
assignment-members = موظفو الجهة
assignment-away = غائب
assignment-set = ضع قاعدة
assignment-save = احفظ القاعدة

# ما يُقال حين لا يُقبل فعل على المكتب
refusal-data-purpose-missing = لا عمل لك على هذا الطلب
refusal-data-purpose-missing-detail = تُفتح بيانات الناس لغرض: طلب على مكتبك، أو عملت عليه، أو سُئلت عنه. إن كان لك به شأن فاطلب من رئيس وحدتك أن يسنده إليك.
refusal-desk-taken = سبقك زميل إلى هذا الطلب
refusal-desk-taken-detail = تغير من يتولاه وأنت تنظر فيه. تراه الآن كما صار.
refusal-desk-nothing-open = لا عمل مفتوح على هذا الطلب
refusal-desk-nothing-open-detail = أُنجز ما كان مطلوبًا أو انتقل الطلب إلى غير هذا المكتب.
refusal-desk-not-there = لا يُسلَّم الطلب إلى هذا الموظف
refusal-desk-not-there-detail = هو غائب أو ليس على هذا المكتب. اختر زميلًا حاضرًا.
refusal-desk-nobody-chosen = اختر لمن تسلّم
refusal-desk-nobody-chosen-detail = اختر زميلًا من القائمة ثم اضغط «سلّم».
refusal-desk-nothing-picked = لم تختر طلبًا
refusal-desk-nothing-picked-detail = علّم الطلبات التي تريدها ثم اضغط ما تفعله بها.
refusal-desk-head-only = هذه الصفحة لرئيس الوحدة
refusal-desk-head-only-detail = يضع رئيس الوحدة القواعد والنصوص ويقرأ الأحمال. اطلب منه ما تحتاجه.
refusal-request-undo-too-late = فات وقت التراجع
refusal-request-undo-too-late-detail = يُتراجع عن التحقق خلال عشر ثوانٍ، قبل أن يعمل عليه غيرك. يمكن لصاحب القرار أن يعيد الطلب للتصحيح.
refusal-view-too-many = حفظت ما يكفي من العروض
refusal-view-too-many-detail = احذف عرضًا لا تستعمله ثم احفظ هذا.
refusal-view-name-missing = سمِّ العرض
refusal-view-name-missing-detail = اكتب اسمًا قصيرًا تعرفه به.
refusal-advice-incomplete = أكمل السؤال
refusal-advice-incomplete-detail = قل ممن تطلب المشورة وفي أي أمر.
refusal-advice-given = أُجيب هذا السؤال
refusal-advice-given-detail = سبقك زميل بالجواب، وتقرؤه على الطلب.
refusal-canned-incomplete = أكمل النص
refusal-canned-incomplete-detail = يُكتب الاسم والنص بالعربية والإنجليزية، وما بين القوسين من القائمة وحدها.
refusal-canned-changed = تغير النص وأنت تكتب
refusal-canned-changed-detail = سبقك زميل بتعديله أو حذفه. ما كتبته باقٍ أمامك.
refusal-assignment-unknown = لا نعرف هذا الاختيار
refusal-assignment-unknown-detail = اختر المكتب والخدمة والطريقة من القائمة.
refusal-item-not-there = غائب أو ليس على هذا المكتب

# دفعة قرارات
batch-approve = وافق على المختار
batch-refuse = ارفض المختار
batch-title = دفعة قرارات
batch-preview-approve = موافقة على طلبات مختارة
batch-preview-refuse = رفض طلبات مختارة
batch-will = { $count ->
    [zero] لا يُقرَّر شيء.
    [one] يُبَت في طلب واحد لخدمة «{ $service }».
    [two] يُبَت في طلبين لخدمة «{ $service }».
    [few] يُبَت في { $count } طلبات لخدمة «{ $service }».
    [many] يُبَت في { $count } طلبًا لخدمة «{ $service }».
   *[other] يُبَت في { $count } طلب لخدمة «{ $service }».
}
batch-chosen = ما يُبَت فيه
batch-each-alone = يُقيَّد كل قرار وحده في السجل، ويُبلغ مقدم كل طلب. ما لا ينجح منها يُذكر سببه ولا يمنع غيره.
batch-confirm-approve = وافق عليها كلها ({ $count })
batch-confirm-refuse = ارفضها كلها ({ $count })
batch-back = العودة إلى المكتب
batch-none = ليس فيما اخترته طلب يصح عليه هذا القرار الآن.
batch-left-title = ما يُترك ({ $count })
batch-left-unknown = لا نجد هذا الطلب على مكتبك.
batch-left-different = خدمة أخرى أو مرحلة أخرى. اجمع طلبات خدمة واحدة.
batch-left-not-now = لا يصح هذا القرار عليه الآن، أو ليس لك.
batch-left-held = يتولاه زميل لك.
batch-left-number = له رقم قرار خاص به، فيُبَت فيه وحده.
batch-running = جارٍ: { $through } من { $all }. تُحدَّث الصفحة وحدها، ولك أن تغادرها.
batch-ended = انتهت: بُت في { $done } من { $all }.
batch-waits = ينتظر دوره
batch-done = تم
batch-not-done = لم يتم
refusal-batch-act-unknown = لا يصح هذا دفعةً واحدة
refusal-batch-act-unknown-detail = تُقبل الطلبات أو تُرفض دفعةً واحدة. أما التحقق فلكل طلب وحده بعد النظر فيه.

# الإدخال نيابةً
assisted-title = إدخال طلب نيابةً عن صاحبه
assisted-lead = لمن حضر ولا يستطيع أن يقدم طلبه بنفسه. يُدخَل الطلب في البوابة وحدها، ويُعلَّم باسمك وسببه وموافقة صاحبه، ويراه صاحبه في صفحة طلباته.
assisted-identifier = الرقم الوطني لمن حضر
assisted-identified-by = كيف تحققت من هويته
assisted-identified-by-hint = الوثيقة التي أبرزها ورقمها، مثل: بطاقة شخصية 1234567
assisted-reason = لماذا تدخله نيابةً عنه
assisted-reason-hint = مثل: كفيف، أو لا هاتف لديه.
assisted-consent = قرأت عليه ما سأفعله ووافق على أن أدخل الطلب نيابةً عنه
assisted-go-on = تابع
assisted-for = نيابةً عن { $name }
assisted-declaration = قرأت عليه الإقرار بصحة البيانات وأقر به
assisted-send = أرسل الطلب نيابةً عنه
assisted-mark = أدخل هذا الطلب الموظف { $officer } نيابةً عن مقدمه وبموافقته. السبب: { $reason }
refusal-assisted-incomplete = أكمل ما ينقص
refusal-assisted-incomplete-detail = لا يُدخَل طلب نيابةً عن أحد بلا خدمة وسبب ووثيقة هوية أبرزها.
refusal-assisted-consent-missing = لا إدخال بلا موافقة صاحب الطلب
refusal-assisted-consent-missing-detail = اقرأ عليه ما ستفعله، ثم علّم موافقته. إن لم يوافق فلا يُدخَل شيء.
refusal-assisted-unidentified = لا نعرف صاحب هذا الرقم
refusal-assisted-unidentified-detail = راجع الرقم الوطني في وثيقته. من ليس له سجل في المنصة يسجل أولًا.
refusal-assisted-own = قدّم طلبك من صفحتك
refusal-assisted-own-detail = لا يُدخل الموظف طلبه نيابةً عن نفسه. قدمه كأي مستفيد.
refusal-assisted-entered = أُرسل هذا الطلب
refusal-assisted-entered-detail = تجده على المكتب برقمه.
refusal-assisted-officers-only = الإدخال نيابةً لموظفي التحقق
refusal-assisted-officers-only-detail = يُدخل الطلب نيابةً عن صاحبه موظف الجهة التي تقدم الخدمة، وفي البوابة وحدها.

# الحمل
load-title = حمل العمل
load-who = من لديه ماذا
load-open = مفتوح
load-move = انقل
load-show = اعرض وانقل
load-carried = الطلبات المفتوحة لكل موظف
load-open-late = { $open }، منها { $late } متأخرة
load-days = ما وصل وما بُت فيه، يومًا بيوم
load-received = وصل
load-closed = بُت فيه
load-stages = كم يبقى الطلب في كل مرحلة (متوسط آخر ثلاثين يومًا)
load-hours = { $hours } ساعة ({ $count ->
    [one] طلب واحد
    [two] طلبان
    [few] { $count } طلبات
    [many] { $count } طلبًا
   *[other] { $count } طلب
})
notice-advice-asked-name = طلب مشورتك
notify-topic-desk = عملك على المكتب
notify-topic-desk-text = ما يطلبه منك زملاؤك في الجهة.
desk-with = لدى { $name }
load-minutes = { $minutes } دقيقة ({ $count ->
    [one] طلب واحد
    [two] طلبان
    [few] { $count } طلبات
    [many] { $count } طلبًا
   *[other] { $count } طلب
})
desk-place-bodies = الجهات
desk-place-staff-directory = دليل الموظفين
desk-place-devices = الأجهزة
desk-place-networks = الشبكات الافتراضية
desk-place-policies = السياسات
desk-place-directory = دليل الخدمات
