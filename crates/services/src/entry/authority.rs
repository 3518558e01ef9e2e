//! What every act of the competent administration on the directory has in common: only its verifiers act, never on what
//! they wrote themselves, and each act leaves a line in the history and in the ledger (LY-SVC-22.3, 24.2, 25.2).

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use serde_json::Value;
use store::{Sql, Tx};

use super::{
    standing::EntryAct,
    version::{Event, Version, table},
};

/// Who acts on the directory: for the competent administration, or for the body that provides a service.
#[derive(Clone)]
pub struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Acting {
    /// Whether this person may do this to this version now.
    pub(crate) async fn check(
        &self,
        sql: &impl Sql,
        act: EntryAct,
        version: &Version,
    ) -> Result<(), Failure> {
        let administration = administration(sql).await?;
        let resource = Resource {
            kind: "Entry",
            id: version.card.id.clone(),
            attributes: vec![
                ("verifier_desk", Attribute::Word(format!("verifier@{administration}"))),
                ("author", Attribute::Word(version.author.to_string())),
                ("update", Attribute::Truth(version.version > 1)),
            ],
        };
        self.policies.require("services", &self.actor, act.word(), &resource).map_err(told)?;
        Ok(())
    }

    /// Whether this person edits what belongs to the directory as a whole: its trees and its rules.
    pub(crate) async fn check_whole(&self, sql: &impl Sql, act: &'static str) -> Result<(), Failure> {
        self.check_with(sql, "Directory", act, Vec::new()).await
    }

    /// The same where more than the administration's desks counts: who wrote it, whose provider it is.
    pub(crate) async fn check_with(
        &self,
        sql: &impl Sql,
        kind: &'static str,
        act: &'static str,
        more: Vec<(&'static str, Attribute)>,
    ) -> Result<(), Failure> {
        let administration = administration(sql).await?;
        let desks = ["verifier", "administrator"].map(|role| format!("{role}@{administration}"));
        let mut attributes = vec![("editor_desks", Attribute::Words(desks.to_vec()))];
        attributes.extend(more);
        let resource = Resource { kind, id: "directory".to_owned(), attributes };
        self.policies.require("services", &self.actor, act, &resource).map_err(told)?;
        Ok(())
    }

    /// The line of the history and the leaf of the ledger.
    pub(crate) async fn record(
        &self,
        tx: &Tx,
        act: EntryAct,
        version: &Version,
        note: &str,
        body: Value,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let actor = Some(self.actor.person);
        let event =
            Event { version: version.version, act: act.word().to_owned(), actor, note: note.to_owned(), at };
        table::add_event(tx, version.entry, &event).await?;
        let recorded = ledger::Entry {
            kind: act.recorded(),
            subject: format!("service/{}", version.card.id),
            actor,
            controls: match act {
                EntryAct::Publish => &["LY-SVC-24.2", "LY-SVC-25.2", "LY-SVC-1.04", "LY-SVC-1.07"],
                _ => &["LY-SVC-22.3"],
            },
            body,
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}

/// The body that the law charges with the directory.
pub(crate) async fn administration(sql: &impl Sql) -> Result<uuid::Uuid, Failure> {
    let holder = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
    Ok(holder.ok_or(NOT_COMPETENT)?)
}

/// Whoever has no desk there is told whose the act is.
fn told(refusal: Refusal) -> Refusal {
    if refusal.code == "not_allowed" { NOT_COMPETENT } else { refusal }
}

pub(crate) const NOT_COMPETENT: Refusal =
    Refusal::new(Kind::NotAllowed, "directory.not_competent", &["LY-SVC-22.3"]);

/// Fewer characters explain nothing.
pub(crate) const REASON_CHARACTERS_MIN: usize = 10;
pub(crate) const REASON_CHARACTERS_MAX: usize = 4_000;

/// The reason as it is kept, or the no that asks for one.
pub(crate) fn reason(field: &str, words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    let characters = words.chars().count();
    let refusal = Refusal::new(Kind::Invalid, "directory.reason_missing", &[]);
    match characters {
        0..REASON_CHARACTERS_MIN => {
            Err(refusal.with_item(field, "too_short", &REASON_CHARACTERS_MIN.to_string()))
        }
        REASON_CHARACTERS_MIN..=REASON_CHARACTERS_MAX => Ok(words.to_owned()),
        _ => Err(refusal.with_item(field, "too_long", &REASON_CHARACTERS_MAX.to_string())),
    }
}
