//! The verbs of a worker. What ended and what is taken next share one transaction: one durable commit a turn,
//! however many jobs it moves.

use std::sync::Arc;

use clock::Timestamp;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{
    job::{Outcome, Task},
    table,
};

/// An attempt that ended and is not written down yet.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    pub(crate) id: Uuid,
    pub(crate) outcome: Outcome,
}

/// Writes down what ended and takes up to `take_max` due jobs.
pub(crate) struct Turn {
    pub(crate) holder: Uuid,
    pub(crate) ended: Arc<Vec<Ended>>,
    pub(crate) kinds: Arc<Vec<&'static str>>,
    pub(crate) take_max: usize,
    pub(crate) now: Timestamp,
    pub(crate) until: Timestamp,
}

impl Verb for Turn {
    type Answer = Vec<Task>;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Task>, StoreError> {
        let done: Vec<Uuid> =
            self.ended.iter().filter(|ended| ended.outcome == Outcome::Done).map(|ended| ended.id).collect();
        table::delete(tx, self.holder, &done, self.now).await?;
        for ended in self.ended.iter() {
            match &ended.outcome {
                Outcome::Done => {}
                Outcome::Again { at, reason } => {
                    table::postpone(tx, self.holder, ended.id, *at, reason).await?;
                }
                Outcome::Dead { reason } => table::bury(tx, self.holder, ended.id, self.now, reason).await?,
            }
        }
        if self.take_max == 0 {
            return Ok(Vec::new());
        }
        table::claim(tx, &self.kinds, self.holder, self.now, self.until, self.take_max).await
    }
}

/// The heartbeat: prolongs the leases and answers which are still held.
pub(crate) struct Prolong {
    pub(crate) holder: Uuid,
    pub(crate) ids: Vec<Uuid>,
    pub(crate) until: Timestamp,
}

impl Verb for Prolong {
    type Answer = Vec<Uuid>;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Uuid>, StoreError> {
        table::prolong(tx, self.holder, &self.ids, self.until).await
    }
}

/// Gives everything back.
pub(crate) struct Release {
    pub(crate) holder: Uuid,
    pub(crate) now: Timestamp,
}

impl Verb for Release {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        table::release(tx, self.holder, self.now).await
    }
}
