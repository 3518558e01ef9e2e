# سجل الوثائق، والضابط عند كل الجهات.
pack-about = عن هذه الوثيقة
pack-issuer = جهة الإصدار
pack-edition-title = الإصدار والتاريخ
pack-edition-unstated = لا تذكر الوثيقة إصدارًا ولا تاريخًا
pack-edition = الإصدار { $edition }
pack-date = { $date }
pack-edition-and-date = الإصدار { $edition }، { $date }
pack-controls = الضوابط
pack-laws = القوانين التي تقوم عليها
pack-laws-text = تُذكر سببًا عند فتح قضية مخالفة.
pack-practices = الممارسات المتبعة ومصادرها
pack-practices-text = ما أُخذ به لأن الوثيقة تطلب أفضل الممارسات.
pack-chapters = الفصول والمواد
pack-chapter = الفصل أو المادة
pack-programs = للبرامج والمراجعين
pack-programs-text = ملفات بصيغة OSCAL 1.1.3 تقرأها أدوات المراجعة.
pack-oscal-catalog = الضوابط بصيغة OSCAL
pack-oscal-profile = القيم السارية بصيغة OSCAL
pack-oscal-component = ما تطبقه المنصة بصيغة OSCAL
controls-filter-actor = المُلزَم
matrix-tally = { $state }: { $count }
matrix-across-none = لا تلزم وثيقة هذا الضابط جهةً ترى حالها.
matrix-chapters = المواد بحسب الفصول
matrix-chapter-told = تحتاج إلى عمل: { $acting } من { $all }
matrix-export = نزّل القائمة CSV
matrix-oscal-results = حال الجهة بصيغة OSCAL
matrix-oscal-profile = ما يلزم الجهة بصيغة OSCAL
matrix-cadence-due = موعد الإقرار
case-law = القانون الذي تستند إليه
case-law-hint = إن خالفت الواقعة قانونًا تذكره الوثائق، فاختره.
case-law-none = المادة وحدها

# ما تضيفه الجهة من ضوابط على نفسها.
own-title = ضوابط الجهة نفسها
own-text = ما تطلبه الجهة من نفسها فوق الوثائق التي تلزمها. يُقر به من تكلفه كل مدة، ويظهر مع سائر الضوابط وفي الملفات نفسها.
own-none = لا ضوابط خاصة بعد
own-none-text = أضف ضابطًا تتابعه الجهة بنفسها، وكلّف به شخصًا.
own-add = أضف ضابطًا
own-add-do = أضف الضابط
own-title-field = العنوان
own-duty = الواجب
own-duty-hint = ما الذي يجب أن يتحقق، وكيف يُعرف أنه تحقق.
own-owner = المكلف بالمتابعة
own-cadence = مدة الإقرار بالأيام
own-cadence-hint = من 1 إلى 730 يومًا.
own-subject = مقصور على
own-subject-hint = اسم الخدمة كما في السجل، مثل service/residence-certificate. اتركه فارغًا إن كان الضابط لكل أعمال الجهة.
own-every-days = { $count ->
    [one] كل يوم
    [two] كل يومين
    [few] كل { $count } أيام
    [many] كل { $count } يومًا
   *[other] كل { $count } يوم
}
own-end = أنهِ ضابطًا
own-end-which = الضابط
own-end-reason = سبب الإنهاء
own-end-do = أنهِ الضابط
own-ended = ضوابط انتهت
own-done-added = أُضيف الضابط، وسيُطلب أول إقرار به.
own-done-ended = انتهى الضابط، وبقي ما أُقر به.
refusal-own-control-incomplete = أكمل البيانات
refusal-own-control-incomplete-detail = صحّح الحقول المشار إليها ثم أرسل من جديد.
refusal-own-control-end-incomplete = أكمل البيانات
refusal-own-control-end-incomplete-detail = اختر الضابط، واذكر سبب إنهائه.
refusal-own-control-ended = انتهى هذا الضابط من قبل
refusal-own-control-ended-detail = حدّث الصفحة لترى ضوابط الجهة كما هي الآن.
refusal-own-control-too-many = بلغت ضوابط الجهة أقصى عددها
refusal-own-control-too-many-detail = اجمع ما يتشابه منها في ضابط واحد.
refusal-item-own-control-cadence = اكتب عدد الأيام، من 1 إلى { $detail }
matrix-live = حال الضابط اليوم
