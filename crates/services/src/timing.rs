//! Clocks: who has held a request for how long, what is told of its end, and what happens when a time is over.
//!
//! Each move stops one clock and starts the next in its own transaction (`run`). Time counts as working time of the
//! body that holds the request; the time that an applicant needs is counted apart and never against anybody. What is
//! told comes from outcomes (`forecast`), and timers remind, escalate and act (`timer`, `fire`).

pub(crate) mod delays;
pub(crate) mod fire;
pub(crate) mod forecast;
pub(crate) mod late;
pub(crate) mod run;
pub(crate) mod table;
pub(crate) mod timer;

use std::time::Duration;

use clock::Timestamp;
use outlook::Told;
use uuid::Uuid;

use crate::process::Party;

/// Whose clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Provider,
    /// Another body, whose opinion is asked.
    Other,
    Applicant,
    /// Nobody: the request is closed.
    Nobody,
}

impl Holder {
    const ALL: [Holder; 4] = [Holder::Provider, Holder::Other, Holder::Applicant, Holder::Nobody];

    pub(crate) fn of(party: &Party) -> Holder {
        match party {
            Party::Applicant => Holder::Applicant,
            Party::Body { .. } => Holder::Other,
            Party::Provider { .. } | Party::System => Holder::Provider,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Holder::Provider => "provider",
            Holder::Other => "other",
            Holder::Applicant => "applicant",
            Holder::Nobody => "nobody",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Holder> {
        Holder::ALL.into_iter().find(|holder| holder.word() == word)
    }

    /// Whether the time counts against the promise: the state's time does, whichever of its bodies needs it.
    pub(crate) fn counts(self) -> bool {
        matches!(self, Holder::Provider | Holder::Other)
    }
}

/// The clocks of one request.
#[derive(Clone, Debug)]
pub struct Timing {
    pub request: Uuid,
    pub entry: Uuid,
    /// The providing body, in whose calendar the promise counts.
    pub body: Uuid,
    pub delivered_at: Timestamp,
    /// The working time that the directory promised.
    pub limit: Duration,
    /// What was foreseen at delivery, where outcomes said enough.
    pub told: Option<Told>,
    /// The day that the applicant was told last.
    pub expected_at: Timestamp,
    pub stage: String,
    pub holder: Holder,
    /// Since when they hold it.
    pub since: Timestamp,
    /// Working time of the provider's calendar while the provider or another body had to act.
    pub spent: Duration,
    /// Of that, with the provider; and with other bodies, by their own calendars.
    pub provider: Duration,
    pub other: Duration,
    /// Time as it passes, not working time: how long the applicant was waited for.
    pub applicant: Duration,
    /// When it last left the hands of the state.
    pub left_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Whether it was closed by what was decided.
    pub ended: bool,
    /// How long a working day of the provider was when its limits were last worked out; nothing for those from before.
    pub day: Duration,
    /// When it was found that the promise would not be kept.
    pub late_at: Option<Timestamp>,
}

impl Timing {
    /// The working time that was spent on it until `now`.
    pub fn spent_at(&self, calendar: &organisations::Calendar, now: Timestamp) -> Duration {
        match self.holder.counts() {
            true => self.spent + calendar.working_between(self.since, now),
            false => self.spent,
        }
    }
}
