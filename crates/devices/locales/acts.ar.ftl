# ما تقول فيه السياسات: لكل فعل اسمه.
act-devices-see = الاطلاع على جهاز
act-devices-register = تسجيل جهاز
act-devices-decide = قبول جهاز شخصي أو رفضه
act-devices-retire = إخراج جهاز من الخدمة
act-devices-give-code = إصدار رمز تسجيل جهاز
act-devices-accept = قبول قواعد العناية بالجهاز
act-devices-offer = عرض جهاز شخصي للعمل
act-devices-set-rules = ضبط القواعد الأساسية للأجهزة
act-devices-report-loss = الإبلاغ عن فقدان جهاز
act-devices-enable = إعادة فتح حساب
