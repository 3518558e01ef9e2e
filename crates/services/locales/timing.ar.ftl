# المدد: ما يقال عن انتهاء الطلب، والتذكير، وتقرير التأخر.
notice-request-delayed-name = تأخر الطلب وموعده الجديد
notice-request-delayed-subject = تأخر طلبك { $number }، وموعده الجديد { $expected_on }
notice-request-delayed-body = لم يكتمل طلبك «{ $service }» في موعده. ننتظر أن يكتمل في { $expected_on }، وقد أُبلغ رئيس الجهة بتأخره. ليس عليك شيء الآن.
notice-request-remind-name = تذكير بتصحيح ينتظرك
notice-request-remind-subject = ما زال طلبك { $number } ينتظر تصحيحك
notice-request-remind-body = أعادت الجهة طلبك «{ $service }» ولم يصلها تصحيحك بعد. افتح الطلب وصحح ما هو مطلوب ثم أرسله.
notice-timer-remind-name = تذكير بطلب تقترب مهلته
notice-timer-remind-subject = تقترب مهلة الطلب { $number }: { $stage }
notice-timer-remind-body = الطلب { $number } للخدمة «{ $service }» في مرحلة «{ $stage }»، وتقترب مهلتها من نهايتها. افتحه واتخذ ما يلزم.
notice-timer-escalated-name = طلب انقضت مهلة مرحلته
notice-timer-escalated-subject = انقضت مهلة الطلب { $number }: { $stage }
notice-timer-escalated-body = بقي الطلب { $number } للخدمة «{ $service }» في مرحلة «{ $stage }» حتى انقضت مهلتها. انظر سبب التأخر ومن يكمله.
notice-timer-late-name = طلب لن يكتمل في موعده
notice-timer-late-subject = الطلب { $number } لن يكتمل في موعده
notice-timer-late-body = لن يكتمل الطلب { $number } في الموعد الذي أُبلغ به صاحبه. أُبلغ صاحبه بموعد جديد هو { $expected_on }، والطلب في تقرير التأخر.
notify-topic-deadlines = مهل الطلبات على مكتبك
notify-topic-deadlines-text = تذكير بما تقترب مهلته، وما انقضت مهلته.

delays-title = تقرير التأخر
delays-lead = طلبات لم تكتمل، أو لن تكتمل، في الموعد الذي أُبلغ به أصحابها. يدخل الطلب التقرير لحظة إبلاغ صاحبه بالموعد الجديد، ويبقى فيه بعد إغلاقه.
delays-lead-all = طلبات كل الجهات التي لم تكتمل، أو لن تكتمل، في الموعد الذي أُبلغ به أصحابها. يدخل الطلب التقرير لحظة إبلاغ صاحبه بالموعد الجديد، ويبقى فيه بعد إغلاقه.
delays-list = الطلبات المتأخرة
delays-body = الجهة
delays-holder = من عنده الطلب
delays-due = الموعد الأول
delays-expected = الموعد الجديد
delays-state = الحالة
delays-state-open = لم تكتمل بعد
delays-state-closed = أُغلقت
delays-closed = أُغلق
delays-with-applicant = مقدم الطلب
delays-empty = لا طلب متأخرًا
delays-empty-text = كل طلب اكتمل، أو يُنتظر أن يكتمل، في موعده.
delays-empty-narrowed = قد تكون هناك طلبات متأخرة خارج هذا الاختيار.
refusal-delays-not-yours = تقرير التأخر ليس متاحًا لك
refusal-delays-not-yours-detail = يطلع عليه رئيس الجهة والإدارة المختصة. اطلب من رئيس جهتك ما تحتاجه منه.

timing-usual-between = { $most ->
    [few] عادة بين { $half } و{ $most } أيام عمل
   *[other] عادة بين { $half } و{ $most } يوم عمل
}
timing-usual-within = { $most ->
    [one] عادة خلال يوم عمل واحد
    [two] عادة خلال يومي عمل
    [few] عادة خلال { $most } أيام عمل
   *[other] عادة خلال { $most } يوم عمل
}
timing-usual = المدة المعتادة
timing-usual-meaning = من كل عشرة طلبات اكتمل خمسة في المدة الأولى وتسعة في الثانية. لا تدخل فيها مدة التصحيح عند مقدم الطلب.
timing-few = لا تكفي الطلبات السابقة بعد لنقول المدة المعتادة؛ هذه مدة الدليل.
timing-delayed = كان موعده { $due }، ولن يكتمل فيه. الموعد الجديد { $date }.
