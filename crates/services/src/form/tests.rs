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
        let items = residence().check(&answers, 0);
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

/// A form of the demo, and its example with something changed.
fn ruled(source: &str, change: impl Fn(&mut Value)) -> (Form, Value) {
    let form = Form::parse(source).expect("the demo form parses");
    let mut answers = form.example().cloned().expect("an example");
    change(&mut answers);
    (form, answers)
}

const PERMIT: &str = include_str!("../../../../demo/services/building-permit.form.json");
/// The first of March 2026.
const TODAY: i64 = 20_513;

// proves: LY-SVC-13.2a
#[test]
fn rules_decide_what_is_open_in_each_row() {
    let check = |change: &dyn Fn(&mut Value), expected: &str| {
        let (form, answers) = ruled(PERMIT, change);
        let settled = form.settled(answers, TODAY);
        let items = form.check(&settled, TODAY);
        let said: Vec<String> = items.iter().map(|item| format!("{} {}", item.field, item.code)).collect();
        assert_eq!(said.join(", "), expected, "{settled}");
    };
    check(&|_| {}, "");
    check(&|answers| answers["floor_list"] = json!([]), "floor_list rows_too_few");
    check(
        &|answers| answers["floor_list"][1] = json!({}),
        "floor_list.1.level required, floor_list.1.use required, floor_list.1.area_m2 required",
    );
    // A shop needs its number of shops and parking places; a home does not.
    check(
        &|answers| answers["floor_list"][0]["use"] = json!("shop"),
        "floor_list.0.shops required, parking_places required",
    );
    check(
        &|answers| {
            answers["floor_list"][0] =
                json!({ "level": "ground", "use": "shop", "area_m2": 180, "shops": 4 });
            answers["parking_places"] = json!(3);
        },
        "parking_places said",
    );
    check(&|answers| answers["floor_list"][1]["area_m2"] = json!(421), "floor_list.1.area_m2 said");
    check(&|answers| answers["starts_on"] = json!("2026-02-28"), "starts_on said");
    check(&|answers| answers["floor_list"][0]["colour"] = json!("red"), "floor_list.0.colour unknown");
}

#[test]
fn what_is_computed_is_ours_and_what_is_not_asked_is_not_sent() {
    let (form, answers) = ruled(PERMIT, |answers| {
        answers["built_area_m2"] = json!(1);
        answers["lift"] = json!(true);
        answers["floor_list"][0]["area_m2"] = json!(180.25);
    });
    let settled = form.settled(answers, TODAY);
    assert_eq!((&settled["built_area_m2"], &settled["floors"]), (&json!(340.25), &json!(2)));
    assert_eq!(settled["basement"], json!(false));
    assert_eq!(settled.get("lift"), None);
    assert_eq!(settled["floor_list"][0]["share"], json!(53));
}

#[test]
fn rows_are_posted_moved_and_pasted() {
    let (form, _) = ruled(PERMIT, |_| {});
    let mut answers = Map::new();
    let post = |pairs: &[(&str, &str)], answers: &mut Map<String, Value>| {
        let posted: Vec<(String, String)> =
            pairs.iter().map(|(key, typed)| ((*key).to_owned(), (*typed).to_owned())).collect();
        form.read_step("works", &posted, answers);
        form.act_on_rows(&posted, answers)
    };
    let two = [
        ("floor_list", "2"),
        ("floor_list.0.area_m2", "١٨٠٫٥"),
        ("floor_list.0.use", "home"),
        ("floor_list.1.area_m2", "قريبا"),
        ("floor_list.7.area_m2", "9"),
    ];
    post(&two, &mut answers);
    let rows = json!([{ "area_m2": 180.5, "use": "home" }, { "area_m2": "قريبا" }]);
    assert_eq!(answers["floor_list"], rows);
    let mut act = |word: &str, expected: &str| {
        let mut posted = two.to_vec();
        posted.push(("_rows", word));
        posted.push(("floor_list._paste", "أرضي\tسكن\t١٢٠\nUpper\tShops\t99.5\t3\n\n"));
        post(&posted, &mut answers);
        let rows = answers["floor_list"].as_array().expect("rows");
        let areas: Vec<String> =
            rows.iter().map(|row| row.get("area_m2").map_or_else(|| "-".into(), Value::to_string)).collect();
        assert_eq!(areas.join(" "), expected, "{word}");
    };
    act("floor_list.add", "180.5 \"قريبا\" -");
    act("floor_list.copy.0", "180.5 180.5 \"قريبا\"");
    act("floor_list.down.0", "\"قريبا\" 180.5");
    act("floor_list.up.0", "180.5 \"قريبا\"");
    act("floor_list.remove.0", "\"قريبا\"");
    act("floor_list.remove.9", "180.5 \"قريبا\"");
    act("floor_list.paste", "180.5 \"قريبا\" 120 99.5");
    assert_eq!(
        answers["floor_list"][3],
        json!({ "level": "upper", "use": "shop", "area_m2": 99.5, "shops": 3 })
    );
}

