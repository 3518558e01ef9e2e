//! A provider registers a service, or a new version of it, in the directory.
//!
//! Only the guided form or the machine interface with the same schema reach this verb (LY-SVC-24.1b); a missing part
//! is refused by name, and nothing is visible until the competent administration has verified it (24.2).

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Card, table};
use crate::{
    form::{Form, approval},
    process::Process,
};

pub struct Register {
    pub actor: Actor,
    pub card: Card,
    /// The form's JSON Schema.
    pub form: String,
    /// How it is carried out. Without one it can be registered, and not published (LY-SVC-11.1).
    pub process: Option<Process>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

/// The version that now waits for verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    pub entry: Uuid,
    pub version: i64,
}

impl Verb for Register {
    type Answer = Registered;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Registered, Failure> {
        let form = Form::parse(&self.form)?;
        self.card.check(&form)?;
        let body = organisations::body_by_slug(tx, &self.card.body).await?.ok_or_else(outside_mandate)?;
        let resource = Resource {
            kind: "Entry",
            id: self.card.id.clone(),
            attributes: vec![("author_desk", Attribute::Word(format!("author@{}", body.id)))],
        };
        self.policies
            .require("services", &self.actor, "register", &resource)
            .map_err(|_| outside_mandate())?;
        let known = table::latest(tx, &self.card.id).await?;
        let (entry, version) = known.map_or_else(|| (Uuid::now_v7(), 1), |(id, version)| (id, version + 1));
        // What is stored is whole: it does not change its meaning when the standard process does.
        let process = self.process.clone().map(|process| process.completed(&self.card));
        let at = self.clock.now();
        let author = self.actor.person;
        let new = table::NewVersion {
            id: entry,
            version,
            body: body.id,
            card: &self.card,
            form: &form,
            process: process.as_ref(),
            author,
            at,
        };
        table::insert(tx, new).await?;
        approval::agree(tx, (entry, version), approval::Side::Provider, author, at).await?;
        let recorded = ledger::Entry {
            kind: "entry.registered",
            subject: format!("service/{}", self.card.id),
            actor: Some(author),
            controls: &["LY-SVC-24.1b", "LY-SVC-1.14a"],
            body: json!({ "service": self.card.id, "version": version, "name": self.card.name }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(Registered { entry, version })
    }
}

fn outside_mandate() -> Refusal {
    Refusal::new(Kind::NotAllowed, "directory.outside_mandate", &["LY-SVC-1.11"])
}
