# ما بعد الإرسال: مواعيد الاستلام، والنسخ الورقية، والسحب، والتظلم، والأرشيف.

# موعد الاستلام
appointment-title = موعد الاستلام
appointment-choose = اختر موعدًا
appointment-move = اختر موعدًا آخر
appointment-place = المكان: { $place }
appointment-left = { $count ->
    [one] مكان واحد
    [two] مكانان
    [few] { $count } أماكن
    [many] { $count } مكانًا
   *[other] { $count } مكان
}
appointment-none-free = لا موعد متاحًا في الشهر القادم
appointment-none-free-text = تُفتح مواعيد جديدة كل يوم. عد غدًا، أو اطلب نسخة بالبريد إن كانت الخدمة تتيحها.
appointment-booked-title = موعدك محجوز
appointment-bring = أحضر وثيقة تثبت هويتك. وإن حضر غيرك عنك فليحضر وثيقته وتفويضًا موقعًا منك.
appointment-calendar = أضفه إلى تقويمك
appointment-booked-line = موعد استلامك: { $when }
appointment-manage = غيّره أو ألغه
appointment-offer = تريد نسخة باليد؟ احجز موعدًا لاستلامها
appointment-calendar-title = استلام: { $service }
appointment-calendar-text = الطلب { $number }. أحضر وثيقة تثبت هويتك.
appointment-cancel = ألغِ الموعد
appointment-cancel-confirm = يعود الموعد متاحًا لغيرك في الحال. هل تلغيه؟
appointment-done = حُجز موعدك، ونذكّرك به قبله بيوم.
appointment-cancelled = أُلغي موعدك، ولك أن تختار غيره.
appointment-instead = أقرب المواعيد المتاحة:
appointment-collected = سُلّم المخرج
appointment-collected-by = استلمه: { $name }
appointment-day-title = مواعيد الاستلام
appointment-day-nav = الأيام
appointment-day-before = اليوم السابق
appointment-day-after = اليوم التالي
appointment-day-today = اليوم
appointment-day-back = العودة إلى القائمة
appointment-day-empty = لا مواعيد في هذا اليوم
appointment-day-empty-text = يظهر هنا من حجز موعدًا ليستلم ما صدر له.
appointment-hand-over = التسليم
appointment-hand-over-confirm = أثبت التسليم
appointment-handed-over-word = سُلّم
appointment-handed-over-done = ثبت التسليم، ووصل صاحب الطلب إشعار به.
appointment-collector = اسم المستلم
appointment-collector-hint = صاحب الطلب أو من فوّضه. اكتب الاسم كما هو في وثيقته.
appointment-identifier = رقم وثيقة المستلم
appointment-applicant-identifier = الرقم الوطني لصاحب الطلب
appointment-time = الموعد
appointment-output = ما يُسلَّم
appointment-not-open = انتهى هذا الموعد: سُلّم ما فيه أو أُلغي.
appointment-plans = أوقات الاستقبال
appointment-plans-lead = متى يستلم الناس ما صدر لهم، وأين، وكم شخصًا معًا. لا مواعيد في العطل ولا خارج دوام الجهة.
appointment-plans-now = المعمول بها الآن
appointment-plans-none = لا أوقات استقبال بعد
appointment-plans-none-text = حدد وقتًا لخدمة، فيرى من اكتمل طلبه المواعيد المتاحة.
appointment-plan-set = حدد أوقات خدمة
appointment-plan-service = الخدمة
appointment-plan-place-ar = المكان بالعربية
appointment-plan-place-en = المكان بالإنجليزية
appointment-plan-days = أيام الاستقبال
appointment-plan-opens = من الساعة
appointment-plan-closes = إلى الساعة
appointment-plan-hours-hint = مثل 09:00. ما خرج عن دوام الجهة لا يُعرض.
appointment-plan-slot-minutes = مدة الموعد بالدقائق
appointment-plan-capacity = عدد الأشخاص في الموعد
appointment-plan-range = من { $least } إلى { $most }
appointment-plan-slots = كل { $minutes } دقيقة، بسعة { $capacity }
appointment-plan-keeps = تحل هذه الأوقات محل ما سبقها للخدمة نفسها. ومن حجز من قبل يبقى له موعده.
appointment-plan-save = احفظ الأوقات
appointment-plan-done = حُفظت أوقات الاستقبال.

