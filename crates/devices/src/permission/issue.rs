//! The configuration is handed out to its person, once. The device's key is made on the device where its person can, and
//! here only where not: then its private half is in the answer and nowhere else.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Standing, end::OVER, table};
use crate::{
    authority::{About, Acting},
    vpn::{self, NOT_APPROVED, State, gateway, keep},
};

const ISSUED: Refusal = Refusal::new(Kind::Conflict, "vpn.issued", &["KW-RW-9.1.2.f"]);
const GATEWAY_NOT_READY: Refusal = Refusal::new(Kind::Conflict, "vpn.gateway_not_ready", &["KW-RW-9.1.2.f"]);
const KEY_TAKEN: Refusal = Refusal::new(Kind::Conflict, "vpn.key_taken", &["KW-RW-9.1.2.f"]);
const KEY_WRONG: Refusal = Refusal::new(Kind::Invalid, "vpn.key_wrong", &["KW-RW-9.1.2.f"]);

/// The public key that was typed, or the no that asks for it.
pub(super) fn key(typed: &str) -> Result<String, Refusal> {
    gateway::public_key(typed).ok_or_else(|| KEY_WRONG.with_item("key", "vpn_key", ""))
}

pub(crate) struct IssueConfiguration {
    pub acting: Acting,
    pub permission: Uuid,
    /// The public half, checked.
    pub key: String,
}

impl Verb for IssueConfiguration {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let held = table::find(tx, self.permission).await?.ok_or_else(Refusal::not_found)?;
        let about = About { bodies: Vec::new(), holder: Some(held.person) };
        self.acting.check(tx, "use_vpn", &about).await?;
        let at = self.acting.clock.now();
        let vpn = vpn::table::find(tx, held.vpn).await?.ok_or_else(Refusal::not_found)?;
        if held.standing(at) == Standing::Ended {
            return Err(OVER.into());
        }
        if vpn.state(at) != State::Active {
            return Err(NOT_APPROVED.into());
        }
        if held.issued_at.is_some() {
            return Err(ISSUED.into());
        }
        if vpn.gateway_key.is_empty() {
            return Err(GATEWAY_NOT_READY.into());
        }
        if self.key == vpn.gateway_key || table::by_key(tx, &self.key).await?.is_some() {
            return Err(KEY_TAKEN.with_item("key", "vpn_key", "").into());
        }
        table::issue(tx, held.id, &self.key, at).await?;
        let entry = ledger::Entry {
            kind: "vpn.configuration_issued",
            subject: held.ledger_subject(),
            actor: Some(held.person),
            controls: &["KW-RW-9.1.2.f"],
            body: json!({ "key": self.key, "address": vpn.range.of_device(held.place).to_string() }),
            at,
        };
        ledger::append(tx, entry).await?;
        keep::order(tx, vpn.id, at).await
    }
}
