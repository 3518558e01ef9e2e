## معاينة نموذج
preview-title = معاينة النموذج
preview-text = هكذا يراه مقدم الطلب. لا يُحفظ شيء مما تكتبه هنا.
preview-back = العودة إلى الإعداد
preview-example = ابدأ بالإجابات النموذجية
preview-empty = ابدأ بنموذج فارغ
preview-next = التالي
preview-previous = السابق
preview-steps = انتقل إلى خطوة
preview-answers = ما سيُرسل
preview-open = عاين النموذج
