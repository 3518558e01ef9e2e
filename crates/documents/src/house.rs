//! A document moves to the storage that it is bound to, and leaves the portal (LY-SVC-20.1a).

use authz::Failure;
use clock::Timestamp;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{Documents, State, table};

impl Documents {
    /// Takes the sealed bytes there, then away from here, then says so in the row. Breaking off at any step leaves a document
    /// that can be read and a move that can be done again.
    pub async fn house(&self, id: Uuid) -> Result<(), Failure> {
        let Some(document) = table::find(&self.0.store.read(), id).await? else { return Ok(()) };
        let is_home = document.place.is_empty() || document.housed_at.is_some();
        if is_home || document.state == State::Removed {
            return Ok(());
        }
        self.place(&document.place).copy_from(&self.0.objects, &document).await?;
        self.0.objects.remove(&document).await?;
        Ok(self.0.store.write(Housed { id, at: self.0.clock.now() }).await?)
    }
}

struct Housed {
    id: Uuid,
    at: Timestamp,
}

impl Verb for Housed {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::housed(tx, self.id, self.at).await
    }
}
