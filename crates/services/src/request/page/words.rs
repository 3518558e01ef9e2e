//! A request in words: what its state is called, how its answers and documents read, on every page alike.

use clock::Timestamp;
use language::day_of;
use serde_json::Value;
use web::Shell;

use crate::{
    entry::Entry,
    form::{Field, FieldKind},
    request::{Request, State, Supplied},
};

/// The colour and the picture of a state: `done`, `waiting`, `needs-you` or `refused`.
pub(crate) fn signal(state: State) -> &'static str {
    match state {
        State::Received | State::Verified | State::Approved => "waiting",
        State::ReceiptNotConfirmed | State::Returned => "needs-you",
        State::Refused => "refused",
        State::Withdrawn | State::Expired => "",
        State::Completed => "done",
    }
}

/// What a state is called.
pub(crate) fn state_word(shell: &Shell, state: State) -> String {
    shell.t(&format!("request-state-{}", state.word()))
}

/// A question and what was answered.
pub(crate) struct Answer {
    pub key: String,
    pub title: String,
    pub value: String,
}

/// The answers of one step of the form.
pub(crate) struct Group {
    pub title: String,
    pub answers: Vec<Answer>,
}

/// Every answer of a request, in the order of its form. One that the form does not know stands at the end: nothing
/// that was sent is hidden from whoever must check it.
pub(crate) fn answers(shell: &Shell, entry: &Entry, request: &Request) -> Vec<Group> {
    let Some(given) = request.answers.as_object() else { return Vec::new() };
    let form = &entry.form;
    let mut groups: Vec<Group> = Vec::new();
    for step in form.steps() {
        let fields = step.fields.iter().filter_map(|key| form.field(key));
        let answers = fields.filter_map(|field| Some(answer(shell, field, given.get(&field.key)?))).collect();
        groups.push(Group { title: shell.text(&step.title).to_owned(), answers });
    }
    let unknown = given.iter().filter(|(key, _)| form.field(key).is_none()).map(|(key, value)| Answer {
        key: key.clone(),
        title: key.clone(),
        value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    });
    groups.push(Group { title: shell.t("request-answers-more"), answers: unknown.collect() });
    groups.retain(|group| !group.answers.is_empty());
    groups
}

fn answer(shell: &Shell, field: &Field, value: &Value) -> Answer {
    let shown = match (field.kind, value) {
        (FieldKind::Date, Value::String(typed)) => day_of(typed).map(|day| shell.day(Timestamp::noon(day))),
        (FieldKind::Whole | FieldKind::Number, Value::Number(number)) => {
            Some(shell.in_digits(number.to_string()))
        }
        (FieldKind::Rows, value) => Some(shell.in_digits(field.shown(value, shell.lang))),
        _ => None,
    };
    Answer {
        key: field.key.clone(),
        title: shell.text(&field.title).to_owned(),
        value: shown.unwrap_or_else(|| field.shown(value, shell.lang)),
    }
}

/// A document that came with a request.
pub(crate) struct DocumentLine {
    /// `document.lease`.
    pub item: String,
    pub title: String,
    pub name: String,
    pub size: String,
    pub href: String,
}

pub(crate) fn documents(shell: &Shell, entry: &Entry, request: &Request) -> Vec<DocumentLine> {
    request.documents.iter().map(|supplied| document(shell, entry, request, supplied)).collect()
}

fn document(shell: &Shell, entry: &Entry, request: &Request, supplied: &Supplied) -> DocumentLine {
    DocumentLine {
        item: format!("document.{}", supplied.evidence),
        title: evidence_title(shell, entry, &supplied.evidence),
        name: supplied.name.clone(),
        size: shell.size(supplied.bytes),
        href: format!("/requests/{}/documents/{}", request.number, supplied.document),
    }
}

pub(crate) fn evidence_title(shell: &Shell, entry: &Entry, evidence: &str) -> String {
    let listed = entry.card.documents.iter().find(|listed| listed.id == evidence);
    listed.map_or_else(|| evidence.to_owned(), |listed| shell.text(&listed.title).to_owned())
}

/// What an item of a request is called in one language, for whoever reads it later.
pub(crate) fn item_name(entry: &Entry, item: &str, lang: language::Lang) -> String {
    let title = match item.strip_prefix("document.") {
        Some(id) => entry.card.documents.iter().find(|listed| listed.id == id).map(|listed| &listed.title),
        None => entry.form.field(item).map(|field| &field.title),
    };
    title.map_or_else(|| item.to_owned(), |title| title.get(lang).to_owned())
}

/// What an item of a request is called: a question, or a piece of evidence.
pub(crate) fn item_title(shell: &Shell, entry: &Entry, item: &str) -> String {
    match item.strip_prefix("document.") {
        Some(evidence) => evidence_title(shell, entry, evidence),
        None => {
            entry.form.field_at(item).map_or_else(|| item.to_owned(), |_| entry.form.title_at(item, shell))
        }
    }
}
