# ما تقول فيه السياسات: لكل فعل اسمه.
act-directory-see = الاطلاع على ربط دليل الموظفين
act-directory-set = ضبط ربط دليل الموظفين
act-directory-end = إنهاء ربط دليل الموظفين
act-directory-name = تسمية من يدخل عند تعطل الدليل
act-directory-withdraw = سحب دخول الطوارئ
