//! Somebody proposes that a narrowing ends; until another person agrees it holds.

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{DECIDED, State, propose, table};
use crate::authority::{Acting, words};

pub(crate) struct ProposeEnd {
    pub acting: Acting,
    pub narrowing: Uuid,
    pub reason: String,
}

impl Verb for ProposeEnd {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "propose_narrowing", None).await?;
        let mut held = table::find(tx, self.narrowing).await?.ok_or_else(Refusal::not_found)?;
        let reason = words("reason", &self.reason)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::propose_end(tx, held.id, (by, &reason), at).await? {
            return Err(DECIDED.into());
        }
        held.state = State::Ending;
        propose::record(tx, "narrowing.end_proposed", &held, &self.acting).await?;
        propose::tell_deciders(tx, &held, &self.acting).await
    }
}
