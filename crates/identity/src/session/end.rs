//! Ending sessions: signing out here, ending one elsewhere, ending all.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::table;

/// Signs out: ends the session with which the person calls. Once is as good as twice.
#[derive(Clone, Debug)]
pub struct SignOut {
    pub at: Timestamp,
    pub person: Uuid,
    pub session: Uuid,
}

impl Verb for SignOut {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if table::end(tx, self.person, self.session, self.at).await? {
            note(
                tx,
                "session.signed_out",
                self.person,
                self.person,
                json!({ "session": self.session }),
                self.at,
            )
            .await?;
        }
        Ok(())
    }
}

/// Ends one session of a person. A session that is not the person's is not there.
#[derive(Clone, Debug)]
pub struct EndSession {
    pub at: Timestamp,
    pub person: Uuid,
    pub session: Uuid,
}

impl Verb for EndSession {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if !table::end(tx, self.person, self.session, self.at).await? {
            return Err(Refusal::not_found().into());
        }
        let body = json!({ "session": self.session });
        note(tx, "session.ended", self.person, self.person, body, self.at).await?;
        Ok(())
    }
}

/// Ends all sessions of a person but `keep`; answers how many. Also what follows a compromise.
#[derive(Clone, Debug)]
pub struct EndAllSessions {
    pub actor: Uuid,
    pub at: Timestamp,
    pub person: Uuid,
    pub keep: Option<Uuid>,
}

impl Verb for EndAllSessions {
    type Answer = u64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<u64, Failure> {
        let ended = table::end_all(tx, self.person, self.keep, self.at).await?;
        if ended > 0 {
            let body = json!({ "ended": ended, "kept": self.keep });
            note(tx, "session.all_ended", self.actor, self.person, body, self.at).await?;
        }
        Ok(ended)
    }
}

async fn note(
    tx: &Tx,
    kind: &'static str,
    actor: Uuid,
    person: Uuid,
    body: serde_json::Value,
    at: Timestamp,
) -> Result<(), StoreError> {
    let subject = format!("person/{person}");
    let entry = Entry { kind, subject, actor: Some(actor), controls: &["LY-SVC-8.1"], body, at };
    ledger::append(tx, entry).await.map(drop)
}
