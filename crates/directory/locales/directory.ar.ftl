# دليل الموظفين لدى الجهة: كيف يُسأل عند كل دخول، ومن يدخل حين لا يجيب. العربية هي الأصل.

staff-directory-title = دليل الموظفين
staff-directory-places = أقسام دليل الموظفين
staff-directory-bodies = الجهات
staff-directory-body = الجهة
staff-directory-none = لا دليل متصل لدى { $body }
staff-directory-none-text = يدخل موظفو الجهة الآن بكلمات المرور المحفوظة هنا. إن كان لجهتك دليل لحسابات موظفيها فصِله، ليدخلوا بكلمة مروره، وليُمنع من عُطّل حسابه فيه.
staff-directory-answers = يجيب
staff-directory-fails = لا يجيب
staff-directory-server = الخادم
staff-directory-since = موصول منذ
staff-directory-answered = آخر إجابة
staff-directory-failed = آخر تعذّر
staff-directory-failed-why = سبب التعذّر
staff-directory-said = ما قاله الخادم
staff-directory-try = جرّب الاتصال الآن
staff-directory-trial = نتيجة التجربة
staff-directory-trial-good = نجحت كل الخطوات، وحسابك في الدليل سليم.
staff-directory-trial-failed = توقفت التجربة عند الخطوة المبيّنة. لم يتغير شيء.
staff-directory-stage-reach = الوصول إلى الخادم
staff-directory-stage-secure = حماية الاتصال
staff-directory-stage-reader = دخول حساب البحث
staff-directory-stage-search = البحث في الدليل
staff-directory-stage-account = حسابك في الدليل
staff-directory-begin = صِل دليل الموظفين
staff-directory-change = غيّر الاتصال
staff-directory-set-text = نجرّب الاتصال بحسابك أنت قبل أن يُعتمد، فلا يُحفظ ما لا يعمل، ولا تمنع نفسك من الدخول.
staff-directory-host = الخادم
staff-directory-host-hint = اسمه أو عنوانه، مثل dc1.example.gov.ly. الشبكات الخاصة تُسمّى في إعدادات المنصة.
staff-directory-channel = حماية الاتصال
staff-directory-channel-ldaps = LDAPS
staff-directory-channel-ldaps-hint = الاتصال مشفّر من أوله. المنفذ المعتاد 636.
staff-directory-channel-starttls = StartTLS
staff-directory-channel-starttls-hint = يبدأ التشفير قبل أي سؤال. المنفذ المعتاد 389.
staff-directory-channel-plain = دون تشفير
staff-directory-channel-plain-hint = لعنوان هذه الآلة وحدها، حين يحمي برنامج آخر بقية الطريق.
staff-directory-port = المنفذ
staff-directory-port-hint = اتركه فارغًا إن كان المعتاد.
staff-directory-authorities = شهادات جهة التصديق
staff-directory-authorities-hint = إن كانت شهادة الخادم من جهة تصديق خاصة فألصق شهادتها بصيغة PEM.
staff-directory-reader = حساب البحث
staff-directory-reader-hint = حساب يقرأ ولا يكتب، باسمه الكامل في الدليل، مثل CN=diwan,OU=Services,DC=example,DC=gov,DC=ly.
staff-directory-secret = كلمة مرور حساب البحث
staff-directory-secret-hint = تُحفظ مشفّرة ولا تُعرض.
staff-directory-secret-kept = اتركها فارغة لتبقى المحفوظة. إن غيّرت الخادم أو الحساب فاكتبها من جديد.
staff-directory-base = أين يُبحث
staff-directory-base-hint = الفرع الذي تحته حسابات الموظفين، مثل OU=Staff,DC=example,DC=gov,DC=ly.
staff-directory-filter = كيف يُعرف الموظف
staff-directory-filter-hint = مرشّح بحث فيه {"{"}identifier{"}"} مكان الرقم الوطني.
staff-directory-attribute = خاصية الرقم الوطني
staff-directory-attribute-hint = الخاصية التي تحمل الرقم الوطني في الدليل، مثل employeeID.
staff-directory-set = جرّب ثم اعتمد
staff-directory-end-title = فصل الدليل
staff-directory-end-text = تعود كلمات المرور المحفوظة هنا صالحة لموظفي الجهة، حتى من عُطّل حسابه في الدليل. يُبلَّغ المسؤولون عن أمن الحسابات.
staff-directory-end-reason = السبب
staff-directory-end-reason-hint = عشرة أحرف على الأقل. يقرؤه المسؤولون عن أمن الحسابات.
staff-directory-end = افصل الدليل
staff-directory-done-set = الدليل موصول. من الآن يدخل موظفو الجهة بكلمة مروره.
staff-directory-done-ended = فُصل الدليل.

