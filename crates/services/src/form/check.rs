//! What is wrong with an answer, field by field, in words that a person can act on (LY-SVC-13.2a, 13.4).

use authz::Item;
use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::{Map, Value};

use super::{Form, fault};

impl Form {
    /// Every open or invalid field, each once, in the order of the form. What is not asked is not open.
    pub fn check(&self, answers: &Value, today: i64) -> Vec<Item> {
        let empty = Map::new();
        let outcome = self.outcome(answers.as_object().unwrap_or(&empty), today);
        let settled = if answers.is_object() { &Value::Object(outcome.answers.clone()) } else { answers };
        let mut items: Vec<Item> = Vec::new();
        let found = self.validator().iter_errors(settled).flat_map(|error| items_of(&error));
        for item in found.filter(|item| !outcome.hidden.contains(&item.field)) {
            if !items.iter().any(|known| known.field == item.field) {
                items.push(item);
            }
        }
        for item in self.ruling().said(&outcome) {
            if !items.iter().any(|known| known.field == item.field) {
                items.push(item);
            }
        }
        // What cannot be computed yet is open because of something else, which is what a person can mend.
        let computed = |item: &Item| self.field_at(&item.field).is_some_and(|field| field.calculated);
        if items.iter().any(|item| !(item.code == "required" && computed(item))) {
            items.retain(|item| item.code != "required" || !computed(item));
        }
        items.sort_by_key(|item| self.place(&item.field));
        items
    }

    /// The same, for the fields of one step.
    pub fn check_step(&self, answers: &Value, step: &str, today: i64) -> Vec<Item> {
        let Some(step) = self.step(step) else { return Vec::new() };
        let in_step = |item: &Item| step.fields.iter().any(|key| *key == key_of(&item.field));
        self.check(answers, today).into_iter().filter(in_step).collect()
    }

    /// Where a field stands: its place in the form, then its row and its column.
    fn place(&self, path: &str) -> (usize, usize, usize) {
        let mut parts = path.split('.');
        let key = parts.next().unwrap_or_default();
        let place = self.fields().iter().position(|field| field.key == key);
        let row = parts.next().and_then(|row| row.parse::<usize>().ok()).map_or(0, |row| row + 1);
        let field = place.and_then(|place| self.fields().get(place));
        let column = parts.next().and_then(|key| field?.columns.iter().position(|column| column.key == key));
        (place.unwrap_or(usize::MAX), row, column.unwrap_or(0))
    }
}

/// The field of the form that a path begins with: `floors` of `floors.2.area`.
pub(crate) fn key_of(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

fn items_of(error: &ValidationError<'_>) -> Vec<Item> {
    let path = error.instance_path().to_string();
    let field = path.trim_start_matches('/').replace('/', ".");
    let within = |name: &str| if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            vec![item(within(property.as_str().unwrap_or_default()), "required", String::new())]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| item(within(name), "unknown", String::new())).collect()
        }
        kind => {
            let (code, detail) = fault::of_answer(kind);
            vec![item(if field.is_empty() { "answers".into() } else { field }, code, detail)]
        }
    }
}

fn item(field: String, code: &str, detail: String) -> Item {
    Item { field, code: code.into(), detail }
}
