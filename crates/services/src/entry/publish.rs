//! The competent administration verifies a registered version and publishes it, never its own author (LY-SVC-24.2,
//! 25.2). The version that was live until now stays in the register (22.1).

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};

use super::{EntryState, table};
use crate::{
    form::{Form, STANDARD, approval},
    process::ready::Ready,
};

pub struct Publish {
    pub actor: Actor,
    pub slug: String,
    pub version: i64,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Publish {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let pending = table::version(tx, &self.slug, self.version).await?.ok_or(Refusal::not_found())?;
        let administration = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION)
            .await?
            .ok_or_else(not_competent)?;
        let resource = Resource {
            kind: "Entry",
            id: self.slug.clone(),
            attributes: vec![
                ("verifier_desk", Attribute::Word(format!("verifier@{administration}"))),
                ("author", Attribute::Word(pending.author.to_string())),
            ],
        };
        self.policies
            .require("services", &self.actor, "publish", &resource)
            .map_err(|refusal| if refusal.code == "not_allowed" { not_competent() } else { refusal })?;
        if pending.state == EntryState::Published.word() {
            return Ok(());
        }
        let at = self.clock.now();
        let form = Form::parse(&pending.form)?;
        if form.fields().is_empty() {
            return Err(Refusal::new(Kind::Conflict, "forms.required", &["LY-SVC-12.2"]).into());
        }
        form.check_paper()?;
        form.check_standard()?;
        approval::check_provider(tx, pending.id, self.version).await?;
        let ready = Ready {
            card: &pending.card,
            process: pending.process.as_ref(),
            body: pending.body,
            legal_reviewer: pending.legal_reviewer,
        };
        ready.check(tx, at).await?;
        table::publish(tx, pending.id, self.version, self.actor.person, at).await?;
        let agreed = approval::Side::Administration;
        approval::agree(tx, (pending.id, self.version), agreed, self.actor.person, at).await?;
        let recorded = ledger::Entry {
            kind: "entry.published",
            subject: format!("service/{}", self.slug),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-24.2", "LY-SVC-25.2", "LY-SVC-10.2", "LY-SVC-13.2b"],
            body: json!({ "service": self.slug, "version": self.version, "form_standard": STANDARD }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}

fn not_competent() -> Refusal {
    Refusal::new(Kind::NotAllowed, "directory.not_competent", &["LY-SVC-22.3"])
}