emergency-title = دخول الطوارئ
emergency-lead = إذا لم يجب الدليل لم يدخل أحد من موظفي الجهة، إلا من يُسمّى هنا: يدخل بكلمة المرور المحفوظة هنا ورمز التحقق، ويُبلَّغ المسؤولون عن أمن الحسابات في كل مرة. ومن رفضه الدليل فلا يدخل بهذا.
emergency-none = لم يُسمَّ أحد
emergency-none-text = سمِّ من لا غنى عن دخوله إذا انقطع الدليل.
emergency-who = من
emergency-by = سمّاه
emergency-state = الحالة
emergency-used = الدخول به
emergency-never = لم يُستعمل
emergency-used-times = { $count ->
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
   *[other] { $count } مرة
}، آخرها { $when }
emergency-counts = سارٍ
emergency-over = انتهى
emergency-end = أنهِه
emergency-name-title = سمِّ موظفًا
emergency-name-text = لا يسمّي أحد نفسه. يسري حتى نهاية اليوم الذي تختاره.
emergency-person = الرقم الوطني
emergency-person-hint = لموظف يعمل في هذه الجهة.
emergency-until = آخر يوم
emergency-until-hint = لا يزيد على تسعين يومًا من اليوم.
emergency-reason = السبب
emergency-reason-hint = عشرة أحرف على الأقل.
emergency-name = سمِّه
emergency-done-named = سُمّي الموظف، وأُبلغ بذلك.
emergency-done-ended = انتهى دخول الطوارئ لهذا الموظف.

