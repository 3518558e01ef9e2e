
search-title = البحث
search-label = ابحث في الخدمات وطلباتك والمساعدة
search-placeholder = خدمة، أو رقم طلب، أو سؤال
search-meant = هل تقصد
search-question-mark = ؟
search-also = بحثنا أيضًا عن:
search-everything = ابحث في كل شيء عن
search-suggested = { $count ->
    [zero] لا اقتراحات
    [one] اقتراح واحد
    [two] اقتراحان
    [few] { $count } اقتراحات
    [many] { $count } اقتراحًا
   *[other] { $count } اقتراح
}
search-services = خدمات
search-services-all = { $count ->
    [one] كل الخدمات: واحدة
    [two] كل الخدمات: اثنتان
   *[other] كل الخدمات: { $count }
}
search-requests = طلبات
search-help = مساعدة
search-none-hint = جرّب كلمة أخرى، أو اكتب ما تريد كما تقوله، أو ابحث عن الجهة التي تقدم الخدمة.
services-everywhere = ابحث في طلباتك والمساعدة أيضًا
help-title = المساعدة
help-others = أسئلة أخرى
words-title = كلمات البحث
words-lead = كلمات يجد بعضها بعضًا حين يبحث الناس. يسري ما تحفظه في الحال، ويُقيَّد في السجل باسمك.
words-add = أضف مجموعة
words-change = عدّل مجموعة
words-kept = حُفظت الكلمات، وهي سارية الآن.
words-find = ابحث في المجموعات
words-none = لا مجموعة فيها هذه الكلمة
words-none-text = أضف مجموعة جديدة، أو ابحث عن كلمة أخرى.
words-all = كل المجموعات
words-out = غير سارية
words-relation = كيف يجد بعضها بعضًا؟
words-relation-both = مترادفات
words-relation-both-hint = كل كلمة تجد الأخرى: رخصة، ترخيص.
words-relation-one-way = ما يقوله الناس
words-relation-one-way-hint = ما يكتبه الناس يجد ما في البطاقات، لا العكس: باسبور تجد جواز سفر.
words-relation-same = صيغ كلمة واحدة
words-relation-same-hint = جمع أو كتابة أخرى للكلمة نفسها: كراسة، كراريس.
words-words = الكلمات
words-words-hint = كلمة أو عبارة في كل سطر.
words-finds = تجد
words-finds-hint = لما يقوله الناس فقط: ما يجب أن تجده كلماتهم.
words-in-force = سارية
words-preview = جرّب قبل أن تحفظ
words-query = عبارة بحث
words-query-hint = ما قد يكتبه الناس.
words-preview-do = جرّب
words-now = «{ $query }» تجد الآن
words-then = وتجد بعد الحفظ
words-nothing = لا شيء
words-leaves = تخرج
words-comes = تدخل
words-keep = احفظ
refusal-search-words-invalid = هذه الكلمات لا تصلح مجموعة
refusal-search-words-invalid-detail = صحح الحقول المشار إليها ثم احفظ من جديد.
refusal-search-words-changed = عدّل شخص آخر هذه المجموعة بعد أن فتحتها
refusal-search-words-changed-detail = افتحها من جديد لترى ما تغير؛ ما كتبته باق في هذه الصفحة.
refusal-item-two-words = اكتب كلمتين على الأقل
refusal-item-too-many-words = كلمات كثيرة (الحد الأقصى { $detail })
refusal-item-no-such-word = لا يمكن البحث عن «{ $detail }»: اكتب كلمة ذات معنى، أو عبارة من أربع كلمات على الأكثر
