
# مسار الخدمة: مراحلها ومن يعمل في كل مرحلة
task-kind-opinion = رأي أو معاينة
desk-tab-opinion = للرأي والمعاينة
desk-done-pass-on = تم: أحلت الطلب { $number } إلى المرحلة التالية.
desk-pass-on = أحل إلى: { $stage }
desk-words = ما وجدته أو ما تراه
desk-words-hint = يقرؤه من يبت في الطلب. قل ما عاينته أو ما استندت إليه ثم رأيك.
desk-opinions = ما كُتب في المراحل السابقة
desk-history-request-passed-on = أُحيل إلى المرحلة التالية
refusal-request-opinion-missing = اكتب ما وجدته قبل الإحالة
refusal-request-opinion-missing-detail = تطلب هذه المرحلة نتيجة مكتوبة. اكتبها في جملة على الأقل ثم أحل الطلب.
refusal-process-missing = لا إجراء لهذه الخدمة بعد
refusal-process-missing-detail = لا تُقدَّم خدمة إلكترونية دون إجراء ينفَّذ إلكترونيًا. أضف مراحلها والإجراء قبل إعادة هندسته وبعدها.
