# ما تقول فيه السياسات: لكل فعل اسمه.
act-policies-see = قراءة سياسة داخلية
act-policies-register = تسجيل سياسة داخلية
act-policies-see-draft = قراءة مسودة سياسة
act-policies-revise = تعديل سياسة داخلية
act-policies-follow-up = متابعة الإقرارات بسياسة
act-policies-report-breach = الإبلاغ عن مخالفة سياسة
act-policies-approve = اعتماد سياسة داخلية
act-policies-consult = إبداء رأي الجهة المنفذة
act-policies-sign-review = توقيع مراجعة سياسة
