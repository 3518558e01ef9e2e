//! An author hands a version in for agreement. That it composes was seen before, outside the transaction.

use std::sync::Arc;

use authz::{Actor, Failure, Policies, Refusal};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{TemplateState, save::changed, table};

pub struct Submit {
    pub actor: Actor,
    pub id: Uuid,
    pub revision: i64,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Submit {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut template = table::by_id(tx, self.id).await?.ok_or_else(Refusal::not_found)?;
        let resource = template.resource(tx).await?;
        self.policies.require("services", &self.actor, "template_write", &resource)?;
        if !template.state.is_open() || template.revision != self.revision {
            return Err(changed().into());
        }
        template.state = TemplateState::Pending;
        if !table::update(tx, &template).await? {
            return Err(changed().into());
        }
        let recorded = ledger::Entry {
            kind: "template.submitted",
            subject: template.subject(),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-10.2"],
            body: json!({ "version": template.version }),
            at: self.clock.now(),
        };
        Ok(ledger::append(tx, recorded).await.map(drop)?)
    }
}
