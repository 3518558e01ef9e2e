//! The competent administration grants or refuses with its reasons, never to itself through the one who asked
//! (LY-SVC-5.e, 19.3).

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Ruling, ask::record, table};
use crate::{
    authority::{Acting, words},
    telling::{message, tell},
};

pub(crate) struct DecideExemption {
    pub acting: Acting,
    pub exemption: Uuid,
    pub grants: bool,
    pub reason: String,
}

impl Verb for DecideExemption {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut held = table::find(tx, self.exemption).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "decide_exemption", Some(held.body), held.about()).await?;
        if held.ruling != Ruling::Asked {
            return Err(DECIDED.into());
        }
        held.reason = words("reason", &self.reason, REASON)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if self.grants && held.ends_at <= at {
            return Err(OVER.into());
        }
        let ruling = if self.grants { Ruling::Granted } else { Ruling::Refused };
        if !table::decide(tx, held.id, ruling, (&held.reason, by), at).await? {
            return Err(DECIDED.into());
        }
        let kind = if self.grants { "exemption.granted" } else { "exemption.refused" };
        record(tx, kind, &held, Some(by), at).await?;
        let key = if self.grants { "exemption-granted" } else { "exemption-refused" };
        tell(tx, &[held.asked_by], at, |to| {
            message(to, key, held.ledger_subject(), held.href())
                .word("words", held.reason.clone())
                .moment("until_on", last_day(held.ends_at))
        })
        .await
    }
}

/// The last moment of the last day, so that a text names the day that was typed.
pub(crate) fn last_day(ends_at: clock::Timestamp) -> clock::Timestamp {
    clock::Timestamp(ends_at.0 - 1)
}

const DECIDED: Refusal = Refusal::new(Kind::Conflict, "exemption.decided", &["LY-SVC-5.e"]);
pub(super) const OVER: Refusal = Refusal::new(Kind::Conflict, "exemption.over", &["LY-SVC-5.e"]);
pub(super) const REASON: Refusal = Refusal::new(Kind::Invalid, "exemption.reason_missing", &["LY-SVC-19.3"]);
