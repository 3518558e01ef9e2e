//! When a body works, and when what was promised in working days is due.
//!
//! Pure: the rows are read by `table.rs`, the arithmetic is here. Days are local days at a fixed offset from
//! UTC; zones that change their clocks twice a year are absent on purpose, as no state served here does so.

pub(crate) mod holiday;
pub(crate) mod hours;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use clock::Timestamp;

/// Days that are searched for the next working day; a calendar without one is answered in calendar days.
const DAYS_SEARCHED_MAX: i64 = 400;
const DAY_MINUTES: i64 = 24 * 60;
const MINUTE_MICROS: i64 = 60_000_000;
const DAY_MICROS: i64 = DAY_MINUTES * MINUTE_MICROS;

/// The weekly rhythm of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub hours: Hours,
    /// Local days since 1970-01-01 on which the body is closed.
    pub holidays: BTreeSet<i64>,
}

impl Calendar {
    /// The end of the working day that lies `working_days` working days after the one on which `from` counts.
    ///
    /// What arrives after closing, at a weekend or on a holiday counts as having arrived on the next working
    /// day. Zero working days mean the end of that same day.
    pub fn due(&self, from: Timestamp, working_days: u32) -> Timestamp {
        let mut day = self.counted_day(from);
        for _ in 0..working_days {
            day = self.working_day_from(day + 1);
        }
        self.at(day, self.hours.closes_minute)
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
        let weekday = (day + 3).rem_euclid(7);
        self.hours.weekend_days & (1 << weekday) == 0 && !self.holidays.contains(&day)
    }

    /// The local day of a moment, in days since 1970-01-01.
    pub fn day_of(&self, at: Timestamp) -> i64 {
        self.local(at).0
    }

    fn counted_day(&self, at: Timestamp) -> i64 {
        let (day, minute) = self.local(at);
        let closed = minute >= i64::from(self.hours.closes_minute);
        self.working_day_from(if closed { day + 1 } else { day })
    }

    fn working_day_from(&self, day: i64) -> i64 {
        (day..day + DAYS_SEARCHED_MAX).find(|day| self.is_working_day(*day)).unwrap_or(day)
    }

    fn local(&self, at: Timestamp) -> (i64, i64) {
        let local = at.0.saturating_add(i64::from(self.hours.offset_minutes) * MINUTE_MICROS);
        (local.div_euclid(DAY_MICROS), local.rem_euclid(DAY_MICROS) / MINUTE_MICROS)
    }

    fn at(&self, day: i64, minute: u16) -> Timestamp {
        let minutes = i64::from(minute) - i64::from(self.hours.offset_minutes);
        Timestamp(day.saturating_mul(DAY_MICROS).saturating_add(minutes * MINUTE_MICROS))
    }
}
