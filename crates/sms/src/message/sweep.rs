//! VERB. Forgets messages that nobody asks about any more.

use clock::Timestamp;
use store::{StoreError, Tx, Verb};

use super::{KEPT, table};

/// Meant for a daily job; answers how many messages went.
pub struct SweepMessages {
    pub at: Timestamp,
}

impl Verb for SweepMessages {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        table::sweep(tx, self.at - KEPT).await
    }
}
