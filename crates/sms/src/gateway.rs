//! An operator's HTTP gateway: each message is one POST of JSON under a bearer token, to an address that this installation
//! may call. What the gateway answers is a status; what became of a message it keeps to itself.
//!
//! `{"to": "+218910000101", "from": "Diwan", "text": "…", "reference": "code/0190…"}` with `Authorization: Bearer …` and an
//! `Idempotency-Key` that is the same for every try. 2xx: taken. 408, 429 and 5xx: tried again. Anything else: never.

use std::sync::Arc;

use async_trait::async_trait;
use clock::Clock;
use courier::{Address, Courier, Letter};
use notify::SmsError;
use serde_json::json;
use uuid::Uuid;

use crate::Carrier;

/// Not `Debug`: it holds a token.
pub struct Gateway {
    pub courier: Arc<Courier>,
    pub clock: Clock,
    pub address: Address,
    pub token: String,
    /// What phones show as the sender.
    pub from: String,
}

#[async_trait]
impl Carrier for Gateway {
    async fn carry(&self, phone: &str, text: &str, reference: &str) -> Result<Vec<String>, SmsError> {
        let content = json!({ "to": phone, "from": self.from, "text": text, "reference": reference });
        let letter = Letter {
            id: key_of(reference),
            address: self.address.clone(),
            content_type: courier::JSON,
            content: content.to_string().into(),
            signed_at: self.clock.now().seconds(),
            bearer: Some(self.token.clone()),
        };
        let status = self.courier.post(&letter).await.map_err(|error| SmsError::Later(error.to_string()))?;
        match status {
            200..=299 => Ok(Vec::new()),
            408 | 425 | 429 | 500..=599 => Err(SmsError::Later(format!("the gateway answered {status}"))),
            _ => Err(SmsError::Refused(format!("the gateway answered {status}"))),
        }
    }
}

/// The same key for every try of one message: a reference ends in an id of its own.
fn key_of(reference: &str) -> Uuid {
    reference.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(Uuid::now_v7)
}
