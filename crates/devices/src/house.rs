//! What comes with time: the acceptance of the rules of care lapses and is asked for again (KW-RW-9.5.4), whoever approved a
//! network is reminded, and what is too old to count is forgotten.

use authz::{Failure, Refusal};
use clock::Timestamp;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use crate::{
    Devices,
    device::{register::asks_to_accept, table},
};

/// Devices of one round; the next hour takes more.
const LAPSES_AT_ONCE: i64 = 500;
/// Twice as long as a signature may be old.
const LETTERS_KEPT: std::time::Duration = std::time::Duration::from_secs(3_600);

impl Devices {
    /// Safe on many nodes: each thing is done once.
    pub async fn keep_house(&self) -> Result<(), Failure> {
        let at = self.clock.now();
        let before = at - self.acceptance_holds;
        for device in table::accepted_before(&self.store.read(), before, LAPSES_AT_ONCE).await? {
            self.store.write(Lapse { device: device.id, before, at }).await?;
        }
        self.store.write(Forget { before: at - LETTERS_KEPT, at }).await?;
        self.remind_of_approvals().await?;
        self.keep_vpns().await?;
        self.ledger.wake();
        Ok(())
    }
}

struct Lapse {
    device: Uuid,
    before: Timestamp,
    at: Timestamp,
}

impl Verb for Lapse {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut device = table::find(tx, self.device).await?.ok_or_else(Refusal::not_found)?;
        if device.state.is_over() || device.accepted_at.is_none_or(|at| at > self.before) {
            return Ok(());
        }
        device.accepted_at = None;
        let has_gaps = !table::open_gaps(tx, device.id).await?.is_empty();
        device.settle(has_gaps, self.at);
        table::save(tx, &device).await?;
        let entry = ledger::Entry {
            kind: "device.acceptance_lapsed",
            subject: device.ledger_subject(),
            actor: None,
            controls: &["KW-RW-9.5.4"],
            body: json!({ "holder": device.holder }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        asks_to_accept(tx, &device, self.at).await
    }
}

struct Forget {
    before: Timestamp,
    at: Timestamp,
}

impl Verb for Forget {
    type Answer = u64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<u64, Failure> {
        Ok(table::sweep(tx, self.before, self.at).await?)
    }
}
