# نصوص صفحات الامتثال: القائمة، وصفحة الضابط الواحد.
controls-title = الامتثال للوائح
controls-lead = { $count ->
    [zero] لا ضوابط في الوثائق السارية.
    [one] ضابط واحد في الوثائق السارية. ترى هنا أين تطبقه المنصة، وأي اختبار يثبت ذلك.
    [two] ضابطان في الوثائق السارية. ترى لكل منهما أين تطبقه المنصة، وأي اختبار يثبت ذلك.
    [few] { $count } ضوابط في الوثائق السارية. ترى لكل ضابط أين تطبقه المنصة، وأي اختبار يثبت ذلك.
    [many] { $count } ضابطًا في الوثائق السارية. ترى لكل ضابط أين تطبقه المنصة، وأي اختبار يثبت ذلك.
   *[other] { $count } ضابط في الوثائق السارية. ترى لكل ضابط أين تطبقه المنصة، وأي اختبار يثبت ذلك.
}
controls-honest = { $count ->
    [zero] لا يُعدّ الضابط مطبقًا إلا إذا كان له موضع في البرنامج واختبار ناجح يثبته. لا ضابط مطبق حتى الآن.
   *[other] لا يُعدّ الضابط مطبقًا إلا إذا كان له موضع في البرنامج واختبار ناجح يثبته. عدد المطبق الآن: { $count }.
}
controls-list = قائمة الضوابط
controls-strip = المطبق { $enforced } من { $total }
controls-strip-percent = المطبق { $percent }٪
controls-strip-partial = المطبق جزئيًا { $count }
controls-strip-planned = المقرر { $count }
controls-found = { $count ->
    [zero] لا ضابط يطابق اختيارك
    [one] ضابط واحد
    [two] ضابطان
    [few] { $count } ضوابط
    [many] { $count } ضابطًا
   *[other] { $count } ضابط
}
controls-none = لا ضابط يطابق اختيارك
controls-none-text = جرّب كلمات أخرى، أو أزل بعض ما اخترته.
controls-none-action = اعرض كل الضوابط
controls-id = الرقم
controls-duty = الواجب
controls-filter-q = كلمات أو رقم الضابط
controls-filter-pack = الوثيقة
controls-filter-module = المجال
controls-filter-enforcement = طريقة التطبيق
controls-filter-state = الحالة
controls-document = الوثيقة
controls-article = المادة
controls-actor = المُلزَم
controls-word-meaning = { $word }: { $meaning }
controls-missing = ينقصه: { $what }
controls-numbers = الأرقام السارية
controls-number = الرقم
controls-value = القيمة
controls-value-open = تحددها الجهة قبل التشغيل
controls-source = المصدر
controls-basis-stated = منصوص عليها
controls-basis-proposed = نقترحها، فالوثيقة تركتها مفتوحة
controls-basis-mandatory = تركتها الوثيقة للجهة
controls-tighten = تسري القيمة الأشد من بين الوثائق. للجهة أن تشددها، وليس لها أن تخففها.
controls-codes = رموز الرفض
controls-where = أين يُطبق
controls-where-none = لا موضع له في البرنامج حتى الآن.
controls-tests = ما يثبته
controls-tests-none = لا اختبار يثبته حتى الآن.
controls-shows = ما يجب أن يُظهره البرنامج (بالإنجليزية)

controls-state-enforced = مطبق
controls-state-enforced-meaning = له موضع في البرنامج واختبار يثبته.
controls-state-partial = مطبق جزئيًا
controls-state-partial-meaning = بعضه قائم، وبعضه لم يكتمل.
controls-state-planned = مقرر
controls-state-planned-meaning = لم يُنجز منه شيء بعد.
controls-state-reference = للتعريف
controls-state-reference-meaning = نص يشرح غيره، ولا يُطبق وحده.

