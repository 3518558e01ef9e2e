//! Names who confirms for a body: one control, or all of them. Without a name it is whoever leads the body.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::authority::{About, Acting};

pub(crate) struct NameAttester {
    pub acting: Acting,
    /// A body's slug.
    pub body: String,
    /// Empty for all of them.
    pub control: String,
    /// Somebody who holds a role at the body; nobody gives it back to whoever leads it.
    pub person: Option<Uuid>,
}

impl Verb for NameAttester {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "name_attester", Some(body.id), About::default()).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if let Some(person) = self.person {
            let roles = organisations::roles_of(tx, person, at).await?;
            if !roles.iter().any(|role| role.body == body.id) {
                let refusal = Refusal::new(Kind::Invalid, "attestation.not_of_the_body", &[]);
                return Err(refusal.with_item("person", "choice", "").into());
            }
        }
        let control = Some(self.control.as_str()).filter(|control| !control.is_empty());
        if table::name(tx, body.id, control, self.person).await? == 0 {
            return Err(Refusal::not_found().into());
        }
        let recorded = ledger::Entry {
            kind: "attestation.attester_named",
            subject: format!("attestation/{}/{}", self.body, self.control),
            actor: Some(by),
            controls: &Vec::from_iter(control),
            body: json!({ "body": body.id, "person": self.person }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
