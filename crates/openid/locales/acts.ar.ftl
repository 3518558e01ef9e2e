# ما تقول فيه السياسات: لكل فعل اسمه.
act-openid-see = الاطلاع على الأنظمة المرتبطة
act-openid-register = تسجيل نظام
act-openid-change = تعديل نظام
act-openid-renew-secret = تجديد سر نظام
act-openid-end = إنهاء نظام
