//! An attack on an account: wrong guesses at its password that raise one alert, of which its person is warned until they
//! answer. When enough warnings went unanswered, an officer may end the password; who that is, is the caller's to decide.
//!
//! Where in the world an attempt comes from is not judged: an address of a network does not say so honestly.

pub(crate) mod answer;
pub(crate) mod gather;
pub(crate) mod ladder;
pub(crate) mod page;
pub(crate) mod reset;
pub(crate) mod table;
pub(crate) mod warn;

use std::time::Duration;

use clock::Timestamp;
use uuid::Uuid;

/// Wrong guesses at one account, from all networks together, that raise the alert.
pub const GUESSES_FOR_ALERT: i64 = 5;
/// How long a wrong guess counts; slow guessing stays below the lock, but not below this.
pub const GUESSES_COUNT_FOR: Duration = Duration::from_secs(24 * 3_600);
/// Networks that an alert shows; the count is of all.
pub const SOURCES_SHOWN_MAX: i64 = 50;
/// Open alerts that follow a new ladder in one act.
pub const ATTACKS_OPEN_MAX: i64 = 10_000;

/// How far an alert has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttackState {
    Open,
    /// The person said that it was they, or changed the password.
    Answered,
    /// An officer ended the password.
    Reset,
}

impl AttackState {
    pub const ALL: [AttackState; 3] = [AttackState::Open, AttackState::Answered, AttackState::Reset];

    pub fn word(self) -> &'static str {
        match self {
            AttackState::Open => "open",
            AttackState::Answered => "answered",
            AttackState::Reset => "reset",
        }
    }

    pub fn named(word: &str) -> Option<AttackState> {
        AttackState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// The alert about the guesses at one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    pub id: Uuid,
    pub person: Uuid,
    /// The name under which the ledger knows the identifier.
    pub key: Vec<u8>,
    pub state: AttackState,
    pub guesses: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub opened_at: Timestamp,
    pub warnings: i64,
    pub warned_at: Option<Timestamp>,
    /// `mine` or `changed`; empty while nobody answered.
    pub answer: String,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<Uuid>,
    /// The case that the reset opened.
    pub matter: Option<Uuid>,
}

/// Where guesses came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttackSource {
    pub network: String,
    pub guesses: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

/// One warning by text message; how it travelled is the delivery of its notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub place: i64,
    pub notice: Uuid,
    pub phone: String,
    pub text: String,
    pub at: Timestamp,
}

/// How many warnings must go unanswered, and how long each waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ladder {
    pub warnings: i64,
    pub interval: Duration,
}

impl Default for Ladder {
    /// What the packs propose.
    fn default() -> Ladder {
        Ladder { warnings: 3, interval: Duration::from_secs(24 * 3_600) }
    }
}

impl Attack {
    /// The name by which the ledger knows it.
    pub fn ledger_subject(&self) -> String {
        format!("attack/{}", self.id)
    }

    /// When the next step comes: a warning, or that a reset is due.
    pub fn next_at(&self, ladder: Ladder) -> Timestamp {
        self.warned_at.map_or(self.opened_at, |warned| warned + ladder.interval)
    }

    /// Enough warnings went unanswered, each for the whole interval.
    pub fn is_reset_allowed(&self, ladder: Ladder, now: Timestamp) -> bool {
        self.state == AttackState::Open && self.warnings >= ladder.warnings && now >= self.next_at(ladder)
    }
}

#[cfg(test)]
mod tests {
    use clock::HOUR;

    use super::*;

    #[test]
    fn a_reset_is_due_once_the_last_warning_had_its_time_and_not_before() {
        let ladder = Ladder::default();
        let check = |state: AttackState, warnings: i64, hours: u32, due: bool| {
            let attack = Attack {
                id: Uuid::nil(),
                person: Uuid::nil(),
                key: Vec::new(),
                state,
                guesses: 5,
                first_at: Timestamp(0),
                last_at: Timestamp(0),
                opened_at: Timestamp(0),
                warnings,
                warned_at: (warnings > 0).then_some(Timestamp(0)),
                answer: String::new(),
                ended_at: None,
                ended_by: None,
                matter: None,
            };
            let now = Timestamp(0) + HOUR * hours;
            assert_eq!(attack.is_reset_allowed(ladder, now), due, "{state:?} {warnings} {hours}");
        };
        check(AttackState::Open, 0, 100, false);
        check(AttackState::Open, 2, 100, false);
        check(AttackState::Open, 3, 23, false);
        check(AttackState::Open, 3, 24, true);
        check(AttackState::Answered, 3, 24, false);
        check(AttackState::Reset, 3, 24, false);
    }
}
