//! VERB. An upload ends before it is whole: its sender gives it up, what arrived is refused, or nobody went on with it.

use authz::{Actor, Failure, Refusal};
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::Services;

/// Uploads that one run ends in one commit.
const EXPIRED_AT_ONCE_MAX: i64 = 100;

struct End {
    person: Uuid,
    id: Uuid,
}

impl Verb for End {
    type Answer = Vec<Uuid>;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Uuid>, Failure> {
        if !table::remove(tx, self.person, self.id).await? {
            return Err(Refusal::not_found().into());
        }
        Ok(table::take_parts(tx, self.id).await?)
    }
}

struct Expire(Timestamp);

impl Verb for Expire {
    /// How many ended, and the parts that they leave behind.
    type Answer = (usize, Vec<Uuid>);
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(usize, Vec<Uuid>), Failure> {
        let ended = table::expire(tx, self.0, EXPIRED_AT_ONCE_MAX).await?;
        let mut parts = Vec::new();
        for id in &ended {
            parts.extend(table::take_parts(tx, *id).await?);
        }
        Ok((ended.len(), parts))
    }
}

impl Services {
    pub(crate) async fn end_upload(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        let parts = self.store.write(End { person: actor.person, id }).await?;
        self.forget_parts(&parts).await;
        Ok(())
    }

    /// Removes the uploads whose time is over, with what arrived of them; answers how many. Safe on many nodes at once.
    pub async fn expire_uploads(&self) -> Result<usize, Failure> {
        let mut all = 0;
        loop {
            let (ended, parts) = self.store.write(Expire(self.clock.now())).await?;
            self.forget_parts(&parts).await;
            all += ended;
            if (ended as i64) < EXPIRED_AT_ONCE_MAX {
                return Ok(all);
            }
        }
    }

    /// Nothing refers to these bytes any more. What cannot be removed now goes with the sweep of documents.
    pub(super) async fn forget_parts(&self, parts: &[Uuid]) {
        for part in parts {
            if let Err(failure) = self.documents.remove_part(*part).await {
                tracing::warn!(%failure, part.id = %part, "a part of an upload stays for now");
            }
        }
    }
}
