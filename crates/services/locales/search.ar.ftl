
search-title = البحث
search-label = ابحث في الخدمات وطلباتك والمساعدة
search-placeholder = خدمة، أو رقم طلب، أو سؤال
search-meant = هل تقصد
search-also = بحثنا أيضاً عن:
search-everything = ابحث في كل شيء عن
search-suggested = { $count ->
    [zero] لا اقتراحات
    [one] اقتراح واحد
    [two] اقتراحان
    [few] { $count } اقتراحات
    [many] { $count } اقتراحاً
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
search-none-hint = جرب كلمة أخرى، أو اكتب ما تريد كما تقوله، أو ابحث عن الجهة التي تقدم الخدمة.
services-everywhere = ابحث في طلباتك والمساعدة أيضاً
help-title = المساعدة
help-others = أسئلة أخرى
