//! A ticket: the device made a secret and hands in its hash, signed by its key; whoever opens the secret in a browser shows
//! the device there.
//!
//! Why so: a browser cannot reach a key that lies outside of it, and certificates of clients need a proxy and a hand on every
//! browser. A ticket needs neither. What it proves is that the device took part a moment ago, not that the browser runs on
//! it: that is why it lives for two minutes, counts once, and only in a session of the very holder.

use std::time::Duration;

use authz::{Failure, Refusal};
use clock::{Clock, MINUTE};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{report::take, table};

/// How long a ticket may wait to be opened.
pub(crate) const TICKET_LIFE: Duration = Duration::from_secs(2 * MINUTE.as_secs());

pub(crate) struct KeepTicket {
    pub letter: Uuid,
    pub key_id: String,
    pub hash: Vec<u8>,
    pub clock: Clock,
}

impl Verb for KeepTicket {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let at = self.clock.now();
        take(tx, self.letter, at).await?;
        let device = table::by_key(tx, &self.key_id).await?.ok_or_else(Refusal::not_found)?;
        table::put_ticket(tx, &self.hash, device.id, at + TICKET_LIFE).await?;
        Ok(())
    }
}
