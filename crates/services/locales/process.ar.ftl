
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
refusal-process-invalid = لا يمكن تنفيذ هذا الإجراء كما هو
refusal-process-invalid-detail = أصلح ما يلي في مراحل الإجراء، ثم أعد النشر.
refusal-process-legal-review-missing = لم يراجع الإجراء قانونيًا بعد
refusal-process-legal-review-missing-detail = لا يسري إجراء قبل أن يقر مراجع قانوني باسمه، وهو غير محرره، أنه لا يخالف القوانين النافذة.
refusal-forms-required = لا نموذج لهذه الخدمة
refusal-forms-required-detail = لا تُنشر خدمة دون نموذج طلب. أضف نموذجها ثم أعد النشر.
refusal-item-no-stages = الإجراء بلا مراحل. أضف مرحلة أولى على الأقل.
refusal-item-stage-twice = معرّف المرحلة مستعمل لمرحلة أخرى. أعط كل مرحلة معرّفًا خاصًا بها.
refusal-item-start-not-a-desk = يبدأ الإجراء بمرحلة على مكتب موظف حالتها «قيد التحقق».
refusal-item-title-missing = اكتب اسم المرحلة بالعربية والإنجليزية.
refusal-item-party-missing = لا أحد يتولى هذه المرحلة. عيّن الدور الذي يعمل فيها.
refusal-item-moves-after-end = المرحلة نهاية، ولا يخرج منها طلب. احذف ما بعدها أو غيّر حالتها.
refusal-item-dead-end = يصل الطلب إلى هذه المرحلة ولا يخرج منها. أضف ما يليها.
refusal-item-move-twice = الفعل «{ $detail }» مذكور أكثر من مرة في هذه المرحلة. أبق واحدًا.
refusal-item-act-of-others = الفعل «{ $detail }» ليس لمن يتولى هذه المرحلة.
refusal-item-unknown-target = تقود المرحلة إلى «{ $detail }»، ولا مرحلة بهذا المعرّف.
refusal-item-wrong-target = لا يصح أن يقود هذا الفعل إلى المرحلة «{ $detail }».
refusal-item-clock-not-positive = اجعل المهلة يوم عمل واحدًا على الأقل.
refusal-item-unreachable = لا يصل أي طلب إلى هذه المرحلة. اربطها بما قبلها أو احذفها.
refusal-item-no-end = من هذه المرحلة لا يبلغ الطلب نهاية أبدًا. أضف طريقًا إلى الإنجاز أو الرفض.
refusal-item-loop-without-applicant = يدور الطلب من هذه المرحلة ويعود إليها دون أن يفعل مقدمه شيئًا. اقطع الدورة.
refusal-item-granted-unverified = يمكن أن تصدر الموافقة هنا قبل التحقق من البيانات. ضع التحقق قبلها في كل طريق.
refusal-item-unknown-output = المخرج «{ $detail }» ليس في بطاقة الخدمة.
refusal-item-output-never-made = لا مرحلة تصدر هذا المخرج.
refusal-item-document-never-checked = لا أحد يتحقق من هذا المستند المطلوب.
refusal-item-clocks-exceed-promise = مهل المراحل مجتمعة أطول من المدة المعلنة في البطاقة ({ $detail } يوم عمل).
refusal-item-body-unknown = لا جهة بهذا المعرّف: { $detail }.
refusal-item-nobody-can-act = لا أحد يشغل الدور المطلوب لهذه المرحلة في الجهة { $detail }. سجّل تكليفًا أولًا.

