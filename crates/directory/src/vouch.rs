//! The answer to a sign-in: every directory of the bodies for which a person works is asked, each time anew. None of them may
//! refuse the account, and the password of one has to be right.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use authz::Failure;
use clock::{MINUTE, Timestamp};
use identity::{DirectorySays, StaffDirectory};
use serde_json::json;
use store::{StoreError, Tx, Verb};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{
    Directories,
    account::{Account, Bound, Why},
    connection::{self, Connection, trial::NoteHealth},
    emergency::{self, used::UseEmergency},
    line::{Fault, Stage, pool::Lines},
};

/// How long a sign-in waits for one directory in all.
pub(crate) const ASK_TIME_MAX: Duration = Duration::from_secs(8);
/// That a directory answers is written at most this often.
const ANSWERED_EVERY: Duration = MINUTE;

/// What one directory says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opinion {
    Right,
    Wrong,
    Refused { why: Why, proven: bool },
    Silent,
}

/// What one of them says of an account and a password.
fn opinion(accounts: &[Account], bound: Option<Bound>, now: Timestamp) -> Opinion {
    let refused = |why: Why, proven: bool| Opinion::Refused { why, proven };
    let (account, bound) = match (accounts, bound) {
        ([], _) => return refused(Why::Absent, false),
        ([account], Some(bound)) => (account, bound),
        _ => return refused(Why::Ambiguous, false),
    };
    match (account.fault(now), bound) {
        (Some(why), bound) => {
            let proven = matches!(bound, Bound::Right | Bound::Refused { proven: true, .. });
            refused(why, proven)
        }
        (None, Bound::Right) => Opinion::Right,
        (None, Bound::Refused { why, proven }) => refused(why, proven),
        (None, Bound::Wrong) if account.was_locked() => refused(Why::Locked, false),
        (None, Bound::Wrong | Bound::Unclear) => Opinion::Wrong,
    }
}

/// What they say together. Whether somebody named for emergencies calls is not theirs to know.
fn together(opinions: &[Opinion]) -> DirectorySays {
    let any = |wanted: fn(&Opinion) -> bool| opinions.iter().any(wanted);
    let is_right = any(|it| matches!(it, Opinion::Right));
    match () {
        () if opinions.is_empty() => DirectorySays::Nothing,
        () if any(|it| matches!(it, Opinion::Refused { .. })) => {
            let proven = is_right || any(|it| matches!(it, Opinion::Refused { proven: true, .. }));
            DirectorySays::Refused { proven }
        }
        () if any(|it| matches!(it, Opinion::Silent)) => DirectorySays::Silent { emergency: false },
        () if is_right => DirectorySays::Right,
        () => DirectorySays::Wrong,
    }
}

#[async_trait]
impl StaffDirectory for Directories {
    async fn asks(&self, person: Uuid, identifier: &str, password: &str) -> Result<DirectorySays, Failure> {
        let now = self.clock.now();
        let mut opinions = Vec::new();
        for connection in connection::table::of_person(&self.store.read(), person, now).await? {
            let said = self.ask(&connection, identifier, password).await?;
            if let Opinion::Refused { why, .. } = said {
                let body = connection.body;
                self.store.write(NoteRefused { person, body, why, at: now }).await?;
                self.ledger.wake();
            }
            opinions.push(said);
        }
        match together(&opinions) {
            DirectorySays::Silent { .. } => {
                let emergency = emergency::table::is_named(&self.store.read(), person, now).await?;
                Ok(DirectorySays::Silent { emergency })
            }
            clear => Ok(clear),
        }
    }

    async fn emergency_used(&self, person: Uuid) -> Result<(), Failure> {
        let used = self.store.write(UseEmergency { person, at: self.clock.now() }).await;
        self.ledger.wake();
        used
    }
}

impl Directories {
    /// The lines to a directory as it is set up at the moment.
    pub(crate) fn lines(&self, connection: &Connection) -> Result<Arc<Lines>, Failure> {
        let revision = (connection.body, connection.set_at.0);
        self.pool.lines(revision, &self.reach, || connection.target(&self.key))
    }

