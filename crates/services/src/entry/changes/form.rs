//! What differs between two forms: questions that are new or gone, and what changed of those that stayed.

use language::{Lang, Text};

use super::{Change, ChangeKind, Value};
use crate::form::{Field, Form};

/// A form that no longer parses is older than this program; its questions are then not compared.
pub(super) fn changes(before: &str, after: &str) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let (Ok(old), Ok(new)) = (Form::parse(before), Form::parse(after)) else { return Vec::new() };
    let mut all = Vec::new();
    for field in new.fields().iter().filter(|field| old.field(&field.key).is_none()) {
        all.push(whole(ChangeKind::Added, &field.title));
    }
    for field in old.fields().iter().filter(|field| new.field(&field.key).is_none()) {
        all.push(whole(ChangeKind::Removed, &field.title));
    }
    for field in new.fields() {
        if let Some(known) = old.field(&field.key) {
            all.extend(question(known, field));
        }
    }
    if all.is_empty() && old.schema() != new.schema() {
        all.push(Change {
            part: "form",
            kind: ChangeKind::Changed,
            which: None,
            aspect: "rules",
            before: None,
            after: None,
        });
    }
    all
}

fn whole(kind: ChangeKind, title: &Text) -> Change {
    let value = Some(Value::Text(title.clone()));
    let (before, after) = if kind == ChangeKind::Added { (None, value) } else { (value, None) };
    Change { part: "form", kind, which: None, aspect: "", before, after }
}

fn question(old: &Field, new: &Field) -> Vec<Change> {
    let text = |text: &Text| Value::Text(text.clone());
    let hint = |field: &Field| Value::Text(field.hint.clone().unwrap_or_default());
    let basis = |field: &Field| Value::Text(field.legal_basis.clone().unwrap_or_default());
    let choices = |field: &Field| {
        let join = |pick: fn(&Text) -> &String, comma: &str| {
            field.choices.iter().map(|it| pick(&it.title).as_str()).collect::<Vec<_>>().join(comma)
        };
        Value::Text(Text::new(join(|it| &it.ar, Lang::Ar.comma()), join(|it| &it.en, Lang::En.comma())))
    };
    let longest = |field: &Field| Value::Number(field.characters_max.unwrap_or_default());
    let pairs = [
        ("title", text(&old.title), text(&new.title)),
        ("help", hint(old), hint(new)),
        ("required", Value::Truth(old.required), Value::Truth(new.required)),
        ("personal", Value::Truth(old.personal), Value::Truth(new.personal)),
        ("legal_basis", basis(old), basis(new)),
        ("choices", choices(old), choices(new)),
        ("characters", longest(old), longest(new)),
    ];
    let differs = pairs.into_iter().filter(|(_, before, after)| before != after);
    differs
        .map(|(aspect, before, after)| Change {
            part: "form",
            kind: ChangeKind::Changed,
            which: Some(new.title.clone()),
            aspect,
            before: Some(before),
            after: Some(after),
        })
        .collect()
}
