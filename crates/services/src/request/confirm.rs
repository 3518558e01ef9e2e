//! Whether a request counts as received: the forms that it needs are there, and what a register knows agrees with it
//! (LY-SVC-15.3a, 15.3b). What keeps it from being received is told to its applicant, each with its way out.

use authz::{Item, Kind, Refusal};
use identity::Person;
use language::{Lang, Text, Texts, fold_digits};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    entry::Entry,
    form::{Form, key_of},
};

/// What is wrong with a datum that the register does not confirm.
pub(crate) const UNCONFIRMED: &str = "unconfirmed";

pub(crate) const DIFFERS: Refusal = Refusal::new(Kind::Invalid, "request.unconfirmed", &["LY-SVC-15.3b"]);

/// A reason why receipt is not confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// A field of the form, `document.lease`, or `declaration`.
    pub item: String,
    /// `required` and its like for what is missing or not valid, `unconfirmed` for what the register says otherwise.
    pub code: String,
}

impl Gap {
    pub(crate) fn of(item: &Item) -> Gap {
        Gap { item: item.field.clone(), code: item.code.clone() }
    }

    pub(crate) fn is_unconfirmed(&self) -> bool {
        self.code == UNCONFIRMED
    }

    /// The words that say it, under `request-gap-…`.
    pub(crate) fn key(&self) -> &'static str {
        match (self.code.as_str(), self.item.as_str()) {
            (UNCONFIRMED, _) => "request-gap-unconfirmed",
            (_, "declaration") => "request-gap-declaration",
            ("required" | "required_any", _) => "request-gap-missing",
            _ => "request-gap-invalid",
        }
    }
}

/// A datum that a register has confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    pub item: String,
    /// As forms name it: `person.national_number`.
    pub source: String,
}

/// What the register of persons says of the answers that name it as their source.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Checked {
    pub confirmed: Vec<Confirmed>,
    pub differing: Vec<Item>,
}

/// Asks the register of persons. Telephone and e-mail are the person's own to say and are confirmed by nobody.
pub(crate) fn check(form: &Form, answers: &Value, person: &Person) -> Checked {
    let mut checked = Checked::default();
    for field in form.fields() {
        let Some(given) = answers.get(&field.key).and_then(Value::as_str).filter(|word| !word.is_empty())
        else {
            continue;
        };
        let agrees = match field.source.as_str() {
            "person.name" => [Lang::Ar, Lang::En].into_iter().any(|lang| same(person.name.get(lang), given)),
            "person.national_number" => identity::identifier(given).as_ref() == Some(&person.identifier),
            _ => continue,
        };
        if agrees {
            checked.confirmed.push(Confirmed { item: field.key.clone(), source: field.source.clone() });
        } else {
            let item = Item { field: field.key.clone(), code: UNCONFIRMED.into(), detail: String::new() };
            checked.differing.push(item);
        }
    }
    checked
}

/// Names agree when they sound alike to the analyser that finds them: marks of vowels and spellings of alif set aside.
fn same(known: &str, given: &str) -> bool {
    let plain = |name: &str| language::stems(&fold_digits(name));
    !known.is_empty() && plain(known) == plain(given)
}

/// The reasons as a notice says them, in both languages.
pub(crate) fn reasons(texts: &Texts, entry: &Entry, gaps: &[Gap]) -> Text {
    let said = |lang: Lang| {
        let line = |gap: &Gap| {
            let title = title(entry, &gap.item).get(lang).to_owned();
            texts.say(lang, gap.key(), &[("title", title.into())])
        };
        gaps.iter().map(line).collect::<Vec<_>>().join(" ")
    };
    Text::new(said(Lang::Ar), said(Lang::En))
}

/// What a field or a document is called; the statement of responsibility has words of its own.
fn title(entry: &Entry, item: &str) -> Text {
    let evidence = item.strip_prefix("document.");
    let evidence = evidence.and_then(|id| entry.card.documents.iter().find(|evidence| evidence.id == id));
    let field = entry.form.field(key_of(item));
    match (evidence, field) {
        (Some(evidence), _) => evidence.title.clone(),
        (None, Some(field)) => field.title.clone(),
        (None, None) => Text::new(item, item),
    }
}
