//! From what a person typed to what the schema asks for.
//!
//! Either digit script is accepted, marks that cannot be seen are dropped, and an empty box is no answer. What
//! cannot be read stays as it was typed, so that the check can say so and nothing has to be typed again.

use language::{clean_text, fold_digits};
use serde_json::{Map, Value, json};

use super::{Field, FieldKind, Form};

impl Form {
    /// Reads one step of a posted page over the answers given so far.
    pub fn read_step(&self, step: &str, posted: &[(String, String)], answers: &mut Map<String, Value>) {
        let Some(step) = self.step(step) else { return };
        self.read_fields(&step.fields, posted, answers);
    }

    /// Reads some fields of a posted page over the answers given so far; the others stay as they are.
    pub fn read_fields(
        &self,
        keys: &[String],
        posted: &[(String, String)],
        answers: &mut Map<String, Value>,
    ) {
        for field in keys.iter().filter_map(|key| self.field(key)) {
            let typed = posted.iter().find(|(key, _)| *key == field.key).map(|(_, typed)| typed.as_str());
            match read(field, typed) {
                Some(value) => answers.insert(field.key.clone(), value),
                None => answers.shift_remove(&field.key),
            };
        }
    }

    /// The same care for answers that come over the API: digits folded where they count, hidden marks dropped.
    pub fn tidy(&self, answers: Value) -> Value {
        let Value::Object(answers) = answers else { return answers };
        let tidied = answers.into_iter().map(|(key, value)| match (self.field(&key), value) {
            (Some(field), Value::String(typed)) => (key, Value::String(tidy_text(field, &typed))),
            (_, value) => (key, value),
        });
        Value::Object(tidied.collect())
    }
}

fn read(field: &Field, typed: Option<&str>) -> Option<Value> {
    if field.kind == FieldKind::Truth {
        let ticked = matches!(typed, Some("true" | "on"));
        return (ticked || field.required).then_some(json!(ticked));
    }
    let text = tidy_text(field, typed?);
    if text.is_empty() {
        return None;
    }
    Some(match field.kind {
        FieldKind::Whole => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
        FieldKind::Number => {
            text.replace('٫', ".").parse::<f64>().map_or_else(|_| json!(text), |number| json!(number))
        }
        _ => json!(text),
    })
}

fn tidy_text(field: &Field, typed: &str) -> String {
    let text = clean_text(typed).trim().to_owned();
    match field.kind {
        FieldKind::Date | FieldKind::Number | FieldKind::Whole | FieldKind::Email => fold_digits(&text),
        _ if field.patterned => fold_digits(&text),
        _ => text,
    }
}