    async fn ask(
        &self,
        connection: &Connection,
        identifier: &str,
        password: &str,
    ) -> Result<Opinion, Failure> {
        let lines = self.lines(connection)?;
        let (identifier, password) = (identifier.to_owned(), password.to_owned());
        let asking = tokio::spawn(async move { lines.ask(&identifier, &password).await });
        let fault = |word| Err(Fault::new(Stage::Search, word, ""));
        let asked = match timeout(ASK_TIME_MAX, asking).await {
            Ok(ended) => ended.unwrap_or_else(|_| fault("broken")),
            Err(_) => fault("slow"),
        };
        self.note_health(connection.body, asked.as_ref().err()).await?;
        let now = self.clock.now();
        Ok(asked.map_or(Opinion::Silent, |(accounts, bound)| opinion(&accounts, bound, now)))
    }

    async fn note_health(&self, body: Uuid, fault: Option<&Fault>) -> Result<(), Failure> {
        let at = self.clock.now();
        let health = connection::table::health(&self.store.read(), body).await?.unwrap_or_default();
        let is_known = !health.fails() && health.answered_at.is_some_and(|last| at < last + ANSWERED_EVERY);
        if fault.is_some() || !is_known {
            self.store.write(NoteHealth { body, fault: fault.cloned(), at }).await?;
        }
        Ok(())
    }
}

/// That a directory refused an account stands in the ledger with the reason; the person is told no more than that.
struct NoteRefused {
    person: Uuid,
    body: Uuid,
    why: Why,
    at: Timestamp,
}

impl Verb for NoteRefused {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let entry = ledger::Entry {
            kind: "staff_directory.refused",
            subject: format!("person/{}", self.person),
            actor: None,
            controls: &["KW-RW-9.5.6"],
            body: json!({ "body": self.body, "why": self.why.word() }),
            at: self.at,
        };
        ledger::append(tx, entry).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_must_be_there_once_and_in_order() {
        let account = |attributes: &[(&str, &str)]| {
            let pairs =
                attributes.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]));
            Account { dn: "uid=x".into(), attributes: pairs.collect() }
        };
        let (good, shut) = (account(&[]), account(&[("userAccountControl", "514")]));
        let was_locked = account(&[("pwdAccountLockedTime", "20260101101010Z")]);
        let refused = |why, proven| Opinion::Refused { why, proven };
        let by_bind = Bound::Refused { why: Why::Expired, proven: true };
        for (accounts, bound, expected) in [
            (vec![], None, refused(Why::Absent, false)),
            (vec![good.clone(), good.clone()], None, refused(Why::Ambiguous, false)),
            (vec![good.clone()], None, refused(Why::Ambiguous, false)),
            (vec![good.clone()], Some(Bound::Right), Opinion::Right),
            (vec![good.clone()], Some(Bound::Wrong), Opinion::Wrong),
            (vec![good], Some(by_bind), refused(Why::Expired, true)),
            (vec![shut.clone()], Some(Bound::Right), refused(Why::Disabled, true)),
            (vec![shut.clone()], Some(by_bind), refused(Why::Disabled, true)),
            (vec![shut], Some(Bound::Wrong), refused(Why::Disabled, false)),
            (vec![was_locked.clone()], Some(Bound::Right), Opinion::Right),
            (vec![was_locked], Some(Bound::Wrong), refused(Why::Locked, false)),
        ] {
            assert_eq!(opinion(&accounts, bound, Timestamp(0)), expected, "{accounts:?} {bound:?}");
        }
    }

    #[test]
    fn no_directory_of_a_person_may_refuse() {
        use Opinion::{Right, Silent, Wrong};
        let refused = Opinion::Refused { why: Why::Disabled, proven: false };
        for (opinions, expected) in [
            (&[][..], DirectorySays::Nothing),
            (&[Right], DirectorySays::Right),
            (&[Wrong], DirectorySays::Wrong),
            (&[Wrong, Right], DirectorySays::Right),
            (&[Right, Silent], DirectorySays::Silent { emergency: false }),
            (&[Silent, refused], DirectorySays::Refused { proven: false }),
            (&[Right, refused], DirectorySays::Refused { proven: true }),
        ] {
            assert_eq!(together(opinions), expected, "{opinions:?}");
        }
    }
}
