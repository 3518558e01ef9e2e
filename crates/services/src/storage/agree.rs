//! The competent administration approves an agreement, never its own proposal, and asks for one before a service is
//! published (LY-SVC-20.1b).

use authz::{Actor, Attribute, Failure, Kind, Refusal};
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{Standing, propose::of_another, table};
use crate::{Services, entry::authority::Acting};

pub struct ApproveStorage {
    pub(crate) acting: Acting,
    pub agreement: Uuid,
}

impl Verb for ApproveStorage {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let agreement = table::find(tx, self.agreement).await?.ok_or_else(Refusal::not_found)?;
        let author = ("author", Attribute::Word(agreement.proposed_by.to_string()));
        self.acting.check_with(tx, "Agreement", "approve_storage", vec![author]).await?;
        match agreement.standing {
            Standing::InForce => return Ok(()),
            Standing::Ended => {
                return Err(Refusal::new(Kind::Conflict, "storage.ended", &["LY-SVC-20.1b"]).into());
            }
            Standing::Proposed => {}
        }
        if table::is_of_another(tx, &agreement.terms.location, agreement.body).await? {
            return Err(of_another().into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        table::approve(tx, &agreement, by, at).await?;
        let recorded = ledger::Entry {
            kind: "storage.approved",
            subject: format!("storage/{}", agreement.id),
            actor: Some(by),
            controls: &["LY-SVC-20.1b"],
            body: json!({ "body": agreement.body, "terms": agreement.terms }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}

/// Nothing is published for a provider whose documents have no agreed place.
pub(crate) async fn check_in_force(sql: &impl Sql, body: Uuid) -> Result<(), Failure> {
    match table::in_force(sql, body).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::new(Kind::Conflict, "documents.storage_agreement", &["LY-SVC-20.1b"]).into()),
    }
}

impl Services {
    pub async fn approve_storage(&self, actor: &Actor, agreement: Uuid) -> Result<(), Failure> {
        let verb = ApproveStorage { acting: self.acting_on_directory(actor), agreement };
        self.carry_out_entry(actor, "directory/storage", verb, None).await
    }
}
