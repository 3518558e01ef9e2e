//! VERB. Somebody is named no longer.

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{name::record, table};
use crate::authority::Acting;

pub(crate) struct WithdrawEmergency {
    pub acting: Acting,
    pub emergency: Uuid,
}

impl Verb for WithdrawEmergency {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let held = table::find(tx, self.emergency).await?.ok_or_else(Refusal::not_found)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        self.acting.check("withdraw", held.body, None)?;
        // Ended twice, or over already, it stays as it is.
        if table::end(tx, held.id, by, at).await? {
            record(tx, "staff_directory.emergency_withdrawn", &held, Some(by), at).await?;
        }
        Ok(())
    }
}
