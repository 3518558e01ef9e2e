//! The directory in which a body keeps the accounts of its own staff, as far as a sign-in asks it (KW-RW-9.5.6).
//!
//! Here is the question and what follows from its answer; who answers it stands elsewhere. Nothing is kept of an answer: the
//! next sign-in asks again. What a person shows besides the password stays a matter of this crate.

use async_trait::async_trait;
use authz::{Failure, Kind, Refusal};
use uuid::Uuid;

use crate::{Identity, password::table::Known};

/// The account is not in order in the directory of the person's body.
pub(crate) const DIRECTORY_REFUSED: Refusal =
    Refusal::new(Kind::NotIdentified, "auth.directory_refused", &["KW-RW-9.5.6"]);
/// Nobody gets past a directory that does not answer.
pub(crate) const DIRECTORY_UNREACHABLE: Refusal =
    Refusal::new(Kind::Unavailable, "auth.directory_unreachable", &["KW-RW-9.5.6"]);

/// What the directories of a person's bodies say of an attempt to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectorySays {
    /// No body of this person has one: the password that is kept here counts.
    Nothing,
    /// The account is in order, and this is its password.
    Right,
    /// The account is in order, and this is not its password.
    Wrong,
    /// The account is absent, disabled, locked or expired there. `proven` when the password was right all the same.
    Refused { proven: bool },
    /// One of them did not answer. `emergency` when this person is named to get in meanwhile with the password kept here.
    Silent { emergency: bool },
}

/// Whoever asks the directories of bodies.
#[async_trait]
pub trait StaffDirectory: Send + Sync {
    /// Asks every directory of the bodies for which this person works.
    async fn asks(&self, person: Uuid, identifier: &str, password: &str) -> Result<DirectorySays, Failure>;

    /// Somebody who is named for emergencies gave the password that is kept here while a directory was silent. Who answers
    /// for security is told before anything opens.
    async fn emergency_used(&self, person: Uuid) -> Result<(), Failure>;
}

/// What becomes of the password that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    /// Right, by the password that is kept here, in an emergency.
    Emergency,
    Wrong,
    Refused,
    Silent,
}

impl DirectorySays {
    /// `kept_right`: whether the password is the one that is kept here. Only who knows a right password learns that the
    /// directory refuses the account; to anybody else it is a wrong password.
    fn verdict(self, kept_right: bool) -> Verdict {
        match (self, kept_right) {
            (DirectorySays::Nothing, true) | (DirectorySays::Right, _) => Verdict::Right,
            (DirectorySays::Nothing, false) | (DirectorySays::Wrong, _) => Verdict::Wrong,
            (DirectorySays::Refused { proven: true }, _) | (DirectorySays::Refused { .. }, true) => {
                Verdict::Refused
            }
            (DirectorySays::Refused { proven: false }, false) => Verdict::Wrong,
            (DirectorySays::Silent { emergency: true }, true) => Verdict::Emergency,
            (DirectorySays::Silent { emergency: true }, false) => Verdict::Wrong,
            (DirectorySays::Silent { emergency: false }, _) => Verdict::Silent,
        }
    }
}

impl Identity {
    /// Whether a password counts, after the directory was asked where one has to be.
    pub(crate) async fn password_counts(
        &self,
        known: &Known,
        (identifier, password): (&str, &str),
        kept_right: bool,
    ) -> Result<Verdict, Failure> {
        let says = match &self.directory {
            Some(directory) if known.staff => directory.asks(known.person, identifier, password).await?,
            _ => DirectorySays::Nothing,
        };
        let verdict = says.verdict(kept_right);
        if let (Verdict::Emergency, Some(directory)) = (verdict, &self.directory) {
            directory.emergency_used(known.person).await?;
        }
        Ok(verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_decides_and_a_stranger_learns_nothing() {
        use DirectorySays::{Nothing, Refused, Right, Silent, Wrong};
        for (says, kept_right, expected) in [
            (Nothing, true, Verdict::Right),
            (Nothing, false, Verdict::Wrong),
            (Right, true, Verdict::Right),
            (Right, false, Verdict::Right),
            (Wrong, true, Verdict::Wrong),
            (Wrong, false, Verdict::Wrong),
            (Refused { proven: true }, true, Verdict::Refused),
            (Refused { proven: true }, false, Verdict::Refused),
            (Refused { proven: false }, true, Verdict::Refused),
            (Refused { proven: false }, false, Verdict::Wrong),
            (Silent { emergency: true }, true, Verdict::Emergency),
            (Silent { emergency: true }, false, Verdict::Wrong),
            (Silent { emergency: false }, true, Verdict::Silent),
            (Silent { emergency: false }, false, Verdict::Silent),
        ] {
            assert_eq!(says.verdict(kept_right), expected, "{says:?} {kept_right}");
        }
    }
}