notice-appointment-booked-subject = موعدك لاستلام ما صدر لك: { $slot_at }
notice-appointment-booked-body = حجزت موعدًا لاستلام مخرج «{ $service }» في { $slot_at }. المكان: { $place }. أحضر وثيقة تثبت هويتك.
notice-appointment-moved-subject = تغيّر موعد استلامك إلى { $slot_at }
notice-appointment-moved-body = صار موعد استلام مخرج «{ $service }» في { $slot_at }. المكان: { $place }.
notice-appointment-soon-subject = تذكير: موعد استلامك { $slot_at }
notice-appointment-soon-body = اقترب موعد استلام مخرج «{ $service }»: { $slot_at }. المكان: { $place }. أحضر وثيقة تثبت هويتك، وإن تعذر حضورك فغيّر الموعد من صفحة الطلب.
notice-appointment-handed-over-subject = سُلّم ما صدر في طلبك { $number }
notice-appointment-handed-over-body = سُلّم مخرج «{ $service }» في { $handed_at }. إن لم تكن أنت من استلمه ولا من فوّضته فاتصل بالجهة في الحال.

refusal-appointment-full = سبقك غيرك إلى آخر مكان في هذا الموعد
refusal-appointment-full-detail = اختر موعدًا آخر. أقرب المواعيد المتاحة أمامك.
refusal-appointment-not-offered = هذا الموعد غير متاح
refusal-appointment-not-offered-detail = اختر موعدًا من المواعيد المعروضة؛ ما مضى وقته لا يُحجز.
refusal-appointment-not-collected = لا موعد استلام لهذا الطلب
refusal-appointment-not-collected-detail = يُحجز الموعد بعد صدور المخرج، للخدمات التي تستقبل الجهة أصحابها.
refusal-appointment-none-open = لا موعد قائمًا
refusal-appointment-none-open-detail = أُلغي الموعد أو انتهى. احجز موعدًا جديدًا من صفحة الطلب.
refusal-appointment-plan-invalid = أوقات الاستقبال غير صالحة
refusal-appointment-plan-invalid-detail = صحّح ما يلي ثم احفظ.
refusal-appointment-collector-missing = اكتب من استلم
refusal-appointment-collector-missing-detail = لا يثبت التسليم دون اسم المستلم ورقم وثيقته.
refusal-item-next-free = متاح: { $detail }
refusal-item-slot-not-offered = اختر موعدًا من القائمة
refusal-item-plan-place-ar = اكتب المكان بالعربية في 160 حرفًا أو أقل
refusal-item-plan-place-en = اكتب المكان بالإنجليزية في 160 حرفًا أو أقل
refusal-item-plan-days = اختر يومًا واحدًا على الأقل
refusal-item-plan-opens = اكتب وقتين مثل 09:00 و12:00، الأول قبل الثاني
refusal-item-plan-slot-minutes = اكتب عدد دقائق بين 5 و240 لا يزيد على مدة الاستقبال
refusal-item-plan-capacity = اكتب عددًا بين 1 و200

# طلباتي
request-search = ابحث برقم الطلب أو اسم الخدمة
request-narrow = بحث وتصفية وترتيب
request-scopes = باسم من الطلبات
request-scope-all = كل الطلبات
request-scope-own = باسمي
request-on-behalf = نيابة عن:
request-for-entity = جهة تمثلها
request-tab-needs = بانتظارك
request-group-needs = بانتظارك
request-group-open = جارية
request-group-closed = منتهية
request-sort-needs = ما ينتظرك أولًا
request-sort-newest = الأحدث
request-sort-due = الأقرب موعدًا
request-show-all = اعرض كل الطلبات
request-empty-needs = لا شيء ينتظرك
request-empty-needs-text = حين تطلب الجهة منك تصحيحًا تجده هنا، ويصلك إشعار به.
request-empty-found = لا طلب بهذه الشروط
request-empty-found-text = تأكد من الرقم أو من اسم الخدمة، أو اعرض كل الطلبات.

