# الأجهزة: القائمة، وما يُطلب من كل جهاز، والإبلاغ عن الفقدان. العربية هي الأصل.

device-own-title = أجهزتي
device-own-lead = الأجهزة التي تعمل بها لجهتك، وما ينقص كل واحد منها.
device-own-none = لا أجهزة باسمك
device-own-none-text = الجهاز الذي تسلمك إياه الجهة يظهر هنا، وكذلك جهازك الشخصي بعد أن تعرضه للاعتماد.
device-offer-title = اعرض جهازك الشخصي للاعتماد
device-offer-text = لا تعمل من خارج الجهة بجهاز شخصي إلا بعد أن يعتمده مسؤول الأجهزة. ويبقى معزولًا عن الشبكة الرئيسة.
device-offer = اعرض الجهاز
device-done-offered = أُرسل طلب الاعتماد إلى مسؤول الأجهزة.
device-done-retired = خرج الجهاز من القائمة.
device-name = الجهاز
device-name-hint = اسم تعرفه به، مثل: حاسوبي المحمول.
device-body = الجهة
device-holder = صاحب العهدة
device-holder-number = الرقم الوطني لصاحب العهدة
device-ownership = الملكية
device-ownership-institution = مملوك للجهة
device-ownership-institution-hint = سلّمته الجهة لصاحبه. يدخل القائمة فور تسجيله.
device-ownership-personal = شخصي
device-ownership-personal-hint = يملكه الموظف. يدخل القائمة بعد اعتماده ويبقى معزولًا عن الشبكة الرئيسة.
device-ownership-public = عام
device-ownership-public-hint = في مكتبة أو فندق أو مكان عام. يُسجَّل ليُرفض باسمه، ولا يُعتمد.
device-state = الحالة
device-state-pending = لم يكتمل
device-state-active = مسموح به
device-state-non-compliant = دون الحد المطلوب
device-state-refused = مرفوض
device-state-lost = مفقود
device-state-retired = خرج من القائمة
device-system = نظام التشغيل
device-registered = سُجّل في
device-listed = الاعتماد
device-listed-by = { $who }، { $when }
device-enrolled = سُلّم مفتاحه في
device-accepted = قُبلت قواعد العناية في
device-reported = آخر تقرير منه
device-never = لم يصل منه تقرير
device-closing = السبب
device-missing-title = ما ينقص هذا الجهاز
device-missing-listed = أن يعتمده مسؤول الأجهزة في الجهة.
device-missing-accepted = أن يقبل صاحبه قواعد العناية به.
device-missing-enrolled = أن يُسجَّل مفتاحه من الجهاز نفسه برمز التسجيل.
device-missing-public = الأجهزة العامة لا تُعتمد. لا تفتح حسابك منها.
device-below-until = في هذا الجهاز ما يجب إصلاحه. إن بقي كذلك فلن يُقبل العمل منه بعد { $when }.
device-accept-title = قواعد العناية بالجهاز
device-accept-care = لا أترك الجهاز في الأماكن العامة، وأحفظه في كل وقت.
device-accept-hidden = أخفيت الجهاز عن البحث عبر البلوتوث.
device-accept = أقبل القواعد
device-enrol-title = تسجيل مفتاح الجهاز
device-enrol-text = يُكتب رمز التسجيل على الجهاز نفسه مرة واحدة، فيصنع الجهاز مفتاحه ويعرّف بنفسه.
device-code-new = أصدر رمز تسجيل
device-code-title = اكتب هذا الأمر على الجهاز
device-code-text = يظهر الرمز هنا مرة واحدة، ويصلح يومًا واحدًا.
device-retire-title = إخراج الجهاز من القائمة
device-retire-text = إن أعدت الجهاز أو لم تعد تعمل به فأخرجه من القائمة. لا يفتح مفتاحه شيئًا بعد ذلك.
device-retire = أخرج الجهاز
device-reason = السبب
device-reason-refused = سبب الرفض
device-gaps = ما يجب إصلاحه
device-gap-what = المطلوب
device-gap-found = الموجود
device-gap-since = منذ
device-gap-state = الحالة
device-gap-open = لم يُصلح
device-gap-closed = أُصلح { $when }
device-gap-system = حدّث نظام { $name } إلى الإصدار { $asked } أو ما بعده
device-gap-application = حدّث { $name } إلى الإصدار { $asked } أو ما بعده
device-gap-antivirus = { $count ->
    [one] شغّل مضاد الفيروسات، وحدّث تعريفاته كل يوم
    [two] شغّل مضاد الفيروسات، وحدّث تعريفاته كل يومين على الأكثر
    [few] شغّل مضاد الفيروسات، وحدّث تعريفاته كل { $count } أيام على الأكثر
   *[other] شغّل مضاد الفيروسات، وحدّث تعريفاته كل { $count } يومًا على الأكثر
}
device-gap-banned = أزل { $name } فهو من التطبيقات المحظورة
device-gap-bluetooth = أخفِ الجهاز عن البحث عبر البلوتوث
device-banned-title = التطبيقات المحظورة من خارج الجهة
device-banned-text = لا يُقبل العمل من جهاز عليه أحد هذه التطبيقات. نبلغك بكل تغيير في هذه القائمة.
device-banned-none = لا تطبيقات محظورة الآن. نبلغك إن أضيف شيء.
device-places = أقسام الأجهزة
device-list-title = الأجهزة
device-filter-all = الكل
device-filter-q = كلمات من اسم الجهاز أو صاحبه
device-none = لا أجهزة هنا
device-none-text = لا يوجد جهاز يطابق اختيارك في الجهات التي ترعى أجهزتها.
device-new = سجّل جهازًا
device-new-text = يصل إلى صاحب العهدة طلب بقبول قواعد العناية، ثم يُسجَّل مفتاح الجهاز برمز.
device-register = سجّل الجهاز
device-decide-title = اعتماد الجهاز
device-decide-text = بعد الاعتماد يعمل صاحبه به من خارج الجهة ما دام وافيًا بالمطلوب.
device-list-it = اعتمد الجهاز
device-refuse-it = ارفض الجهاز
device-rules-title = المطلوب من الأجهزة
device-rules-text = تُقاس تقارير الأجهزة بهذه القواعد. ما نقص عنها يُفتح له طلب إصلاح، ويُغلق حين يُظهر تقرير لاحق أنه أُصلح.
device-rules-none = لا قواعد بعد
device-rules-none-text = تضعها الإدارة المختصة لكل الجهات.
device-rule-new = قاعدة جديدة
device-rule-kind = النوع
device-rule-kind-banned = تطبيق محظور
device-rule-kind-system = أقدم نظام تشغيل
device-rule-kind-application = أقدم إصدار لتطبيق
device-rule-kind-antivirus = حداثة مضاد الفيروسات
device-rule-name = الاسم
device-rule-name-hint = كما يسمي النظام نفسه أو كما يسمى التطبيق في الجهاز، مثل: debian. اتركه فارغًا لمضاد الفيروسات.
device-rule-least = أقل ما يُقبل
device-rule-least-hint = رقم الإصدار، أو عدد الأيام لمضاد الفيروسات. اتركه فارغًا لتطبيق محظور.
device-rule-why = السبب
device-rule-why-hint = يقرؤه كل من يحمل جهازًا.
device-rule-since = سارية منذ
device-rule-set = ضع القاعدة
device-rule-end-sure = تنتهي القاعدة الآن لكل الجهات.
device-rule-days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
   *[other] { $count } يومًا
}
device-seat-title = جهاز هذا الدخول
device-seat-ask = هل تفتح حسابك الآن من هذا الجهاز؟
device-seat-yes = نعم، هذا جهازي
device-seat-over = انتهت مهلة هذا الرابط أو استُعمل من قبل. افتحه من الجهاز مرة أخرى.
device-seat-shown = الجهاز
device-seat-none = لم يُعرَّف جهاز في هذا الدخول
device-seat-how = ليُعرف جهازك في هذا الدخول اكتب عليه الأمر الآتي، ثم افتح الرابط الذي يظهر خلال دقيقتين:

