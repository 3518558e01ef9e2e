//! An officer closes a document of a request, says how secret it is and why, and the head of the body is told in the same
//! commit (LY-SVC-4.2a).

use authz::{Actor, Failure, Kind, Refusal};
use compliance::Door;
use documents::Classification;
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::table::{self, Found};
use crate::{
    Services,
    entry::{authority::reason, tell},
    intake, message,
    request::{Request, RequestNumber, act::Acting},
    telling,
};

pub(super) const CONTROLS: &[&str] = &["LY-SVC-4.2a"];

/// Levels that the portal may not hold.
pub(super) const LEVELS: [Classification; 3] =
    [Classification::Confidential, Classification::Secret, Classification::TopSecret];

pub(super) struct Quarantine {
    pub acting: Acting,
    pub document: Uuid,
    pub level: String,
    pub reason: String,
}

impl Verb for Quarantine {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = self.acting.permitted(tx, "quarantine").await?;
        if !holds(tx, &request, self.document).await? {
            return Err(Refusal::not_found().into());
        }
        let level = Classification::named(&self.level).filter(|level| LEVELS.contains(level));
        let level = level.ok_or_else(|| {
            Refusal::new(Kind::Invalid, "document.classification_unknown", &["LY-SVC-4.2a"])
                .with_item("level", "choice", "")
        })?;
        let reason = reason("reason", &self.reason)?;
        if !documents::quarantine(tx, self.document).await? {
            return Err(Refusal::new(Kind::Conflict, "document.quarantined", &["LY-SVC-4.2a"]).into());
        }
        let (officer, at) = (self.acting.actor.person, self.acting.clock.now());
        let found = Found {
            document: self.document,
            request: request.id,
            level: level.as_str().to_owned(),
            reason: reason.clone(),
            officer,
            at,
        };
        table::insert(tx, &found).await?;
        let recorded = ledger::Entry {
            kind: "document.quarantined",
            subject: request.subject(),
            actor: Some(officer),
            controls: &["LY-SVC-4.2a"],
            body: json!({ "number": request.number.as_str(), "document": self.document, "level": level.as_str() }),
            at,
        };
        ledger::append(tx, recorded).await?;
        let alert = |to| {
            let link = format!("/desk/{}", request.number);
            telling::message(to, "document-quarantined", request.subject(), link)
                .word("number", request.number.as_str())
                .word("reason", reason.as_str())
        };
        tell::body(tx, request.body, at, alert).await?;
        Ok(())
    }
}

/// Whether a document belongs to a request: supplied with it, enclosed in a message, or come on media.
pub(crate) async fn holds(sql: &impl Sql, request: &Request, document: Uuid) -> Result<bool, Failure> {
    let supplied = request.documents.iter().any(|supplied| supplied.document == document);
    Ok(supplied
        || message::table::encloses(sql, request.id, document).await?
        || intake::table::holds(sql, request.id, document).await?)
}

impl Services {
    pub(super) async fn quarantine(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        document: Uuid,
        level: String,
        reason: String,
    ) -> Result<(), Failure> {
        let verb = Quarantine { acting: self.acting(actor, number, None), document, level, reason };
        let outcome = self.store.write(verb).await;
        self.ledger.wake();
        self.noted(actor, &format!("request/{number}"), outcome).await
    }
}
