//! The standard process as a table: which acts lead where, and that no other does.

use super::Process;
use crate::{entry::tests::card, request::Act};

// proves: LY-SVC-16.1
#[test]
fn only_the_moves_of_the_process_exist() {
    let process = Process::standard(&card());
    let allowed = [
        ("verification", Act::Verify, "decision"),
        ("verification", Act::SendBack, "correction"),
        ("decision", Act::SendBack, "correction"),
        ("decision", Act::Approve, "output"),
        ("decision", Act::Refuse, "refused"),
        ("output", Act::Issue, "completed"),
        ("correction", Act::Resubmit, "verification"),
    ];
    for stage in process.stages.iter().map(|stage| stage.id.as_str()).chain(["nowhere"]) {
        for act in Act::ALL {
            let expected = allowed.iter().find(|(from, by, _)| *from == stage && *by == act);
            match (process.after(stage, act, None), expected) {
                (Ok(to), Some((_, _, wanted))) => assert_eq!(to.id, *wanted),
                (Err(refusal), None) => {
                    let unverified = stage == "verification" && act.is_decision();
                    let code = if unverified { "request.unverified" } else { "process.transition" };
                    assert_eq!(refusal.code, code, "{stage} {act:?}");
                }
                (outcome, _) => panic!("{stage} {act:?} gave {outcome:?}"),
            }
            let elsewhere = process.after(stage, act, Some("elsewhere"));
            assert!(elsewhere.is_err(), "{stage} {act:?} leads where no move leads");
        }
    }
}

#[test]
fn what_can_still_come_is_what_a_way_leads_to() {
    let process = Process::standard(&card());
    assert_eq!(process.ahead("output"), ["completed"]);
    assert!(process.ahead("refused").is_empty());
    assert!(process.ahead("correction").contains(&"verification"));
    let course: Vec<&str> = process.course().map(|stage| stage.id.as_str()).collect();
    assert_eq!(course, ["verification", "decision", "output"]);
}
