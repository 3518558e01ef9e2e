//! The head of the owning unit approves a draft, as it stands and no other. The approval is an entry of the ledger with the
//! hash of everything that was approved, so that anybody can verify it later (OM-SOC-0.3).

use authz::{Failure, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{CHANGED, NO_DRAFT, table};
use crate::{
    authority::{About, Acting},
    policy::table as policies,
};

pub(crate) struct Approve {
    pub acting: Acting,
    pub policy: Uuid,
    /// The hash of what the head read.
    pub sha256: String,
}

impl Verb for Approve {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "approve", About::of(&policy)).await?;
        let draft = table::draft(tx, policy.id).await?.ok_or(NO_DRAFT)?;
        let hash = draft.content.hash();
        if self.sha256 != hash {
            return Err(CHANGED.into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let entry = ledger::Entry {
            kind: "policy.approved",
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["OM-SOC-0.3"],
            body: json!({ "body": policy.body, "version": draft.number, "unit": policy.owner_unit, "sha256": hash }),
            at,
        };
        let leaf = ledger::append(tx, entry).await?;
        table::approve(tx, draft.id, leaf.id, by, at).await?;
        Ok(())
    }
}
