//! A device leaves the list: it is given back, sold, or no longer allowed. Its key opens nothing from then on.

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OVER, State, decide::REASON, register::record, table};
use crate::{
    authority::{Acting, words},
    permission::{self, end::Ending},
};

pub(crate) struct Retire {
    pub acting: Acting,
    pub device: Uuid,
    pub reason: String,
}

impl Verb for Retire {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut device = table::find(tx, self.device).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "retire", &device.about()).await?;
        if device.state.is_over() {
            return Err(OVER.into());
        }
        device.close(State::Retired, &words("reason", &self.reason, REASON)?);
        table::save(tx, &device).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        permission::end::end_of_device(tx, device.id, &Ending { by: Some(by), why: "device", at }).await?;
        record(tx, "device.retired", &device, Some(by), at).await
    }
}
