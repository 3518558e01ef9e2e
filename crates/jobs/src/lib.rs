//! Work that survives.