loss-own-title = الإبلاغ عن فقدان جهاز
loss-own-lead = أبلغ فورًا، ولو لم تتأكد. يمكنك الإبلاغ من أي جهاز، أو اتصل بمسؤول الأجهزة في جهتك ليبلغ عنك.
loss-what-happens = ما يحدث حين تبلغ
loss-happens-account = يوقف حسابك، وينتهي كل دخول إليه وكل رمز وصول، في اللحظة نفسها.
loss-happens-device = لا يفتح مفتاح الجهاز شيئًا بعد ذلك.
loss-happens-back = تعود إلى حسابك بعد أن يتحقق منك مسؤول الأجهزة في جهتك ويعيد تفعيله.
loss-device = أي جهاز
loss-device-unknown = جهاز غير مسجل، أو لا أعرف
loss-lost-on = يوم الفقدان
loss-lost-at = الساعة
loss-words = كيف فُقد
loss-words-hint = أين كان آخر مرة، وهل سُرق.
loss-report = أبلغ وأوقف حسابي
loss-not = لم أفقد جهازًا
loss-done-title = سُجّل البلاغ
loss-done-when = أُوقف حسابك وانتهى كل دخول إليه: { $when }
loss-done-text = لم يعد هذا الحساب يُفتح من أي جهاز، ومنها هذا.
loss-list-title = بلاغات الفقدان
loss-desk-title = أبلغ عن فقدان نيابةً
loss-desk-text = تحقق ممن يكلمك أولًا. حين تبلغ يوقف حسابه وينتهي كل دخول إليه فورًا.
loss-person = الرقم الوطني
loss-person-hint = لمن فقد الجهاز.
loss-report-other = أبلغ وأوقف الحساب
loss-view-all = كل البلاغات
loss-view-open = حسابها موقوف
loss-none = لا بلاغات هنا
loss-none-text = لم يُبلغ أحد في الجهات التي ترعى أجهزتها عن فقدان جهاز.
loss-whose = صاحب الحساب
loss-reported = وصل البلاغ
loss-reporter = المبلِّغ
loss-account = الحساب
loss-account-shut = موقوف
loss-account-open = أعيد تفعيله
loss-of = بلاغ فقدان: { $person }
loss-by = { $who }، { $when }
loss-enabled = أعاد التفعيل
loss-reason = أسباب إعادة التفعيل
loss-reason-hint = كيف تحققت من صاحب الحساب، وما الذي جرى للجهاز.
loss-enable-title = إعادة تفعيل الحساب
loss-enable-text = تحقق من صاحب الحساب حضوريًّا. لا يعود ما انتهى من دخول ورموز، بل يدخل من جديد.
loss-enable = أعد تفعيل الحساب

