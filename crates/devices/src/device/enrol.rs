//! A device hands in the public half of the key that it made, by the code that its holder was given.

use authz::{Failure, Kind, Refusal};
use clock::Clock;
use ledger::VerifierKey;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{posture::SystemTold, register::record, report::take, table};

/// Wrong, used, or too old: nobody learns which.
pub(crate) const CODE_WRONG: Refusal =
    Refusal::new(Kind::NotIdentified, "device.code_wrong", &["KW-RW-9.5.3a"]);
/// Another device has this key.
const KEY_TAKEN: Refusal = Refusal::new(Kind::Conflict, "device.key_taken", &["KW-RW-9.5.3a"]);

pub(crate) struct Enrol {
    pub letter: Uuid,
    pub code_hash: Vec<u8>,
    pub key: VerifierKey,
    pub system: SystemTold,
    pub clock: Clock,
}

impl Verb for Enrol {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let at = self.clock.now();
        let device = table::by_code(tx, &self.code_hash, at).await?;
        let mut device = device.filter(|device| !device.state.is_over()).ok_or(CODE_WRONG)?;
        take(tx, self.letter, at).await?;
        if table::by_key(tx, &self.key.id()).await?.is_some() {
            return Err(KEY_TAKEN.into());
        }
        device.code_hash = None;
        device.code_expires_at = None;
        device.key_id = Some(self.key.id());
        device.key_line = self.key.to_string();
        device.enrolled_at = Some(at);
        device.system = self.system.name.chars().take(80).collect();
        device.version = self.system.version.chars().take(80).collect();
        let has_gaps = !table::open_gaps(tx, device.id).await?.is_empty();
        device.settle(has_gaps, at);
        table::save(tx, &device).await?;
        record(tx, "device.enrolled", &device, Some(device.holder), at).await?;
        Ok(device.id)
    }
}
