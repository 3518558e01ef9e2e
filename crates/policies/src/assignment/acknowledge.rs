//! Somebody acknowledges the version in force, or one clause of it. The ledger keeps what exactly was acknowledged.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{ledger_subject, table};
use crate::{authority::Acting, policy::table as policies, version::table as versions};

const OUTDATED: Refusal = Refusal::new(Kind::Conflict, "policy.outdated", &["OM-SOC-R.4b"]);

pub(crate) struct Acknowledge {
    pub acting: Acting,
    pub assignment: Uuid,
}

impl Verb for Acknowledge {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let held = table::find(tx, self.assignment).await?.filter(|it| it.person == by);
        let held = held.ok_or_else(Refusal::not_found)?;
        let policy = policies::find(tx, held.policy).await?.ok_or_else(Refusal::not_found)?;
        let current = versions::in_force(tx, policy.id, at).await?;
        let version = current.filter(|current| current.id == held.version).ok_or(OUTDATED)?;
        if !table::acknowledge(tx, held.id, at).await? {
            return Ok(());
        }
        let entry = ledger::Entry {
            kind: "policy.acknowledged",
            subject: ledger_subject(held.id),
            actor: Some(by),
            controls: policy.kind.acknowledged_controls(),
            body: json!({ "body": held.body, "policy": policy.id, "version": version.number, "clause": held.clause,
                "sha256": version.content.hash() }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
