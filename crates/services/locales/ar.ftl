services-name = الخدمات
