# مفاتيح الأمان ورموز الاسترداد وتأكيد الهوية من جديد. العربية هي الأصل.

# مفاتيح الأمان
identity-keys = مفاتيح الأمان
identity-keys-see = عرضها وإضافة مفتاح
identity-keys-count = { $count ->
    [one] مفتاح واحد
    [two] مفتاحان
    [few] { $count } مفاتيح
   *[other] { $count } مفتاحًا
}
identity-factor-none = لا يوجد
identity-authenticator-has = مُعد
identity-keys-lead = مفتاح الأمان قطعة صغيرة تلمسها عند الدخول بعد كلمة المرور. لا يستجيب إلا لهذا الموقع، فلا تنفع من يقلده.
identity-keys-none = لم تضف مفتاحًا بعد. إن أضفت مفتاحين بقي لك واحد إذا ضاع الآخر.
identity-key-name = اسم المفتاح
identity-key-name-hint = اسم تميزه به، مثل: مفتاح المكتب.
identity-key-since = أُضيف
identity-key-unused = لم يُستعمل بعد
identity-key-add = إضافة مفتاح أمان
identity-key-add-lead = سمّ المفتاح، وصله بجهازك، ثم اضغط الزر واتبع ما يعرضه المتصفح.
identity-key-add-now = أضف المفتاح
identity-key-back = العودة إلى المفاتيح
identity-key-added = أُضيف المفتاح. من الآن يُطلب عند الدخول عامل تحقق ثانٍ مع كلمة المرور.
identity-key-removed = أُزيل المفتاح.
identity-key-renamed = حُفظ الاسم الجديد.
identity-key-change = تسمية أو إزالة
identity-key-change-what = تسمية «{ $name }» أو إزالته
identity-key-rename = حفظ الاسم
identity-key-remove = إزالة المفتاح
identity-key-remove-text = بعد الإزالة لا يُدخل هذا المفتاح إلى حسابك.
identity-key-remove-sure = أتزيل هذا المفتاح؟ يمكنك أن تضيفه من جديد.
identity-key-copied-tag = موقوف: يُخشى أنه نُسخ
identity-key-copied-text = دل عداده على أن له نسخة أخرى، فأوقفناه. أزله وأضف مفتاحًا غيره، وأخبر الدعم إن لم تعرف السبب.
identity-key-lead = صِل مفتاح الأمان بجهازك، ثم اضغط الزر والمس المفتاح.
identity-key-use = استعمل مفتاح الأمان
identity-key-missing = لا يعرف هذا المتصفح مفاتيح الأمان. استعمل متصفحًا حديثًا أو عامل تحقق آخر.
identity-key-elsewhere = تعمل المفاتيح على العنوان { $address } وحده. افتح المنصة منه.
identity-key-stopped = لم يستجب المفتاح، أو أُلغي الطلب. حاول مرة أخرى.
identity-key-known = هذا المفتاح مضاف إلى حسابك من قبل.
identity-key-waiting = في انتظار المفتاح…
identity-key-noscript = تحتاج مفاتيح الأمان إلى جافاسكربت في المتصفح.
identity-code-instead = أو اكتب رمزًا
identity-code-any-hint = رمز التطبيق من ستة أرقام، أو أحد رموز الاسترداد. يُستعمل كل رمز مرة واحدة.

# رموز الاسترداد
identity-recovery = رموز الاسترداد
identity-recovery-see = عرضها وإصدارها
identity-recovery-lead = رمز الاسترداد يحل مرة واحدة محل التطبيق أو المفتاح إذا لم يكن معك. احفظ الرموز بعيدًا عن جهازك.
identity-recovery-remaining = { $count ->
    [one] بقي رمز واحد.
    [two] بقي رمزان.
    [few] بقيت { $count } رموز.
   *[other] بقي { $count } رمزًا.
}
identity-recovery-none = لا رموز لديك الآن.
identity-recovery-replace-text = إذا أصدرت رموزًا جديدة بطل ما بقي من القديمة.
identity-recovery-make = { $count ->
    [few] إصدار { $count } رموز
   *[other] إصدار { $count } رمزًا
}
identity-recovery-made = صدرت رموز الاسترداد
identity-recovery-once = اطبعها أو انسخها الآن، فلن تظهر مرة أخرى. كل رمز يُستعمل مرة واحدة.
identity-recovery-factor-first = رموز الاسترداد لمن له عامل تحقق ثانٍ. أعد تطبيق الرموز أو أضف مفتاح أمان أولًا.
identity-recovery-lacking = لا رموز استرداد لديك
identity-recovery-lacking-text = إن ضاع المفتاح ولا رمز لديك فلن تدخل إلا بعد مراجعة الدعم.

