//! Files: content-addressed, encrypted, scanned.
