//! What a letter can say: the places, what stands in them for a request, and samples for whoever writes.

use authz::Failure;
use clock::Timestamp;
use language::{Lang, Text};
use serde_json::{Map, Value, json};

use crate::{
    Services,
    entry::{Entry, directory::Provider},
    form::{Field, FieldKind},
    request::NamedAct,
};

/// The places that every letter has, with the words that explain them under `template-place-<place>`.
pub(crate) const COMMON: [&str; 10] = [
    "applicant_name",
    "identifier",
    "number",
    "issued_on",
    "body",
    "service",
    "measures",
    "act_reference",
    "act_number",
    "act_date",
];

/// What one request, or a sample, puts into the places.
pub(crate) struct Filled<'a> {
    pub entry: &'a Entry,
    pub provider: &'a Provider,
    pub applicant: Text,
    pub identifier: String,
    pub number: String,
    pub measures: String,
    pub act: NamedAct,
    /// The act by title, number and day.
    pub act_said: Text,
    pub answers: &'a Value,
    pub at: Timestamp,
}

/// All places of a service's letters: the common ones and the fields of its form.
pub(crate) fn places(entry: &Entry) -> Vec<String> {
    let fields = entry.form.fields().iter().map(|field| field.key.clone());
    COMMON.iter().map(|place| (*place).to_owned()).chain(fields).collect()
}

/// `{"ar": {place: value}, "en": {…}}`.
pub(crate) fn filled(filled: &Filled<'_>) -> Value {
    json!({ "ar": one(filled, Lang::Ar), "en": one(filled, Lang::En) })
}

fn one(filled: &Filled<'_>, lang: Lang) -> Value {
    let mut values = Map::new();
    let mut put = |place: &str, value: Value| drop(values.insert(place.to_owned(), apart(value, lang)));
    put("applicant_name", filled.applicant.get(lang).into());
    put("identifier", filled.identifier.as_str().into());
    put("number", filled.number.as_str().into());
    put("issued_on", filled.provider.date(filled.at, lang).into());
    put("body", filled.provider.name.get(lang).into());
    put("service", filled.entry.card.name.get(lang).into());
    put("measures", filled.measures.as_str().into());
    put("act_reference", filled.act_said.get(lang).into());
    put("act_number", filled.act.number.as_str().into());
    let adopted = filled.act.adopted_on().map(|day| filled.provider.date(day, lang));
    put("act_date", adopted.unwrap_or_default().into());
    for field in filled.entry.form.fields() {
        let answer = filled.answers.get(&field.key).unwrap_or(&Value::Null);
        put(&field.key, said(field, answer, filled.provider, lang));
    }
    Value::Object(values)
}

/// What stands in a place keeps its own order among the words of the letter, in rows as well.
fn apart(value: Value, lang: Lang) -> Value {
    match value {
        Value::String(word) => language::apart(lang, &word).into(),
        Value::Array(rows) => rows.into_iter().map(|row| apart(row, lang)).collect(),
        Value::Object(row) => row.into_iter().map(|(name, cell)| (name, apart(cell, lang))).collect(),
        other => other,
    }
}

/// An answer as a document says it; rows of a group stay rows, so that a table can go over them.
fn said(field: &Field, answer: &Value, provider: &Provider, lang: Lang) -> Value {
    match answer {
        Value::Array(_) | Value::Object(_) => answer.clone(),
        Value::String(written) if field.kind == FieldKind::Date => match language::day_of(written) {
            Some(day) => provider.date(Timestamp::noon(day), lang).into(),
            None => written.clone().into(),
        },
        answer => field.shown(answer, lang).into(),
    }
}

/// The example of the form, and a person who does not exist.
pub(crate) fn sample(services: &Services, entry: &Entry) -> Result<Value, Failure> {
    let provider = services.directory.provider(entry.body).ok_or_else(authz::Refusal::not_found)?;
    let nothing = Value::Null;
    let act = NamedAct::new("17/2026", "2026-01-04");
    Ok(filled(&Filled {
        entry,
        provider: &provider,
        applicant: services.texts.both("template-sample-name"),
        identifier: "000000000000".into(),
        number: "26-0000-0000-98".into(),
        measures: services.texts.both("template-sample-measures").ar,
        act_said: act.said(&services.texts, &entry.card.act_title(), &provider),
        act,
        answers: entry.form.example().unwrap_or(&nothing),
        at: services.clock.now(),
    }))
}
