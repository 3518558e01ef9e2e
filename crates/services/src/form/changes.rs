//! What a newer version of a form asks otherwise: told to whoever began a draft on the old one (LY-SVC-13.2b), and shown
//! beside the proposal to those who must agree to it.

use language::Text;
use serde_json::Value;

use super::Form;

/// How a question differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Added,
    Removed,
    /// It must be answered now.
    Required,
    /// It may be left open now.
    Optional,
    /// Its words, choices, limits or rules.
    Changed,
}

impl How {
    pub fn word(self) -> &'static str {
        match self {
            How::Added => "added",
            How::Removed => "removed",
            How::Required => "required",
            How::Optional => "optional",
            How::Changed => "changed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub how: How,
    /// The question's key, and its words.
    pub key: String,
    pub title: Text,
}

/// What differs, in the order of the new form; what is no longer asked stands at the end.
pub fn changes(old: &Form, new: &Form) -> Vec<Change> {
    let mut changes = Vec::new();
    for field in new.fields() {
        let how = match old.field(&field.key) {
            None => Some(How::Added),
            Some(before) if before.required != field.required => {
                Some(if field.required { How::Required } else { How::Optional })
            }
            Some(_) => (schema_of(old, &field.key) != schema_of(new, &field.key)).then_some(How::Changed),
        };
        changes.extend(how.map(|how| Change { how, key: field.key.clone(), title: field.title.clone() }));
    }
    let gone = old.fields().iter().filter(|field| new.field(&field.key).is_none());
    changes.extend(gone.map(|field| Change {
        how: How::Removed,
        key: field.key.clone(),
        title: field.title.clone(),
    }));
    changes
}

fn schema_of<'a>(form: &'a Form, key: &str) -> Option<&'a Value> {
    form.schema().get("properties")?.get(key)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(properties: Value, required: Value) -> Form {
        let schema =
            json!({ "type": "object", "title": "ن", "properties": properties, "required": required });
        Form::parse(&schema.to_string()).expect("the form parses")
    }

    #[test]
    fn every_difference_is_named_once() {
        let text = |title: &str| json!({ "type": "string", "title": title });
        let old =
            form(json!({ "a": text("أ"), "b": text("ب"), "c": text("ج"), "d": text("د") }), json!(["a"]));
        let new =
            form(json!({ "a": text("أ"), "b": text("باء"), "c": text("ج"), "e": text("ه") }), json!(["c"]));
        let said: Vec<String> = changes(&old, &new)
            .iter()
            .map(|change| format!("{} {}", change.key, change.how.word()))
            .collect();
        assert_eq!(said, ["a optional", "b changed", "c required", "e added", "d removed"]);
        assert!(changes(&new, &new).is_empty());
    }
}
