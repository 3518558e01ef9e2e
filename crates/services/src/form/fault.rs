//! What the schema finds, in codes that have words in both languages: of an answer, and of a form that is no form.
//!
//! Both matches name every kind that there is and no others: a new one in the library is met when this is compiled.

use authz::Item;
use jsonschema::{
    ValidationError,
    error::ValidationErrorKind::{self as Kind, *},
};

/// The code of what is wrong with an answer, and the limit that it does not keep.
pub(super) fn of_answer(kind: &Kind) -> (&'static str, String) {
    let plain = |code| (code, String::new());
    match kind {
        MinLength { limit } => ("too_short", limit.to_string()),
        MaxLength { limit } => ("too_long", limit.to_string()),
        Minimum { limit } | ExclusiveMinimum { limit } => ("too_small", limit.to_string()),
        Maximum { limit } | ExclusiveMaximum { limit } => ("too_large", limit.to_string()),
        MinItems { limit } => ("rows_too_few", limit.to_string()),
        MaxItems { limit } => ("rows_too_many", limit.to_string()),
        AdditionalItems { limit } => ("rows_too_many", limit.to_string()),
        MinProperties { limit } => ("too_few", limit.to_string()),
        MaxProperties { limit } => ("too_many", limit.to_string()),
        MultipleOf { multiple_of } => ("step", multiple_of.to_string()),
        Format { format } if format == "date" => plain("date"),
        Format { format } if format == "email" => plain("email"),
        Format { .. } => plain("format"),
        Pattern { .. } | BacktrackLimitExceeded { .. } | RegexEngineFailure { .. } => plain("pattern"),
        OneOfNotValid { .. } | Enum { .. } | Constant { .. } => plain("choice"),
        AnyOf { .. } | OneOfMultipleValid { .. } | Not { .. } | Contains => plain("combination"),
        UniqueItems => plain("twice"),
        Type { .. } => plain("type"),
        Required { .. } => plain("required"),
        AdditionalProperties { .. }
        | UnevaluatedProperties { .. }
        | UnevaluatedItems { .. }
        | PropertyNames { .. }
        | FalseSchema => plain("unknown"),
        ContentEncoding { .. } | ContentMediaType { .. } | FromUtf8 { .. } => plain("format"),
        Custom { .. } | Referencing(_) => plain("invalid"),
    }
}

