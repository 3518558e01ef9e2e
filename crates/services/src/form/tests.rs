//! The form as tables: what is typed, what is read, what is said.

use serde_json::{Map, Value, json};

use super::Form;

const RESIDENCE: &str = include_str!("../../../../demo/services/residence-certificate.form.json");

fn residence() -> Form {
    Form::parse(RESIDENCE).expect("the demo form parses")
}

fn example_with(key: &str, value: Value) -> Value {
    let mut answers = residence().example().cloned().unwrap();
    answers[key] = value;
    answers
}

// proves: LY-SVC-13.2a, LY-SVC-13.4
#[test]
fn each_wrong_answer_is_named_once() {
    let check = |answers: Value, expected: &str| {
        let items = residence().check(&answers);
        let said: Vec<String> = items.iter().map(|item| format!("{} {}", item.field, item.code)).collect();
        assert_eq!(said.join(", "), expected, "{answers}");
    };
    check(residence().example().cloned().unwrap(), "");
    check(
        json!({}),
        "address required, city required, residing_since required, household_members required, purpose required",
    );
    check(example_with("city", json!("س")), "city too_short");
    check(example_with("address", json!("س".repeat(201))), "address too_long");
    check(example_with("household_members", json!(0)), "household_members too_small");
    check(example_with("household_members", json!(31)), "household_members too_large");
    check(example_with("household_members", json!("خمسة")), "household_members type");
    check(example_with("residing_since", json!("2021-13-01")), "residing_since date");
    check(example_with("purpose", json!("holiday")), "purpose choice");
    check(example_with("shoe_size", json!(44)), "shoe_size unknown");
    check(json!([]), "answers type");
}

#[test]
fn what_is_typed_is_read_in_either_script() {
    let check = |key: &str, typed: &str, expected: Value| {
        let mut answers = Map::new();
        let posted = [(key.to_owned(), typed.to_owned())];
        residence().read_step("residence", &posted, &mut answers);
        assert_eq!(answers.get(key).cloned().unwrap_or(Value::Null), expected, "{typed}");
    };
    check("household_members", "٥", json!(5));
    check("household_members", " 5 ", json!(5));
    check("household_members", "خمسة", json!("خمسة"));
    check("residing_since", "٢٠٢١-٠٩-٠١", json!("2021-09-01"));
    check("city", "طرا\u{200f}بلس", json!("طرابلس"));
    check("city", "   ", Value::Null);
}

#[test]
fn a_step_reads_its_own_fields_only() {
    let mut answers = Map::new();
    let posted = [("purpose".to_owned(), "bank".to_owned()), ("city".to_owned(), "طرابلس".to_owned())];
    residence().read_step("purpose", &posted, &mut answers);
    assert_eq!(Value::Object(answers), json!({ "purpose": "bank" }));
}

// proves: LY-SVC-6.4a
#[test]
fn a_personal_field_without_a_law_is_refused() {
    let mut schema: Value = serde_json::from_str(RESIDENCE).unwrap();
    schema["properties"]["city"].as_object_mut().unwrap().shift_remove("x-legal-basis");
    let failure = Form::parse(&schema.to_string()).err().unwrap();
    assert_eq!(failure.refusal().unwrap().to_string(), "forms.legal_basis_missing LY-SVC-6.4a");
}

#[test]
fn a_field_outside_all_steps_is_refused() {
    let mut schema: Value = serde_json::from_str(RESIDENCE).unwrap();
    schema["x-steps"][1]["properties"] = json!([]);
    assert_eq!(Form::parse(&schema.to_string()).err().unwrap().refusal().unwrap().code, "form.invalid");
}
