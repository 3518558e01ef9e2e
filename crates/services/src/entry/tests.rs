//! What a card must hold before it may enter the directory, as a table.

use serde_json::{Value, json};

use super::{Card, fill, placeholders};
use crate::form::Form;

const FORM: &str = include_str!("../../../../demo/services/residence-certificate.form.json");

/// A complete card with three stages, two of them those of the standard process.
pub(crate) fn card() -> Card {
    serde_json::from_value(card_value()).expect("the card parses")
}

fn card_value() -> Value {
    let text = || json!({ "ar": "نص", "en": "text" });
    json!({
        "id": "residence-certificate", "body": "civil-registry", "audience": ["citizen"], "themes": ["housing"],
        "life_events": [], "maturity": "fully_digital", "assurance": "basic", "classification": "public",
        "delivery_working_days": 2, "documents_none": true, "name": text(), "summary": text(),
        "description": text(), "keywords": { "ar": [], "en": [] }, "legal_basis": text(),
        "conditions": [text()], "rights": [], "obligations": [], "complaint": text(),
        "contact": { "phone": "1515", "address": text() }, "stakeholders": [],
        "acknowledgement": { "ar": "طلبك {number} قبل {due_at}", "en": "{number}" },
        "fee": { "amount_milli": 0, "note": text() },
        "stage": [{ "id": "received", "title": text(), "holder": text() },
            { "id": "decision", "title": text(), "holder": text() },
            { "id": "output", "title": text(), "holder": text() }],
        "output": [{ "id": "certificate", "kind": "document", "title": text(), "text": text() }],
    })
}

fn check(change: impl FnOnce(&mut Value)) -> String {
    let mut value = card_value();
    change(&mut value);
    let card: Card = serde_json::from_value(value).expect("the card parses");
    match card.check(&Form::parse(FORM).expect("the form parses")) {
        Ok(()) => "complete".into(),
        Err(refusal) => {
            let fields: Vec<&str> = refusal.items.iter().map(|item| item.field.as_str()).collect();
            format!("{} {}", refusal.code, fields.join(" ")).trim().to_owned()
        }
    }
}

// proves: LY-SVC-1.14a, LY-SVC-1.14b, LY-SVC-1.14c, LY-SVC-1.14d, LY-SVC-24.1b
#[test]
fn a_card_without_a_part_is_refused_by_the_name_of_the_part() {
    assert_eq!(check(|_| {}), "complete");
    for (field, empty, named) in [
        ("body", json!(""), "body"),
        ("audience", json!([]), "audience"),
        ("audience", json!(["martian"]), "audience"),
        ("conditions", json!([]), "conditions"),
        ("documents_none", json!(false), "documents"),
        ("fee", Value::Null, "fee"),
        ("delivery_working_days", Value::Null, "delivery_working_days"),
        ("delivery_working_days", json!(0), "delivery_working_days"),
        ("output", json!([]), "outputs"),
        ("themes", json!([]), "themes"),
        ("id", json!("Residence Certificate"), "id"),
        ("maturity", json!("magical"), "maturity"),
        ("name", json!({ "ar": "شهادة", "en": " " }), "name"),
    ] {
        assert_eq!(check(|card| card[field] = empty), format!("directory.field_missing {named}"));
    }
}

// proves: LY-SVC-1.10
#[test]
fn an_electronic_service_has_a_form_and_a_process_or_is_information_alone() {
    assert_eq!(check(|card| card["stage"] = json!([])), "directory.not_electronic");
    let information = |card: &mut Value| {
        card["delivery"] = json!("information");
        card["stage"] = json!([]);
    };
    assert_eq!(check(information), "complete");
}

// proves: LY-SVC-4.2b, LY-SVC-4.3, LY-SVC-15.2
#[test]
fn what_the_policy_keeps_out_stays_out() {
    assert_eq!(check(|card| card["classification"] = json!("defence")), "directory.excluded_domain");
    let none = json!({ "ar": "", "en": "" });
    assert_eq!(check(|card| card["legal_basis"] = none), "directory.legal_basis_missing");
    let unknown = json!({ "ar": "{number} {salary}", "en": "{number}" });
    assert_eq!(
        check(|card| card["acknowledgement"] = unknown),
        "acknowledgement.placeholder_unknown acknowledgement"
    );
}

#[test]
fn values_keep_their_order_inside_a_sentence_of_the_other_direction() {
    assert_eq!(placeholders("طلبك {number} في {due_at}"), ["number", "due_at"]);
    assert_eq!(fill("رقم {number}", &[("number", "26-1".into())]), "رقم \u{2068}26-1\u{2069}");
}
