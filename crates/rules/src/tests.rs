//! The rules as tables, and both evaluators beside each other over random programs.

mod random;

use std::{io::Write, process::Command};

use serde_json::{Map, Value, json};

use crate::{Check, Declared, Kind, Program, Question, Section, day_of};

use random::Random;

/// Random answers that every run of the tests compares; `RULES_CASES` asks for more.
const CASES: usize = 4_000;
/// Random answers over each random program.
const CASES_PER_PROGRAM: usize = 10;

fn question(key: &str, kind: Kind) -> Question {
    Question::new(key, kind)
}

fn permit() -> Declared {
    let ruled = |key: &str, kind: Kind, when: &str, calculate: &str| Question {
        when: (!when.is_empty()).then(|| when.to_owned()),
        calculate: (!calculate.is_empty()).then(|| calculate.to_owned()),
        ..question(key, kind)
    };
    let mut floors = question("floors", Kind::Rows);
    floors.columns = vec![
        question("use", Kind::Choice(vec!["home".into(), "shop".into()])),
        question("area", Kind::Number),
        ruled("shops", Kind::Whole, "row.use == 'shop'", ""),
        ruled("share", Kind::Number, "", "round(row.area / total, 2)"),
    ];
    Declared {
        questions: vec![
            question("plot", Kind::Number),
            floors,
            ruled("total", Kind::Number, "", "floors.map(f, f.area).sum()"),
            ruled("fee", Kind::Number, "total > 100", "total * 0.15 + 10"),
            question("has_lift", Kind::Truth),
            ruled("lift_permit", Kind::Text, "has_lift && size(floors) > 1", ""),
        ],
        sections: vec![Section {
            id: "lift".into(),
            when: Some("size(floors) > 1".into()),
            questions: vec!["has_lift".into(), "lift_permit".into()],
        }],
        checks: vec![
            Check { id: "covered".into(), expression: "total <= plot * 3".into(), group: None },
            Check { id: "positive".into(), expression: "row.area > 0".into(), group: Some("floors".into()) },
        ],
    }
}

fn run(declared: &Declared, answers: Value) -> (Value, Vec<String>, String) {
    let program = Program::compile(declared).expect("the rules compile");
    let Value::Object(answers) = answers else { panic!("answers are an object") };
    let outcome = program.run(&answers, day_of("2026-03-01").expect("a day"));
    let failed: Vec<String> = outcome.failed.iter().map(|f| format!("{} {:?}", f.check, f.row)).collect();
    (Value::Object(outcome.answers), outcome.hidden, failed.join(", "))
}

#[test]
fn what_is_asked_computed_and_checked() {
    let floors =
        json!([{ "use": "home", "area": 120.5 }, { "use": "shop", "area": 80, "shops": 2 }, { "area": -1 }]);
    let (answers, hidden, failed) =
        run(&permit(), json!({ "plot": 60, "floors": floors, "has_lift": false, "lift_permit": "L-1" }));
    assert_eq!(answers["total"], json!(199.5));
    assert_eq!(answers["fee"], json!(39.925));
    assert_eq!(answers["floors"][0], json!({ "use": "home", "area": 120.5, "share": 0.6 }));
    assert_eq!(answers["floors"][1]["shops"], json!(2));
    assert_eq!(hidden, ["floors.0.shops", "floors.2.shops", "lift_permit"]);
    assert_eq!(failed, "covered None, positive Some(2)");
    let (answers, hidden, failed) = run(&permit(), json!({ "floors": [{ "area": 10 }], "has_lift": true }));
    assert_eq!(answers, json!({ "floors": [{ "area": 10, "share": 1 }], "total": 10 }));
    assert_eq!(hidden, ["step.lift", "floors.0.shops", "fee", "has_lift", "lift_permit"]);
    assert_eq!(failed, "");
}

fn problem(when: &str, calculate: &str) -> String {
    let mut declared = permit();
    let own = Question {
        when: (!when.is_empty()).then(|| when.to_owned()),
        calculate: (!calculate.is_empty()).then(|| calculate.to_owned()),
        ..question("own", Kind::Number)
    };
    declared.questions.push(own);
    match Program::compile(&declared) {
        Ok(_) => String::new(),
        Err(problems) => problems
            .iter()
            .map(|problem| format!("{} {} {}", problem.at, problem.code, problem.detail).trim().to_owned())
            .collect::<Vec<_>>()
            .join("; "),
    }
}

