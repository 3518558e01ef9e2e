//! A code that enrols a device once: handed out on the page, typed on the device.

use std::time::Duration;

use authz::{Failure, Refusal};
use clock::HOUR;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OVER, register::record, table};
use crate::authority::Acting;

/// How long a code may wait.
pub(crate) const CODE_LIFE: Duration = Duration::from_secs(24 * HOUR.as_secs());

/// A new code takes the place of the one before. Only its hash comes here.
pub(crate) struct GiveCode {
    pub acting: Acting,
    pub device: Uuid,
    pub hash: Vec<u8>,
}

impl Verb for GiveCode {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut device = table::find(tx, self.device).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "give_code", &device.about()).await?;
        if device.state.is_over() {
            return Err(OVER.into());
        }
        let at = self.acting.clock.now();
        device.code_hash = Some(self.hash.clone());
        device.code_expires_at = Some(at + CODE_LIFE);
        table::save(tx, &device).await?;
        record(tx, "device.code_given", &device, Some(self.acting.actor.person), at).await
    }
}
