//! Working time as a table. March 2026: the 1st is a Sunday, the 6th and 7th are the weekend.

use std::{collections::BTreeSet, time::Duration};

use clock::{Timestamp, days_from_civil};
use proptest::prelude::*;

use super::{Calendar, Hours};

fn moment(day: u8, hour: i64, minute: i64) -> Timestamp {
    let hours = Hours::default();
    let minutes =
        days_from_civil(2026, 3, day) * 1_440 + hour * 60 + minute - i64::from(hours.offset_minutes);
    Timestamp(minutes * 60_000_000)
}

fn with_holidays(days: &[u8]) -> Calendar {
    Calendar::new(Hours::default(), days.iter().map(|day| days_from_civil(2026, 3, *day)))
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
    let closed = Calendar::new(Hours { weekend_days: 0x7f, ..Hours::default() }, []);
    assert_eq!(closed.due(moment(1, 9, 0), 3), moment(4, 15, 0));
    assert!(!closed.hours.are_possible());
    assert!(Hours::default().are_possible());
}

/// The same calendar as somebody would count it who has only a wall clock: minute by minute.
#[derive(Debug)]
struct Naive {
    hours: Hours,
    holidays: BTreeSet<i64>,
}

impl Naive {
    fn is_open(&self, utc_minute: i64) -> bool {
        let local = utc_minute + i64::from(self.hours.offset_minutes);
        let (day, minute) = (local.div_euclid(1_440), local.rem_euclid(1_440));
        self.hours.weekend_days & (1 << (day + 3).rem_euclid(7)) == 0
            && !self.holidays.contains(&day)
            && minute >= i64::from(self.hours.opens_minute)
            && minute < i64::from(self.hours.closes_minute)
    }

    fn between(&self, from: i64, to: i64) -> i64 {
        (from..to).filter(|minute| self.is_open(*minute)).count() as i64
    }

    /// The end of the last of so many open minutes.
    fn add(&self, from: i64, open_minutes: i64) -> i64 {
        let open = (from..).filter(|minute| self.is_open(*minute));
        open.take(open_minutes as usize).last().map_or(from, |last| last + 1)
    }

    fn is_working_day(&self, day: i64) -> bool {
        let midnight = day * 1_440 - i64::from(self.hours.offset_minutes);
        (midnight..midnight + 1_440).any(|minute| self.is_open(minute))
    }

    fn due(&self, from: i64, working_days: u32) -> i64 {
        let first = (from..).find(|minute| self.is_open(*minute)).unwrap_or(from);
        let day = (first + i64::from(self.hours.offset_minutes)).div_euclid(1_440);
        let mut later = (day + 1..).filter(|day| self.is_working_day(*day));
        let day = if working_days == 0 { Some(day) } else { later.nth(working_days as usize - 1) };
        day.unwrap_or_default() * 1_440 + i64::from(self.hours.closes_minute)
            - i64::from(self.hours.offset_minutes)
    }
}

prop_compose! {
    fn some_calendar()(
        weekend_days in 0u8..0x7f,
        opens_minute in 0u16..1_439,
        length in 1u16..1_440,
        offset_minutes in -840i16..=840,
        holidays in prop::collection::btree_set(20_500i64..20_530, 0..12),
    ) -> (Calendar, Naive) {
        let closes_minute = opens_minute.saturating_add(length).min(1_440);
        let hours = Hours { weekend_days, opens_minute, closes_minute, offset_minutes };
        (Calendar::new(hours, holidays.iter().copied()), Naive { hours, holidays })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn counting_by_weeks_agrees_with_counting_minutes(
        (calendar, naive) in some_calendar(),
        from in 20_495i64 * 1_440..20_530 * 1_440,
        span in 0i64..20 * 1_440,
        open_minutes in 1i64..900,
        working_days in 0u32..6,
    ) {
        let moment = |minute: i64| Timestamp(minute * 60_000_000);
        let minutes = |count: i64| Duration::from_secs(count.unsigned_abs() * 60);
        let (start, to) = (moment(from), moment(from + span));
        prop_assert_eq!(calendar.is_open(start), naive.is_open(from));
        prop_assert_eq!(calendar.working_between(start, to), minutes(naive.between(from, from + span)));
        prop_assert_eq!(calendar.working_between(to, start), Duration::ZERO);
        prop_assert_eq!(calendar.add_working(start, minutes(open_minutes)), moment(naive.add(from, open_minutes)));
        prop_assert_eq!(calendar.due(start, working_days), moment(naive.due(from, working_days)));
    }

    /// To the microsecond: what is added is what lies between, and never a moment more than is needed.
    #[test]
    fn adding_and_measuring_are_inverse(
        (calendar, _) in some_calendar(),
        from in 1_700_000_000_000_000i64..1_800_000_000_000_000,
        micros in 1u64..400_000_000_000_000,
    ) {
        let (from, working) = (Timestamp(from), Duration::from_micros(micros));
        let end = calendar.add_working(from, working);
        prop_assert_eq!(calendar.working_between(from, end), working);
        prop_assert!(calendar.working_between(from, Timestamp(end.0 - 1)) < working);
    }
}

/// Three hundred working days and a century of holidays cost no more than a day: counted, not walked.
#[test]
fn a_century_is_as_quick_as_a_day() {
    let calendar = Calendar::new(Hours::default(), (0..100).map(|year| days_from_civil(2000 + year, 5, 1)));
    let from = moment(1, 9, 0);
    let started = std::time::Instant::now();
    for days in 0..10_000u32 {
        let end = calendar.add_working(from, calendar.working_day() * days);
        assert_eq!(calendar.working_between(from, end), calendar.working_day() * days);
    }
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
