//! The competent administration agrees to a letter against the standard, or sends it back with remarks
//! (LY-SVC-10.2). Never the person who wrote it.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{REMARKS_CHARACTERS_MAX, STANDARD, TemplateState, save::changed, table};

pub struct Decide {
    pub actor: Actor,
    pub id: Uuid,
    pub revision: i64,
    /// Nothing agrees; words send it back.
    pub remarks: Option<String>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Decide {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut template = table::by_id(tx, self.id).await?.ok_or_else(Refusal::not_found)?;
        let resource = template.resource(tx).await?;
        self.policies.require("services", &self.actor, "template_agree", &resource)?;
        if template.state != TemplateState::Pending || template.revision != self.revision {
            return Err(changed().into());
        }
        let at = self.clock.now();
        template.decided_at = Some(at);
        match &self.remarks {
            None => {
                template.state = TemplateState::Agreed;
                template.standard = STANDARD.to_owned();
                template.remarks = String::new();
            }
            Some(remarks) => {
                check(remarks)?;
                template.state = TemplateState::Returned;
                template.remarks = remarks.clone();
            }
        }
        if !table::update(tx, &template).await? {
            return Err(changed().into());
        }
        let agreed = template.state == TemplateState::Agreed;
        let recorded = ledger::Entry {
            kind: if agreed { "template.agreed" } else { "template.returned" },
            subject: template.subject(),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-10.2"],
            body: json!({ "version": template.version, "standard": template.standard, "remarks": template.remarks }),
            at,
        };
        Ok(ledger::append(tx, recorded).await.map(drop)?)
    }
}

fn check(remarks: &str) -> Result<(), Refusal> {
    let refusal = Refusal::new(Kind::Invalid, "template.remarks_missing", &["LY-SVC-10.2"]);
    match remarks.chars().count() {
        0 => Err(refusal.with_item("remarks", "required", "")),
        n if n > REMARKS_CHARACTERS_MAX => {
            Err(refusal.with_item("remarks", "too_long", &REMARKS_CHARACTERS_MAX.to_string()))
        }
        _ => Ok(()),
    }
}
