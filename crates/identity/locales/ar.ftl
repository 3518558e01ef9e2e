# الأشخاص وتسجيل الدخول والحساب. العربية هي الأصل، والإنجليزية تتبعها.

identity-kind-citizen = مواطن
identity-kind-resident = مقيم
identity-kind-visitor = زائر
identity-kind-government_body = جهة حكومية
identity-kind-private_institution = مؤسسة خاصة

# تسجيل الدخول
identity-sign-in-title = تسجيل الدخول
identity-sign-in-lead = اكتب رقمك الوطني وكلمة المرور. بعدها تعود إلى حيث كنت.
identity-identifier = الرقم الوطني
identity-identifier-hint = اثنا عشر رقمًا، كما في بطاقتك. تُقبل الأرقام بأي شكل كُتبت.
identity-password = كلمة المرور
identity-continue = متابعة
identity-sign-in = دخول
identity-sign-out = تسجيل الخروج
identity-start-again = البدء من جديد
identity-code-title = رمز التحقق
identity-code-lead = افتح تطبيق المصادقة في هاتفك، واكتب الرمز الظاهر لحسابك في ديوان.
identity-code = الرمز
identity-code-hint = ستة أرقام تتغير كل نصف دقيقة، ويُستعمل كل رمز مرة واحدة.
identity-demo-title = أشخاص التجربة
identity-demo-lead = اختر شخصًا لتُملأ بياناته، ثم تابع.
identity-demo-code = رمز التجربة الآن:

# الحساب
identity-account = حسابي
identity-facts = بياناتي
identity-name = الاسم
identity-kind = الصفة
identity-email = البريد الإلكتروني
identity-phone = الهاتف
identity-assurance = درجة التحقق من الهوية
identity-assurance-basic = أساسية: كلمة مرور
identity-assurance-substantial = متقدمة: كلمة مرور ورمز تحقق
identity-assurance-high = عالية: مفتاح شخصي مسلّم حضوريًّا
identity-preferences = اللغة والأرقام
identity-language = اللغة
identity-digits = شكل الأرقام
identity-save = حفظ
identity-mandates = أتصرف نيابةً عن
identity-until = حتى { $date }
identity-sessions = الأجهزة التي سجلت الدخول منها
identity-sessions-open = الدخول المفتوح الآن
identity-device = الجهاز
identity-device-unknown = جهاز غير معروف
identity-this-device = هذا الجهاز
identity-since = منذ
identity-last-seen = آخر استعمال
identity-action = الإجراء
identity-end = إنهاء
identity-end-others = إنهاء الدخول في الأجهزة الأخرى
identity-tokens = رموز الوصول للبرامج
identity-tokens-lead = يتيح رمز الوصول لبرنامج تختاره أن يعمل باسمك عبر الواجهة البرمجية. لا تعطه لأحد.
identity-tokens-open = الرموز السارية
identity-token-new = رمز جديد
identity-token-name = اسم الرمز
identity-token-name-hint = اسم تعرف به البرنامج لاحقًا.
identity-token-days = مدة الصلاحية بالأيام
identity-token-issue = إصدار رمز
identity-token-issued = صدر رمز الوصول
identity-token-once = انسخه الآن واحفظه في مكان آمن. لن يظهر مرة أخرى.
identity-expires = ينتهي في

