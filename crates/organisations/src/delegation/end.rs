//! A delegation ends before its time: from this moment on the next call of the delegate no longer carries its powers.

use authz::{Failure, Refusal};
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Delegation, DelegationState, INCOMPLETE, STATE, ask, table};

#[derive(Clone, Debug)]
pub struct EndDelegation {
    pub actor: Uuid,
    pub at: Timestamp,
    pub delegation: Uuid,
    pub reason: String,
}

impl Verb for EndDelegation {
    type Answer = Delegation;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Delegation, Failure> {
        let mut delegation = table::find(tx, self.delegation).await?.ok_or_else(Refusal::not_found)?;
        if matches!(delegation.state(self.at), DelegationState::Ended | DelegationState::Refused) {
            return Err(STATE.into());
        }
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(INCOMPLETE.with_item("reason", "required", "").into());
        }
        delegation.over_at = self.at;
        delegation.ended_by = Some(self.actor);
        delegation.reason = reason.to_owned();
        table::save(tx, &delegation).await?;
        ledger::append(tx, ask::entry("delegation.ended", &delegation, self.actor, self.at)).await?;
        Ok(delegation)
    }
}
