//! A session that was followed is over: every system that it reached is told, each by a job of its own, so that one that does
//! not answer keeps no other waiting.

use std::sync::Arc;

use async_trait::async_trait;
use authz::Failure;
use clock::Timestamp;
use jobs::{JobError, Task, Work};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{farewell, table};
use crate::OpenId;

/// The worker of what `identity` orders.
pub struct TellOfEnd(pub Arc<OpenId>);

#[async_trait]
impl Work for TellOfEnd {
    fn kind(&self) -> &'static str {
        identity::SESSION_OVER
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let session = id_in(task, "session")?;
        self.0.store.write(TellAll { session, at: self.0.clock.now() }).await.map_err(JobError::of)
    }
}

/// What a payload names.
pub(super) fn id_in(task: &Task, name: &str) -> Result<Uuid, JobError> {
    let id = task.payload.get(name).and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    id.ok_or_else(|| JobError::Never(format!("the payload names no {name}")))
}

struct TellAll {
    session: Uuid,
    at: Timestamp,
}

impl Verb for TellAll {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        for visit in table::untold(tx, self.session).await? {
            farewell::order(tx, visit, self.at).await?;
        }
        Ok(())
    }
}