controls-enforcement-prevent = يمنع
controls-enforcement-prevent-meaning = يرفض البرنامج ما يخالفه ويذكر المادة.
controls-enforcement-do = ينفذ
controls-enforcement-do-meaning = يقوم البرنامج بالعمل بنفسه.
controls-enforcement-detect = يكشف
controls-enforcement-detect-meaning = يلاحظ البرنامج المخالفة وينبه إليها.
controls-enforcement-record = يوثق
controls-enforcement-record-meaning = يحفظ البرنامج الدليل.
controls-enforcement-attest = إقرار
controls-enforcement-attest-meaning = يؤكده شخص في موعده، ويذكّره البرنامج.
controls-enforcement-reference = للتعريف
controls-enforcement-reference-meaning = لا إجراء فيه.

controls-module-audit = المراجعة
controls-module-backup = النسخ الاحتياطي
controls-module-channel = قناة التكامل
controls-module-compliance = الامتثال
controls-module-correspondence = التراسل
controls-module-devices = الأجهزة
controls-module-directory = دليل الخدمات
controls-module-documents = الوثائق
controls-module-forms = النماذج
controls-module-identity = الهوية
controls-module-licences = شهادات المزاولة
controls-module-mail = البريد الرسمي
controls-module-monitoring = المراقبة
controls-module-notifications = الإشعارات
controls-module-organisations = الجهات
controls-module-participation = المشاركة
controls-module-payments = المدفوعات
controls-module-registers = المصادر الموثوقة
controls-module-remotework = العمل عن بعد
controls-module-requests = الطلبات
controls-module-social = التواصل الاجتماعي
controls-module-support = الدعم
controls-module-training = التدريب

controls-span-seconds = { $count ->
    [0] فورًا
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $count } ثوانٍ
   *[other] { $count } ثانية
}
controls-span-minutes = { $count ->
    [0] فورًا
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
controls-span-hours = { $count ->
    [0] فورًا
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
controls-span-days = { $count ->
    [0] فورًا
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
controls-span-working-days = { $count ->
    [0] فورًا
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $count } أيام عمل
    [many] { $count } يوم عمل
   *[other] { $count } يوم عمل
}
controls-span-weeks = { $count ->
    [0] فورًا
    [one] أسبوع واحد
    [two] أسبوعان
    [few] { $count } أسابيع
    [many] { $count } أسبوعًا
   *[other] { $count } أسبوع
}
controls-span-months = { $count ->
    [0] فورًا
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
}
controls-count-alerts = { $count ->
    [one] تنبيه واحد
    [two] تنبيهان
    [few] { $count } تنبيهات
    [many] { $count } تنبيهًا
   *[other] { $count } تنبيه
}
controls-count-factors = { $count ->
    [one] عامل واحد
    [two] عاملان
    [few] { $count } عوامل
    [many] { $count } عاملًا
   *[other] { $count } عامل
}
controls-count-entries = { $count ->
    [one] قيد واحد
    [two] قيدان
    [few] { $count } قيود
    [many] { $count } قيدًا
   *[other] { $count } قيد
}
controls-count-persons = { $count ->
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
controls-count-clicks = { $count ->
    [one] نقرة واحدة
    [two] نقرتان
    [few] { $count } نقرات
   *[other] { $count } نقرة
}
controls-count-articles = { $count ->
    [one] مادة واحدة
    [two] مادتان
    [few] { $count } مواد
   *[other] { $count } مادة
}
controls-count-recipients-an-hour = { $count ->
    [one] مستلم واحد في الساعة
    [two] مستلمان في الساعة
    [few] { $count } مستلمين في الساعة
    [many] { $count } مستلمًا في الساعة
   *[other] { $count } مستلم في الساعة
}
controls-count-percent-of-a-mailbox = { $count }٪ من صندوق البريد

refusal-policy-weaker-than-baseline = هذه القيمة أخف مما تفرضه اللوائح
refusal-policy-weaker-than-baseline-detail = للجهة أن تشدد القيمة، وليس لها أن تخففها. اختر قيمة مساوية أو أشد.
refusal-policy-value-invalid = القيمة غير مفهومة
refusal-policy-value-invalid-detail = اكتب رقمًا مع وحدته كما في القيمة السارية.
refusal-item-parameter-weaker = القيمة السارية: { $detail }
refusal-item-parameter-value = اكتبها بصيغة القيمة السارية: { $detail }
controls-download = نزّل قائمة المواد
