//! Somebody of the implementing body says what it thinks of a draft on VPN use (LY-MAIL-2.01f).

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    NO_DRAFT,
    table::{self, Consultation},
};
use crate::{
    authority::{About, Acting, words},
    policy::table as policies,
};

const INVALID: Refusal = Refusal::new(Kind::Invalid, "policy.words_missing", &["LY-MAIL-2.01f"]);

pub(crate) struct Consult {
    pub acting: Acting,
    pub policy: Uuid,
    pub opinion: String,
}

impl Verb for Consult {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "consult", About::of(&policy)).await?;
        let draft = table::draft(tx, policy.id).await?.ok_or(NO_DRAFT)?;
        let opinion = words("opinion", &self.opinion, INVALID)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        table::consult(tx, draft.id, &Consultation { person: by, opinion: opinion.clone(), at }).await?;
        let entry = ledger::Entry {
            kind: "policy.consulted",
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["LY-MAIL-2.01f"],
            body: json!({ "body": policy.body, "version": draft.number, "opinion": opinion,
                "sha256": draft.content.hash() }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
