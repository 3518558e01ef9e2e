//! How a person wants to be told: at once, once a day, or in the inbox alone; and when not to be disturbed.
//!
//! Pure but for `table`: which way a notice takes is decided here, at the moment at which it is sent.

pub(crate) mod choose;
pub(crate) mod page;
pub(crate) mod table;

use std::collections::BTreeMap;

use clock::{DAY, HOUR, Timestamp};
use language::Offset;
use serde::{Deserialize, Serialize};

use crate::notice::Handling;

/// Where the office's clocks stand, when the person has not said where hers do.
pub(crate) const OFFSET_MINUTES_DEFAULT: i16 = 120;
/// Nothing that can wait is sent between these hours unless the person chose others.
const QUIET_HOURS_DEFAULT: Quiet = Quiet { from: 22, until: 7 };
/// When the letter of the day goes unless the person chose another hour.
const DIGEST_HOUR_DEFAULT: u8 = 8;
const HOURS_IN_DAY: u8 = 24;

/// How e-mail of one kind group comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    AtOnce,
    /// In one letter a day.
    Daily,
    /// In the inbox alone.
    Off,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::AtOnce, Mode::Daily, Mode::Off];

    pub fn code(self) -> &'static str {
        match self {
            Mode::AtOnce => "at_once",
            Mode::Daily => "daily",
            Mode::Off => "off",
        }
    }

    pub fn named(code: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// Hours of the person's clock in which nothing comes that can wait; they may span midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub from: u8,
    pub until: u8,
}

/// Everything that a person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Kind groups that are not at their default.
    pub modes: BTreeMap<String, Mode>,
    pub offset: Offset,
    pub quiet: Option<Quiet>,
    pub digest_hour: u8,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice {
            modes: BTreeMap::new(),
            offset: Offset { minutes: OFFSET_MINUTES_DEFAULT },
            quiet: Some(QUIET_HOURS_DEFAULT),
            digest_hour: DIGEST_HOUR_DEFAULT,
        }
    }
}

/// The way that one e-mail takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Now,
    /// When the quiet hours are over.
    At(Timestamp),
    /// With the letter of the day.
    Digest(Timestamp),
    /// Not at all: the person reads it in the inbox.
    Off,
}

impl Choice {
    pub fn mode(&self, topic: &str) -> Mode {
        self.modes.get(topic).copied().unwrap_or_default()
    }

    pub(crate) fn way(&self, handling: &Handling, now: Timestamp) -> Way {
        let mode = if handling.required { Mode::AtOnce } else { self.mode(&handling.topic) };
        match mode {
            Mode::Off => Way::Off,
            Mode::Daily => Way::Digest(self.next(self.digest_hour, now)),
            Mode::AtOnce if handling.urgent || !self.is_quiet(now) => Way::Now,
            Mode::AtOnce => self.quiet.map_or(Way::Now, |quiet| Way::At(self.next(quiet.until, now))),
        }
    }

    fn is_quiet(&self, now: Timestamp) -> bool {
        let hour = (self.offset.local(now).seconds().rem_euclid(86_400) / 3_600) as u8;
        match self.quiet {
            Some(Quiet { from, until }) if from <= until => (from..until).contains(&hour),
            Some(Quiet { from, until }) => hour >= from || hour < until,
            None => false,
        }
    }

    /// The next moment at which the person's clock shows this full hour.
    fn next(&self, hour: u8, now: Timestamp) -> Timestamp {
        let local = self.offset.local(now);
        let midnight = Timestamp::midnight(local.day());
        let today = midnight + HOUR * u32::from(hour % HOURS_IN_DAY);
        let next = if today > local { today } else { today + DAY };
        Timestamp(next.0 - (local.0 - now.0))
    }
}

#[cfg(test)]
mod tests {
    use clock::days_from_civil;

    use super::*;

    /// A time of 1 March 2026 on clocks in Tripoli, two hours east of UTC.
    fn at(hour: i64, minute: i64) -> Timestamp {
        Timestamp(((days_from_civil(2026, 3, 1) * 24 + hour - 2) * 60 + minute) * 60_000_000)
    }

    fn said(way: Way) -> String {
        match way {
            Way::Now => "now".into(),
            Way::At(moment) => format!("at {moment}"),
            Way::Digest(moment) => format!("digest {moment}"),
            Way::Off => "off".into(),
        }
    }

    fn check(mode: Mode, (urgent, required): (bool, bool), now: Timestamp, expected: &str) {
        let mut choice = Choice::default();
        choice.modes.insert("requests".into(), mode);
        let handling = Handling { topic: "requests".into(), urgent, required, asks: false };
        assert_eq!(said(choice.way(&handling, now)), expected, "{mode:?} {handling:?} {now}");
    }

    #[test]
    fn each_notice_takes_the_way_that_the_person_chose() {
        let (ordinary, urgent, required) = ((false, false), (true, false), (true, true));
        check(Mode::AtOnce, ordinary, at(12, 0), "now");
        check(Mode::AtOnce, ordinary, at(21, 59), "now");
        check(Mode::AtOnce, ordinary, at(22, 0), "at 2026-03-02T05:00:00Z");
        check(Mode::AtOnce, ordinary, at(3, 30), "at 2026-03-01T05:00:00Z");
        check(Mode::AtOnce, ordinary, at(6, 59), "at 2026-03-01T05:00:00Z");
        check(Mode::AtOnce, ordinary, at(7, 0), "now");
        check(Mode::AtOnce, urgent, at(3, 30), "now");
        check(Mode::Daily, ordinary, at(7, 59), "digest 2026-03-01T06:00:00Z");
        check(Mode::Daily, ordinary, at(8, 0), "digest 2026-03-02T06:00:00Z");
        check(Mode::Daily, urgent, at(12, 0), "digest 2026-03-02T06:00:00Z");
        check(Mode::Off, ordinary, at(12, 0), "off");
        check(Mode::Off, required, at(12, 0), "now");
        check(Mode::Daily, required, at(3, 0), "now");
        // Required, but nothing that cannot wait until the morning.
        check(Mode::Off, (false, true), at(3, 0), "at 2026-03-01T05:00:00Z");
    }

    #[test]
    fn quiet_hours_may_lie_within_a_day_or_be_none() {
        let handling = Handling { topic: "requests".into(), urgent: false, required: false, asks: false };
        let noon = Choice { quiet: Some(Quiet { from: 12, until: 14 }), ..Choice::default() };
        assert_eq!(said(noon.way(&handling, at(13, 0))), "at 2026-03-01T12:00:00Z");
        assert_eq!(noon.way(&handling, at(14, 0)), Way::Now);
        let never = Choice { quiet: None, ..Choice::default() };
        assert_eq!(never.way(&handling, at(3, 0)), Way::Now);
        let far = Choice { offset: Offset { minutes: -300 }, ..Choice::default() };
        assert_eq!(said(far.way(&handling, at(9, 0))), "at 2026-03-01T12:00:00Z", "it is two at night there");
    }
}
