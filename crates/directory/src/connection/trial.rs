//! Trying a connection: one stage after the other, with the account of whoever tries, until something does not work.

use std::time::Duration;

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use store::{StoreError, Tx, Verb};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Connection, set::SetConnection, table, wish::ConnectionWish};
use crate::{
    Directories,
    account::Why,
    line::{Fault, Line, Stage},
};

/// How long a trial may take in all.
const TRIAL_TIME_MAX: Duration = Duration::from_secs(12);

/// Keeps what a directory last answered, for whoever looks after it.
pub(crate) struct NoteHealth {
    pub body: Uuid,
    /// Nothing when it answered.
    pub fault: Option<Fault>,
    pub at: clock::Timestamp,
}

impl Verb for NoteHealth {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        match &self.fault {
            Some(fault) => table::failed(tx, self.body, (fault.word, &fault.said), self.at).await,
            None => table::answered(tx, self.body, self.at).await,
        }
    }
}

impl Directories {
    /// Puts a directory in force, or says what did not work; then nothing is changed.
    pub(crate) async fn set_connection(
        &self,
        actor: &Actor,
        body: Uuid,
        wish: &ConnectionWish,
    ) -> Result<Option<Fault>, Failure> {
        let acting = self.acting(actor);
        let setting = async {
            acting.check("set", body, None)?;
            let kept = table::find(&self.store.read(), body).await?;
            let by = (actor.person, self.clock.now());
            let connection = wish.checked(body, kept.as_ref(), &self.key, by)?;
            match self.tried(actor, &connection).await? {
                Some(fault) => Ok(Some(fault)),
                None => {
                    self.store.write(SetConnection { acting: acting.clone(), connection }).await?;
                    Ok(None)
                }
            }
        };
        let outcome: Result<Option<Fault>, Failure> = setting.await;
        let told = match &outcome {
            Ok(Some(fault)) => Err(Failure::from(fault.refusal())),
            Ok(None) => Ok(()),
            Err(failure) => failure.refusal().map_or(Ok(()), |no| Err(no.clone().into())),
        };
        // What went wrong is told on the page; here it is kept.
        drop(self.noted(actor, &super::subject_of(body), told).await);
        self.ledger.wake();
        outcome
    }

    /// Tries the connection that is in force, and keeps what it answered.
    pub(crate) async fn try_connection(&self, actor: &Actor, body: Uuid) -> Result<Option<Fault>, Failure> {
        self.acting(actor).check("see", body, None)?;
        let kept = table::find(&self.store.read(), body).await?.ok_or_else(Refusal::not_found)?;
        let fault = self.tried(actor, &kept).await?;
        // That the account of whoever tries is not in order is no fault of the directory.
        let noted = fault.clone().filter(|fault| fault.stage != Stage::Account);
        self.store.write(NoteHealth { body, fault: noted, at: self.clock.now() }).await?;
        Ok(fault)
    }

    async fn tried(&self, actor: &Actor, connection: &Connection) -> Result<Option<Fault>, Failure> {
        let person = identity::person(&self.store.read(), actor.person).await?;
        let person = person.ok_or_else(Refusal::not_found)?;
        let (target, reach) = (connection.target(&self.key)?, self.reach.clone());
        let now = self.clock.now();
        let trying = tokio::spawn(async move {
            let mut line = Line::open_as_reader(&target, &reach).await?;
            let found = line.find(&target, &person.identifier).await?;
            let [account] = found.as_slice() else {
                let why = if found.is_empty() { Why::Absent } else { Why::Ambiguous };
                return Err(Fault::new(Stage::Account, why.word(), ""));
            };
            if !account.values(&target.attribute).any(|it| it == person.identifier) {
                return Err(Fault::new(Stage::Account, "other_number", &target.attribute));
            }
            match account.fault(now) {
                Some(why) => Err(Fault::new(Stage::Account, why.word(), "")),
                None => Ok(()),
            }
        });
        let slow = || Fault::new(Stage::Search, "slow", "");
        let Ok(tried) = timeout(TRIAL_TIME_MAX, trying).await else { return Ok(Some(slow())) };
        // What the other side sends may be no LDAP at all; then the reading of it ends, and nothing else.
        let tried = tried.unwrap_or_else(|_| Err(Fault::new(Stage::Search, "broken", "")));
        Ok(tried.err())
    }
}