# السحب وإعادة التقديم
request-state-withdrawn = مسحوب
request-event-withdrawn = سحب مقدم الطلب طلبه
request-withdraw-link = اسحب الطلب
request-withdraw-title = هل تريد سحب الطلب؟
request-withdraw-lead = يُغلق الطلب ولا تنظر فيه الجهة. يبقى في سجلك، ولك أن تقدم طلبًا جديدًا مما كتبته فيه.
request-withdraw-reason = السبب
request-withdraw-send = نعم، اسحب الطلب
request-withdraw-keep = لا، أبقِه
request-withdrawn-title = سحبت هذا الطلب
request-withdrawn-title-other = سحب مقدم الطلب طلبه
request-withdrawn-text = أُغلق الطلب دون قرار.
request-again-link = قدّم طلبًا جديدًا من هذا
request-again-title = طلب جديد من طلب سابق
request-again-lead = تبدأ مسودة جديدة بما يصلح من طلبك السابق: { $answers ->
    [zero] لا إجابات
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $answers } إجابات
    [many] { $answers } إجابة
   *[other] { $answers } إجابة
}، و{ $documents ->
    [zero] لا مستندات
    [one] مستند واحد
    [two] مستندان
    [few] { $documents } مستندات
    [many] { $documents } مستندًا
   *[other] { $documents } مستند
}. راجعها قبل الإرسال.
request-again-left-out = ما لم يعد يناسب الخدمة كما هي اليوم
request-again-send = ابدأ المسودة
request-again-back = العودة إلى الطلب
notice-request-withdrawn-subject = سحبت طلبك { $number }: { $service }
notice-request-withdrawn-body = أُغلق طلبك «{ $service }» بناء على سحبك له. إن لم تكن أنت من سحبه فاتصل بالجهة وغيّر كلمة مرورك.
services-state-withdrawn = مسحوب
desk-history-request-withdrawn = سحبه مقدمه
desk-history-appeal-filed = قُدم تظلم
desk-history-appeal-upheld = قُبل التظلم
desk-history-appeal-rejected = رُفض التظلم
desk-history-appointment-booked = حُجز موعد الاستلام
desk-history-appointment-moved = تغيّر موعد الاستلام
desk-history-appointment-cancelled = أُلغي موعد الاستلام
desk-history-appointment-handed-over = سُلّم المخرج
refusal-request-decided = صدر القرار في هذا الطلب
refusal-request-decided-detail = يُسحب الطلب قبل البت فيه. إن لم يرضك القرار فلك أن تتظلم منه.
refusal-request-reason-too-long = السبب أطول من المسموح به
refusal-request-reason-too-long-detail = اختصره ثم أرسل من جديد.
refusal-request-still-open = هذا الطلب ما زال جاريًا
refusal-request-still-open-detail = يُقدم طلب جديد من طلب منتهٍ. اسحب هذا أولًا إن أردت أن تبدأ من جديد.

# الأرشيف
archive-all = نزّل كل شيء (ZIP)
archive-summary = ملخص الطلب (PDF)
archive-summary-name = ملخص طلب
archive-summary-title = ملخص طلب
refusal-archive-busy = الخادم مشغول بأرشيفات أخرى
refusal-archive-busy-detail = أعد المحاولة بعد دقيقة. كل ملف متاح وحده في صفحة الطلب.

