## الصفوف المتكررة
form-row = صف
form-row-add = أضف { $row }
form-row-up = انقل إلى أعلى
form-row-down = انقل إلى أسفل
form-row-copy = كرّر
form-row-remove = احذف
form-rows-of = { $count } من { $max } على الأكثر
form-rows-paste = ألصق من جدول
form-rows-paste-hint = انسخ الخلايا من جدول إلكتروني وألصقها هنا، صفًا في كل سطر، والأعمدة بهذا الترتيب:
form-rows-paste-do = أضف الصفوف
form-computed-empty = يُحسب من إجاباتك
form-cell = { $group }، { $row }
## ما تغيّر في نموذج
form-change-added = سؤال جديد: { $title }
form-change-removed = لم نعد نسأل: { $title }
form-change-required = صار مطلوبًا: { $title }
form-change-optional = صار اختياريًا: { $title }
form-change-changed = تغيّر السؤال: { $title }
draft-moved-title = تغيّر هذا النموذج بعد أن بدأت
draft-moved = نقلنا إجاباتك إلى الإصدار الجديد. راجع ما تغيّر قبل الإرسال. ما لم نعد نسأل عنه محفوظ ولن يُرسل.
draft-moved-read = اطّلعت على ما تغيّر
## جهازان
draft-other = أجبت عن هذا على جهاز آخر في { $time }: { $value }
draft-other-take = استخدم تلك الإجابة
draft-other-elsewhere = أجبت عن بعض هذه الأسئلة على جهاز آخر. أعد تحميل الصفحة لترى الإجابتين.
draft-kept-here = انقطع الاتصال. إجاباتك محفوظة على هذا الجهاز، ونرسلها حين يعود.
## لماذا لا تُنشر قواعد
refusal-forms-rule-invalid = في قواعد النموذج ما لا يصح
refusal-forms-rule-invalid-detail = أصلح كل قاعدة مذكورة، ثم أرسل النموذج من جديد.
refusal-item-rule-syntax = القاعدة غير مكتوبة كتابة صحيحة: { $detail }
refusal-item-rule-unsupported = هذا غير متاح في قواعد النماذج: { $detail }
refusal-item-rule-unknown-field = لا سؤال بهذا الاسم: { $detail }
refusal-item-rule-type = الأنواع لا تتفق: { $detail }
refusal-item-rule-cycle = أسئلة ينتظر بعضها بعضًا: { $detail }
refusal-item-rule-unreachable = شرط لا يتحقق أبدًا
refusal-item-rule-too-long = القاعدة أطول من { $detail } حرف
refusal-item-rule-too-deep = الأقواس متداخلة أكثر من { $detail } مرة
refusal-item-rows-too-few = أضف صفوفًا حتى تبلغ { $detail } على الأقل
refusal-item-rows-too-many = احذف صفوفًا حتى لا تزيد على { $detail }
## اعتماد النماذج
refusal-forms-paper-only = من نماذج الخدمة ما هو على الورق وحده
refusal-forms-paper-only-detail = حوّل كل نموذج مذكور إلى نموذج إلكتروني، ثم انشر الخدمة.
refusal-forms-co-approval = لم توافق الجهة مقدمة الخدمة على هذا الإصدار من النموذج
refusal-forms-co-approval-detail = لا يعمل إصدار جديد إلا بموافقة الجهة والإدارة المختصة معًا. اطلب موافقة الجهة أولًا.
refusal-forms-already-live = هذا الإصدار منشور
refusal-forms-already-live-detail = الموافقة على إصدار منشور لا تُسحب. سجّل إصدارًا جديدًا لتغيير النموذج.
refusal-item-untranslated = ينقصه النص الإنجليزي
refusal-item-untitled = سؤال بلا عنوان
refusal-item-step-too-long = في هذه الخطوة أكثر من { $detail } سؤالًا
## متطلبات الطلب
draft-checklist = متطلبات هذه الخدمة
draft-checklist-from = من { $source }
draft-checklist-given = مكتمل
draft-checklist-open = ينقصك
draft-checklist-optional = اختياري
draft-source-persons = سجل الأشخاص
draft-source = مأخوذ من { $source }. عدّله إن لم يكن صحيحًا.
draft-days-left = تُحذف المسودة إن لم تُكملها قبل { $date }
form-paper = النماذج الورقية المحوّلة
form-paper-share = { $converted } من { $all }
