//! A provider registers a service, or a new version of it, in the directory.
//!
//! Only the guided form or the machine interface with the same schema reach this verb (LY-SVC-24.1b); a missing part
//! is refused by name, and nothing is visible until the competent administration has verified it (24.2).

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Card, table,
    version::{self, Event},
};
use crate::{
    classification::{self, Tree},
    form::{Form, approval},
    process::Process,
    rulebook,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        rulebook::table::current(tx).await?.rules.check_card(&self.card)?;
        let body = organisations::body_by_slug(tx, &self.card.body).await?.ok_or(OUTSIDE_MANDATE)?;
        let resource = Resource {
            kind: "Provision",
            id: self.card.id.clone(),
            attributes: vec![("author_desk", Attribute::Word(format!("author@{}", body.id)))],
        };
        self.policies.require("services", &self.actor, "register", &resource).map_err(|_| OUTSIDE_MANDATE)?;
        self.check_fields(tx, body.id).await?;
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
        version::table::supersede_unpublished(tx, entry, version, at).await?;
        self.note(tx, entry, version).await?;
        approval::agree(tx, (entry, version), approval::Side::Provider, author, at).await?;
        let recorded = ledger::Entry {
            kind: "entry.registered",
            subject: format!("service/{}", self.card.id),
            actor: Some(author),
            controls: &["LY-SVC-24.1b", "LY-SVC-1.14a", "LY-SVC-23.1", "LY-SVC-23.2"],
            body: json!({ "service": self.card.id, "version": version, "name": self.card.name }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(Registered { entry, version })
    }
}

impl Register {
    /// The service lies within the fields of the provider's mandate (LY-SVC-1.11), an entry never moves to another
    /// provider, and its words stand in the trees (23.4).
    async fn check_fields(&self, tx: &Tx, body: Uuid) -> Result<(), Failure> {
        let fields = organisations::fields_of(tx, body).await?;
        if let Some(theme) = self.card.themes.iter().find(|theme| !fields.contains(theme)) {
            return Err(OUTSIDE_MANDATE.with_item("themes", "outside_fields", theme).into());
        }
        if table::body_of(tx, &self.card.id).await?.is_some_and(|known| known != body) {
            return Err(OUTSIDE_MANDATE.with_item("id", "of_another_body", "").into());
        }
        classification::table::require(tx, Tree::Theme, &self.card.themes).await?;
        classification::table::require(tx, Tree::LifeEvent, &self.card.life_events).await
    }

    /// The first line of the version's history.
    async fn note(&self, tx: &Tx, entry: Uuid, version: i64) -> Result<(), Failure> {
        let event = Event {
            version,
            act: "register".to_owned(),
            actor: Some(self.actor.person),
            note: String::new(),
            at: self.clock.now(),
        };
        Ok(version::table::add_event(tx, entry, &event).await?)
    }
}

const OUTSIDE_MANDATE: Refusal =
    Refusal::new(Kind::NotAllowed, "directory.outside_mandate", &["LY-SVC-1.11"]);
