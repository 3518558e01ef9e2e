//! VERB. A receipt comes: what the centre knows of a part is written before it hears that we have it.

use async_trait::async_trait;
use clock::{Clock, Timestamp};
use store::{Store, StoreError, Tx, Verb};

use super::table;
use crate::{Receipt, Receipts};

struct Receive {
    receipt: Receipt,
    at: Timestamp,
}

impl Verb for Receive {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::receive(tx, &self.receipt, self.at).await
    }
}

/// The book in which receipts are written.
pub struct Book {
    pub store: Store,
    pub clock: Clock,
}

#[async_trait]
impl Receipts for Book {
    async fn take(&self, receipt: Receipt) -> bool {
        let at = self.clock.now();
        match self.store.write(Receive { receipt, at }).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "a receipt could not be written; the centre will say it again");
                false
            }
        }
    }
}
