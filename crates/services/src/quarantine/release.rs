//! A document that was closed by mistake is opened again: by somebody else than who closed it, with a reason, and only after
//! the scanner has found it clean just now (LY-SVC-4.2a).

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use compliance::Door;
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{
    close::{CONTROLS, holds},
    table::{self, Found},
};
use crate::{
    Services,
    entry::{authority::reason, tell},
    request::{
        Request, RequestNumber,
        act::{Acting, visible},
    },
    telling,
};

const NOT_CLOSED: Refusal = Refusal::new(Kind::Conflict, "document.not_quarantined", CONTROLS);

struct Release {
    acting: Acting,
    document: Uuid,
    reason: String,
}

impl Verb for Release {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let (request, found) = closed(tx, &self.acting, self.document).await?;
        let words = reason("reason", &self.reason)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !documents::release(tx, found.document).await?
            || !table::release(tx, found.document, by, &words, at).await?
        {
            return Err(NOT_CLOSED.into());
        }
        let recorded = ledger::Entry {
            kind: "document.released",
            subject: request.subject(),
            actor: Some(by),
            controls: CONTROLS,
            body: json!({
                "number": request.number.as_str(), "document": found.document, "level": found.level,
                "closed_by": found.officer, "scanned_clean": true,
            }),
            at,
        };
        ledger::append(tx, recorded).await?;
        let told = |to| {
            let link = format!("/desk/{}", request.number);
            telling::message(to, "document-released", request.subject(), link)
                .word("number", request.number.as_str())
                .word("reason", words.as_str())
        };
        tell::body(tx, request.body, at, told).await?;
        Ok(())
    }
}

/// A closed document and its request, when this person may open it again.
pub(super) async fn closed(
    sql: &impl Sql,
    acting: &Acting,
    document: Uuid,
) -> Result<(Request, Found), Failure> {
    let request = visible(sql, &acting.policies, &acting.actor, &acting.number).await?;
    if !holds(sql, &request, document).await? {
        return Err(Refusal::not_found().into());
    }
    let found = table::find(sql, document).await?.ok_or(NOT_CLOSED)?;
    permitted(&acting.policies, &acting.actor, &request, &found)?;
    Ok((request, found))
}

/// Whether this person may open it again: never who closed it.
pub(super) fn permitted(
    policies: &Arc<Policies>,
    actor: &Actor,
    request: &Request,
    found: &Found,
) -> Result<(), Refusal> {
    let mut resource = Resource { kind: "ClosedDocument", ..request.resource() };
    resource.attributes.push(("closed_by", Attribute::Word(found.officer.to_string())));
    policies.require("services", actor, "release", &resource).map(drop)
}

impl Services {
    /// The scan takes its time and comes before the transaction; nobody changes a closed document in between.
    pub(super) async fn release(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        document: Uuid,
        words: String,
    ) -> Result<(), Failure> {
        let acting = self.acting(actor, number, None);
        let subject = format!("request/{number}");
        let outcome = async {
            closed(&self.store.read(), &acting, document).await?;
            reason("reason", &words)?;
            self.documents.rescan(document).await?;
            self.store.write(Release { acting: acting.clone(), document, reason: words }).await
        };
        let outcome = outcome.await;
        self.ledger.wake();
        self.noted(actor, &subject, outcome).await
    }
}
