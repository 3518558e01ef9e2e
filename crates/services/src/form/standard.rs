//! The standard that forms are agreed against (LY-SVC-10.2): what a machine can see of it. The rest is read by the people
//! of the competent administration before they publish.

use authz::{Item, Kind, Refusal};
use serde_json::Value;

use super::Form;

/// The version of the standard that is in force; it is stored with each approval.
pub const STANDARD: &str = "DIWAN-FORM-1.0";
/// Questions that stand together on one page.
const QUESTIONS_PER_STEP_MAX: usize = 25;

impl Form {
    /// Refuses a form that falls short of the standard, with everything that is missing.
    pub fn check_standard(&self) -> Result<(), Refusal> {
        let mut items = Vec::new();
        untranslated(self.schema(), "form", &mut items);
        let long = self.steps().iter().filter(|step| step.fields.len() > QUESTIONS_PER_STEP_MAX);
        items.extend(
            long.map(|step| item(&format!("step.{}", step.id), "step_too_long", QUESTIONS_PER_STEP_MAX)),
        );
        match items.is_empty() {
            true => Ok(()),
            false => {
                Err(Refusal::new(Kind::Conflict, "forms.not_agreed", &["LY-SVC-10.2"]).with_items(items))
            }
        }
    }
}

/// Whatever a person reads in Arabic stands there in English too: questions, columns, choices and steps.
fn untranslated(part: &Value, at: &str, items: &mut Vec<Item>) {
    let Some(known) = part.as_object() else { return };
    let in_english = |name: &str| part.get("x-en").and_then(|en| en.get(name)).is_some();
    for name in ["title", "description"] {
        if known.contains_key(name) && !in_english(name) {
            items.push(item(at, "untranslated", ""));
        }
    }
    for (key, inner) in known.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = if at == "form" { key.clone() } else { format!("{at}.{key}") };
        if inner.get("title").is_none() {
            items.push(item(&path, "untitled", ""));
        }
        untranslated(inner, &path, items);
    }
    if let Some(rows) = known.get("items") {
        untranslated(rows, at, items);
    }
    for name in ["oneOf", "x-steps", "x-paper"] {
        for inner in known.get(name).and_then(Value::as_array).into_iter().flatten() {
            untranslated(inner, at, items);
        }
    }
}

fn item(field: &str, code: &str, detail: impl ToString) -> Item {
    Item { field: field.to_owned(), code: code.into(), detail: detail.to_string() }
}