# تأكيد الهوية من جديد
identity-confirm-title = أكّد أنك أنت
identity-confirm = تأكيد
identity-confirm-lead = ما تفتحه يمس أمان حسابك، فنطلب عامل التحقق الثاني من جديد.
identity-confirm-lead-password = ما تفتحه يمس أمان حسابك، فنطلب كلمة المرور من جديد.
identity-confirm-by = سند هذا السؤال:
identity-confirm-kept = كل ما كتبته محفوظ، ويُرسل بعد التأكيد.
identity-confirm-no-means = لا يعمل الآن أي عامل تحقق لحسابك. راجع الدعم أو مسؤول المنصة في جهتك ليعاد إعداده.

# أسباب الرفض
refusal-auth-key-invalid = لم يُقبل جواب مفتاح الأمان
refusal-auth-key-invalid-detail = اضغط الزر والمس مفتاحًا أضفته إلى حسابك. كل جواب يُقبل مرة واحدة، وعلى هذا الموقع وحده.
refusal-auth-key-not-added = لم يُضف المفتاح
refusal-auth-key-not-added-detail = لم يصل من المفتاح جواب صالح، أو هو مضاف إلى حساب من قبل. اضغط الزر وحاول من جديد.
refusal-auth-keys-too-many = بلغت الحد الأقصى لعدد المفاتيح
refusal-auth-keys-too-many-detail = أزل مفتاحًا لا تستعمله ثم أضف غيره.
refusal-auth-keys-without-name = لا تعمل مفاتيح الأمان على هذا العنوان
refusal-auth-keys-without-name-detail = تُعرف المواقع عند المفاتيح بأسمائها، وهذه المنصة مفتوحة برقم. يضبط مسؤول المنصة لها اسمًا.
refusal-auth-key-name-invalid = سمّ المفتاح
refusal-auth-key-name-invalid-detail = اكتب اسمًا قصيرًا تميزه به.
refusal-auth-factor-first = لا عامل تحقق ثانيًا لحسابك
refusal-auth-factor-first-detail = أعد تطبيق الرموز أو أضف مفتاح أمان، ثم أصدر رموز الاسترداد.
refusal-auth-step-up-required = يلزم عامل التحقق الثاني من جديد
refusal-auth-step-up-required-detail = مضى وقت منذ أكدت أنك أنت. أكّد من جديد ثم تابع.

# ما يُخبر به صاحب الحساب
notice-key-added-name = أُضيف مفتاح أمان
notice-key-added-subject = أُضيف مفتاح أمان إلى حسابك
notice-key-added-body = من الآن يُطلب عند الدخول عامل تحقق ثانٍ. إن لم تكن أنت من فعل ذلك فأزل المفتاح وغيّر كلمة المرور فورًا.
notice-key-removed-name = أُزيل مفتاح أمان
notice-key-removed-subject = أُزيل مفتاح أمان من حسابك
notice-key-removed-body = لم يعد هذا المفتاح يُدخل إلى حسابك. إن لم تكن أنت من فعل ذلك فغيّر كلمة المرور فورًا وأخبر الدعم.
notice-key-copied-name = أُوقف مفتاح أمان
notice-key-copied-subject = أوقفنا أحد مفاتيح الأمان في حسابك
notice-key-copied-body = دل عداد المفتاح على أن له نسخة أخرى، فلم نقبله. أزله وأضف مفتاحًا غيره، وغيّر كلمة المرور، وأخبر الدعم.
notice-recovery-made-name = صدرت رموز استرداد
notice-recovery-made-subject = صدرت رموز استرداد جديدة لحسابك
notice-recovery-made-body = بطلت الرموز السابقة. إن لم تكن أنت من أصدرها فغيّر كلمة المرور فورًا وأصدر غيرها.
notice-recovery-used-name = استُعمل رمز استرداد
notice-recovery-used-subject = استُعمل رمز استرداد لحسابك
notice-recovery-used-body = إن لم تكن أنت من استعمله فغيّر كلمة المرور فورًا، وأنهِ الدخول في الأجهزة الأخرى، وأخبر الدعم.
