//! A requirement is ended by whoever may set it: the body its own, the competent administration what it attached.

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{INVALID, set::record, table};
use crate::authority::{About, Acting, words};

const ENDED: Refusal = Refusal::new(Kind::Conflict, "requirement.ended", &[]);

pub(crate) struct EndRequirement {
    pub acting: Acting,
    pub requirement: Uuid,
    pub reason: String,
}

impl Verb for EndRequirement {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut held = table::find(tx, self.requirement).await?.ok_or_else(Refusal::not_found)?;
        if !self.acting.may(tx, "see_body", Some(held.body), About::default()).await? {
            return Err(Refusal::not_found().into());
        }
        let act = if held.is_national { "end_national_requirement" } else { "end_requirement" };
        self.acting.check(tx, act, Some(held.body), About::default()).await?;
        held.end_reason = words("reason", &self.reason, INVALID)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::end(tx, held.id, (&held.end_reason, by), at).await? {
            return Err(ENDED.into());
        }
        record(tx, "requirement.ended", &held, by, at).await
    }
}
