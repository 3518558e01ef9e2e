//! How people read and write.
