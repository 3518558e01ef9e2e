//! VERB. A directory is taken out of force: from now on the passwords that are kept here count again for the staff of the body.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{set::tell_guards, subject_of, table};
use crate::authority::{Acting, words};

const REASON_MISSING: Refusal =
    Refusal::new(Kind::Invalid, "staff_directory.reason_missing", &["KW-RW-9.5.6"]);

pub(crate) struct EndConnection {
    pub acting: Acting,
    pub body: Uuid,
    pub reason: String,
}

impl Verb for EndConnection {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check("end", self.body, None)?;
        let reason = words("reason", &self.reason, REASON_MISSING)?;
        if !table::remove(tx, self.body).await? {
            return Err(Refusal::not_found().into());
        }
        let entry = ledger::Entry {
            kind: "staff_directory.ended",
            subject: subject_of(self.body),
            actor: Some(self.acting.actor.person),
            controls: &["KW-RW-9.5.6"],
            body: json!({ "reason": reason }),
            at: self.acting.clock.now(),
        };
        ledger::append(tx, entry).await?;
        tell_guards(tx, &self.acting, self.body, ("ended", &reason)).await
    }
}
