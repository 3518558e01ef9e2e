//! A third person approves a delegation, or refuses it with a reason.

use authz::{Failure, Refusal};
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Delegation, INCOMPLETE, OWN, STATE, Written, ask, table};

/// Neither side decides (KW-RW-9.1.1b). What is over before it was approved is no longer decided.
#[derive(Clone, Debug)]
pub struct DecideDelegation {
    pub actor: Uuid,
    pub at: Timestamp,
    pub delegation: Uuid,
    pub approves: bool,
    /// Needed for a no.
    pub reason: String,
}

impl Verb for DecideDelegation {
    type Answer = Delegation;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Delegation, Failure> {
        let mut delegation = table::find(tx, self.delegation).await?.ok_or_else(Refusal::not_found)?;
        if delegation.is_party(self.actor) {
            return Err(OWN.into());
        }
        if delegation.written != Written::Asked || delegation.over_at <= self.at {
            return Err(STATE.into());
        }
        let reason = self.reason.trim();
        if !self.approves && reason.is_empty() {
            return Err(INCOMPLETE.with_item("reason", "required", "").into());
        }
        delegation.written = if self.approves { Written::Approved } else { Written::Refused };
        delegation.reason = reason.to_owned();
        delegation.decided_by = Some(self.actor);
        delegation.decided_at = Some(self.at);
        table::save(tx, &delegation).await?;
        let kind = if self.approves { "delegation.approved" } else { "delegation.refused" };
        ledger::append(tx, ask::entry(kind, &delegation, self.actor, self.at)).await?;
        Ok(delegation)
    }
}