#[test]
fn days_are_typed_in_many_ways() {
    let check = |typed: &str, expected: &str| {
        let mut answers = Map::new();
        residence().read_step("residence", &[("residing_since".to_owned(), typed.to_owned())], &mut answers);
        assert_eq!(answers["residing_since"], expected, "{typed}");
    };
    check("1/9/2021", "2021-09-01");
    check("٢٠٢١/٩/١", "2021-09-01");
    check("۱-۹-۲۰۲۱", "2021-09-01");
    check("31/2/2021", "31/2/2021");
    check("أمس", "أمس");
}

#[test]
fn rules_that_cannot_be_are_refused_by_name() {
    let refused = |path: &str, rule: &str| {
        let mut schema: Value = serde_json::from_str(PERMIT).unwrap();
        *schema.pointer_mut(path).expect("the place exists") = json!(rule);
        let failure = Form::parse(&schema.to_string()).expect_err("it is refused");
        let refusal = failure.refusal().expect("a refusal").clone();
        let item = refusal.items.first().expect("an item").clone();
        format!("{} {} {}", refusal.code, item.field, item.code)
    };
    let check = |path: &str, rule: &str, expected: &str| {
        assert_eq!(refused(path, rule), format!("forms.rule_invalid {expected}"));
    };
    check("/properties/lift/x-when", "lift && true", "lift rule_cycle");
    check("/properties/lift/x-when", "storeys > 3", "lift rule_unknown_field");
    check("/properties/floors/x-calculate", "'three'", "floors rule_type");
    let column = "/properties/floor_list/items/properties/shops/x-when";
    check(column, "row.use == 'cinema'", "floor_list.shops rule_unreachable");
}

#[test]
fn paper_forms_are_counted_and_none_may_be_left() {
    let (form, _) = ruled(PERMIT, |_| {});
    assert_eq!(form.converted(), (2, 2));
    form.check_paper().expect("all are electronic");
    let mut schema: Value = serde_json::from_str(PERMIT).unwrap();
    schema["x-paper"][1]["electronic"] = json!(false);
    let form = Form::parse(&schema.to_string()).expect("it parses");
    let refusal = form.check_paper().expect_err("one is on paper");
    assert_eq!((form.converted(), refusal.code), ((1, 2), "forms.paper_only"));
    assert!(refusal.items[0].detail.contains("ب-12/2"), "{refusal:?}");
}

// proves: LY-SVC-6.4a
#[test]
fn a_personal_column_without_a_law_is_refused_too() {
    let source = include_str!("../../../../demo/services/study-grant.form.json");
    let mut schema: Value = serde_json::from_str(source).unwrap();
    let column = schema.pointer_mut("/properties/household/items/properties/born_in").unwrap();
    column.as_object_mut().unwrap().shift_remove("x-legal-basis");
    let failure = Form::parse(&schema.to_string()).err().unwrap();
    assert_eq!(failure.refusal().unwrap().code, "forms.legal_basis_missing");
}
