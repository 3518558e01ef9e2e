directory-place-endpoints = الإخطار الآلي
endpoint-title = الإخطار الآلي لنظام الجهة
endpoint-text = يُخطر نظام { $body } بكل طلب يخصها، وبتصحيحه وسحبه، حال حدوثه. لا يحمل الإخطار إجابات مقدم الطلب، بل رقم الطلب وأين يُقرأ.
endpoint-bodies = الجهات
endpoint-none = لم تسجل الجهة عنوانًا بعد
endpoint-none-text = تصل الطلبات إلى مكتب الجهة في كل حال. سجل عنوانًا ليُخطر بها نظامها أيضًا.
endpoint-address = عنوان الإخطار
endpoint-address-hint = عنوان يبدأ بـ https://‎ يستقبل فيه نظام الجهة الإخطارات.
endpoint-since = مسجل منذ
endpoint-failing = لا يصل شيء إلى هذا العنوان منذ { $since }. تُعاد المحاولة آليًا، ويحسن التحقق من النظام.
endpoint-try = أرسل إخطارًا للتجربة
endpoint-set = سجل عنوانًا
endpoint-change = غيّر العنوان
endpoint-set-do = احفظ وجرّب
endpoint-end = أوقف الإخطار
endpoint-end-text = لا يُرسل بعد ذلك شيء إلى النظام، وما لم يصل يبقى في السجل.
endpoint-end-do = أوقف الإخطار
endpoint-receive = كيف يستقبل النظام
endpoint-receive-acknowledge = يرد بحالة من 200 إلى 299 ليؤكد الاستلام، وإلا أُعيدت المحاولة.
endpoint-receive-twice = قد يصل الإخطار أكثر من مرة بالمعرّف نفسه، فلا يُعالج إلا مرة واحدة.
endpoint-receive-signature = كل إخطار موقع، ومفاتيح التحقق منشورة:
endpoint-deliveries = سجل الإخطارات
endpoint-deliveries-caption = الإخطارات، أحدثها أولًا
endpoint-deliveries-none = لا إخطارات بهذه الحالة.
endpoint-event = ما حدث
endpoint-when = متى
endpoint-answer = آخر رد
endpoint-state = الحالة
endpoint-no-request = لا طلب
endpoint-event-request-delivered = قُدم طلب
endpoint-event-request-corrected = صُحح طلب
endpoint-event-request-withdrawn = سُحب طلب
endpoint-event-request-arrived = أُحيل طلب إلى الجهة
endpoint-event-endpoint-tried = تجربة العنوان
endpoint-state-all = الكل
endpoint-state-waiting = يُعاد إرساله
endpoint-state-delivered = وصل
endpoint-state-failed = تعذر إيصاله
endpoint-tries = { $count ->
    [0] لم يُحاول بعد
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $count } محاولات
    [many] { $count } محاولة
   *[other] { $count } محاولة
 }
endpoint-retry = أعد الإرسال
endpoint-answer-none = لم يُرسل بعد
endpoint-answer-status = رد بالحالة { $status }
endpoint-answer-no_endpoint = لا عنوان مسجل
endpoint-answer-address = العنوان لم يعد مسموحًا به
endpoint-answer-out_of_reach = يقود العنوان إلى شبكة غير مسموح بها
endpoint-answer-unreachable = تعذر الاتصال
endpoint-answer-untrusted = شهادة النظام غير موثوقة
endpoint-answer-slow = لم يرد في الوقت المحدد
endpoint-answer-broken = رد غير مفهوم
endpoint-done-set = حُفظ العنوان، وأُرسل إليه إخطار للتجربة.
endpoint-done-ended = أُوقف الإخطار الآلي.
endpoint-done-tried = أُرسل إخطار للتجربة. تظهر نتيجته في السجل.
endpoint-done-retried = يُعاد إرسال الإخطار الآن.
refusal-endpoint-address-invalid = لا يصلح هذا العنوان للإخطار
refusal-endpoint-address-invalid-detail = اكتب عنوانًا كاملًا يبدأ بـ https://‎، في شبكة عامة أو في شبكة يسمح بها مدير المنصة.
refusal-item-endpoint-form = اكتب عنوانًا كاملًا بلا اسم مستخدم، مثل https://registry.example/diwan
refusal-item-endpoint-plain = اكتب عنوانًا يبدأ بـ https://‎
refusal-item-endpoint-out-of-reach = هذا العنوان في شبكة لا تسمح بها المنصة. اطلب من مدير المنصة إضافتها.
refusal-endpoint-none = لم تسجل الجهة عنوانًا
refusal-endpoint-none-detail = سجل عنوانًا للإخطار أولًا.
refusal-endpoint-not-failed = هذا الإخطار لا يحتاج إلى إعادة إرسال
refusal-endpoint-not-failed-detail = وصل الإخطار، أو تُعاد محاولته آليًا.
refusal-endpoint-no-body = لا تعمل في جهة لها إخطار آلي
refusal-endpoint-no-body-detail = يضبط الإخطار رئيس الجهة ومديرها، ويراه من يكتب بطاقات خدماتها.
notice-endpoint-failing-name = تعذر إخطار نظام الجهة
notice-endpoint-failing-subject = لا تصل الإخطارات إلى نظام { $body }
notice-endpoint-failing-body = لم يؤكد نظام { $body } استلام الإخطارات رغم تكرار المحاولة. الطلبات على مكتب الجهة كالمعتاد. تحقق من النظام ومن العنوان المسجل، ثم أعد إرسال ما تعذر.
desk-history-endpoint-delivered = أكد نظام جهة وصول الإخطار
desk-history-endpoint-failed = تعذر إخطار نظام جهة