refusal-device-not-yours = قائمة الأجهزة لمن يرعاها
refusal-device-not-yours-detail = يراها ويغيرها مسؤول الأجهزة في الجهة ومن يشرف عليها في الإدارة المختصة.
refusal-device-not-listed = هذا الجهاز ليس في قائمة الأجهزة المسموح بها
refusal-device-not-listed-detail = اعمل من شبكة الجهة، أو من جهاز معتمد عرّفته في هذا الدخول من صفحة أجهزتك. أُبلغ مسؤولو جهتك بهذه المحاولة.
refusal-device-not-institutional = لا يُفتح هذا إلا من جهاز تملكه الجهة
refusal-device-not-institutional-detail = لا تكفي الأجهزة الشخصية ولا العامة، ولو صح الاسم والدور والعامل الثاني. استعمل جهازًا سلّمته لك الجهة.
refusal-device-zone = لا يُفتح هذا إلا من الشبكة الرئيسة
refusal-device-zone-detail = دخولك الآن من الشبكة المعزولة أو من خارج الجهة. افتحه من جهاز للجهة داخل شبكتها.
refusal-device-banned-app = على جهازك تطبيق محظور
refusal-device-banned-app-detail = أزله، ثم أرسل تقريرًا جديدًا من الجهاز لتعود إلى العمل.
refusal-device-bluetooth-discoverable = جهازك ظاهر للبحث عبر البلوتوث
refusal-device-bluetooth-discoverable-detail = أخفه من إعدادات الجهاز، ثم أرسل تقريرًا جديدًا منه لتعود إلى العمل.
refusal-device-non-compliant = جهازك دون الحد المطلوب، وانتهت مهلة إصلاحه
refusal-device-non-compliant-detail = أصلح ما تعرضه صفحة الجهاز، ثم أرسل تقريرًا جديدًا منه.
refusal-device-incomplete = أكمل بيانات الجهاز
refusal-device-incomplete-detail = صحّح الحقول المشار إليها ثم أرسل من جديد.
refusal-device-too-many = باسم هذا الشخص أجهزة كثيرة
refusal-device-too-many-detail = أخرج من القائمة ما لم يعد يُستعمل، ثم سجّل الجديد.
refusal-device-own = لا يقرر أحد في جهازه ولا في حسابه
refusal-device-own-detail = اطلب من مسؤول أجهزة آخر أن يقرر.
refusal-device-over = خرج هذا الجهاز من القائمة
refusal-device-over-detail = لا يتغير فيه شيء بعد ذلك. سجّل جهازًا جديدًا إن عاد إلى العمل.
refusal-device-decided = اعتُمد هذا الجهاز من قبل
refusal-device-decided-detail = حدّث الصفحة لترى من اعتمده. يمكنك إخراجه من القائمة.
refusal-device-public-never = الأجهزة العامة لا تُعتمد
refusal-device-public-never-detail = تبقى مسجلة لتُرفض باسمها.
refusal-device-reason-missing = اذكر السبب
refusal-device-reason-missing-detail = يقرؤه صاحب الجهاز ومن يراجع القائمة.
refusal-device-rules-open = اقبل القاعدتين لتعمل بهذا الجهاز
refusal-device-rules-open-detail = من دونهما يبقى الجهاز غير مسموح به.
refusal-device-code-wrong = رمز التسجيل غير صحيح
refusal-device-code-wrong-detail = انتهت مدته أو استُعمل من قبل. أصدر رمزًا جديدًا من صفحة الجهاز.
refusal-device-key-taken = هذا المفتاح مسجل لجهاز آخر
refusal-device-key-taken-detail = اصنع مفتاحًا جديدًا على هذا الجهاز.
refusal-device-signature = لم يُعرف الجهاز المرسل
refusal-device-signature-detail = التوقيع ناقص أو ليس لجهاز مسجل، أو ساعة الجهاز غير مضبوطة.
refusal-device-letter-again = وصلت هذه الرسالة من قبل
refusal-device-letter-again-detail = أرسل رسالة جديدة برقم جديد.
refusal-device-letter-malformed = لا تُقرأ هذه الرسالة
refusal-device-letter-malformed-detail = أرسلها على الصورة الموصوفة في الواجهة البرمجية.
refusal-device-ticket-wrong = انتهت مهلة هذا الرابط أو استُعمل
refusal-device-ticket-wrong-detail = افتح رابطًا جديدًا من جهازك، وأنت داخل بحسابك.
refusal-device-ticket-malformed = بصمة الرابط غير صحيحة
refusal-device-ticket-malformed-detail = أرسل أربعة وستين رقمًا ستة عشريًّا.
refusal-device-rule-incomplete = أكمل القاعدة
refusal-device-rule-incomplete-detail = صحّح الحقول المشار إليها ثم أرسل من جديد.
refusal-device-rules-full = القواعد كثيرة
refusal-device-rules-full-detail = أنهِ ما لم يعد لازمًا، ثم ضع الجديدة.
refusal-device-loss-incomplete = أكمل البلاغ
refusal-device-loss-incomplete-detail = صحّح الحقول المشار إليها ثم أرسل من جديد. لم يتغير شيء بعد.
refusal-device-loss-closed = أعيد تفعيل هذا الحساب من قبل
refusal-device-loss-closed-detail = حدّث الصفحة لترى من أعاد تفعيله.
refusal-device-enable-reason-missing = اذكر أسباب إعادة التفعيل
refusal-device-enable-reason-missing-detail = اكتب كيف تحققت من صاحب الحساب.
refusal-item-device-holder = لا يوجد شخص بهذا الرقم الوطني
refusal-item-device-lost-at = اكتب يومًا وساعة مضيا، لا يزيدان على سنة
refusal-item-device-days = اكتب عدد الأيام، من 1 إلى { $detail }
refusal-item-device-version = اكتب رقم إصدار
refusal-item-device-banned = تطبيق محظور: { $detail }
refusal-item-device-below = المطلوب: { $detail }

