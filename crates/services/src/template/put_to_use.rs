//! From now on the output is made from this version. One that the competent administration has not agreed to is
//! refused (LY-SVC-10.2); an earlier agreed version may be put to use again.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{TemplateState, save::changed, table};

pub struct PutToUse {
    pub actor: Actor,
    pub id: Uuid,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for PutToUse {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut template = table::by_id(tx, self.id).await?.ok_or_else(Refusal::not_found)?;
        let resource = template.resource(tx).await?;
        self.policies.require("services", &self.actor, "template_use", &resource)?;
        if template.state != TemplateState::Agreed {
            return Err(Refusal::new(Kind::Conflict, "forms.not_agreed", &["LY-SVC-10.2"]).into());
        }
        let at = self.clock.now();
        template.used_from = Some(at);
        if !table::update(tx, &template).await? {
            return Err(changed().into());
        }
        let recorded = ledger::Entry {
            kind: "template.in_use",
            subject: template.subject(),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-10.2"],
            body: json!({ "version": template.version, "standard": template.standard }),
            at,
        };
        Ok(ledger::append(tx, recorded).await.map(drop)?)
    }
}
