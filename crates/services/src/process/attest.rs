//! A legal reviewer attests that a re-engineered process contravenes no law of the bodies that carry it out
//! (LY-SVC-11.3). Without the name of one no version comes into force.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use crate::entry::table::{self, Pending};

/// The role that attests, at the provider or at the competent administration.
pub const LEGAL_REVIEWER: &str = "legal_reviewer";

pub struct Attest {
    pub actor: Actor,
    pub slug: String,
    pub version: i64,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

/// A version's process, as the policies see it: its readers and reviewers sit at the body and at the administration.
pub(super) async fn resource(sql: &impl Sql, slug: &str, version: &Pending) -> Result<Resource, Failure> {
    let administration = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
    let bodies: Vec<Uuid> = [Some(version.body), administration].into_iter().flatten().collect();
    let desks = |roles: &[&str]| {
        let desks = roles.iter().flat_map(|role| bodies.iter().map(move |body| format!("{role}@{body}")));
        Attribute::Words(desks.collect())
    };
    Ok(Resource {
        kind: "Process",
        id: slug.to_owned(),
        attributes: vec![
            ("author", Attribute::Word(version.author.to_string())),
            ("reader_desks", desks(&["author", "verifier", LEGAL_REVIEWER, "auditor"])),
            ("reviewer_desks", desks(&[LEGAL_REVIEWER])),
        ],
    })
}

impl Verb for Attest {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let pending = table::version(tx, &self.slug, self.version).await?.ok_or(Refusal::not_found())?;
        let resource = resource(tx, &self.slug, &pending).await?;
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
