operation-title = تشغيل المنصة
operation-lead = نفحص كل جزء من المنصة كل دقيقة، ونبلغ من يديرها بما تعطل أو سكت خلال { $minutes ->
    [few] { $minutes } دقائق.
   *[other] { $minutes } دقيقة.
}
operation-now = الآن
operation-quiet = لا تنبيه مفتوح.
operation-open = { $count ->
    [one] تنبيه واحد مفتوح
    [two] تنبيهان مفتوحان
    [few] { $count } تنبيهات مفتوحة
   *[other] { $count } تنبيها مفتوحا
}
operation-components = ما يُراقَب
operation-component = الجزء
operation-state = الحالة
operation-said = ما نعرفه
operation-checked = آخر فحص
operation-since = تغيرت الحالة
operation-unseen = لم يُفحص شيء بعد
operation-unseen-text = تُفحص الأجزاء عندما تعمل عقدة من عقد العمل، وتظهر هنا بعد دقيقة.
operation-state-ok = سليم
operation-state-warn = يحتاج إلى نظر
operation-state-fail = معطل
operation-state-off = غير مضبوط
operation-component-database = قاعدة البيانات
operation-component-documents = مخزن الوثائق
operation-component-ledger = السجل المحكم
operation-component-jobs = الأعمال المؤجلة
operation-component-clock = الساعة
operation-component-disk = مساحة القرص
operation-component-mail = خادم البريد
operation-component-scanner = فاحص الملفات
operation-component-backup = النسخ الاحتياطي
operation-component-restore-test = اختبار الاستعادة
operation-component-node = عقدة من عقد المنصة
operation-component-texts = النصوص
operation-component-start = بدء التشغيل
operation-component-keys = المفاتيح
operation-component-log = آخر السجل المحكم
operation-database-ok = تجيب، وتحديثاتها مطبقة.
operation-database-fail = لا تجيب.
operation-database-fail-do = تأكد أن الخادم يعمل وأن العنوان في DIWAN_DATABASE_URL صحيح.
operation-documents-ok = يجيب.
operation-documents-fail = لا يجيب.
operation-documents-fail-do = تأكد من المجلد أو من خادم التخزين ومفاتيحه.
operation-ledger-ok = عدد القيود الموقعة { $entries }، وانتظار أقدم قيد جديد أقل من { $lag }.
operation-ledger-late = قيد ينتظر موضعه منذ { $lag }، وعدد القيود الموقعة { $entries }.
operation-ledger-late-do = انظر في سجل العقدة، فالترتيب متوقف.
operation-ledger-unread = لا يُقرأ.
operation-jobs-ok = لا عمل متأخر. تنتظر دورها: { $count }.
operation-jobs-late = عمل حان وقته ينتظر منذ { $late }.
operation-jobs-late-do = شغّل عقدة عمل، أو انظر لماذا لا تأخذ العقد القائمة أعمالا.
operation-jobs-dead = عدد ما توقفت محاولاته: { $count }.
operation-jobs-dead-do = انظر في «diwan jobs»، وأصلح السبب، ثم أعد المحاولة.
operation-jobs-unread = لا تُقرأ.
operation-clock-ok = توافق ساعة قاعدة البيانات.
operation-clock-apart = تختلف عن ساعة قاعدة البيانات: { $apart }.
operation-clock-apart-do = اضبط الساعة من خادم وقت.
operation-clock-unread = لا تُقرأ ساعة قاعدة البيانات.
operation-disk-ok = المتاح { $free }، والحد الأدنى { $least }.
operation-disk-full = لم يبق إلا { $free }، والحد الأدنى { $least }.
operation-disk-full-do = وسّع القرص أو انقل ما لا يُحتاج إليه.
operation-disk-unread = لا يُعرف المتاح من المساحة.
operation-mail-ok = يجيب.
operation-mail-fail = لا يجيب كما يجيب خادم بريد.
operation-mail-fail-do = تأكد من العنوان في DIWAN_SMTP ومن الخادم. الرسائل تنتظر ولا تضيع.
operation-mail-off = لا خادم بريد، فلا تُرسل رسائل.
operation-mail-off-do = اضبط DIWAN_SMTP.
operation-scanner-ok = يجيب.
operation-scanner-fail = لا يجيب، فتُرفض الملفات الجديدة إلى أن يعود.
operation-scanner-fail-do = تأكد من clamd ومن العنوان في DIWAN_CLAMD.
operation-scanner-off = لا فاحص، فتُقبل الملفات دون فحص.
operation-scanner-off-do = اضبط DIWAN_CLAMD.
operation-backup-ok = آخر نسخة سليمة عمرها { $age }.
operation-backup-none = لم تؤخذ نسخة بعد.
operation-backup-none-do = تؤخذ الأولى خلال دقائق، أو خذها بالأمر «diwan backup».
operation-backup-late = فات موعد النسخ. آخر نسخة سليمة عمرها { $age }.
operation-backup-late-do = انظر لماذا لم تؤخذ، ثم خذها بالأمر «diwan backup».
operation-backup-failed = أخفقت آخر محاولة نسخ.
operation-backup-failed-do = اقرأ السبب في قائمة النسخ، وأصلحه، ثم خذ نسخة بالأمر «diwan backup».
operation-backup-off = لا مكان مضبوط للنسخ الاحتياطي، فلا تؤخذ نسخ.
operation-backup-off-do = اضبط DIWAN_BACKUP و DIWAN_BACKUP_PASSWORD_FILE.
operation-restore-test-ok = نجح آخر اختبار، ومضى عليه { $age }.
operation-restore-test-none = لم يجر اختبار بعد.
operation-restore-test-none-do = يجري الأول بعد أول نسخة، أو أجره بالأمر «diwan restore --test».
operation-restore-test-late = فات موعد الاختبار. مضى على آخر اختبار ناجح { $age }.
operation-restore-test-late-do = أجر الاختبار بالأمر «diwan restore --test».
operation-restore-test-failed = أخفق آخر اختبار، فلا تعتمد على النسخ قبل أن تعرف السبب.
operation-restore-test-failed-do = اقرأ السبب في قائمة النسخ، وخذ نسخة جديدة، ثم أعد الاختبار.
operation-runs-unread = لا تُقرأ قائمة النسخ.
operation-node-silent = انقطعت أخبار عقدة منذ { $silent } ولم يوقفها أحد.
operation-node-silent-do = انظر في الجهاز. أعمالها أخذتها العقد الأخرى.
operation-texts-ok = كل نص موجود بالعربية والإنجليزية.
operation-texts-missing = نصوص ليست في اللغتين: { $count }.
operation-start-fail = لا تبدأ المنصة.
operation-keys-ok = المفاتيح موجودة، لصاحبها وحده، وتطابق ما وُقّع بها.
operation-keys-fail = مفتاح ناقص أو مكشوف لغير صاحبه.
operation-keys-fail-do = استعد المفاتيح من نسخة احتياطية، واجعل صلاحياتها 0600.
operation-log-ok = آخر نقطة موقعة صحيحة، وعدد قيودها: { $entries }.
operation-log-empty = لا قيود بعد.
operation-log-fail = التوقيع على آخر نقطة لا يطابق مفاتيح المنصة.
operation-log-fail-do = نفّذ «diwan verify»، ولا تكتب في السجل قبل معرفة السبب.
operation-backups = النسخ الاحتياطي
operation-schedule = الموعد
operation-kind-backup = نسخة احتياطية
operation-kind-restore-test = اختبار استعادة
operation-every = { $hours ->
    [24] كل يوم
    [720] كل شهر
   *[other] كل { $hours } ساعة
}
operation-next-backup = النسخة القادمة
operation-next-restore-test = الاختبار القادم
operation-kept = النسخ المحفوظة
operation-keeps = { $days } يومية و{ $weeks } أسبوعية و{ $months } شهرية، وآخر ثلاث نسخ على كل حال
operation-components-caption = كل جزء وحالته
operation-nodes-caption = كل عقدة وآخر إشارة منها
operation-run-proof = قورنت الصفوف ({ $rows }) والوثائق ({ $documents }) وقيود السجل ({ $entries })، وجذره { $root }.
operation-runs = النسخ والاختبارات
operation-runs-empty = لا نسخ بعد
operation-runs-none = لم تؤخذ نسخة ولم يجر اختبار بعد.
operation-run-kind = العمل
operation-run-state = النتيجة
operation-run-began = بدأ في
operation-run-took = استغرق
operation-run-size = الحجم
operation-run-added = أضاف { $size }
operation-run-hash = البصمة
operation-run-running = جار
operation-run-done = نجح
operation-run-failed = أخفق
operation-by-hand = بأمر من المشغّل
operation-by-schedule = في موعده
operation-seconds = { $seconds ->
    [0] أقل من ثانية
    [one] ثانية
    [two] ثانيتان
    [few] { $seconds } ثوان
   *[other] { $seconds } ثانية
}
operation-nodes = العقد
operation-nodes-none = لا عقدة مسجلة.
operation-node = العقدة
operation-node-role = عملها
operation-node-started = تعمل منذ
operation-node-heard = آخر إشارة
operation-role-all = كل الأعمال
operation-role-web = الصفحات
operation-role-worker = الأعمال المؤجلة
operation-gaps = أوقات بلا مراقبة
operation-gaps-none = لم تنقطع المراقبة.
operation-gap = من { $from } إلى { $until }
operation-alerts = التنبيهات
operation-alerts-none = لا تنبيهات
operation-alerts-none-text = لم يتعطل شيء مما يُراقَب.
operation-alert-new = ينتظر من يتولاه
operation-alert-taken = تولاه أحد المديرين
operation-alert-over = انتهى
operation-opened = فُتح في
operation-cleared = انتهى في
operation-acknowledged = تولاه في
operation-acknowledged-by = تولاه
operation-acknowledge = أتولى هذا التنبيه
operation-note = ما الذي ستفعله؟
operation-note-unsent = ما كتبته أنت
operation-note-hint = جملة تُحفظ مع التنبيه ويقرؤها زملاؤك.
notify-topic-operation = تشغيل المنصة
notify-topic-operation-text = تنبيهات من يدير المنصة: جزء تعطل أو سكت، ونسخة احتياطية لم تؤخذ.
notice-operation-alert-name = تعطل جزء من المنصة
notice-operation-alert-subject = تنبيه: { $component }
notice-operation-alert-body = تعطل أو سكت جزء من المنصة: { $component }، منذ { $since_at }. افتح التنبيه لتعرف ما حدث وما يلزم، وقل إنك تتولاه.
refusal-backup-no-place = لا مكان مضبوط للنسخ الاحتياطي
refusal-backup-no-place-detail = اضبط DIWAN_BACKUP و DIWAN_BACKUP_PASSWORD_FILE، ثم أعد المحاولة.
refusal-backup-not-whole = ما استُعيد لا يطابق ما نُسخ
refusal-backup-not-whole-detail = اقرأ ما اختلف، وخذ نسخة جديدة، ثم أعد الاختبار.
refusal-alert-acknowledged = تولى زميل هذا التنبيه قبلك
refusal-alert-acknowledged-detail = اقرأ ما كتبه، واسأله إن أردت المساعدة.
refusal-alert-note-missing = قل ما الذي ستفعله
refusal-alert-note-missing-detail = اكتب جملة قصيرة تُحفظ مع التنبيه.
operation-backup-never = فات موعد النسخة الأولى ولم تؤخذ.
operation-backup-never-do = تأكد أن عقدة عمل تعمل، أو خذ النسخة بالأمر «diwan backup».
operation-restore-test-never = فات موعد الاختبار الأول ولم يجر.
operation-restore-test-never-do = تأكد أن عقدة عمل تعمل، أو أجر الاختبار بالأمر «diwan restore --test».
