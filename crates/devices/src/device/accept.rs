//! The holder accepts the rules of care, and says that the device is not to be found by Bluetooth (KW-RW-9.5.4, 9.5.7).

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OVER, table};
use crate::authority::Acting;

const NOT_ACCEPTED: Refusal =
    Refusal::new(Kind::Invalid, "device.rules_open", &["KW-RW-9.5.4", "KW-RW-9.5.7"]);

pub(crate) struct Accept {
    pub acting: Acting,
    pub device: Uuid,
    /// Not left in public places, and kept safe at all times.
    pub care: bool,
    /// Not to be found by Bluetooth.
    pub hidden: bool,
}

impl Verb for Accept {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut device = table::find(tx, self.device).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "accept", &device.about()).await?;
        if device.state.is_over() {
            return Err(OVER.into());
        }
        let open = [("care", self.care), ("hidden", self.hidden)].into_iter().filter(|(_, said)| !said);
        let refusal = open.fold(NOT_ACCEPTED, |no, (field, _)| no.with_item(field, "required", ""));
        if !refusal.items.is_empty() {
            return Err(refusal.into());
        }
        let at = self.acting.clock.now();
        device.accepted_at = Some(at);
        let has_gaps = !table::open_gaps(tx, device.id).await?.is_empty();
        device.settle(has_gaps, at);
        table::save(tx, &device).await?;
        let entry = ledger::Entry {
            kind: "device.rules_accepted",
            subject: device.ledger_subject(),
            actor: Some(self.acting.actor.person),
            controls: &["KW-RW-9.5.4", "KW-RW-9.5.7"],
            body: json!({ "care": true, "bluetooth_discoverable": false, "state": device.state.word() }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
