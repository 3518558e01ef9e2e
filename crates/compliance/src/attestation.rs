//! An attestation: what no software can see, a person confirms for a body, again and again. Each control of that kind that
//! binds a body has somebody who confirms, a cadence, the last confirmation with its words, and a day by which the next is due.

pub(crate) mod api;
pub(crate) mod confirm;
pub(crate) mod document;
pub(crate) mod list;
pub(crate) mod name;
pub(crate) mod open;
pub(crate) mod page;
pub(crate) mod remind;
pub(crate) mod table;

use std::time::Duration;

use authz::Failure;
use clock::{DAY, Timestamp};
use store::Sql;
use uuid::Uuid;

use crate::{Control, Packs, authority::About, requirement};

/// How long a body has for its first confirmation, and after one that says that the duty does not hold.
pub(crate) const FIRST_DAYS: u32 = 28;
/// From how long before its day on a confirmation is asked for.
pub(crate) const ASKED_DAYS: u32 = 14;
/// Where neither the control nor its document says how often.
const CADENCE_DEFAULT: Duration = Duration::from_secs(180 * 86_400);
/// The parameter that says how often, where the control has none of its own.
const CADENCE: &str = "attestation.cadence";

#[derive(Clone, Debug)]
pub(crate) struct Attestation {
    pub control: String,
    pub body: Uuid,
    /// Nobody named: whoever leads the body.
    pub person: Option<Uuid>,
    pub confirmed_at: Option<Timestamp>,
    /// What the last confirmation said; nothing before the first.
    pub outcome: Option<Outcome>,
    pub due_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Holds,
    /// The person says that the duty does not hold: a finding is opened.
    Fails,
}

impl Outcome {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Outcome::Holds => "holds",
            Outcome::Fails => "fails",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Outcome> {
        [Outcome::Holds, Outcome::Fails].into_iter().find(|outcome| outcome.word() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Confirmed,
    /// Its day is near, or it was never confirmed.
    Due,
    Overdue,
    /// The last confirmation said that it does not hold.
    Failed,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Confirmed => "confirmed",
            Standing::Due => "due",
            Standing::Overdue => "overdue",
            Standing::Failed => "failed",
        }
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::Confirmed => "done",
            Standing::Due => "needs-you",
            Standing::Overdue | Standing::Failed => "refused",
        }
    }
}

impl Attestation {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.outcome {
            _ if self.due_at < now => Standing::Overdue,
            Some(Outcome::Fails) => Standing::Failed,
            None => Standing::Due,
            Some(Outcome::Holds) if self.due_at < now + DAY * ASKED_DAYS => Standing::Due,
            Some(Outcome::Holds) => Standing::Confirmed,
        }
    }

    pub(crate) fn about(&self) -> About {
        About { owner: self.person, ..About::default() }
    }
}

/// One confirmation, kept for good.
#[derive(Clone, Debug)]
pub(crate) struct Confirmation {
    pub id: Uuid,
    pub control: String,
    pub body: Uuid,
    pub person: Uuid,
    pub outcome: Outcome,
    pub words: String,
    pub document: Option<Uuid>,
    pub file_name: String,
    pub at: Timestamp,
    /// Until when it holds.
    pub due_at: Timestamp,
}

/// The number that says how often a control is confirmed: its own, or that of all documents in force.
fn cadence_of(control: &Control) -> &str {
    let own = control.parameters.iter().find(|id| id.ends_with(".cadence"));
    own.map_or(CADENCE, String::as_str)
}

/// How often a body confirms a control, more often where it is required to.
pub(crate) async fn cadence(
    sql: &impl Sql,
    packs: &Packs,
    control: &Control,
    body: Uuid,
    at: Timestamp,
) -> Result<Duration, Failure> {
    let resolved = requirement::effective(sql, packs, body, cadence_of(control), at).await?;
    Ok(resolved.and_then(|it| it.value.duration()).unwrap_or(CADENCE_DEFAULT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attestation_comes_due_before_its_day_and_is_overdue_after_it() {
        let check = |outcome: Option<Outcome>, days: i64, expected: Standing| {
            let now = Timestamp(0) + DAY * 1000;
            let micros = i64::try_from(DAY.as_micros()).expect("a day");
            let held = Attestation {
                control: String::new(),
                body: Uuid::nil(),
                person: None,
                confirmed_at: None,
                outcome,
                due_at: Timestamp(now.0 + days * micros),
            };
            assert_eq!(held.standing(now), expected, "{outcome:?} in {days} days");
        };
        check(None, 28, Standing::Due);
        check(None, -1, Standing::Overdue);
        check(Some(Outcome::Holds), 15, Standing::Confirmed);
        check(Some(Outcome::Holds), 13, Standing::Due);
        check(Some(Outcome::Holds), -1, Standing::Overdue);
        check(Some(Outcome::Fails), 20, Standing::Failed);
    }

    #[test]
    fn the_cadence_comes_from_the_regulation() {
        let packs = crate::packs::shared();
        let days = |id: &str| {
            let parameter = packs.parameter(cadence_of(packs.control(id)?))?;
            parameter.value.duration().map(|cadence| cadence.as_secs() / DAY.as_secs())
        };
        assert_eq!(days("LY-SVC-21.1"), Some(180));
        assert_eq!(days("OM-SOC-R.2"), Some(720));
    }
}
