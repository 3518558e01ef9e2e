//! What is wrong with an answer, field by field, in words that a person can act on (LY-SVC-13.2a, 13.4).

use authz::Item;
use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use super::Form;

impl Form {
    /// Every open or invalid field, each once, in the order of the form.
    pub fn check(&self, answers: &Value) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for error in self.validator().iter_errors(answers) {
            for item in items_of(&error) {
                if !items.iter().any(|known| known.field == item.field) {
                    items.push(item);
                }
            }
        }
        let place = |item: &Item| self.fields().iter().position(|field| field.key == item.field);
        items.sort_by_key(|item| place(item).unwrap_or(usize::MAX));
        items
    }

    /// The same, for the fields of one step.
    pub fn check_step(&self, answers: &Value, step: &str) -> Vec<Item> {
        let Some(step) = self.step(step) else { return Vec::new() };
        self.check(answers).into_iter().filter(|item| step.fields.contains(&item.field)).collect()
    }
}

fn items_of(error: &ValidationError<'_>) -> Vec<Item> {
    let path = error.instance_path().to_string();
    let field = path.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            vec![item(property.as_str().unwrap_or_default().to_owned(), "required", String::new())]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| item(name.clone(), "unknown", String::new())).collect()
        }
        kind => {
            let (code, detail) = code_of(kind);
            vec![item(if field.is_empty() { "answers".into() } else { field }, code, detail)]
        }
    }
}

fn code_of(kind: &ValidationErrorKind) -> (&'static str, String) {
    match kind {
        ValidationErrorKind::MinLength { limit } => ("too_short", limit.to_string()),
        ValidationErrorKind::MaxLength { limit } => ("too_long", limit.to_string()),
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => {
            ("too_small", limit.to_string())
        }
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => {
            ("too_large", limit.to_string())
        }
        ValidationErrorKind::Pattern { .. } => ("pattern", String::new()),
        ValidationErrorKind::Format { format } if format == "date" => ("date", String::new()),
        ValidationErrorKind::Format { format } if format == "email" => ("email", String::new()),
        ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::Enum { .. }
        | ValidationErrorKind::Constant { .. } => ("choice", String::new()),
        ValidationErrorKind::Type { .. } => ("type", String::new()),
        other => ("invalid", other.keyword().to_owned()),
    }
}

fn item(field: String, code: &str, detail: String) -> Item {
    Item { field, code: code.into(), detail }
}
