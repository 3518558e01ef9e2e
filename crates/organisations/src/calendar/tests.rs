//! Working time as a table. March 2026: the 1st is a Sunday, the 6th and 7th are the weekend.

use clock::{Timestamp, days_from_civil};

use super::{Calendar, Hours};

fn moment(day: u8, hour: i64, minute: i64) -> Timestamp {
    let hours = Hours::default();
    let minutes =
        days_from_civil(2026, 3, day) * 1_440 + hour * 60 + minute - i64::from(hours.offset_minutes);
    Timestamp(minutes * 60_000_000)
}

fn with_holidays(days: &[u8]) -> Calendar {
    let holidays = days.iter().map(|day| days_from_civil(2026, 3, *day)).collect();
    Calendar { holidays, ..Calendar::default() }
}

#[test]
fn what_is_promised_in_working_days_is_due_at_the_end_of_one() {
    for (case, from, holidays, working_days, due) in [
        ("during the day, the same day", moment(1, 10, 0), &[][..], 0, 1),
        ("during the day, the next", moment(1, 10, 0), &[], 1, 2),
        ("before opening counts as that day", moment(1, 6, 59), &[], 1, 2),
        ("the last minute still counts", moment(1, 14, 59), &[], 1, 2),
        ("at closing it is the next day's", moment(1, 15, 0), &[], 1, 3),
        ("Thursday and one is Sunday", moment(5, 9, 0), &[], 1, 8),
        ("Thursday after closing and one is Monday", moment(5, 16, 0), &[], 1, 9),
        ("Friday counts as Sunday", moment(6, 9, 0), &[], 0, 8),
        ("Saturday and two is Tuesday", moment(7, 9, 0), &[], 2, 10),
        ("five days are a week", moment(2, 9, 0), &[], 5, 9),
        ("a holiday is stepped over", moment(1, 9, 0), &[2], 1, 3),
        ("a holiday beside the weekend", moment(4, 9, 0), &[5, 8], 1, 9),
        ("arrived on a holiday", moment(2, 9, 0), &[2], 1, 4),
        ("a holiday on a Friday changes nothing", moment(5, 9, 0), &[6], 1, 8),
        ("twenty working days", moment(1, 9, 0), &[], 20, 29),
    ] {
        assert_eq!(with_holidays(holidays).due(from, working_days), moment(due, 15, 0), "{case}");
    }
}

#[test]
fn the_local_day_decides_not_the_day_in_utc() {
    // 23:30 UTC on Saturday is 01:30 on Sunday, two hours further east.
    let late = Timestamp((days_from_civil(2026, 2, 28) * 1_440 + 23 * 60 + 30) * 60_000_000);
    assert_eq!(Calendar::default().due(late, 0), moment(1, 15, 0));
}

#[test]
fn a_body_is_open_in_its_hours_only() {
    for (case, at, holidays, open) in [
        ("at opening", moment(1, 8, 0), &[][..], true),
        ("a minute before", moment(1, 7, 59), &[], false),
        ("at closing", moment(1, 15, 0), &[], false),
        ("at the weekend", moment(6, 10, 0), &[], false),
        ("on a holiday", moment(1, 10, 0), &[1], false),
    ] {
        assert_eq!(with_holidays(holidays).is_open(at), open, "{case}");
    }
    assert_eq!(Calendar::default().next_open(moment(5, 15, 0)), moment(8, 8, 0));
    assert_eq!(Calendar::default().next_open(moment(5, 9, 0)), moment(5, 9, 0));
}

#[test]
fn a_calendar_that_never_works_still_answers() {
    let closed = Calendar { hours: Hours { weekend_days: 0x7f, ..Hours::default() }, ..Calendar::default() };
    assert_eq!(closed.due(moment(1, 9, 0), 3), moment(4, 15, 0));
    assert!(!closed.hours.are_possible());
    assert!(Hours::default().are_possible());
}
