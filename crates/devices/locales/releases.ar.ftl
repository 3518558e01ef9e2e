# إصدارات الأنظمة التي يوصي بها صانعوها. العربية هي الأصل.

system-release-title = إصدارات الأنظمة
system-release-text = الإصدارات التي يوصي بها صانعو أنظمة التشغيل، ونصيب كل جهة من الأجهزة المحدَّثة. يُحسب الجهاز محدَّثًا متى أبلغ عن الإصدار أو ما بعده.
system-release-none = لا إصدارات موصى بها
system-release-none-text = تسجلها الإدارة المختصة عند صدورها.
system-release-since = نُشر في { $when }.
system-release-nobody = لم يبلغ أي جهاز عن هذا النظام.
system-release-patched = الأجهزة المحدَّثة
system-release-patched-of = { $patched } من { $devices }
system-release-share = النسبة
system-release-percent = { $count }٪
system-release-end = أنهِ التوصية
system-release-end-sure = لن يُطلب هذا الإصدار من الأجهزة بعد الآن. هل تنهي التوصية؟
system-release-file = نزّل التقرير ملفًّا (CSV)
system-release-new = سجّل إصدارًا موصى به
system-release-system-hint = كما يسمي النظام نفسه، مثل debian.
system-release-version = الإصدار
system-release-published = يوم النشر
system-release-note = ملاحظة
system-release-note-hint = ما يصلحه الإصدار، أو أين يوجد.
system-release-enter = سجّل الإصدار
system-release-outstanding-title = إصدارات لم تُثبَّت على هذا الجهاز
system-release-outstanding = { $release }: { $days ->
    [0] نُشر اليوم
    [one] متأخر يومًا
    [two] متأخر يومين
    [few] متأخر { $days } أيام
    [many] متأخر { $days } يومًا
   *[other] متأخر { $days } يوم
}
system-release-column-system = نظام التشغيل
system-release-column-version = الإصدار
system-release-column-published = يوم النشر
system-release-column-body = الجهة
system-release-column-patched = المحدَّثة
system-release-column-devices = الأجهزة
system-release-column-percent = النسبة المئوية
refusal-device-release-incomplete = أكمل بيانات الإصدار
refusal-device-release-incomplete-detail = صحّح الحقول المشار إليها ثم أرسل من جديد.
refusal-device-release-known = هذا الإصدار مسجل
refusal-device-release-known-detail = أنهِ التوصية القائمة قبل أن تسجلها من جديد.
refusal-device-releases-full = الإصدارات الموصى بها كثيرة
refusal-device-releases-full-detail = أنهِ ما حل محله أحدث منه، ثم سجّل الجديد.
refusal-item-device-release-known = هذا الإصدار مسجل
refusal-item-device-published = اختر يومًا مضى أو اليوم
