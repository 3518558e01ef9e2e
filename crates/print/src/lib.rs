//! From data to PDF.