#[test]
fn what_cannot_be_published_is_said_by_name() {
    let check = |when: &str, calculate: &str, expected: &str| assert_eq!(problem(when, calculate), expected);
    check("", "plot / 2.0", "");
    check("", "decimal(size(floors)) / 2", "");
    check("", "size(floors) / 2", "own rule_type / (int, int)");
    check("", "div(size(floors), 2)", "");
    check("plott > 1", "", "own unknown_field plott");
    check("plot", "", "own rule_type decimal");
    check("plot == 'x'", "", "own rule_type == (decimal, string)");
    check("floors.exists(f, f.height > 1.0)", "", "own unknown_field height");
    check("floors.area > 1.0", "", "own rule_type .area");
    check("has_lift.matches('x')", "", "own unsupported matches");
    check("{'a': 1}.a == 1", "", "own unsupported {}");
    check("floors.exists(f, f.use == 'home')", "", "");
    check("floors.exists(f, f.use == 'hotel') && 1 > 2", "", "own unreachable");
    check("1 + 1 == 3", "", "own unreachable");
    check("", "own + 1.0", "own cycle own");
    check("date('2026-02-30') < today()", "", "own rule_type 2026-02-30");
    check("today() >= date('2026-01-01')", "", "");
    assert!(problem("1 +", "").starts_with("own syntax"), "{}", problem("1 +", ""));
    let deep = format!("{}plot > 1.0{}", "(".repeat(200), ")".repeat(200));
    check(&deep, "", "own too_deep 24");
    check(&format!("{}plot > 1.0{}", "(".repeat(24), ")".repeat(24)), "", "");
    let mut circle = permit();
    circle.questions[0].when = Some("total > 1".into());
    circle.questions[1].columns[1].when = Some("plot > 1".into());
    let problems = Program::compile(&circle).expect_err("a circle");
    assert_eq!((problems[0].code, problems.len()), ("cycle", 1));
}

/// One line a program, then one line each of its answers with what came out here.
fn cases(number: usize) -> Vec<String> {
    let today = day_of("2026-03-01").expect("a day");
    let mut lines = Vec::with_capacity(number + number / CASES_PER_PROGRAM);
    let mut random = Random::new(20_260_301);
    while lines.len() < number + number / CASES_PER_PROGRAM {
        let declared = random.declared();
        let program =
            Program::compile(&declared).unwrap_or_else(|problems| panic!("{problems:?} {declared:#?}"));
        lines.push(json!({ "program": program.json(), "today": today }).to_string());
        for _ in 0..CASES_PER_PROGRAM {
            let answers: Map<String, Value> = random.answers(&declared);
            let outcome = program.run(&answers, today);
            let failed: Vec<Value> = outcome
                .failed
                .iter()
                .map(|failed| match failed.row {
                    Some(row) => json!([failed.check, row]),
                    None => json!([failed.check]),
                })
                .collect();
            let expected = json!({ "answers": outcome.answers, "hidden": outcome.hidden, "failed": failed });
            lines.push(json!({ "answers": answers, "expected": expected }).to_string());
        }
    }
    lines
}

#[test]
fn the_browser_computes_what_the_server_computes() {
    let number = std::env::var("RULES_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let folder = std::env::temp_dir().join(format!("rules-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("cases.jsonl");
    let mut file = std::fs::File::create(&path).expect("a file");
    for line in cases(number) {
        writeln!(file, "{line}").expect("a line");
    }
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/compare.mjs");
    let output = Command::new("node").arg(here).arg(&path).output().expect("node runs");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    println!("{said}");
}

#[test]
fn whole_numbers_words_and_logic_mean_what_cel_means() {
    let mut random = Random::new(7);
    let mut decided = 0;
    for _ in 0..3_000 {
        let (source, answers) = random.closed();
        let mut context = cel::Context::default();
        for (key, value) in &answers {
            let value = match value.as_i64() {
                Some(whole) => cel::Value::Int(whole),
                None => cel::to_value(value).expect("a value"),
            };
            context.add_variable_from_value(key.as_str(), value);
        }
        let theirs = cel::Program::compile(&source).expect("it parses").execute(&context);
        let declared = Declared {
            questions: vec![
                question("a", Kind::Whole),
                question("b", Kind::Whole),
                question("s", Kind::Text),
                question("t", Kind::Truth),
            ],
            checks: vec![Check { id: "own".into(), expression: source.clone(), group: None }],
            ..Declared::default()
        };
        let Ok(program) = Program::compile(&declared) else { continue };
        let fails = !program.run(&answers, 0).failed.is_empty();
        match theirs {
            Ok(cel::Value::Bool(truth)) => assert_eq!(fails, !truth, "{source} {answers:?}"),
            Ok(other) => panic!("{source} gave {other:?}"),
            Err(error) => assert!(!fails, "{source} {answers:?} {error}"),
        }
        decided += 1;
    }
    assert!(decided > 1_000, "{decided} were compared");
}
