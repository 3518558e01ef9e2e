//! الخدمات: directory, forms, requests, outputs.
