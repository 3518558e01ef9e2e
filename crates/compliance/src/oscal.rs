//! The regulation and how bodies stand with it, as auditors' tools read it: OSCAL, the language of NIST for controls.
//!
//! Four documents: the catalog of all packs, the profile that a body has to follow, what Diwan implements, and what was found
//! at a body. Ids are made from names, so that the same thing has the same id in every export. Names of persons stand in none.

pub(crate) mod api;
mod catalog;
mod component;
mod profile;
mod results;

use clock::Timestamp;
use language::Text;
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

/// The version of the language.
pub(crate) const VERSION: &str = "1.1.3";
/// What the names of our own properties mean.
const NAMESPACE: &str = "https://diwan.example/ns/oscal";
/// Where the documents refer to the catalog.
pub(crate) const CATALOG_HREF: &str = "/api/v1/oscal/catalog";
/// Longer titles are cut: tools show them on one line.
const TITLE_CHARACTERS_MAX: usize = 200;

/// The id of what has this name, the same in every export (UUID of version 5, as the language asks).
fn id(name: &[&str]) -> Uuid {
    let mut hash = Sha1::new();
    hash.update(Uuid::NAMESPACE_URL.as_bytes());
    hash.update(NAMESPACE.as_bytes());
    for word in name {
        hash.update(b"\n");
        hash.update(word.as_bytes());
    }
    let hash: [u8; 20] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_sha1_bytes(bytes).into_uuid()
}

/// A document: its kind, the name of its id, its head, and what it holds.
fn document(kind: &str, name: &str, title: &str, at: Timestamp, holds: Value) -> Value {
    let mut whole = Map::new();
    whole.insert("uuid".into(), json!(id(&[kind, name])));
    let metadata = json!({
        "title": one_line(title),
        "last-modified": at.to_string(),
        "version": env!("CARGO_PKG_VERSION"),
        "oscal-version": VERSION,
    });
    whole.insert("metadata".into(), metadata);
    if let Value::Object(holds) = holds {
        whole.extend(holds);
    }
    json!({ kind: without_empty(Value::Object(whole)) })
}

/// A property of ours; one without a value is left out with all that is empty.
fn prop(name: &str, value: &str) -> Value {
    let value = one_line(value);
    if value.is_empty() { Value::Null } else { json!({ "name": name, "ns": NAMESPACE, "value": value }) }
}

/// The same in both languages.
fn props(name: &str, text: &Text) -> [Value; 2] {
    [prop(&format!("{name}-ar"), &text.ar), prop(&format!("{name}-en"), &text.en)]
}

/// Titles and values of the language hold no line break and no space at their ends.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE_CHARACTERS_MAX {
        return line;
    }
    let cut: String = line.chars().take(TITLE_CHARACTERS_MAX - 1).collect();
    format!("{}…", cut.trim_end())
}

/// The language knows no empty list and no empty text: what is not there is not named.
fn without_empty(value: Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(items) => items.into_iter().map(without_empty).filter(|item| !is_empty(item)).collect(),
        Value::Object(fields) => {
            let kept = fields.into_iter().map(|(name, field)| (name, without_empty(field)));
            Value::Object(kept.filter(|(_, field)| !is_empty(field)).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_from_names_and_are_of_the_version_that_the_language_asks_for() {
        assert_eq!(id(&["control", "LY-SVC-13.4"]), id(&["control", "LY-SVC-13.4"]));
        assert_ne!(id(&["control", "LY-SVC-13.4"]), id(&["control", "LY-SVC-13.3"]));
        assert_ne!(id(&["a", "bc"]), id(&["ab", "c"]));
        assert_eq!(id(&["x"]).get_version_num(), 5);
    }

    #[test]
    fn what_is_empty_is_not_named() {
        let given = json!({ "a": "", "b": [], "c": [{ "d": null }, "", prop("x", " \n ")], "e": 0 });
        assert_eq!(without_empty(given), json!({ "c": [{}], "e": 0 }));
        assert_eq!(one_line(" a\n b "), "a b");
        assert_eq!(one_line(&"x".repeat(300)).chars().count(), TITLE_CHARACTERS_MAX);
    }
}
