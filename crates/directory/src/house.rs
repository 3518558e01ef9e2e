//! What comes with time: an account that was shut in the directory loses what it has open here (KW-RW-9.5.6). Sign-ins ask at
//! once; this is for the sessions and tokens that were opened before.

use authz::Failure;
use clock::Timestamp;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{
    Directories,
    account::Why,
    connection::{self, Connection},
    vouch::ASK_TIME_MAX,
};

/// People of one round; the rest follows in the same hour, so many at a time.
const PEOPLE_AT_ONCE: i64 = 200;

impl Directories {
    /// Safe on many nodes: what is ended twice was ended once.
    pub async fn keep_house(&self) -> Result<(), Failure> {
        for connection in connection::table::all(&self.store.read()).await? {
            self.look_again(&connection).await?;
        }
        self.ledger.wake();
        Ok(())
    }

    /// Looks up everybody of the body who has something open. Where the directory is silent, nobody loses anything.
    async fn look_again(&self, connection: &Connection) -> Result<(), Failure> {
        let mut after = Uuid::nil();
        loop {
            let (sql, at) = (self.store.read(), self.clock.now());
            let people =
                connection::table::with_something_open(&sql, connection.body, (after, PEOPLE_AT_ONCE), at)
                    .await?;
            let Some((last, _)) = people.last() else { return Ok(()) };
            after = *last;
            for (person, identifier) in people {
                match self.looked_up(connection, &identifier).await? {
                    Err(()) => return Ok(()),
                    Ok(None) => {}
                    Ok(Some(why)) => {
                        let body = connection.body;
                        self.store.write(ShutOut { person, body, why, at }).await?;
                    }
                }
            }
        }
    }

    /// Why an account is not in order, if it is not; an error where the directory did not say.
    async fn looked_up(
        &self,
        connection: &Connection,
        identifier: &str,
    ) -> Result<Result<Option<Why>, ()>, Failure> {
        let lines = self.lines(connection)?;
        let identifier = identifier.to_owned();
        let asking = tokio::spawn(async move { lines.look_up(&identifier).await });
        let accounts = match timeout(ASK_TIME_MAX, asking).await {
            Ok(Ok(Ok(accounts))) => accounts,
            _ => return Ok(Err(())),
        };
        Ok(Ok(match accounts.as_slice() {
            [] => Some(Why::Absent),
            [account] => account.fault(self.clock.now()),
            _ => Some(Why::Ambiguous),
        }))
    }
}

struct ShutOut {
    person: Uuid,
    body: Uuid,
    why: Why,
    at: Timestamp,
}

impl Verb for ShutOut {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let ended = identity::end_open(tx, self.person, self.at).await?;
        let entry = ledger::Entry {
            kind: "staff_directory.shut_out",
            subject: format!("person/{}", self.person),
            actor: None,
            controls: &["KW-RW-9.5.6"],
            body: json!({ "body": self.body, "why": self.why.word(), "sessions": ended.sessions,
                "tokens": ended.tokens }),
            at: self.at,
        };
        ledger::append(tx, entry).await.map(drop)
    }
}
