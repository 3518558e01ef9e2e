//! Both sides agree to a form before it is used: the provider by registering it, the competent administration by
//! publishing it against the standard (LY-SVC-10.2, 13.2b). The provider may take its approval back while the version
//! waits, and give it again.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{standard::STANDARD, table};
use crate::entry::{EntryState, table as entries};

/// Who agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Provider,
    Administration,
}

impl Side {
    pub fn word(self) -> &'static str {
        match self {
            Side::Provider => "provider",
            Side::Administration => "administration",
        }
    }
}

/// One side's approval of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    pub side: String,
    pub person: Uuid,
    /// The version of the standard that was in force.
    pub standard: String,
    pub at: Timestamp,
}

/// Notes that a side agrees to a version, in the transaction of the act that says so.
pub(crate) async fn agree(
    tx: &Tx,
    (entry, version): (Uuid, i64),
    side: Side,
    person: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let approval = Approval { side: side.word().to_owned(), person, standard: STANDARD.to_owned(), at };
    Ok(table::insert(tx, entry, version, &approval).await?)
}

/// A version goes live only when its provider agrees to it as it is.
pub(crate) async fn check_provider(sql: &impl Sql, entry: Uuid, version: i64) -> Result<(), Failure> {
    let approvals = table::of_version(sql, entry, version).await?;
    match approvals.iter().any(|approval| approval.side == Side::Provider.word()) {
        true => Ok(()),
        false => Err(Refusal::new(Kind::Conflict, "forms.co_approval", &["LY-SVC-13.2b"]).into()),
    }
}

/// The provider takes its approval of a waiting version back, or gives it again.
pub struct Approve {
    pub actor: Actor,
    pub slug: String,
    pub version: i64,
    pub agrees: bool,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Approve {
    type Answer = Vec<Approval>;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Approval>, Failure> {
        let pending = entries::version(tx, &self.slug, self.version).await?.ok_or(Refusal::not_found())?;
        let resource = Resource {
            kind: "Provision",
            id: self.slug.clone(),
            attributes: vec![("author_desk", Attribute::Word(format!("author@{}", pending.body)))],
        };
        self.policies
            .require("services", &self.actor, "register", &resource)
            .map_err(|_| Refusal::new(Kind::NotAllowed, "directory.outside_mandate", &["LY-SVC-1.11"]))?;
        if pending.state == EntryState::Published.word() {
            return Err(Refusal::new(Kind::Conflict, "forms.already_live", &["LY-SVC-13.2b"]).into());
        }
        let at = self.clock.now();
        match self.agrees {
            true => agree(tx, (pending.id, self.version), Side::Provider, self.actor.person, at).await?,
            false => table::remove(tx, pending.id, self.version, Side::Provider.word()).await?,
        }
        let recorded = ledger::Entry {
            kind: if self.agrees { "form.approved" } else { "form.approval_withdrawn" },
            subject: format!("service/{}", self.slug),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-13.2b", "LY-SVC-10.2"],
            body: json!({ "service": self.slug, "version": self.version, "standard": STANDARD }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(table::of_version(tx, pending.id, self.version).await?)
    }
}
