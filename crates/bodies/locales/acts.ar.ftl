# ما تقول فيه السياسات: لكل فعل اسمه.
act-bodies-see-body = الاطلاع على جهة
act-bodies-see-all-bodies = الاطلاع على كل الجهات
act-bodies-order-state = تنظيم جهات الدولة ووظائفها
act-bodies-keep-body = تعديل بيانات جهة ووحداتها
act-bodies-appoint = منح دور أو إنهاؤه
act-bodies-see-delegation = الاطلاع على تفويض
act-bodies-ask-delegation = طلب تفويض
act-bodies-decide-delegation = البت في تفويض
act-bodies-end-delegation = إنهاء تفويض
