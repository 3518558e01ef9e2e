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
identity-assurance-substantial = متقدمة: كلمة مرور وعامل تحقق ثانٍ
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
identity-zone = الشبكة
identity-zone-main = الشبكة الرئيسة
identity-zone-dmz = الشبكة المعزولة
identity-zone-outside = من خارج شبكات الجهة
identity-own-devices = أجهزتي
identity-own-devices-see = عرض أجهزتي
identity-systems = الأنظمة المرتبطة
identity-systems-see = عرض الأنظمة التي دخلتها بحسابك
identity-systems-keep = الأنظمة المرتبطة لجهتك
identity-loss-report = الإبلاغ عن فقدان جهاز
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
refusal-account-disabled = هذا الحساب موقوف
refusal-account-disabled-detail = أُوقف الحساب بعد الإبلاغ عن فقدان جهاز. اتصل بمسؤول الأجهزة في جهتك ليتحقق منك ويعيد تفعيله.
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
refusal-auth-persistent-session-forbidden = لا يبقى الدخول محفوظًا في المتصفح
refusal-auth-persistent-session-forbidden-detail = ينتهي الدخول مع إغلاق المتصفح أو انتهاء مدته. سجّل الدخول من غير طلب حفظه.
refusal-auth-locked = أوقفنا تسجيل الدخول مؤقتًا بعد محاولات خاطئة متكررة
refusal-auth-locked-detail = هذا يحمي حسابك ممن يخمّن كلمة المرور. انتظر ثم حاول من جديد.
refusal-auth-directory-refused = حسابك غير صالح للدخول في دليل الموظفين لدى جهتك
refusal-auth-directory-refused-detail = ربما عُطّل الحساب هناك أو قُفل أو انتهت مدته أو مدة كلمة مروره. راجع من يدير حسابات الموظفين في جهتك، ثم حاول من جديد.
refusal-auth-directory-unreachable = لا يجيب دليل الموظفين لدى جهتك الآن
refusal-auth-directory-unreachable-detail = لا يدخل موظفو الجهة قبل أن يجيب. حاول بعد دقائق، فإن استمر ذلك فأبلغ مسؤول المنصة في جهتك.
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
refusal-identity-assurance-required-detail = سجّل الدخول بكلمة المرور وعامل التحقق الثاني معًا، ثم أعد المحاولة.
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
refusal-identity-password-weak-detail = اختر كلمات قليلة لا يجمعها غيرك، ولا تضع فيها ما يُعرف عنك.
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
refusal-item-password-own = لا تضع في كلمة المرور اسمك ولا رقمك الوطني ولا هاتفك ولا بريدك
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
identity-mail-foreign = عنوانك لدى مزود خارج البلاد
identity-mail-foreign-text = قُبل العنوان. يُستحسن لمن يعمل في جهة عامة أن يكون بريده الشخصي المسجل لدى مزود داخل البلاد، فإن كان لك عنوان كهذا فاكتبه هنا.
identity-personal-mail = البريد الشخصي لموظفي الجهة
identity-personal-mail-lead = كم من موظفي جهتك عنوانه الشخصي لدى مزود خارج البلاد. تُعدّ النطاقات ولا تُعرض العناوين.
identity-personal-mail-people = الموظفون
identity-personal-mail-foreign = لدى مزود خارج البلاد
identity-personal-mail-without = لا عنوان لهم
identity-personal-mail-none = لا عناوين لدى مزودين خارج البلاد
identity-personal-mail-none-text = كل العناوين المسجلة لدى مزودين داخل البلاد.
identity-personal-mail-domains = المزودون خارج البلاد
identity-personal-mail-domain = النطاق
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

