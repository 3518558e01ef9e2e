//! When a body works, and when what was promised in working days is due.
//!
//! Pure: the rows are read by `table.rs`, the arithmetic is here. Every question is answered by counting the working
//! days before a day (whole weeks, the rest of one, less the holidays), so that ten years cost what a day costs. Days are local days at a fixed offset from
//! UTC; zones that change their clocks twice a year are absent on purpose, as no state served here does so.

pub(crate) mod change;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use std::time::Duration;

use clock::Timestamp;
use serde::{Deserialize, Serialize};

const DAY_MINUTES: i64 = 24 * 60;
const MINUTE_MICROS: i64 = 60_000_000;
const DAY_MICROS: i64 = DAY_MINUTES * MINUTE_MICROS;
const WEEK_DAYS: i64 = 7;
const WHOLE_WEEK: u8 = 0x7f;

/// The weekly rhythm of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Bit 0 is Monday, bit 6 is Sunday; a set bit is a day off.
    pub weekend_days: u8,
    /// Minutes after local midnight.
    pub opens_minute: u16,
    /// Minutes after local midnight; the first minute that is outside.
    pub closes_minute: u16,
    /// Minutes east of UTC.
    pub offset_minutes: i16,
}

impl Hours {
    pub const FRIDAY: u8 = 1 << 4;
    pub const SATURDAY: u8 = 1 << 5;
    pub const SUNDAY: u8 = 1 << 6;

    /// Whether the week has a working day and the day has a length.
    pub fn are_possible(&self) -> bool {
        self.weekend_days & 0x7f != 0x7f
            && self.opens_minute < self.closes_minute
            && i64::from(self.closes_minute) <= DAY_MINUTES
            && self.offset_minutes.unsigned_abs() <= 14 * 60
    }
}

/// Sunday to Thursday, 08:00 to 15:00, two hours east of UTC.
impl Default for Hours {
    fn default() -> Hours {
        Hours {
            weekend_days: Hours::FRIDAY | Hours::SATURDAY,
            opens_minute: 8 * 60,
            closes_minute: 15 * 60,
            offset_minutes: 2 * 60,
        }
    }
}

/// The working time of a body: its hours, less its holidays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub hours: Hours,
    /// Local days since 1970-01-01 on which the body would work and is closed: in order, each once.
    closed: Vec<i64>,
}

impl Calendar {
    /// `holidays` are local days since 1970-01-01, in any order.
    pub fn new(hours: Hours, holidays: impl IntoIterator<Item = i64>) -> Calendar {
        let mut calendar = Calendar { hours, closed: Vec::new() };
        let mut closed: Vec<i64> = holidays.into_iter().filter(|day| calendar.is_weekday(*day)).collect();
        closed.sort_unstable();
        closed.dedup();
        calendar.closed = closed;
        calendar
    }

    /// The end of the working day that lies `working_days` working days after the one on which `from` counts.
    ///
    /// What arrives after closing, at a weekend or on a holiday counts as having arrived on the next working
    /// day. Zero working days mean the end of that same day.
    pub fn due(&self, from: Timestamp, working_days: u32) -> Timestamp {
        let day = self.nth_working_day(self.counted_day(from), i64::from(working_days));
        self.at(day, self.hours.closes_minute)
    }

    /// The moment at which this much working time has passed since `from`. What ends with a day ends at its closing,
    /// not at the next opening.
    pub fn add_working(&self, from: Timestamp, working: Duration) -> Timestamp {
        let working = micros(working);
        if working == 0 {
            return from;
        }
        let length = self.day_micros();
        let first = self.day_of(from);
        let end = self.worked_before(from).saturating_add(working);
        let whole_days = (end - 1).div_euclid(length);
        let day = self.nth_working_day(first, whole_days - self.working_days_before(first));
        let opening = self.at(day, self.hours.opens_minute);
        Timestamp(opening.0.saturating_add(end - whole_days * length))
    }

    /// The working time between two moments; none when `to` is not later than `from`.
    pub fn working_between(&self, from: Timestamp, to: Timestamp) -> Duration {
        let passed = self.worked_before(to).saturating_sub(self.worked_before(from));
        Duration::from_micros(passed.max(0).unsigned_abs())
    }