# صفحة الإجراء
process-title = كيف تُنجَز الخدمة
process-picture = رسم مراحل خدمة { $service }
process-version = النسخة { $version }
process-not-in-force = ، ليس ساريًا بعد
process-unattested = لم يراجعه قانونيًا أحد بعد.
process-attested = راجعه قانونيًا: { $name }.
process-attest = أقر أنه لا يخالف القانون
process-attest-text = يقيَّد إقرارك باسمك ووقته، ولا يسري الإجراء من دونه.
process-flaws = ما يمنع سريانه
process-course = المسار
process-stages = المراحل بالتفصيل
process-stage = المرحلة
process-party = من يتولاها
process-limit = المهلة
process-ways = ما يليها
process-way = { $act }: { $stage }
process-days = { $count ->
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $count } أيام عمل
   *[other] { $count } يوم عمل
}
process-silence-remind = { $count ->
    [one] يُذكَّر من يتولاها بعد يوم عمل
    [two] يُذكَّر من يتولاها بعد يومي عمل
    [few] يُذكَّر من يتولاها بعد { $count } أيام عمل
   *[other] يُذكَّر من يتولاها بعد { $count } يوم عمل
}
process-silence-escalate = { $count ->
    [one] يُرفع إلى الرئيس بعد يوم عمل
    [two] يُرفع إلى الرئيس بعد يومي عمل
    [few] يُرفع إلى الرئيس بعد { $count } أيام عمل
   *[other] يُرفع إلى الرئيس بعد { $count } يوم عمل
}
process-silence-act = { $count ->
    [one] إن لم يُبت بعد يوم عمل انتقل حكمًا إلى: { $stage }
    [two] إن لم يُبت بعد يومي عمل انتقل حكمًا إلى: { $stage }
    [few] إن لم يُبت بعد { $count } أيام عمل انتقل حكمًا إلى: { $stage }
   *[other] إن لم يُبت بعد { $count } يوم عمل انتقل حكمًا إلى: { $stage }
}
process-change = ما الذي تغيّر
process-before = قبل إعادة هندسة الإجراء
process-after = الآن
process-play = جرّب طلبًا
process-play-text = يمر طلب متخيل بالمراحل من الآن، كلٌ في آخر مهلته بتقويم جهته. لا يُكتب شيء.
process-from-until = من { $from } إلى { $until }
process-play-button = اعرض المسار
process-path = كيف يسير الطلب
process-path-granted = يُقبل في كل مرحلة
process-path-corrected = يُعاد للتصحيح مرة ثم يُقبل
process-path-refused = يُرفض
process-path-silent = لا يبت أحد حيث ينوب القانون
process-by-law = حكمًا: { $act }
process-act-verify = بعد التحقق
process-act-pass-on = إحالة
process-act-send-back = إعادة للتصحيح
process-act-resubmit = بعد التصحيح
process-act-approve = موافقة
process-act-refuse = رفض
process-act-issue = إصدار

# الرسائل على الطلب
message-title = الرسائل على الطلب
message-words = رسالتك
message-words-hint = اكتب ما تسأل عنه أو ما تريد قوله. لا يتغير بها مكان الطلب ولا مهلته.
message-send = أرسل
message-none = لا رسائل على هذا الطلب بعد.
message-mine = أنت
message-applicant = { $name } (مقدم الطلب)
message-desk = { $name } (الجهة)
message-earlier = الرسائل الأقدم
desk-history-request-message = كُتبت رسالة
desk-history-process-attested = أُقر قانونيًا
notice-request-message-subject = رسالة على طلبك { $number }: { $service }
notice-request-message-body = كتبت لك الجهة على طلبك «{ $service }». افتح الطلب لتقرأها وترد عليها.
notice-request-message-name = رسالة من الجهة على الطلب
refusal-message-closed = انتهى هذا الطلب
refusal-message-closed-detail = لا يُكتب على طلب انتهى. إن لم تكن راضيًا عما صدر فتظلم أو قدم شكوى من صفحة الطلب.
refusal-message-words-missing = اكتب رسالتك
refusal-message-words-missing-detail = الرسالة كلمات، من حرفين إلى ألفي حرف.
refusal-message-document-unknown = لم نجد هذا المستند
refusal-message-document-unknown-detail = أرفق مستندات رفعتها أنت. ارفع الملف من جديد ثم أرسل.
refusal-message-documents-too-many = المرفقات كثيرة
refusal-message-documents-too-many-detail = أرفق خمسة مستندات على الأكثر في الرسالة الواحدة.
process-link = المسار كاملًا، ومهلة كل مرحلة، وما الذي تغيّر
legal-title = المراجعة القانونية
legal-lead = إجراءات تنتظر أن تقر باسمك أنها لا تخالف القانون. لا يُنشر إصدار قبل ذلك.
legal-empty = لا إجراء ينتظر مراجعتك
legal-empty-text = يظهر هنا إجراء كل خدمة تُسجَّل أو تُحدَّث، قبل نشرها.
legal-empty-way = تصفح الخدمات وإجراءاتها
legal-since = سُجل في { $date } ({ $ago })
legal-new = خدمة جديدة
legal-change = تحديث
refusal-process-no-reviewer = هذه الصفحة للمراجعين القانونيين
refusal-process-no-reviewer-detail = يراجع الإجراءات من عُيّن مراجعًا قانونيًا في الإدارة المختصة أو في جهة مقدم الخدمة.