# كلمة المرور وتطبيق الرموز
identity-back = العودة إلى حسابي
identity-password-title = تغيير كلمة المرور
identity-password-lead = بعد التغيير تبقى داخلًا من هنا، وتخرج من كل مكان آخر.
identity-password-present = كلمة المرور الحالية
identity-password-new = كلمة المرور الجديدة
identity-password-new-hint = { $count } حرفًا على الأقل. كلمات قليلة لا يجمعها غيرك خير من الرموز والأرقام.
identity-password-again = كلمة المرور الجديدة مرة أخرى
identity-password-change = غيّر كلمة المرور
identity-password-changed = تغيرت كلمة المرور
identity-password-changed-text = استعمل الجديدة من الآن. أُنهي دخولك من كل مكان آخر.
identity-authenticator = تطبيق رموز التحقق
identity-authenticator-see = إعداد التطبيق أو استبداله
identity-authenticator-lead = تطبيق على هاتفك يصنع رمزًا يتغير كل نصف دقيقة، فلا يدخل أحد بكلمة مرورك وحدها.
identity-authenticator-none = لم يُعد تطبيق بعد.
identity-authenticator-since = أُعد تطبيق منذ { $date }.
identity-authenticator-start = إعداد تطبيق
identity-authenticator-replace = إعداد تطبيق آخر بدلًا منه
identity-authenticator-scan = أرِ التطبيق هذه الصورة
identity-authenticator-scan-text = اختر في التطبيق إضافة حساب، ووجه الكاميرا إلى الصورة، ثم أدخل الرمز الذي يظهر فيه.
identity-authenticator-picture = صورة يقرؤها تطبيق رموز التحقق
identity-authenticator-typed = أو اكتب هذا المفتاح في التطبيق:
identity-authenticator-confirm = تأكيد الرمز
identity-authenticator-set = أُعد التطبيق
identity-authenticator-set-text = من الآن يُطلب رمزه عند الدخول. أُنهي دخولك من كل مكان آخر.
identity-authenticator-remove = إزالة التطبيق
identity-authenticator-remove-sure = أتزيل التطبيق؟ تكفي عندئذ كلمة المرور وحدها للدخول، ولا تُفتح الخدمات التي تشترط أكثر منها.
identity-authenticator-staff = من له صفة في جهة يستبدل التطبيق ولا يستغني عنه.
refusal-auth-password-wrong = كلمة المرور الحالية غير صحيحة
refusal-auth-password-wrong-detail = أدخل كلمة المرور التي تدخل بها الآن. تُحسب المحاولات الخاطئة كما تُحسب عند الدخول.
refusal-auth-code-unexpected = ليس هذا ما ينبغي أن يظهر في التطبيق
refusal-auth-code-unexpected-detail = أدخل الرمز الظاهر في التطبيق الآن. إن تكرر الخطأ فتحقق من ساعة الهاتف وابدأ من جديد.
refusal-auth-enrolment-over = طال إعداد التطبيق أكثر من المهلة
refusal-auth-enrolment-over-detail = لم يتغير شيء. ابدأ من جديد بكلمة المرور.
refusal-auth-factor-required = تشترط صفتك عامل تحقق ثانيًا
refusal-auth-factor-required-detail = أعد تطبيقًا آخر بدلًا من هذا ولا تزله.
refusal-identity-password-differs = كلمتا المرور الجديدتان مختلفتان
refusal-identity-password-differs-detail = اكتب كلمة المرور الجديدة مرتين كما هي.
refusal-item-password-wrong = ليست هذه كلمة مرورك الحالية.
refusal-item-password-differs = لا تطابق كلمة المرور الجديدة.
refusal-item-password-guessed = كلمة المرور هذه سهلة التخمين: هي في قوائم الشائع أو تتبع نمطًا معروفًا. اختر كلمات لا يجمعها غيرك.
refusal-item-code-unexpected = الرمز الظاهر في التطبيق غير هذا.
notice-password-changed-name = تغيرت كلمة المرور
notice-password-changed-subject = تغيرت كلمة مرورك
notice-password-changed-body = غُيرت كلمة مرور حسابك وأُنهي كل دخول آخر. إن لم تكن أنت من فعل ذلك فأخبر الدعم فورًا.
notice-authenticator-set-name = أُعد تطبيق رموز التحقق
notice-authenticator-set-subject = أُعد تطبيق رموز التحقق
notice-authenticator-set-body = من الآن يُطلب رمز هذا التطبيق عند الدخول. إن لم تكن أنت من فعل ذلك فأخبر الدعم فورًا.
notice-authenticator-removed-name = أُزيل تطبيق رموز التحقق
notice-authenticator-removed-subject = أُزيل تطبيق رموز التحقق
notice-authenticator-removed-body = صارت كلمة المرور وحدها تكفي للدخول. إن لم تكن أنت من فعل ذلك فغيرها فورًا وأعد تطبيقًا.
identity-delegations = التفويضات
identity-delegations-see = منحها وعرضها
identity-own-vpn = العمل عبر الشبكة الافتراضية
identity-permissions = الصلاحيات
identity-permissions-see = من يجوز له أن يفعل ماذا
