//! A permission ends: revoked by an officer, with its period, with the device, with the network, or in the very transaction
//! of a report of loss (KW-RW-9.5.5b). The gateway's file follows at once.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Permission,
    table::{self, Of},
};
use crate::{
    authority::{About, Acting, words},
    telling::message,
    vpn::keep,
};

const REASON: Refusal = Refusal::new(Kind::Invalid, "vpn.reason_missing", &["KW-RW-9.1.2.f"]);
pub(super) const OVER: Refusal = Refusal::new(Kind::Conflict, "vpn.permission_over", &["KW-RW-9.1.2.f"]);

/// By whom, why and when.
pub(crate) struct Ending {
    /// Nobody where it ends by itself.
    pub by: Option<Uuid>,
    /// As [`Permission::ending`].
    pub why: &'static str,
    pub at: Timestamp,
}

/// Everything that a person was allowed.
pub(crate) async fn end_of_person(tx: &Tx, person: Uuid, ending: &Ending) -> Result<(), Failure> {
    end_all(tx, table::standing(tx, Of::Person(person)).await?, ending).await
}

/// Everything that was allowed with a device.
pub(crate) async fn end_of_device(tx: &Tx, device: Uuid, ending: &Ending) -> Result<(), Failure> {
    end_all(tx, table::standing(tx, Of::Device(device)).await?, ending).await
}

/// Everything that was allowed through a network.
pub(crate) async fn end_of_vpn(tx: &Tx, vpn: Uuid, ending: &Ending) -> Result<(), Failure> {
    end_all(tx, table::standing(tx, Of::Vpn(vpn)).await?, ending).await
}

async fn end_all(tx: &Tx, permissions: Vec<Permission>, ending: &Ending) -> Result<(), Failure> {
    for permission in &permissions {
        one(tx, permission, ending, "").await?;
    }
    let mut vpns: Vec<Uuid> = permissions.iter().map(|permission| permission.vpn).collect();
    vpns.sort();
    vpns.dedup();
    for vpn in vpns {
        keep::order(tx, vpn, ending.at).await?;
    }
    Ok(())
}

async fn one(tx: &Tx, permission: &Permission, ending: &Ending, words: &str) -> Result<(), Failure> {
    table::end(tx, permission.id, (ending.by, ending.why, words), ending.at).await?;
    let entry = ledger::Entry {
        kind: "vpn.permission_ended",
        subject: permission.ledger_subject(),
        actor: ending.by,
        controls: if ending.why == "loss" { &["KW-RW-9.5.5b"] } else { &["KW-RW-9.1.2.f"] },
        body: json!({ "person": permission.person, "device": permission.device, "vpn": permission.vpn,
            "why": ending.why, "words": words }),
        at: ending.at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

/// An officer takes it back before its time.
pub(crate) struct RevokePermission {
    pub acting: Acting,
    pub permission: Uuid,
    pub reason: String,
}

impl Verb for RevokePermission {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let held = table::find(tx, self.permission).await?.ok_or_else(Refusal::not_found)?;
        let about = About { bodies: vec![held.body], holder: Some(held.person) };
        self.acting.check(tx, "revoke_vpn", &about).await?;
        if held.ended_at.is_some() {
            return Err(OVER.into());
        }
        let reason = words("reason", &self.reason, REASON)?;
        let ending =
            Ending { by: Some(self.acting.actor.person), why: "revoked", at: self.acting.clock.now() };
        one(tx, &held, &ending, &reason).await?;
        keep::order(tx, held.vpn, ending.at).await?;
        compliance::tell(tx, &[held.person], ending.at, |to| {
            message(to, "vpn-revoked", held.ledger_subject(), "/account/vpn".into()).word("words", &reason)
        })
        .await
    }
}

/// What is over by its period, of one network.
pub(crate) struct EndDue {
    pub vpn: Uuid,
    pub at: Timestamp,
}

impl Verb for EndDue {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let ending = Ending { by: None, why: "period", at: self.at };
        for permission in table::due(tx, self.vpn, self.at).await? {
            one(tx, &permission, &ending, "").await?;
        }
        Ok(())
    }
}
