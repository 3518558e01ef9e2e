//! A legal reviewer attests that a re-engineered process contravenes no law of the bodies that carry it out
//! (LY-SVC-11.3). Without the name of one no version comes into force.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};

use crate::entry::table;

/// The role that attests, at the provider or at the competent administration.
pub const LEGAL_REVIEWER: &str = "legal_reviewer";

pub struct Attest {
    pub actor: Actor,
    pub slug: String,
    pub version: i64,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Attest {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let pending = table::version(tx, &self.slug, self.version).await?.ok_or(Refusal::not_found())?;
        let administration = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await?;
        let desks = [Some(pending.body), administration].into_iter().flatten();
        let resource = Resource {
            kind: "Process",
            id: self.slug.clone(),
            attributes: vec![
                ("author", Attribute::Word(pending.author.to_string())),
                (
                    "reviewer_desks",
                    Attribute::Words(desks.map(|body| format!("{LEGAL_REVIEWER}@{body}")).collect()),
                ),
            ],
        };
        self.policies.require("services", &self.actor, "attest", &resource)?;
        if pending.process.is_none() {
            return Err(Refusal::new(Kind::Conflict, "process.missing", &["LY-SVC-11.1"]).into());
        }
        if pending.legal_reviewer.is_some() {
            return Ok(());
        }
        let at = self.clock.now();
        table::attest(tx, pending.id, self.version, self.actor.person, at).await?;
        let recorded = ledger::Entry {
            kind: "process.attested",
            subject: format!("service/{}", self.slug),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-11.3"],
            body: json!({ "service": self.slug, "version": self.version }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
