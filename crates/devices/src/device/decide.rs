//! An officer puts a device on the list or refuses it, never one of their own (KW-RW-9.1.2.j1).

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Device, OVER, Ownership, State, register::record, table};
use crate::{
    authority::{Acting, words},
    telling::message,
};

const PUBLIC: Refusal = Refusal::new(Kind::Conflict, "device.public_never", &["IQ-SOC-6.u.2"]);
const DECIDED: Refusal = Refusal::new(Kind::Conflict, "device.decided", &["KW-RW-9.1.2.j1"]);
pub(crate) const REASON: Refusal = Refusal::new(Kind::Invalid, "device.reason_missing", &["KW-RW-9.1.2.j1"]);

pub(crate) struct Decide {
    pub acting: Acting,
    pub device: Uuid,
    pub lists: bool,
    /// Asked for when it is refused.
    pub reason: String,
}

impl Verb for Decide {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut device = table::find(tx, self.device).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "decide", &device.about()).await?;
        if device.state.is_over() {
            return Err(OVER.into());
        }
        if device.approved_at.is_some() {
            return Err(DECIDED.into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if self.lists {
            if device.ownership == Ownership::Public {
                return Err(PUBLIC.into());
            }
            device.approved_at = Some(at);
            device.approved_by = Some(by);
            let has_gaps = !table::open_gaps(tx, device.id).await?.is_empty();
            device.settle(has_gaps, at);
        } else {
            device.close(State::Refused, &words("reason", &self.reason, REASON)?);
        }
        table::save(tx, &device).await?;
        let kind = if self.lists { "device.listed" } else { "device.refused" };
        record(tx, kind, &device, Some(by), at).await?;
        self.tell(tx, &device).await
    }
}

impl Decide {
    async fn tell(&self, tx: &Tx, device: &Device) -> Result<(), Failure> {
        compliance::tell(tx, &[device.holder], self.acting.clock.now(), |to| {
            message(to, "device-decided", device.ledger_subject(), device.own_href())
                .word("device", &device.name)
                .word("outcome", if self.lists { "listed" } else { "refused" })
                .word("words", device.closing.clone())
        })
        .await
    }
}