# أسباب الرفض
refusal-auth-wrong = الرقم الوطني أو كلمة المرور غير صحيحين
refusal-auth-wrong-detail = تحقق منهما ثم حاول مرة أخرى.
refusal-auth-code-wrong = رمز التحقق غير صحيح
refusal-auth-code-wrong-detail = اكتب الرمز الظاهر الآن في التطبيق. الرمز الذي استُعمل لا يُقبل مرة أخرى.
refusal-auth-code-expired = انقضت مهلة كتابة الرمز
refusal-auth-code-expired-detail = ابدأ من جديد بالرقم الوطني وكلمة المرور.
refusal-auth-code-required = يلزم رمز التحقق
refusal-auth-code-required-detail = أرسل رمز تطبيق المصادقة مع كلمة المرور.
refusal-auth-factor-missing = لم يُفعّل رمز التحقق لحسابك بعد
refusal-auth-factor-missing-detail = لا يدخل موظفو الجهات بكلمة المرور وحدها. اطلب من مسؤول المنصة في جهتك تفعيل تطبيق المصادقة.
refusal-auth-locked = أوقفنا تسجيل الدخول مؤقتًا بعد محاولات خاطئة متكررة
refusal-auth-locked-detail = هذا يحمي حسابك ممن يخمّن كلمة المرور. انتظر ثم حاول من جديد.
refusal-auth-busy = الضغط كبير على تسجيل الدخول الآن
refusal-auth-busy-detail = حاول بعد لحظات.
refusal-auth-sign-in-required = سجّل الدخول لتتابع
refusal-auth-sign-in-required-detail = هذه الصفحة تخص صاحبها. بعد تسجيل الدخول تعود إلى حيث كنت.
refusal-auth-token-invalid = رمز الوصول غير صالح
refusal-auth-token-invalid-detail = ربما انتهت مدته أو أُنهي. أصدر رمزًا جديدًا من صفحة حسابك.
refusal-auth-token-incomplete = بيانات الرمز غير مكتملة
refusal-auth-token-incomplete-detail = صحّح ما يلي ثم أرسل مرة أخرى.
refusal-auth-tokens-too-many = بلغت الحد الأقصى لعدد الرموز
refusal-auth-tokens-too-many-detail = أنهِ رمزًا لا تستعمله ثم أصدر رمزًا جديدًا.
refusal-auth-session-required = هذا الإجراء لا يتم برمز وصول
refusal-auth-session-required-detail = سجّل الدخول بنفسك ثم أعد المحاولة.
refusal-identity-assurance-required = يلزم تحقق أقوى من هويتك
refusal-identity-assurance-required-detail = سجّل الدخول بكلمة المرور ورمز التحقق معًا، ثم أعد المحاولة.
refusal-identity-no-mandate = لا يوجد تفويض مسجل لك عن هذا الكيان
refusal-identity-no-mandate-detail = لا تقدم طلبًا باسم كيان إلا إذا سُجل تفويضك عنه. قدم الطلب باسمك، أو اطلب من الكيان تسجيل التفويض.
refusal-identity-identifier-invalid = الرقم الوطني غير صحيح
refusal-identity-identifier-invalid-detail = الرقم الوطني اثنا عشر رقمًا.
refusal-identity-identifier-taken = لهذا الرقم الوطني حساب مسجل
refusal-identity-identifier-taken-detail = لكل شخص حساب واحد.
refusal-identity-kind-invalid = الصفة المختارة لا تصلح هنا
refusal-identity-kind-invalid-detail = الشخص مواطن أو مقيم أو زائر. الكيان جهة حكومية أو مؤسسة خاصة.
refusal-identity-name-missing = الاسم مطلوب
refusal-identity-name-missing-detail = اكتب الاسم بالعربية أو بالإنجليزية.
refusal-identity-password-weak = كلمة المرور لا تكفي للحماية
refusal-identity-password-weak-detail = اختر كلمة مرور أطول، ولا تضع فيها رقمك الوطني.
refusal-identity-registration-missing = رقم القيد مطلوب
refusal-identity-registration-missing-detail = اكتب رقم قيد الكيان في سجله.
refusal-identity-registration-taken = رقم القيد مسجل لكيان آخر
refusal-identity-registration-taken-detail = لكل كيان قيد واحد.
refusal-identity-period-invalid = نهاية المدة تسبق بدايتها
refusal-identity-period-invalid-detail = صحّح التاريخين.
refusal-item-auth-locked = { $detail ->
    [1] حاول بعد دقيقة واحدة
    [2] حاول بعد دقيقتين
   *[other] الدقائق الباقية: { $detail }
}
refusal-item-password-identifier = لا تضع الرقم الوطني في كلمة المرور
refusal-item-assurance-level = { $detail ->
    [high] الدرجة المطلوبة: عالية
    [substantial] الدرجة المطلوبة: متقدمة
   *[other] الدرجة المطلوبة: أساسية
}

