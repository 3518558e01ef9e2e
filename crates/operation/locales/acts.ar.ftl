# ما تقول فيه السياسات: لكل فعل اسمه.
act-operation-see = الاطلاع على حال التشغيل
act-operation-acknowledge = تولي تنبيه