refusal-staff-directory-not-yours = هذا لمسؤول المنصة في الجهة
refusal-staff-directory-not-yours-detail = يصل دليلَ الموظفين ويسمّي من يدخل في الطوارئ مسؤولُ المنصة في الجهة نفسها. اطلب ذلك منه.
refusal-staff-directory-own = لا يسمّي أحد نفسه
refusal-staff-directory-own-detail = اطلب من مسؤول منصة آخر في جهتك أن يسمّيك.
refusal-staff-directory-incomplete = أكمل بيانات الاتصال
refusal-staff-directory-incomplete-detail = صحّح الحقول المشار إليها ثم جرّب من جديد. لم يتغير شيء.
refusal-staff-directory-trial-failed = لم تنجح تجربة الاتصال
refusal-staff-directory-trial-failed-detail = صحّح ما يلي ثم جرّب من جديد. لم يتغير شيء.
refusal-staff-directory-reason-missing = اذكر السبب
refusal-staff-directory-reason-missing-detail = يقرؤه المسؤولون عن أمن الحسابات ومن يراجع السجل.
refusal-staff-directory-emergency-incomplete = أكمل البيانات
refusal-staff-directory-emergency-incomplete-detail = صحّح الحقول المشار إليها ثم أرسل من جديد.
refusal-staff-directory-emergencies-full = سُمّي عدد كافٍ من الموظفين
refusal-staff-directory-emergencies-full-detail = دخول الطوارئ استثناء. أنهِ واحدًا قبل أن تسمّي غيره.
refusal-item-staff-directory-host = اكتب اسم خادم أو عنوانه وحده
refusal-item-staff-directory-port = اكتب رقمًا من 1 إلى 65535
refusal-item-staff-directory-plain = لا يُترك التشفير إلا لعنوان هذه الآلة، مثل 127.0.0.1
refusal-item-staff-directory-pem = ألصق شهادات بصيغة PEM
refusal-item-staff-directory-filter = اكتب مرشّح بحث صحيحًا فيه {"{"}identifier{"}"}
refusal-item-staff-directory-attribute = اكتب اسم خاصية واحدة
refusal-item-staff-directory-secret = اكتب كلمة مرور حساب البحث لهذا الخادم
refusal-item-staff-directory-member = لا يعمل في هذه الجهة أحد بهذا الرقم الوطني
refusal-item-staff-directory-until = اختر يومًا من اليوم إلى { $detail } يومًا
refusal-item-staff-directory-unresolved = لا يُعرف هذا الاسم في الشبكة
refusal-item-staff-directory-out-of-reach = العنوان في شبكة لا تتصل بها هذه المنصة. اطلب ممن يشغّلها أن يسمّيها في إعداداتها
refusal-item-staff-directory-unreachable = لا يقبل الخادم الاتصال على هذا المنفذ
refusal-item-staff-directory-slow = لم يجب الخادم في الوقت المحدد
refusal-item-staff-directory-untrusted = تعذّرت حماية الاتصال: تحقق من الشهادة واسم الخادم ونوع الحماية
refusal-item-staff-directory-reader-refused = رفض الدليل حساب البحث أو كلمة مروره
refusal-item-staff-directory-base-missing = لا يوجد في الدليل الفرع الذي يُبحث فيه
refusal-item-staff-directory-search-refused = رفض الدليل البحث بهذا الحساب
refusal-item-staff-directory-broken = انقطع الاتصال أو لم تُفهم الإجابة
refusal-item-staff-directory-absent = لم يجد المرشّح حسابك في الدليل
refusal-item-staff-directory-ambiguous = وجد المرشّح أكثر من حساب لرقمك الوطني
refusal-item-staff-directory-other-number = لا تحمل الخاصية رقمك الوطني في الحساب الذي وُجد
refusal-item-staff-directory-disabled = حسابك معطّل في الدليل
refusal-item-staff-directory-locked = حسابك مقفل في الدليل
refusal-item-staff-directory-expired = انتهت مدة حسابك في الدليل
refusal-item-staff-directory-password-expired = انتهت مدة كلمة مرورك في الدليل

notify-topic-staff-directory = دليل الموظفين
notify-topic-staff-directory-text = وصل دليل الجهة أو فصله، ودخول الطوارئ حين لا يجيب.
notice-staff-directory-set-name = تغيير في دليل الموظفين
notice-staff-directory-set-subject = { $outcome ->
    [begun] وُصل دليل الموظفين لدى { $body }
    [changed] تغيّر اتصال دليل الموظفين لدى { $body }
   *[ended] فُصل دليل الموظفين لدى { $body }
}
notice-staff-directory-set-body = { $outcome ->
    [ended] يدخل موظفو الجهة الآن بكلمات المرور المحفوظة هنا. السبب: { $words }
   *[begun] يدخل موظفو الجهة الآن بكلمة مرور الدليل. إن لم يكن هذا متوقعًا فراجع مسؤول المنصة في الجهة.
}
notice-emergency-named-name = تسمية لدخول الطوارئ
notice-emergency-named-subject = سُمّي { $person } لدخول الطوارئ
notice-emergency-named-body = إذا لم يجب دليل الموظفين دخل بكلمة المرور المحفوظة هنا ورمز التحقق، حتى { $until_on }. السبب: { $words }
notice-emergency-used-name = دخول طوارئ
notice-emergency-used-subject = دخل { $person } ودليل الموظفين لا يجيب
notice-emergency-used-body = أُدخلت كلمة المرور المحفوظة هنا بدل كلمة مرور الدليل. سبب التسمية: { $words }
