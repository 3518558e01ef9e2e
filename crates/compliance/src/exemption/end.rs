//! The competent administration ends an exemption before its day, with its reasons (LY-SVC-5.e).

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    ask::record,
    decide::{OVER, REASON},
    table,
};
use crate::{
    authority::{Acting, words},
    telling::{message, tell},
};

pub(crate) struct EndExemption {
    pub acting: Acting,
    pub exemption: Uuid,
    pub reason: String,
}

impl Verb for EndExemption {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut held = table::find(tx, self.exemption).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "end_exemption", Some(held.body), held.about()).await?;
        held.reason = words("reason", &self.reason, REASON)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::end(tx, held.id, &held.reason, by, at).await? {
            return Err(OVER.into());
        }
        record(tx, "exemption.ended", &held, Some(by), at).await?;
        tell(tx, &[held.asked_by], at, |to| {
            message(to, "exemption-ended", held.ledger_subject(), held.href())
                .word("words", held.reason.clone())
        })
        .await
    }
}
