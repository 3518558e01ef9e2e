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
            if field.calculated {
                continue;
            }
            let typed = posted.iter().find(|(key, _)| *key == field.key).map(|(_, typed)| typed.as_str());
            let read = match field.kind {
                FieldKind::Rows => super::group::read_rows(field, posted, answers.get(&field.key)),
                _ => read(field, typed),
            };
            match read {
                Some(value) => answers.insert(field.key.clone(), value),
                None => answers.shift_remove(&field.key),
            };
        }
    }

    /// The same care for answers that come over the API: digits folded where they count, hidden marks dropped.
    pub fn tidy(&self, answers: Value) -> Value {
        let Value::Object(answers) = answers else { return answers };
        let tidied = answers.into_iter().map(|(key, value)| match (self.field(&key), value) {
            (Some(field), Value::Array(rows)) => {
                (key, Value::Array(rows.into_iter().map(|row| tidy_row(field, row)).collect()))
            }
            (field, value) => (key, tidy_one(field, value)),
        });
        Value::Object(tidied.collect())
    }
}

fn tidy_one(field: Option<&Field>, value: Value) -> Value {
    match (field, value) {
        (Some(field), Value::String(typed)) => Value::String(tidy_text(field, &typed)),
        (_, value) => value,
    }
}

fn tidy_row(field: &Field, row: Value) -> Value {
    let Value::Object(cells) = row else { return row };
    let tidied = cells.into_iter().map(|(key, value)| {
        let value = tidy_one(field.column(&key), value);
        (key, value)
    });
    Value::Object(tidied.collect())
}

pub(super) fn read(field: &Field, typed: Option<&str>) -> Option<Value> {
    if field.kind == FieldKind::Truth {
        // A yes-or-no question that was left open is not a no.
        return match typed {
            Some("true" | "on") => Some(json!(true)),
            Some("false") => Some(json!(false)),
            _ => None,
        };
    }
    let text = tidy_text(field, typed?);
    if text.is_empty() {
        return None;
    }
    Some(match field.kind {
        FieldKind::Whole => {
            text.replace('٬', "").parse::<i64>().map_or_else(|_| json!(text), |number| json!(number))
        }
        FieldKind::Number => {
            let plain = text.replace('٫', ".").replace('٬', "");
            let number = rules::Decimal::parse(&plain).and_then(|_| plain.parse::<f64>().ok());
            number.map_or_else(|| json!(text), plain_number)
        }
        _ => json!(text),
    })
}

fn tidy_text(field: &Field, typed: &str) -> String {
    let text = clean_text(typed).trim().to_owned();
    match field.kind {
        FieldKind::Date => day(&fold_digits(&text)),
        FieldKind::Rows => text,
        FieldKind::Number | FieldKind::Whole | FieldKind::Email => fold_digits(&text),
        _ if field.patterned => fold_digits(&text),
        _ => text,
    }
}

/// `420` rather than `420.0`, so that it comes back as it was typed.
fn plain_number(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => json!(number as i64),
        false => json!(number),
    }
}

/// A day as `2026-03-01`, however it was typed: `1/3/2026` and `2026/3/1` too. What is no day stays as it was typed.
fn day(typed: &str) -> String {
    let parts: Vec<&str> = typed.split(['/', '-', '.']).map(str::trim).collect();
    let [one, middle, last] = parts.as_slice() else { return typed.to_owned() };
    let (year, day) = if one.len() == 4 { (one, last) } else { (last, one) };
    let iso = format!("{year:0>4}-{middle:0>2}-{day:0>2}");
    if year.len() == 4 && rules::day_of(&iso).is_some() { iso } else { typed.to_owned() }
}