# التظلم
appeal-title = التظلم
appeal-file = قدّم تظلمًا
appeal-file-delay = تظلّم من التأخير
appeal-until = آخر يوم للتظلم: { $date }
appeal-lead-refusal = ينظر في تظلمك رئيس الجهة، ولا ينظر فيه من اتخذ القرار. هذا ما قيل لك:
appeal-lead-delay = مضى الموعد المتوقع لإنجاز طلبك. ينظر في تظلمك رئيس الجهة.
appeal-grounds = لماذا تتظلم؟
appeal-grounds-hint = اذكر ما تراه خطأ في القرار، وما لديك من دليل.
appeal-once = لك تظلم واحد من كل قرار، ويُرد عليه كتابة خلال ثلاثين يومًا.
appeal-send = أرسل التظلم
appeal-back = العودة إلى الطلب
appeal-open-title = تظلمك قيد النظر
appeal-open-text = قدمته في { $filed }، ويرد عليه رئيس الجهة قبل { $due }.
appeal-upheld-title = قُبل تظلمك
appeal-rejected-title = لم يُقبل تظلمك
appeal-remedy-title = ما بقي لك
appeal-desk-title = التظلمات
appeal-none = لا تظلمات مفتوحة
appeal-none-text = يظهر هنا كل تظلم من رفض أو تأخير حتى تبت فيه.
appeal-against = الموضوع
appeal-against-refusal = رفض
appeal-against-delay = تأخير
appeal-due = يُرد قبل
appeal-filed = قُدم في
appeal-decider = صاحب القرار
appeal-case-title = النظر في تظلم
appeal-grounds-of = ما يقوله المتظلم
appeal-decision-before = القرار المتظلم منه
appeal-decide = البت في التظلم
appeal-not-yours = اتخذت أنت القرار المتظلم منه، أو هو تظلمك؛ فينظر فيه غيرك.
appeal-is-decided = بُت في هذا التظلم.
appeal-outcome = القرار
appeal-uphold = قبول التظلم
appeal-uphold-hint = يعود الطلب المرفوض إلى مرحلة القرار بمهلة جديدة.
appeal-reject = رفض التظلم
appeal-reasons = الأسباب
appeal-remedy = ما بقي لصاحب الطلب
appeal-remedy-hint = يلزم عند رفض التظلم: أين يطعن بعد ذلك، وخلال كم يوم.
appeal-decide-send = أصدر القرار
appeal-decided-done = صدر القرار في التظلم، ووصل صاحبه إشعار به.
notice-appeal-filed-subject = تظلم في الطلب { $number }
notice-appeal-filed-body = قُدم تظلم ينتظر نظرك، ويُرد عليه قبل { $due_on }.
notice-appeal-received-subject = استلمنا تظلمك في الطلب { $number }
notice-appeal-received-body = وصل تظلمك في طلب «{ $service }». ينظر فيه رئيس الجهة، ويصلك رده مكتوبًا قبل { $due_on }.
notice-appeal-upheld-subject = قُبل تظلمك في الطلب { $number }
notice-appeal-upheld-body = قُبل تظلمك في طلب «{ $service }»: { $reasons } { $remedy }
notice-appeal-rejected-subject = لم يُقبل تظلمك في الطلب { $number }
notice-appeal-rejected-body = نُظر في تظلمك في طلب «{ $service }» ولم يُقبل: { $reasons } ما بقي لك: { $remedy }
refusal-appeal-not-possible = لا قرار يُتظلم منه
refusal-appeal-not-possible-detail = يُتظلم من رفض صدر، أو من طلب تأخر عن موعده.
refusal-appeal-too-late = انتهت مدة التظلم
refusal-appeal-too-late-detail = لك أن تقدم طلبًا جديدًا، أو أن تلجأ إلى القضاء.
refusal-appeal-repeated = تظلمت من هذا من قبل
refusal-appeal-repeated-detail = لكل قرار تظلم واحد. تجد ما صار إليه في صفحة الطلب.
refusal-appeal-grounds-missing = اكتب لماذا تتظلم
refusal-appeal-grounds-missing-detail = جملة واضحة على الأقل، ليعرف من ينظر في تظلمك ما تعترض عليه.
refusal-appeal-reasons-missing = القرار في التظلم ناقص
refusal-appeal-reasons-missing-detail = اختر القرار واكتب أسبابه، واذكر عند الرفض ما بقي لصاحب الطلب.
refusal-appeal-decided = بُت في هذا التظلم
refusal-appeal-decided-detail = سبقك زميل إليه. تجد القرار في صفحة التظلم.
refusal-appeal-own-decision = لا تنظر في تظلم من قرارك
refusal-appeal-own-decision-detail = ينظر فيه شخص آخر لم يتخذ القرار.

