//! What an officer ticked and typed, kept until it is accepted.

use crate::request::Correction;

/// A posted case: the ticks of a verification, the notes of a return, the words of a decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub items: Vec<String>,
    /// «تحققت من الكل».
    pub all: bool,
    pub notes: Vec<(String, String)>,
    pub measures: String,
    pub act_reference: String,
    pub reason: String,
    /// The stage to which it is passed on, and what was found.
    pub to: String,
    pub words: String,
    /// The revision of the request that was on the page.
    pub revision: Option<i64>,
}

impl Typed {
    pub(super) fn of(posted: Vec<(String, String)>) -> Typed {
        let mut typed = Typed::default();
        for (name, value) in posted {
            match name.as_str() {
                "item" => typed.items.push(value),
                "all" => typed.all = true,
                "measures" => typed.measures = value,
                "act_reference" => typed.act_reference = value,
                "reason" => typed.reason = value,
                "to" => typed.to = value,
                "words" => typed.words = value,
                "revision" => typed.revision = value.trim().parse().ok(),
                name => {
                    if let Some(item) = name.strip_prefix("note.") {
                        typed.notes.push((item.to_owned(), value));
                    }
                }
            }
        }
        typed
    }

    /// The notes in which something was written.
    pub(super) fn corrections(&self) -> Vec<Correction> {
        let written = self.notes.iter().filter(|(_, note)| !note.trim().is_empty());
        written
            .map(|(item, note)| Correction { item: item.clone(), instruction: note.trim().to_owned() })
            .collect()
    }

    pub(super) fn note(&self, item: &str) -> String {
        let note = self.notes.iter().find(|(known, _)| known == item);
        note.map(|(_, note)| note.clone()).unwrap_or_default()
    }

    /// Everything in words, for a page that has no box for it any more.
    pub(super) fn written(&self) -> Vec<String> {
        let notes = self.notes.iter().map(|(_, note)| note);
        let all = notes.chain([&self.words, &self.reason, &self.measures, &self.act_reference]);
        all.filter(|words| !words.trim().is_empty()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_notes_with_words_become_corrections() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let typed = Typed::of(vec![
            pair("item", "city"),
            pair("item", "document.lease"),
            pair("note.city", "  "),
            pair("note.document.lease", " أرفق صورة أوضح "),
            pair("revision", "7"),
            pair("all", "true"),
            pair("unknown", "x"),
        ]);
        assert_eq!(typed.items, ["city", "document.lease"]);
        let expected =
            Correction { item: "document.lease".into(), instruction: "أرفق صورة أوضح".into() };
        assert_eq!(typed.corrections(), [expected]);
        assert_eq!((typed.revision, typed.all), (Some(7), true));
        assert_eq!(typed.written(), [" أرفق صورة أوضح "]);
    }
}
