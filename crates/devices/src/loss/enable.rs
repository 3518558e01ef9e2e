//! An officer opens an account again, with reasons and never their own (KW-RW-9.5.5b).

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{
    authority::{About, Acting, bodies_of, words},
    telling::message,
};

const ENABLED: Refusal = Refusal::new(Kind::Conflict, "device.loss_closed", &["KW-RW-9.5.5b"]);
const REASON: Refusal = Refusal::new(Kind::Invalid, "device.enable_reason_missing", &["KW-RW-9.5.5b"]);

pub(crate) struct Enable {
    pub acting: Acting,
    pub loss: Uuid,
    pub reason: String,
}

impl Verb for Enable {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let loss = table::find(tx, self.loss).await?.ok_or_else(Refusal::not_found)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let bodies = bodies_of(tx, loss.person, at).await?;
        self.acting.check(tx, "enable", &About { bodies, holder: Some(loss.person) }).await?;
        if loss.enabled_at.is_some() {
            return Err(ENABLED.into());
        }
        let reason = words("reason", &self.reason, REASON)?;
        identity::enable(tx, loss.person, by, &reason, at).await?;
        table::enable(tx, loss.person, (by, &reason), at).await?;
        compliance::tell(tx, &[loss.person], at, |to| {
            message(to, "account-enabled", loss.ledger_subject(), "/account/devices".into())
                .word("words", reason.clone())
        })
        .await
    }
}
