//! The standard process as a table: which acts lead where, and that no other does.

use super::{Expiry, Move, Party, Process};
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

fn act(word: &str) -> Act {
    Act::ALL.into_iter().find(|act| act.word() == word).expect("an act")
}

/// The findings about the standard process after a change, as `field code detail`.
fn findings(change: impl FnOnce(&mut Process)) -> Vec<String> {
    let card = card();
    let mut process = Process::standard(&card);
    change(&mut process);
    let line = |item: &authz::Item| format!("{} {} {}", item.field, item.code, item.detail).trim().to_owned();
    process.findings(&card).iter().map(line).collect()
}

/// Leads the only move of an act elsewhere.
fn redirect(process: &mut Process, stage: &str, word: &str, to: &str) {
    let stage = process.stages.iter_mut().find(|known| known.id == stage).expect("the stage");
    stage.moves.iter_mut().find(|way| way.act == act(word)).expect("the move").to = to.to_owned();
}

#[test]
fn each_flaw_of_a_process_is_found_and_named() {
    let check = |change: fn(&mut Process), expected: &[&str]| {
        assert_eq!(findings(change), expected);
    };
    check(|_| {}, &[]);
    check(|process| process.stages.clear(), &["process no_stages"]);
    check(
        |process| process.stages[1].moves.clear(),
        &[
            "stage.decision dead_end",
            "stage.verification no_end",
            "stage.output unreachable",
            "stage.correction no_end",
            "stage.completed unreachable",
            "stage.refused unreachable",
            "output.certificate output_never_made",
        ],
    );
    check(|process| process.stages[1].title.en.clear(), &["stage.decision title_missing"]);
    check(|process| process.stages[1].working_days = Some(0), &["stage.decision clock_not_positive"]);
    check(|process| process.stages[1].working_days = Some(3), &["process clocks_exceed_promise 3 > 2"]);
    check(
        |process| process.stages[0].party = Party::Provider { role: "astrologer".into() },
        &["stage.verification party_missing"],
    );
    check(
        |process| process.stages[1].outputs = vec!["medal".into()],
        &["stage.decision unknown_output medal"],
    );
    check(
        |process| process.stages[2].outputs = vec!["medal".into()],
        &["stage.output unknown_output medal", "output.certificate output_never_made"],
    );
    check(
        |process| redirect(process, "decision", "refuse", "nowhere"),
        &["stage.decision unknown_target nowhere", "stage.refused unreachable"],
    );
    check(
        |process| redirect(process, "decision", "approve", "completed"),
        &[
            "stage.decision wrong_target completed",
            "stage.output unreachable",
            "output.certificate output_never_made",
        ],
    );
    check(
        |process| redirect(process, "correction", "resubmit", "decision"),
        &["stage.decision granted_unverified"],
    );
}

#[test]
fn nothing_goes_round_among_desks_and_nobody_does_what_is_anothers() {
    let way = |word: &str, to: &str| Move { act: act(word), to: to.into(), title: None, asks: None };
    let round = findings(|process| process.stages[1].moves.push(way("pass_on", "verification")));
    assert_eq!(round, ["stage.verification loop_without_applicant", "stage.decision loop_without_applicant"]);
    let others = findings(|process| process.stages[0].moves.push(way("issue", "completed")));
    assert_eq!(others, ["stage.verification act_of_others issue"]);
    let twice = findings(|process| process.stages[0].moves.push(way("verify", "decision")));
    assert_eq!(twice, ["stage.verification move_twice verify"]);
    let straight = findings(|process| process.stages[0].moves.push(way("pass_on", "decision")));
    assert_eq!(straight, ["stage.decision granted_unverified"]);
    let late = findings(|process| {
        process.stages[1].expiry =
            Some(Expiry::Act { after_working_days: 0, act: act("approve"), to: "refused".into() });
    });
    assert_eq!(late, ["stage.decision wrong_target refused", "stage.decision clock_not_positive"]);
}

#[test]
fn two_ways_of_one_act_are_told_apart_by_where_they_lead() {
    let mut process = Process::standard(&card());
    let way = |to: &str| Move { act: Act::PassOn, to: to.into(), title: None, asks: None };
    process.stages[0].moves.extend([way("decision"), way("output")]);
    let refused = process.after("verification", Act::PassOn, None).expect_err("which one is not said");
    assert_eq!(refused.code, "process.transition");
    let led = process.after("verification", Act::PassOn, Some("decision"));
    assert_eq!(led.map(|stage| stage.id.as_str()), Ok("decision"));
    assert!(process.allows("verification", Act::PassOn).is_ok());
}