# النسخة الورقية
copy-title = نسخة ورقية بالبريد
copy-lead = نرسل إليك نسخة ورقية مما صدر لك. الوثيقة الإلكترونية سارية من الآن، والنسخة مثلها برمز التحقق نفسه.
copy-recipient = اسم المستلم
copy-street = الشارع ورقم المبنى
copy-city = المدينة
copy-phone = هاتف المستلم
copy-send = اطلب النسخة
copy-back = العودة إلى الطلب
copy-offer = تريد نسخة ورقية؟ نرسلها إليك بالبريد
copy-asked-line = طلبت نسخة ورقية في { $when }. نبلغك حين تُرسل.
copy-left-line = أُرسلت النسخة الورقية في { $when } مع { $carrier }، رقم التتبع:
copy-desk-title = النسخ الورقية
copy-tab-waiting = بانتظار الإرسال
copy-tab-dispatched = أُرسلت
copy-none = لا نسخ هنا
copy-none-text = تظهر هنا النسخ التي يطلبها أصحاب الطلبات بالبريد.
copy-choose = اختر نسخة
copy-prints = { $count ->
    [zero] لم تُطبع بعد
    [one] طُبعت مرة
    [two] طُبعت مرتين
    [few] طُبعت { $count } مرات
   *[other] طُبعت { $count } مرة
}
copy-print = اطبع المختار
copy-print-hint = ملف واحد فيه غلاف بالعنوان ثم أوراق كل نسخة، عشرون نسخة على الأكثر.
copy-reprint = اطبعها من جديد
copy-dispatch = الإرسال
copy-dispatch-send = أثبت الإرسال
copy-open = افتحها
copy-carrier = الناقل
copy-tracking = رقم التتبع
copy-printed = الطباعة
copy-left = أُرسلت
copy-dispatched-done = ثبت الإرسال، ووصل صاحب الطلب إشعار برقم التتبع.
copy-batch-title = دفعة نسخ ورقية
copy-to = إلى السيد / السيدة
copy-papers = عدد الوثائق
copy-cover-note = تجدون مع هذا الغلاف ما صدر لكم. للتحقق من صحة كل وثيقة امسحوا الرمز الذي عليها.
notice-copy-dispatched-subject = أُرسلت نسختك الورقية: { $service }
notice-copy-dispatched-body = أُرسلت النسخة الورقية في طلبك { $number } مع { $carrier }. رقم التتبع: { $tracking }.
desk-history-copy-asked = طُلبت نسخة ورقية
desk-history-copy-printed = طُبعت النسخة
desk-history-copy-reprinted = أُعيدت طباعة النسخة
desk-history-copy-dispatched = أُرسلت النسخة
refusal-copy-not-offered = لا نسخة ورقية لهذا الطلب
refusal-copy-not-offered-detail = تُرسل النسخة بعد صدور المخرج، للخدمات التي تذكر بطاقتها ذلك.
refusal-copy-under-way = طلبت نسخة من قبل
refusal-copy-under-way-detail = نسختك في الطريق. لك أن تطلب غيرها بعد إرسالها.
refusal-copy-address-missing = العنوان غير مكتمل
refusal-copy-address-missing-detail = أكمل ما يلي لتصل النسخة.
refusal-copy-nothing-chosen = لم تُختر نسخة
refusal-copy-nothing-chosen-detail = اختر من نسخة واحدة إلى عشرين.
refusal-copy-carrier-missing = اكتب الناقل ورقم التتبع
refusal-copy-carrier-missing-detail = بهما يتابع صاحب الطلب نسخته.
refusal-copy-dispatched = أُرسلت هذه النسخة
refusal-copy-dispatched-detail = ثبت إرسالها من قبل. إن ضاعت فليطلب صاحبها غيرها.
refusal-copy-not-printed = لم تُطبع هذه النسخة بعد
refusal-copy-not-printed-detail = اطبعها مع الدفعة، ثم أثبت إرسالها.
refusal-item-copies = اختر من نسخة واحدة إلى { $detail }

# أسماء الإشعارات
notify-topic-handing-over = استلام ما صدر لك
notify-topic-handing-over-text = مواعيد الاستلام وتذكيرها، والنسخ الورقية بالبريد.
notify-topic-appeals = التظلمات
notify-topic-appeals-text = استلام التظلم والقرار فيه.
notice-appointment-booked-name = حجز موعد الاستلام
notice-appointment-moved-name = تغيير موعد الاستلام
notice-appointment-soon-name = التذكير بموعد الاستلام
notice-appointment-handed-over-name = تسليم المخرج
notice-request-withdrawn-name = سحب الطلب
notice-appeal-filed-name = تظلم ينتظر نظرك
notice-appeal-received-name = استلام التظلم
notice-appeal-upheld-name = قبول التظلم
notice-appeal-rejected-name = رفض التظلم
notice-copy-dispatched-name = إرسال النسخة الورقية