/// What keeps a form from being one: where it stands, as a dotted path, and what is wrong there.
pub(super) fn of_schema(error: &ValidationError<'_>) -> Item {
    let place = error.instance_path().to_string().trim_start_matches('/').replace('/', ".");
    let within = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    let (code, detail) = match error.kind() {
        Type { .. } => ("schema_type", place),
        Enum { .. } | Constant { .. } | AnyOf { .. } | OneOfNotValid { .. } | OneOfMultipleValid { .. } => {
            ("schema_choice", place)
        }
        Minimum { .. }
        | ExclusiveMinimum { .. }
        | Maximum { .. }
        | ExclusiveMaximum { .. }
        | MinLength { .. }
        | MaxLength { .. }
        | MinItems { .. }
        | MaxItems { .. }
        | MinProperties { .. }
        | MaxProperties { .. }
        | AdditionalItems { .. }
        | MultipleOf { .. } => ("schema_limit", place),
        Pattern { .. } | Format { .. } | BacktrackLimitExceeded { .. } | RegexEngineFailure { .. } => {
            ("schema_pattern", place)
        }
        Required { property } => ("schema_required", within(property.as_str().unwrap_or_default())),
        AdditionalProperties { unexpected }
        | UnevaluatedProperties { unexpected }
        | UnevaluatedItems { unexpected } => {
            ("schema_unknown", within(unexpected.first().map_or("", String::as_str)))
        }
        PropertyNames { .. } | FalseSchema | Not { .. } => ("schema_unknown", place),
        UniqueItems => ("schema_twice", place),
        Referencing(_) => ("schema_reference", place),
        Contains | ContentEncoding { .. } | ContentMediaType { .. } | FromUtf8 { .. } | Custom { .. } => {
            ("schema_value", place)
        }
    };
    // A form that is wrong as a whole has no place within itself.
    let detail = if detail.is_empty() { "form".to_owned() } else { detail };
    Item { field: "form".into(), code: code.into(), detail }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use language::Texts;
    use serde_json::{Value, json};

    use super::*;

    /// Codes of a refusal that have no words in one of the languages.
    fn unworded(codes: &BTreeSet<String>) -> Vec<String> {
        let texts = Texts::assemble(&[web::LOCALE, crate::LOCALE]).expect("the texts can be read");
        let known = texts.keys();
        let key = |code: &String| format!("refusal-item-{}", code.replace('_', "-"));
        codes.iter().map(key).filter(|key| !known.contains(key.as_str())).collect()
    }

    fn code(schema: Value, answer: Value) -> String {
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .unwrap_or_else(|error| panic!("{schema}: {error}"));
        let error = validator.iter_errors(&answer).next();
        of_answer(error.unwrap_or_else(|| panic!("{schema} takes {answer}")).kind()).0.to_owned()
    }

    #[test]
    fn every_kind_of_wrong_answer_has_its_words() {
        let cases = [
            (json!({ "minLength": 2 }), json!("a"), "too_short"),
            (json!({ "maxLength": 2 }), json!("abc"), "too_long"),
            (json!({ "minimum": 2 }), json!(1), "too_small"),
            (json!({ "exclusiveMinimum": 2 }), json!(2), "too_small"),
            (json!({ "maximum": 2 }), json!(3), "too_large"),
            (json!({ "exclusiveMaximum": 2 }), json!(2), "too_large"),
            (json!({ "multipleOf": 5 }), json!(7), "step"),
            (json!({ "minItems": 1 }), json!([]), "rows_too_few"),
            (json!({ "maxItems": 1 }), json!([1, 2]), "rows_too_many"),
            (json!({ "uniqueItems": true }), json!([1, 1]), "twice"),
            (json!({ "contains": { "const": 1 } }), json!([2]), "combination"),
            (json!({ "items": false, "prefixItems": [true] }), json!([1, 2]), "unknown"),
            (json!({ "minProperties": 1 }), json!({}), "too_few"),
            (json!({ "maxProperties": 1 }), json!({ "a": 1, "b": 2 }), "too_many"),
            (json!({ "propertyNames": { "maxLength": 1 } }), json!({ "ab": 1 }), "unknown"),
            (json!({ "additionalProperties": false }), json!({ "a": 1 }), "unknown"),
            (json!({ "unevaluatedProperties": false }), json!({ "a": 1 }), "unknown"),
            (json!({ "required": ["a"] }), json!({}), "required"),
            (json!({ "dependentRequired": { "a": ["b"] } }), json!({ "a": 1 }), "required"),
            (json!({ "type": "string" }), json!(1), "type"),
            (json!({ "type": ["string", "null"] }), json!(1), "type"),
            (json!({ "enum": ["a"] }), json!("b"), "choice"),
            (json!({ "const": "a" }), json!("b"), "choice"),
            (json!({ "oneOf": [{ "const": 1 }, { "const": 2 }] }), json!(3), "choice"),
            (json!({ "oneOf": [true, true] }), json!(3), "combination"),
            (json!({ "anyOf": [{ "const": 1 }, { "const": 2 }] }), json!(3), "combination"),
            (json!({ "not": { "const": 1 } }), json!(1), "combination"),
            (json!({ "pattern": "^a$" }), json!("b"), "pattern"),
            (json!({ "format": "date" }), json!("soon"), "date"),
            (json!({ "format": "email" }), json!("me"), "email"),
            (json!({ "format": "uri" }), json!("me"), "format"),
            (json!(false), json!(1), "unknown"),
        ];
        let mut codes = BTreeSet::from(["invalid".to_owned()]);
        for (schema, answer, expected) in cases {
            assert_eq!(code(schema.clone(), answer), expected, "{schema}");
            codes.insert(expected.to_owned());
        }
        assert_eq!(unworded(&codes), Vec::<String>::new());
    }

    /// Breaks a good form at every place in many ways: whatever is found has words.
    #[test]
    fn a_form_that_is_broken_anywhere_says_so_in_both_languages() {
        let form = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "title": "طلب",
            "required": ["city"],
            "additionalProperties": false,
            "properties": {
                "city": { "type": "string", "minLength": 2, "pattern": "^[a-z]+$", "enum": ["a", "b"] },
                "day": { "type": "string", "format": "date" },
                "area": { "type": "number", "minimum": 1, "multipleOf": 0.5 },
                "floors": { "type": "array", "maxItems": 3, "uniqueItems": true, "items": { "$ref": "#/$defs/floor" } },
            },
            "$defs": { "floor": { "oneOf": [{ "const": 1 }, { "not": { "type": "string" } }] } },
        });
        let wrong = json!([-1, "nonsense", "[(", [], {}, true, ["a", "a"], null, "#/$defs/none"]);
        let mut paths = Vec::new();
        walk(&form, String::new(), &mut paths);
        let mut codes: BTreeSet<String> = ["limit", "unknown", "required", "twice", "reference", "value"]
            .map(|it| format!("schema_{it}"))
            .into();
        for path in &paths {
            for value in wrong.as_array().into_iter().flatten() {
                let mut broken = form.clone();
                *broken.pointer_mut(path).expect("a path of the form") = value.clone();
                if let Some(found) = found(&broken) {
                    assert!(!found.detail.is_empty(), "{path}: {found:?}");
                    codes.insert(found.code);
                }
            }
        }
        for (schema, code, detail) in [
            (
                json!({ "properties": { "city": { "type": "text" } } }),
                "schema_choice",
                "properties.city.type",
            ),
            (
                json!({ "properties": { "city": { "maxLength": "ten" } } }),
                "schema_type",
                "properties.city.maxLength",
            ),
            (
                json!({ "properties": { "city": { "maxLength": -1 } } }),
                "schema_limit",
                "properties.city.maxLength",
            ),
            (
                json!({ "properties": { "city": { "pattern": "[(" } } }),
                "schema_pattern",
                "properties.city.pattern",
            ),
            (json!({ "required": ["city", "city"] }), "schema_twice", "required"),
            (json!([]), "schema_type", "form"),
        ] {
            let item = found(&schema).unwrap_or_else(|| panic!("{schema} is no form"));
            assert_eq!((item.code.as_str(), item.detail.as_str()), (code, detail), "{schema}");
        }
        assert!(codes.len() > 6, "{codes:?}");
        assert_eq!(unworded(&codes), Vec::<String>::new());
    }

    fn found(schema: &Value) -> Option<Item> {
        let built = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(schema);
        built.err().map(|error| of_schema(&error))
    }

    fn walk(value: &Value, path: String, paths: &mut Vec<String>) {
        let below = |key: &str| format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Object(members) => members.iter().for_each(|(key, value)| walk(value, below(key), paths)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, value)| walk(value, below(&at.to_string()), paths));
            }
            _ => {}
        }
        paths.push(path);
    }
}
