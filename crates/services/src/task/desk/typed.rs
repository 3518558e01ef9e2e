//! What an officer ticked and typed, kept until it is accepted.

use uuid::Uuid;

use crate::request::Correction;

/// A posted case: the ticks of a verification, the notes of a return, the words of a decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub items: Vec<String>,
    /// «تحققت من الكل».
    pub all: bool,
    pub notes: Vec<(String, String)>,
    /// Canned texts chosen in place of notes, by item.
    pub canned_notes: Vec<(String, String)>,
    pub measures: String,
    pub canned_measures: String,
    pub act_number: String,
    pub act_date: String,
    pub reason: String,
    pub canned_reason: String,
    /// The stage to which it is passed on, or the colleague to whom it is given.
    pub to: String,
    /// What was found.
    pub words: String,
    /// Whose advice is asked, on what, within how many days.
    pub of: String,
    pub question: String,
    pub days: String,
    /// The revision of the request that was on the page.
    pub revision: Option<i64>,
    /// Who held the case on the page; absent where the page did not say.
    pub holder: Option<String>,
    /// The view of the queue that it was opened in.
    pub view: String,
}

impl Typed {
    pub(super) fn of(posted: Vec<(String, String)>) -> Typed {
        let mut typed = Typed::default();
        for (name, value) in posted {
            match name.as_str() {
                "item" => typed.items.push(value),
                "all" => typed.all = true,
                "measures" => typed.measures = value,
                "canned_measures" => typed.canned_measures = value,
                "act_number" => typed.act_number = value,
                "act_date" => typed.act_date = value,
                "reason" => typed.reason = value,
                "canned_reason" => typed.canned_reason = value,
                "to" => typed.to = value,
                "words" => typed.words = value,
                "of" => typed.of = value,
                "question" => typed.question = value,
                "days" => typed.days = value,
                "revision" => typed.revision = value.trim().parse().ok(),
                "holder" => typed.holder = Some(value),
                "view" => typed.view = value,
                name => typed.note_of(name, value),
            }
        }
        typed
    }

    fn note_of(&mut self, name: &str, value: String) {
        if let Some(item) = name.strip_prefix("note.") {
            self.notes.push((item.to_owned(), value));
        } else if let Some(item) = name.strip_prefix("canned.") {
            self.canned_notes.push((item.to_owned(), value));
        }
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

    /// Who held the case on the page, where the page said so: nobody is an answer too.
    pub(super) fn seen(&self) -> Option<Option<Uuid>> {
        self.holder.as_ref().map(|holder| holder.parse().ok())
    }

    /// Everything in words, for a page that has no box for it any more.
    pub(super) fn written(&self) -> Vec<String> {
        let notes = self.notes.iter().map(|(_, note)| note);
        let all = notes.chain([&self.words, &self.reason, &self.measures, &self.act_number, &self.act_date]);
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
            pair("holder", ""),
            pair("unknown", "x"),
        ]);
        assert_eq!(typed.items, ["city", "document.lease"]);
        let expected =
            Correction { item: "document.lease".into(), instruction: "أرفق صورة أوضح".into() };
        assert_eq!(typed.corrections(), [expected]);
        assert_eq!((typed.revision, typed.all), (Some(7), true));
        assert_eq!(typed.written(), [" أرفق صورة أوضح "]);
        assert_eq!(typed.seen(), Some(None));
        assert_eq!(Typed::default().seen(), None);
    }
}
