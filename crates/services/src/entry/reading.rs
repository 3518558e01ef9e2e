//! Reading a card that somebody wrote: whatever is missing is there and empty, so that the check can name it; what has the
//! wrong shape is refused by its path (LY-SVC-24.1b).

use authz::{Kind, Refusal};
use serde_json::{Map, Value, json};

use super::Card;
use crate::process::Process;

/// Every part of a card, empty.
pub(crate) fn blank() -> Value {
    let text = || json!({ "ar": "", "en": "" });
    json!({
        "id": "", "body": "", "delivery": "e_service", "audience": [], "themes": [], "life_events": [],
        "maturity": "", "assurance": "basic", "classification": "public", "delivery_working_days": null,
        "documents_none": false, "name": text(), "summary": text(), "description": text(),
        "keywords": { "ar": [], "en": [] }, "legal_basis": text(), "conditions": [], "rights": [],
        "obligations": [], "complaint": text(), "contact": { "phone": "", "address": text() },
        "stakeholders": [], "acknowledgement": text(), "fee": null, "document": [], "stage": [], "output": [],
    })
}

/// The card behind a JSON value, complete in shape; what it says is for [`Card::check`].
pub(crate) fn card(given: &Value) -> Result<Card, Refusal> {
    let Value::Object(given) = given else { return Err(misshapen("card")) };
    let mut whole = blank();
    if let Value::Object(whole) = &mut whole {
        fill(whole, given);
    }
    serde_path_to_error::deserialize(whole).map_err(|error| misshapen(&error.path().to_string()))
}

/// Characters of a process.
const PROCESS_CHARACTERS_MAX: usize = 200_000;

/// The process that somebody wrote as JSON or as TOML; nothing for the standard one.
pub(crate) fn process(given: &str) -> Result<Option<Process>, Refusal> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(None);
    }
    if given.len() > PROCESS_CHARACTERS_MAX {
        return Err(Refusal::new(Kind::TooLarge, "directory.card_too_large", &["LY-SVC-24.1b"]));
    }
    let read = match given.starts_with('{') {
        true => serde_json::from_str(given).map_err(|error| error.to_string()),
        false => toml::from_str(given).map_err(|error| error.message().to_owned()),
    };
    read.map(Some).map_err(|error| {
        Refusal::new(Kind::Invalid, "directory.process_unreadable", &["LY-SVC-24.1b"]).with_item(
            "process",
            "unreadable",
            &error,
        )
    })
}

/// Puts what was given over what is empty. A text of which one language was given keeps the other one empty.
fn fill(whole: &mut Map<String, Value>, given: &Map<String, Value>) {
    for (name, value) in given {
        match (whole.get_mut(name), value) {
            (Some(Value::Object(inner)), Value::Object(given)) => fill(inner, given),
            (Some(_), Value::Null) => {}
            _ => drop(whole.insert(name.clone(), value.clone())),
        }
    }
}

fn misshapen(path: &str) -> Refusal {
    let path = if path == "." { "card" } else { path };
    Refusal::new(Kind::Invalid, "directory.card_invalid", &["LY-SVC-24.1b"]).with_item(path, "shape", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_empty_and_what_is_misshapen_is_named() {
        let read = card(&json!({ "name": { "ar": "شهادة" }, "fee": null })).expect("a card");
        assert_eq!((read.name.ar.as_str(), read.name.en.as_str(), read.fee.is_none()), ("شهادة", "", true));
        for (given, path) in [
            (json!([]), "card"),
            (json!({ "name": 7 }), "name"),
            (json!({ "colour": "green" }), "colour"),
            (json!({ "stage": [{ "id": "received" }] }), "stage[0]"),
        ] {
            let refusal = card(&given).expect_err("misshapen");
            assert_eq!(refusal.code, "directory.card_invalid");
            assert!(refusal.items[0].field.starts_with(path), "{path}: {:?}", refusal.items);
        }
    }
}
