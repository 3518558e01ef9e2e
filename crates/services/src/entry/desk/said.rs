//! A difference as its reader sees it: what of the service, what happened to it, and the words that are new or gone, marked
//! in both languages.

use language::{Lang, Text};
use web::Shell;

use crate::{
    Services,
    entry::{
        changes::{Change, ChangeKind, Mark, MarkKind, Value, marks},
        words,
    },
    process::{
        Party,
        page::{act_word, silence},
    },
    request::Act,
};

/// One difference, ready for the page.
pub(crate) struct Said {
    /// `added`, `removed`, `changed` or `moved`.
    pub kind: &'static str,
    /// What of the service: the fee; a document by its name.
    pub title: String,
    /// The whole of it in a sentence, where a sentence says it: from 50 to 60 dinars.
    pub sentence: String,
    /// The words, in each language in which they differ.
    pub texts: Vec<Marked>,
}

/// A text with its marks, in one language.
pub(crate) struct Marked {
    pub lang: Lang,
    pub marks: Vec<Mark>,
}

impl Marked {
    pub fn is_new(mark: &Mark) -> bool {
        mark.kind == MarkKind::New
    }

    pub fn is_gone(mark: &Mark) -> bool {
        mark.kind == MarkKind::Gone
    }
}

impl Services {
    pub(crate) fn say_changes(&self, shell: &Shell, changes: &[Change]) -> Vec<Said> {
        changes.iter().map(|change| self.say_change(shell, change)).collect()
    }

    fn say_change(&self, shell: &Shell, change: &Change) -> Said {
        let empty = Text::default();
        let texts = match (&change.before, &change.after) {
            (Some(Value::Text(old)), Some(Value::Text(new))) => both(old, new),
            (None, Some(Value::Text(new))) => both(&empty, new),
            (Some(Value::Text(old)), None) => both(old, &empty),
            _ => Vec::new(),
        };
        let sentence = match (&change.before, &change.after, texts.is_empty()) {
            (Some(old), Some(new), true) => {
                shell.t2("change-from-to", "before", self.value(shell, old), "after", self.value(shell, new))
            }
            _ if change.kind == ChangeKind::Moved => shell.t("change-order"),
            (None, None, _) if change.aspect == "own" => shell.t(if change.kind == ChangeKind::Added {
                "change-process-own"
            } else {
                "change-process-standard"
            }),
            (None, None, _) => shell.t("change-rules"),
            _ => String::new(),
        };
        Said { kind: change.kind.word(), title: title(shell, change), sentence, texts }
    }

    fn value(&self, shell: &Shell, value: &Value) -> String {
        match value {
            Value::Text(text) => shell.text(text).to_owned(),
            Value::Money(milli) => words::fee(shell, *milli),
            Value::Days(0) => shell.t("change-none"),
            Value::Days(days) => words::working_days(shell, Some(*days)),
            Value::Truth(truth) => shell.t(if *truth { "change-yes" } else { "change-no" }),
            Value::Words(_, words) if words.is_empty() => shell.t("change-none"),
            Value::Words(family, words) => {
                let said = words.iter().map(|word| self.term_said(shell, family, word));
                said.collect::<Vec<_>>().join(shell.lang.comma())
            }
            Value::Plain(word) if word.trim().is_empty() => shell.t("change-none"),
            Value::Plain(word) => plain(shell, word),
            Value::Ways(ways) if ways.is_empty() => shell.t("change-none"),
            Value::Ways(ways) => {
                let way = |(act, _, to): &(Act, String, Text)| {
                    shell.t2("process-way", "act", act_word(shell, *act), "stage", shell.text(to))
                };
                let said: Vec<String> = ways.iter().map(way).collect();
                said.join(shell.lang.comma())
            }
            Value::Party(party) => self.party_said(shell, party),
            Value::Silence(None, _) => shell.t("change-none"),
            Value::Silence(Some(expiry), to) => silence(shell, expiry, |_| shell.text(to).to_owned()),
            Value::Number(0) => shell.t("change-none"),
            Value::Number(number) => shell.num(*number as i64),
        }
    }

    fn party_said(&self, shell: &Shell, party: &Party) -> String {
        let role = |role: &str| shell.said(&format!("org-role-{role}")).unwrap_or_else(|| role.to_owned());
        match party {
            Party::Applicant => shell.t("process-edit-applicant"),
            Party::System => shell.t("process-edit-system"),
            Party::Provider { role: word } => role(word),
            Party::Body { body, role: word } => {
                let known = self.directory.provider_by_slug(body);
                let name = known.map_or_else(|| body.clone(), |known| shell.text(&known.name).to_owned());
                format!("{} ({name})", role(word))
            }
        }
    }

    /// What a word of a tree or of the fixed list of beneficiaries is called.
    pub(crate) fn term_said(&self, shell: &Shell, family: &str, word: &str) -> String {
        match self.directory.term(family, word) {
            Some(name) => shell.text(&name).to_owned(),
            None => words::audience(shell, word),
        }
    }
}

/// A word of the card's own vocabulary, where there is a text for it.
fn plain(shell: &Shell, word: &str) -> String {
    let dashed = word.replace('_', "-");
    let keys = ["entry-maturity", "entry-assurance", "entry-output", "change-delivery"];
    let known = keys.iter().find_map(|family| shell.said(&format!("{family}-{dashed}")));
    known.unwrap_or_else(|| word.to_owned())
}

fn title(shell: &Shell, change: &Change) -> String {
    let part = shell.t(&format!("change-part-{}", change.part.replace('_', "-")));
    let part = match &change.which {
        Some(which) => shell.t2("change-which", "part", part, "which", shell.text(which)),
        None => part,
    };
    match change.aspect {
        "" | "own" | "order" | "rules" => part,
        aspect => {
            let aspect = shell.t(&format!("change-aspect-{}", aspect.replace('_', "-")));
            shell.t2("change-aspect", "part", part, "aspect", aspect)
        }
    }
}

fn both(old: &Text, new: &Text) -> Vec<Marked> {
    let differs = Lang::ALL.into_iter().filter(|lang| old.get(*lang) != new.get(*lang));
    differs.map(|lang| Marked { lang, marks: marks(old.get(lang), new.get(lang)) }).collect()
}