# عنوان البريد الإلكتروني وتغييره
identity-email-title = عنوان بريدك الإلكتروني
identity-email-lead = إلى هذا العنوان نرسل ما يخص طلباتك. يبقى كل شيء في صندوق رسائلك هنا أيضًا.
identity-email-now = العنوان الحالي
identity-email-none = لا عنوان مسجلًا
identity-email-change = غيّر العنوان أو أكده
identity-email-another = أرسل إلى عنوان آخر
identity-email-new = العنوان الجديد
identity-email-new-hint = نرسل إليه رمزًا، ونخبر عنوانك الحالي. اكتب عنوانك الحالي نفسه إن أردت أن تؤكد أنه يستقبل.
identity-email-send = أرسل الرمز
identity-email-waiting = في انتظار الرمز
identity-email-sent-before = أرسلنا رمزًا إلى
identity-email-sent-after = اكتبه هنا قبل { $when }. إلى ذلك الحين يبقى عنوانك الحالي.
identity-email-tries = { $count ->
    [one] بقيت لك محاولة واحدة.
    [two] بقيت لك محاولتان.
    [few] بقيت لك { $count } محاولات.
   *[other] بقيت لك { $count } محاولة.
}
identity-email-code = الرمز
identity-email-code-hint = { $count } أرقام وصلتك في الرسالة
identity-email-confirm = أكد العنوان
identity-email-drop = ألغِ التغيير
identity-email-changed = تغيّر عنوان بريدك
identity-email-changed-text = تصلك الرسائل على العنوان الجديد من الآن، وأخبرنا عنوانك السابق بذلك.
identity-email-letter-subject = رمز تأكيد عنوان بريدك
identity-email-letter-lead = الرمز هو { $code }. اكتبه في صفحة عنوان بريدك خلال ساعتين ليصبح هذا العنوان عنوانك. لا تعطه أحدًا، فلا يسألك عنه أي موظف.
identity-email-letter-foot = إن لم تطلب هذا فلا تفعل شيئًا: لن يتغير عنوان أحد.
notice-email-asked-name = طلب تغيير عنوان البريد
notice-email-asked-subject = طُلب تغيير عنوان بريدك
notice-email-asked-body = طُلب من حسابك أن تُرسل الرسائل إلى عنوان آخر. لا يتغير شيء قبل تأكيد العنوان الجديد. إن لم تكن أنت من طلبه فألغِ التغيير من صفحة حسابك، وغيّر كلمة المرور، وأنهِ الجلسات الأخرى.
notice-email-changed-name = تغيّر عنوان البريد
notice-email-changed-subject = تغيّر عنوان بريدك
notice-email-changed-body = تُرسل الرسائل من الآن إلى العنوان الجديد الذي أكدته. إن لم تكن أنت من غيّره فأنهِ الجلسات الأخرى من صفحة حسابك وأبلغ الدعم.
refusal-identity-email-invalid = اكتب عنوان بريد صحيحًا
refusal-identity-email-invalid-detail = يُكتب العنوان مثل: salma@mail.example
refusal-identity-email-codes-too-many = طلبت رموزًا كثيرة
refusal-identity-email-codes-too-many-detail = تُطلب خمسة رموز في اليوم على الأكثر. حاول من جديد غدًا.
refusal-identity-email-no-means = لا نستطيع إرسال البريد الآن
refusal-identity-email-no-means-detail = لا ترسل هذه المنصة بريدًا إلكترونيًا حاليًا، فلا يمكن تأكيد عنوان. يبقى كل جديد في صندوق رسائلك.
refusal-identity-email-code-wrong = الرمز غير صحيح
refusal-identity-email-code-wrong-detail = انقله من أحدث رسالة وصلتك كما هو.
refusal-identity-email-over = انتهى أجل هذا الرمز
refusal-identity-email-over-detail = مضت مدته أو كثرت المحاولات. اطلب رمزًا جديدًا.
refusal-item-code-wrong = ليس هذا هو الرمز. المحاولات الباقية: { $detail }
identity-mandates-all = التفويضات عن هذه الكيانات وسحبها
identity-history-download = نزّل ما سُجّل عن حسابك