notify-topic-devices = الأجهزة
notify-topic-devices-text = أجهزتك والأجهزة التي ترعاها، وما يُحظر عليها، وما يُفقد منها.
notice-device-offered-name = جهاز ينتظر الاعتماد
notice-device-offered-subject = جهاز ينتظر اعتمادك: { $device }
notice-device-offered-body = عرضه { $holder } للعمل به.
notice-device-decided-name = قرار في جهازك
notice-device-decided-subject = { $outcome ->
    [listed] اعتُمد جهازك { $device }
   *[refused] لم يُعتمد جهازك { $device }
}
notice-device-decided-body = { $outcome ->
    [listed] يمكنك العمل به بعد أن تقبل قواعد العناية وتسجل مفتاحه.
   *[refused] السبب: { $words }
}
notice-device-accept-name = قواعد العناية بجهازك
notice-device-accept-subject = اقبل قواعد العناية بجهازك { $device }
notice-device-accept-body = لا يُسمح بالعمل بالجهاز حتى تقبلها. تُطلب منك من جديد في موعدها.
notice-device-below-name = جهاز يجب إصلاحه
notice-device-below-subject = في الجهاز { $device } ما يجب إصلاحه
notice-device-below-body = أظهر تقريره ما ينقص عن المطلوب ({ $count }). تجد التفاصيل والمهلة في صفحة الجهاز.
notice-device-rule-name = تغيير في التطبيقات المحظورة
notice-device-rule-subject = { $outcome ->
    [banned] تطبيق محظور من خارج الجهة: { $name }
   *[allowed] لم يعد محظورًا: { $name }
}
notice-device-rule-body = { $outcome ->
    [banned] أزله من أجهزتك. السبب: { $words }
   *[allowed] كان سبب حظره: { $words }
}
notice-device-lost-name = بلاغ فقدان جهاز
notice-device-lost-subject = فُقد جهاز لدى { $person }
notice-device-lost-body = أُوقف الحساب وانتهى كل دخول إليه. وقت الفقدان: { $lost_on }.
notice-account-enabled-name = إعادة تفعيل حسابك
notice-account-enabled-subject = أعيد تفعيل حسابك
notice-account-enabled-body = ادخل من جديد، وسجّل مفتاح جهازك إن لزم. الأسباب: { $words }
