//! What the range promises, as tables. The clock here works around it: working time is time.

use clock::{DAY, HOUR, Timestamp};

use super::*;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

/// A case that ended some hours ago after so many hours.
fn ended(hours_ago: u32, spent: u32) -> Case {
    let left = NOW - HOUR * hours_ago;
    Case {
        delivered_at: left - HOUR * spent,
        left_at: Some(left),
        ended: true,
        spent: HOUR * spent,
        told: None,
    }
}

fn open(spent: u32) -> Case {
    Case { delivered_at: NOW - HOUR * spent, left_at: None, ended: false, spent: HOUR * spent, told: None }
}

/// One to ten hours, equally often, over the last days.
fn steady(count: u32) -> Vec<Case> {
    (0..count).map(|number| ended(number / 10, 1 + number % 10)).collect()
}

fn outlook(cases: &[Case]) -> Option<Outlook> {
    Outlook::of(cases, NOW, |from, to| to.since(from))
}

fn range(cases: &[Case]) -> Option<(u64, u64)> {
    let foreseen = outlook(cases)?.foreseen()?;
    Some((foreseen.half.as_secs() / 3_600, foreseen.most.as_secs() / 3_600))
}

#[test]
fn few_cases_say_nothing() {
    for (case, cases, told) in [
        ("none", vec![], None),
        ("nineteen", steady(19), None),
        ("twenty, the slowest of them too few to tell", steady(20), None),
        ("a hundred", steady(100), Some((5, 9))),
        ("open ones alone", (0..300).map(|_| open(5)).collect(), None),
    ] {
        assert_eq!(range(&cases), told, "{case}");
    }
}

#[test]
fn half_and_nine_in_ten() {
    assert_eq!(range(&steady(400)), Some((5, 9)));
    assert_eq!(range(&(0..300).map(|number| ended(number, 7)).collect::<Vec<_>>()), Some((7, 7)));
}

#[test]
fn open_cases_count_as_lasting_at_least_so_long() {
    // As many again that nobody has touched for thirty hours: half of all last longer than anything that ended, and
    // how long, nobody knows.
    let untouched = steady(300).into_iter().chain((0..300).map(|_| open(30)));
    assert_eq!(range(&untouched.collect::<Vec<_>>()), None);
    // Open cases that have just come say nothing yet, and change nothing.
    let fresh = steady(300).into_iter().chain((0..300).map(|_| open(0)));
    assert_eq!(range(&fresh.collect::<Vec<_>>()), Some((5, 9)));
}

#[test]
fn clearing_old_files_changes_nothing() {
    let old = (0..300).map(|number| ended(number / 10, 24 * (400 + number)));
    assert_eq!(range(&steady(400).into_iter().chain(old).collect::<Vec<_>>()), Some((5, 9)));
}

#[test]
fn what_waits_for_somebody_else_is_neither_fast_nor_slow() {
    // Their applicants were asked weeks ago and are silent; the provider had spent an hour on each.
    let silent = (0..300).map(|_| Case { left_at: Some(NOW - DAY * 60), ..open(1) });
    assert_eq!(range(&steady(400).into_iter().chain(silent).collect::<Vec<_>>()), Some((5, 9)));
}

#[test]
fn the_last_days_count_where_they_say_enough() {
    let slow_once = (0..400).map(|number| ended(24 * 30 + number, 90));
    let fast_now = (0..400).map(|number| ended(number / 10, 9));
    assert_eq!(range(&slow_once.chain(fast_now).collect::<Vec<_>>()), Some((9, 9)));
}

#[test]
fn figures_that_did_not_come_true_are_corrected() {
    let most = |plain: u32| {
        let told = Some(Told { plain: HOUR * plain, shown: HOUR * plain });
        let cases: Vec<Case> = steady(400).into_iter().map(|case| Case { told, ..case }).collect();
        range(&cases).map(|range| range.1)
    };
    assert_eq!(most(9), Some(10), "as foreseen: a little more, for few cases");
    assert_eq!(most(6), Some(15), "four in ten were told too little");
    assert!(most(18) < Some(6), "everybody was told twice too much");
}

#[test]
fn what_is_left_depends_on_what_was_spent() {
    let outlook = outlook(&steady(400)).expect("there are enough");
    let left = |spent| {
        let left = outlook.left_after(HOUR * spent)?;
        Some((left.half.as_secs() / 3_600, left.most.as_secs() / 3_600))
    };
    assert_eq!(left(0), Some((5, 9)));
    assert_eq!(left(4), Some((3, 6)));
    assert_eq!(left(9), Some((1, 1)));
    assert_eq!(left(50), None, "nobody has waited so long");
}
