//! VERBS. A message is handed over: its entry is there before anything leaves the house, and closed once the other side has
//! all of it. One that was closed is not carried again, so a job may run twice.

use std::sync::Arc;

use async_trait::async_trait;
use clock::{Clock, Timestamp};
use notify::{Sms, SmsError};
use store::{Store, StoreError, Tx, Verb};

use super::{has_link, masked, table};
use crate::Carrier;

struct Open {
    reference: String,
    masked: String,
    at: Timestamp,
}

impl Verb for Open {
    /// False when it was handed over before.
    type Answer = bool;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<bool, StoreError> {
        table::open(tx, &self.reference, &self.masked, self.at).await
    }
}

struct Close {
    reference: String,
    centre_ids: Vec<String>,
    at: Timestamp,
}

impl Verb for Close {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::close(tx, &self.reference, &self.centre_ids, self.at).await
    }
}

/// The port through which the house sends text messages.
pub struct Sender {
    store: Store,
    clock: Clock,
    carrier: Arc<dyn Carrier>,
}

impl Sender {
    pub fn new(store: Store, clock: Clock, carrier: Arc<dyn Carrier>) -> Sender {
        Sender { store, clock, carrier }
    }
}

#[async_trait]
impl Sms for Sender {
    async fn send(&self, phone: &str, text: &str, reference: &str) -> Result<(), SmsError> {
        if has_link(text) {
            return Err(SmsError::Refused("a text message carries no link".into()));
        }
        let later = |error: StoreError| SmsError::Later(error.to_string());
        let (reference, masked) = (reference.to_owned(), masked(phone));
        let open = Open { reference: reference.clone(), masked, at: self.clock.now() };
        if !self.store.write(open).await.map_err(later)? {
            return Ok(());
        }
        let centre_ids = self.carrier.carry(phone, text, &reference).await?;
        self.store.write(Close { reference, centre_ids, at: self.clock.now() }).await.map_err(later)
    }
}
