//! How people read and write: two languages, their texts, dates and digits, clean names, and the analyser with
//! which every search in the product matches words.
//!
//! Knows no database, no web and no government body. Start at [`Texts`] for what is said, at [`date`] for when,
//! and at [`analyse`] for search.

mod analyser;
mod bidi;
mod dates;
mod digits;
mod index;
mod keyboard;
mod names;
mod sizes;
mod text;
mod texts;
mod thesaurus;

pub use analyser::{Token, analyse, fold, query, stems};
pub use bidi::{apart, is_foreign, isolated};
pub use dates::{Calendar, Offset, date, date_at, day_of, hijri, moment, relative, span, time, weekday};
pub use digits::{Digits, digits, fold_digits};
pub use index::{Bits, Document, Field, Found, Index, Place, Reading};
pub use names::{NAME_BYTES_MAX, clean_name, clean_text, has_tricks};
pub use sizes::size;
pub use text::{Lang, Text, UnknownLang};
pub use texts::{Gap, Locale, Texts, TextsError, Value};
pub use thesaurus::{Group, PHRASE_WORDS_MAX, Relation, Thesaurus};

/// The texts of this crate.
pub const LOCALE: Locale =
    Locale { name: "language", ar: include_str!("../locales/ar.ftl"), en: include_str!("../locales/en.ftl") };