    /// How long a working day is.
    pub fn working_day(&self) -> Duration {
        Duration::from_micros(self.day_micros().unsigned_abs())
    }

    /// Whether the body is open at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let (day, minute) = self.local(at);
        self.is_working_day(day)
            && (i64::from(self.hours.opens_minute)..i64::from(self.hours.closes_minute)).contains(&minute)
    }

    /// The next opening at or after this moment; the moment itself while the body is open.
    pub fn next_open(&self, at: Timestamp) -> Timestamp {
        if self.is_open(at) { at } else { self.at(self.counted_day(at), self.hours.opens_minute) }
    }

    /// Local days since 1970-01-01.
    pub fn is_working_day(&self, day: i64) -> bool {
        self.is_weekday(day) && self.closed.binary_search(&day).is_err()
    }

    /// The local day of a moment, in days since 1970-01-01.
    pub fn day_of(&self, at: Timestamp) -> i64 {
        self.local(at).0
    }

    /// A minute of a local day.
    pub fn at(&self, day: i64, minute: u16) -> Timestamp {
        let minutes = i64::from(minute) - i64::from(self.hours.offset_minutes);
        Timestamp(day.saturating_mul(DAY_MICROS).saturating_add(minutes * MINUTE_MICROS))
    }

    fn counted_day(&self, at: Timestamp) -> i64 {
        let (day, minute) = self.local(at);
        let closed = minute >= i64::from(self.hours.closes_minute);
        self.nth_working_day(if closed { day + 1 } else { day }, 0)
    }

    /// The days off of a week. A week without a working day would stop every clock for ever; it counts as one without
    /// a day off.
    fn weekend_days(&self) -> u8 {
        let weekend = self.hours.weekend_days & WHOLE_WEEK;
        if weekend == WHOLE_WEEK { 0 } else { weekend }
    }

    fn is_weekday(&self, day: i64) -> bool {
        // 1970-01-01 was a Thursday.
        self.weekend_days() & (1 << (day + 3).rem_euclid(WEEK_DAYS)) == 0
    }

    fn day_micros(&self) -> i64 {
        let minutes = i64::from(self.hours.closes_minute) - i64::from(self.hours.opens_minute);
        minutes.max(1) * MINUTE_MICROS
    }

    /// Working days before this one, counted from a day that is the same for all questions.
    fn working_days_before(&self, day: i64) -> i64 {
        let working = !self.weekend_days() & WHOLE_WEEK;
        let (weeks, rest) = ((day + 3).div_euclid(WEEK_DAYS), (day + 3).rem_euclid(WEEK_DAYS));
        let in_rest = working & ((1 << rest) - 1);
        let closed = self.closed.partition_point(|closed| *closed < day) as i64;
        weeks * i64::from(working.count_ones()) + i64::from(in_rest.count_ones()) - closed
    }

    /// The working day before which `n` others lie from `first` on; 0 is the first at or after `first`.
    fn nth_working_day(&self, first: i64, n: i64) -> i64 {
        let before = self.working_days_before(first) + n.max(0);
        let each_week = i64::from((!self.weekend_days() & WHOLE_WEEK).count_ones());
        let weeks = (n.max(0) + self.closed.len() as i64) / each_week + 2;
        let (mut low, mut high) = (first, first + weeks * WEEK_DAYS);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.working_days_before(middle + 1) > before { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// Working microseconds before a moment, counted from the same day as [`Calendar::working_days_before`].
    fn worked_before(&self, at: Timestamp) -> i64 {
        let local = self.local_micros(at);
        let day = local.div_euclid(DAY_MICROS);
        let length = self.day_micros();
        let since_opening = local.rem_euclid(DAY_MICROS) - i64::from(self.hours.opens_minute) * MINUTE_MICROS;
        let today = if self.is_working_day(day) { since_opening.clamp(0, length) } else { 0 };
        self.working_days_before(day).saturating_mul(length).saturating_add(today)
    }

    fn local_micros(&self, at: Timestamp) -> i64 {
        at.0.saturating_add(i64::from(self.hours.offset_minutes) * MINUTE_MICROS)
    }

    fn local(&self, at: Timestamp) -> (i64, i64) {
        let local = self.local_micros(at);
        (local.div_euclid(DAY_MICROS), local.rem_euclid(DAY_MICROS) / MINUTE_MICROS)
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4)
}
