//! The regulation as data.
