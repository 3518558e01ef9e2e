//! A rule of the baseline ends.

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{set::record, table, tell};
use crate::authority::{About, Acting};

pub(crate) struct EndRule {
    pub acting: Acting,
    pub rule: Uuid,
}

impl Verb for EndRule {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "set_rules", &About::default()).await?;
        let mut rule = table::find(tx, self.rule).await?.ok_or_else(Refusal::not_found)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::end(tx, rule.id, by, at).await? {
            return Err(Refusal::not_found().into());
        }
        rule.ended_at = Some(at);
        record(tx, "device.rule_ended", &rule, by, at).await?;
        tell::order(tx, &rule, at).await
    }
}
