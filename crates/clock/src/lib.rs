//! How time enters the system.
//!
//! Every rule that asks "when" is handed a [`Clock`], so that tests move time instead of waiting for it.
//! Absent on purpose: calendars and formats (crate `language`) and working days (crate `organisations`).

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A moment: microseconds since 1970-01-01T00:00:00Z. Stored as BIGINT on both engines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

pub const SECOND: Duration = Duration::from_secs(1);
pub const MINUTE: Duration = Duration::from_secs(60);
pub const HOUR: Duration = Duration::from_secs(3_600);
pub const DAY: Duration = Duration::from_secs(86_400);

impl Timestamp {
    pub fn micros(self) -> i64 {
        self.0
    }

    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Days since 1970-01-01 in UTC.
    pub fn day(self) -> i64 {
        self.0.div_euclid(86_400_000_000)
    }

    /// The beginning in UTC of a day that is counted since 1970-01-01.
    pub fn midnight(day: i64) -> Timestamp {
        Timestamp(day.saturating_mul(86_400_000_000))
    }

    /// Noon of a day that is counted since 1970-01-01: the same day on every clock of every country that we serve.
    pub fn noon(day: i64) -> Timestamp {
        Timestamp::midnight(day) + HOUR * 12
    }

    /// The time that has passed since `earlier`; zero when `earlier` lies ahead.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0).max(0) as u64)
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Timestamp;
    fn add(self, later: Duration) -> Timestamp {
        Timestamp(self.0.saturating_add(later.as_micros().min(i64::MAX as u128) as i64))
    }
}

impl std::ops::Sub<Duration> for Timestamp {
    type Output = Timestamp;
    fn sub(self, earlier: Duration) -> Timestamp {
        Timestamp(self.0.saturating_sub(earlier.as_micros().min(i64::MAX as u128) as i64))
    }
}

/// RFC 3339 in UTC with whole seconds: `2026-03-01T09:30:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.day());
        let second = self.seconds().rem_euclid(86_400);
        write!(
            out,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            second / 3_600,
            second / 60 % 60,
            second % 60
        )
    }
}

/// What was written is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMoment;

impl fmt::Display for NotAMoment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not a moment of the form 2026-03-01T09:30:00Z")
    }
}

impl std::error::Error for NotAMoment {}

/// Reads what [`Timestamp`] writes: `2026-03-01T09:30:00Z`. Other zones and fractions are no moments here.
impl std::str::FromStr for Timestamp {
    type Err = NotAMoment;

    fn from_str(written: &str) -> Result<Timestamp, NotAMoment> {
        let bytes = written.as_bytes();
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
        if bytes.len() != 20 || marks.iter().any(|(place, mark)| bytes[*place] != *mark) {
            return Err(NotAMoment);
        }
        let part = |range: std::ops::Range<usize>| -> Result<i64, NotAMoment> {
            let digits = bytes.get(range).filter(|digits| digits.iter().all(u8::is_ascii_digit));
            Ok(digits.ok_or(NotAMoment)?.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
        };
        let (year, month, day) = (part(0..4)?, part(5..7)? as u8, part(8..10)? as u8);
        let (hour, minute, second) = (part(11..13)?, part(14..16)?, part(17..19)?);
        let days = days_from_civil(year, month.clamp(1, 12), day);
        if civil_from_days(days) != (year, month, day) || hour > 23 || minute > 59 || second > 59 {
            return Err(NotAMoment);
        }
        Ok(Timestamp((days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000_000))
    }
}

/// The proleptic Gregorian date of a day count since 1970-01-01 (Howard Hinnant's `civil_from_days`).
pub fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
    let month = if mp < 10 { mp + 3 } else { mp - 9 } as u8;
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

/// The inverse of [`civil_from_days`].
pub fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let yoe = year.rem_euclid(400);
    let shifted = (i64::from(month) + 9) % 12;
    let doy = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Where "now" comes from. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until a test moves it.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: Timestamp) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => Timestamp(
                SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .map_or(0, |passed| passed.as_micros().min(i64::MAX as u128) as i64),
            ),
            Clock::Fixed(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock; a system clock cannot be moved and stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Clock::Fixed(at) = self {
            at.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_rfc_3339() {
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Timestamp(1_772_357_400_000_000).to_string(), "2026-03-01T09:30:00Z");
        assert_eq!(Timestamp(-1).to_string(), "1969-12-31T23:59:59Z");
        assert_eq!("2026-03-01T09:30:00Z".parse(), Ok(Timestamp(1_772_357_400_000_000)));
        for wrong in
            ["", "2026-02-30T09:30:00Z", "2026-03-01T24:30:00Z", "2026-03-01 09:30:00Z", "٢٠٢٦-٠٣-٠١"]
        {
            assert_eq!(wrong.parse::<Timestamp>(), Err(NotAMoment), "{wrong}");
        }
    }

    #[test]
    fn a_day_has_a_midnight_and_a_noon() {
        assert_eq!(Timestamp::midnight(20_513).to_string(), "2026-03-01T00:00:00Z");
        assert_eq!(Timestamp::noon(20_513).to_string(), "2026-03-01T12:00:00Z");
        assert_eq!(Timestamp::midnight(i64::MAX).micros(), i64::MAX);
    }

    #[test]
    fn dates_and_days_are_inverse() {
        for days in (-800_000..800_000).step_by(97) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = Clock::fixed(Timestamp(5));
        assert_eq!(clock.now(), Timestamp(5));
        clock.advance(SECOND);
        assert_eq!(clock.now(), Timestamp(1_000_005));
    }
}
