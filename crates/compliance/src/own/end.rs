//! A body asks a control of itself no longer, with the reason. What was confirmed stays.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::table;
use crate::{
    attestation,
    authority::{About, Acting, words},
};

const INVALID: Refusal = Refusal::new(Kind::Invalid, "own_control.end_incomplete", &["KW-RW-7.2.g4"]);
const ENDED: Refusal = Refusal::new(Kind::Conflict, "own_control.ended", &["KW-RW-7.2.g4"]);

pub(crate) struct EndOwnControl {
    pub acting: Acting,
    /// A body's slug.
    pub body: String,
    pub control: String,
    pub reason: String,
}

impl Verb for EndOwnControl {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "keep_own_controls", Some(body.id), About::default()).await?;
        let own = table::find(tx, body.id, &self.control).await?;
        let own = own.ok_or_else(|| INVALID.with_item("control", "choice", ""))?;
        let reason = words("reason", &self.reason, INVALID)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::end(tx, &own.id, &reason, by, at).await? {
            return Err(ENDED.into());
        }
        attestation::table::close(tx, body.id, &own.id).await?;
        let recorded = ledger::Entry {
            kind: "own_control.ended",
            subject: own.ledger_subject(),
            actor: Some(by),
            controls: &["KW-RW-7.2.g4", own.id.as_str()],
            body: json!({ "body": body.id, "reason": reason }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
