//! A canned text: a sentence that a body writes once, in both languages, and its officers send often.
//!
//! It is filled in the applicant's language. Editing is the head's; whoever sends one reads it first.

pub(crate) mod edit;
pub(crate) mod page;
pub(crate) mod table;

use language::Text;
use uuid::Uuid;

use crate::entry::{fill, placeholders};

pub(crate) const NAME_CHARACTERS_MAX: usize = 80;
pub(crate) const WORDS_CHARACTERS_MAX: usize = 600;
/// Texts of a body for one use; a longer list is not read any more.
pub(crate) const TEXTS_MAX: i64 = 60;

/// What may stand between braces.
pub(crate) const PLACEHOLDERS: [&str; 4] = ["applicant", "number", "service", "item"];

/// Where an officer finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Under an item that must be corrected.
    Correction,
    /// As the reason of a refusal.
    Refusal,
    /// As the measures that will be taken.
    Measures,
}

impl Use {
    pub const ALL: [Use; 3] = [Use::Correction, Use::Refusal, Use::Measures];

    pub fn word(self) -> &'static str {
        match self {
            Use::Correction => "correction",
            Use::Refusal => "refusal",
            Use::Measures => "measures",
        }
    }

    pub fn named(word: &str) -> Option<Use> {
        Use::ALL.into_iter().find(|known| known.word() == word)
    }
}

#[derive(Clone, Debug)]
pub struct Canned {
    pub id: Uuid,
    pub body: Uuid,
    pub used_for: Use,
    pub name: Text,
    pub words: Text,
    pub revision: i64,
}

impl Canned {
    /// The text for one request, in the language of whoever reads it. Values stand bare: they are typed into a box.
    pub fn filled(&self, lang: language::Lang, values: &[(&str, String)]) -> String {
        fill(self.words.get(lang), values).replace(['\u{2068}', '\u{2069}'], "")
    }

    /// The first name between braces that nothing fills.
    pub fn unknown_placeholder(words: &Text) -> Option<String> {
        let both = [&words.ar, &words.en];
        both.into_iter()
            .flat_map(|text| placeholders(text))
            .find(|name| !PLACEHOLDERS.contains(&name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use language::Lang;

    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_found() {
        let words = Text::new("{applicant}، أرفق {item} واضحًا.", "{applicant}, attach a clear {item}.");
        assert_eq!(Canned::unknown_placeholder(&words), None);
        let canned = Canned {
            id: Uuid::nil(),
            body: Uuid::nil(),
            used_for: Use::Correction,
            name: Text::new("وضوح", "Clarity"),
            words,
            revision: 1,
        };
        let values = [("applicant", "Huda".to_owned()), ("item", "lease".to_owned())];
        assert_eq!(canned.filled(Lang::En, &values), "Huda, attach a clear lease.");
        assert_eq!(canned.filled(Lang::Ar, &values), "Huda، أرفق lease واضحًا.");
        let wrong = Text::new("{اسم}", "");
        assert_eq!(Canned::unknown_placeholder(&wrong).as_deref(), Some("اسم"));
    }
}
