//! The two languages and a text that exists in both.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the product. Arabic is the source, English stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Ar,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Ar, Lang::En];

    /// The BCP 47 code, as in `<html lang>` and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::En => "en",
        }
    }

    /// The writing direction, as in `<html dir>`.
    pub fn dir(self) -> &'static str {
        match self {
            Lang::Ar => "rtl",
            Lang::En => "ltr",
        }
    }

    /// What stands between the parts of a list.
    pub fn comma(self) -> &'static str {
        match self {
            Lang::Ar => "، ",
            Lang::En => ", ",
        }
    }

    pub fn other(self) -> Lang {
        match self {
            Lang::Ar => Lang::En,
            Lang::En => Lang::Ar,
        }
    }

    /// The language's own name, for the switch at the top of a page.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::Ar => "العربية",
            Lang::En => "English",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// A code that names neither Arabic nor English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the language is neither ar nor en")]
pub struct UnknownLang;

/// Reads `ar`, `en` and regional forms of both such as `ar-LY` or `en_GB`.
impl FromStr for Lang {
    type Err = UnknownLang;
    fn from_str(code: &str) -> Result<Lang, UnknownLang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        match () {
            () if primary.eq_ignore_ascii_case("ar") => Ok(Lang::Ar),
            () if primary.eq_ignore_ascii_case("en") => Ok(Lang::En),
            () => Err(UnknownLang),
        }
    }
}

/// A text that a body wrote in both languages: `{"ar": "…", "en": "…"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Text {
    pub ar: String,
    pub en: String,
}

impl Text {
    pub fn new(ar: impl Into<String>, en: impl Into<String>) -> Text {
        Text { ar: ar.into(), en: en.into() }
    }

    /// The text in this language; where it was left empty, the other one, because a reader
    /// is served better by a foreign sentence than by none.
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Ar => (&self.ar, &self.en),
            Lang::En => (&self.en, &self.ar),
        };
        if first.is_empty() { second } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_from_what_browsers_send() {
        assert_eq!("ar-LY".parse(), Ok(Lang::Ar));
        assert_eq!("EN_gb".parse(), Ok(Lang::En));
        assert_eq!("arz".parse::<Lang>(), Err(UnknownLang));
        assert_eq!("".parse::<Lang>(), Err(UnknownLang));
        assert_eq!((Lang::Ar.dir(), Lang::Ar.other().dir()), ("rtl", "ltr"));
    }

    #[test]
    fn a_text_falls_back_to_its_other_half() {
        let text = Text::new("شهادة", "");
        assert_eq!((text.get(Lang::Ar), text.get(Lang::En)), ("شهادة", "شهادة"));
        assert_eq!(Text::new("رخصة", "Licence").get(Lang::En), "Licence");
    }
}
