//! JOB. What should not be there any more goes: remains of uploads that were cut off, and documents whose time
//! has passed. Safe to run twice and on many nodes at once; a step that failed is taken up by the next run.

use authz::Failure;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{Document, Documents, table};

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Bytes without a row that were removed.
    pub orphans: u64,
    /// Documents that were moved to their place after the fact.
    pub settled: u64,
    /// Documents that reached the storage that they are bound to after the fact.
    pub housed: u64,
    /// Documents that were removed because their retention ended.
    pub removed: u64,
    /// Objects that the store would not move or remove; the next sweep tries again.
    pub failed: u64,
}

impl Documents {
    pub async fn sweep(&self) -> Result<Swept, Failure> {
        let mut swept = Swept::default();
        self.sweep_incoming(&mut swept).await?;
        self.sweep_parts(&mut swept).await?;
        self.sweep_homeless(&mut swept).await?;
        self.sweep_retention(&mut swept).await?;
        Ok(swept)
    }

    async fn sweep_incoming(&self, swept: &mut Swept) -> Result<(), Failure> {
        let before = self.0.clock.now() - self.0.config.orphan_age_min;
        swept.orphans += self.0.objects.remove_half_written(before).await?;
        for id in self.0.objects.incoming_before(before).await? {
            let row = table::find(&self.0.store.read(), id).await?;
            let (outcome, count) = match &row {
                Some(document) => (self.0.objects.settle(document).await, &mut swept.settled),
                None => (self.0.objects.remove_incoming(id).await, &mut swept.orphans),
            };
            match outcome {
                Ok(()) => *count += 1,
                Err(error) => {
                    tracing::warn!(%error, document.id = %id, "an incoming object stays");
                    swept.failed += 1;
                }
            }
        }
        Ok(())
    }

    /// Parts that nobody removed: a process died between a row and its bytes.
    async fn sweep_parts(&self, swept: &mut Swept) -> Result<(), Failure> {
        let before = self.0.clock.now() - self.0.config.part_age_max;
        for id in self.0.objects.parts_before(before).await? {
            match self.0.objects.remove_part(id).await {
                Ok(()) => swept.orphans += 1,
                Err(error) => {
                    tracing::warn!(%error, part.id = %id, "a part of an upload stays for now");
                    swept.failed += 1;
                }
            }
        }
        Ok(())
    }

    /// What is bound to a provider and never left the portal: its job was given up, or the storage was away too long.
    async fn sweep_homeless(&self, swept: &mut Swept) -> Result<(), Failure> {
        let limit = self.0.config.sweep_documents_max;
        for document in table::on_their_way(&self.0.store.read(), limit).await? {
            match self.house(document.id).await {
                Ok(()) => swept.housed += 1,
                Err(error) => {
                    tracing::warn!(%error, document.id = %document.id, "a document waits for its storage");
                    swept.failed += 1;
                }
            }
        }
        Ok(())
    }

    /// First the row says that the document is gone, then the bytes go, then the row is closed. In this order
    /// nobody is ever offered a document whose bytes are missing.
    async fn sweep_retention(&self, swept: &mut Swept) -> Result<(), Failure> {
        let limit = self.0.config.sweep_documents_max;
        self.0.store.write(Expire { now: self.0.clock.now().micros(), limit }).await?;
        for document in table::removing(&self.0.store.read(), limit).await? {
            match self.remove_bytes(&document).await {
                Ok(()) => {
                    swept.removed += self.0.store.write(Close { id: document.id }).await?;
                }
                Err(error) => {
                    tracing::warn!(%error, document.id = %document.id, "an expired document stays for now");
                    swept.failed += 1;
                }
            }
        }
        Ok(())
    }
}

impl Documents {
    async fn remove_bytes(&self, document: &Document) -> object_store::Result<()> {
        if !document.place.is_empty() {
            self.place(&document.place).remove(document).await?;
        }
        self.0.objects.remove(document).await
    }
}

struct Expire {
    now: i64,
    limit: u64,
}

impl Verb for Expire {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        for (id, owner) in table::expire(tx, self.now, self.limit).await? {
            tracing::info!(document.id = %id, "the retention of a document ended");
            table::count_one_less(tx, owner).await?;
        }
        Ok(())
    }
}

struct Close {
    id: Uuid,
}

impl Verb for Close {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        table::close(tx, self.id).await
    }
}
