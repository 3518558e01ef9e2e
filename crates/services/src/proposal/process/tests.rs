//! What a page posts is the process that it showed, and each button does what it says.

use super::{fields, posted};
use crate::{entry::tests::card, process::Process};

fn long() -> Process {
    let source = include_str!("../../../../../demo/services/building-permit.process.toml");
    toml::from_str(source).expect("a process")
}

#[test]
fn what_is_shown_and_sent_back_is_the_same_process() {
    for process in [Process::standard(&card()), long()] {
        let pairs = fields::pairs(&process);
        assert_eq!(posted::Posted(&pairs).process(), process);
    }
}

#[test]
fn each_order_changes_what_it_names_and_nothing_else() {
    let stages =
        |process: &Process| process.stages.iter().map(|stage| stage.id.clone()).collect::<Vec<_>>().join(" ");
    let check = |order: &str, place: &str, expected: &str| {
        let mut process = Process::standard(&card());
        assert_eq!(posted::order(&mut process, order), place, "{order}");
        assert_eq!(stages(&process), expected, "{order}");
    };
    let whole = "verification decision output correction completed refused";
    check("stage.add", "stage-4", "verification decision output correction stage-1 completed refused");
    check("stage.1.up", "stage-0", "decision verification output correction completed refused");
    check("stage.0.up", "stage-0", whole);
    check("stage.5.down", "stage-5", whole);
    check("stage.1.remove", "stages", "verification output correction completed refused");
    check("stage.99.remove", "stages", whole);
    check("colour.add", "", whole);

    let mut process = long();
    let moves = process.stages[0].moves.len();
    posted::order(&mut process, "stage.0.move.add");
    assert_eq!(process.stages[0].moves.len(), moves + 1);
    posted::order(&mut process, &format!("stage.0.move.{moves}.remove"));
    assert_eq!(process, long());
    posted::order(&mut process, "before.0.down");
    assert_eq!((&process.before[0], &process.before[1]), (&long().before[1], &long().before[0]));
    posted::order(&mut process, "after.add");
    assert_eq!(process.after.len(), long().after.len() + 1);
}

#[test]
fn what_is_no_number_is_found_by_the_check() {
    let mut pairs = fields::pairs(&Process::standard(&card()));
    for (name, value) in &mut pairs {
        if name == "stage.1.working_days" {
            "soon".clone_into(value);
        }
    }
    let process = posted::Posted(&pairs).process();
    let found = process.findings(&card());
    assert_eq!((found[0].field.as_str(), found[0].code.as_str()), ("stage.decision", "clock_not_positive"));
}
