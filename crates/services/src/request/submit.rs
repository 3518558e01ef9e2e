//! Delivering a request: one commit is the answer.
//!
//! In one transaction the request gets its number and its moment of delivery (LY-SVC-14.1a), the acknowledgement
//! in the provider's words reaches the inbox and is queued to the person's other means (15.1, 15.2), the first task
//! lies on the provider's desk (16.1), and the ledger holds it all. If somebody saw a number, it exists.
//!
//! What lacks a form, or a datum that a register confirms, arrives without being delivered: its applicant is told in the
//! same transaction that its receipt is not confirmed, and why (LY-SVC-15.3a, 15.3b).

use authz::{Failure, Kind, Refusal};
use clock::{Clock, Timestamp};
use language::Text;
use ledger::Entry as LedgerEntry;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Gap, Request, State, Supplied, expire, moving,
    prepare::{Prepared, acknowledgement},
    table,
};
use crate::{draft, endpoint, stem, storage, timing};

/// A service that nobody can carry out takes no requests (LY-SVC-11.1).
const UNPROCESSED: Refusal = Refusal::new(Kind::Conflict, "process.missing", &["LY-SVC-11.1"]);

/// The version of the responsibility statement that people accept (LY-SVC-14.2).
pub const DECLARATION_VERSION: &str = "2026-1";

/// The stage of what arrived; it stands in no process, so that no act leads on from it.
const ARRIVED: &str = "arrived";

/// The kind of ledger entry that a receipt is made of.
pub const DELIVERED: &str = "request.delivered";

/// What the applicant gets back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Submitted {
    pub number: String,
    pub state: String,
    /// Microseconds since 1970.
    pub delivered_at: i64,
    pub due_at: i64,
    pub acknowledgement: Text,
    /// The ledger leaf that the receipt proves.
    pub leaf: Uuid,
    /// Why its receipt is not confirmed; nothing for what was delivered.
    #[serde(default)]
    pub gaps: Vec<Gap>,
}

impl Submitted {
    pub fn is_delivered(&self) -> bool {
        self.gaps.is_empty()
    }
}

/// Delivers a prepared request.
pub struct Submit {
    pub prepared: Prepared,
    /// The draft that it was typed in.
    pub draft: Option<Uuid>,
    pub clock: Clock,
}

impl Verb for Submit {
    type Answer = Submitted;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Submitted, Failure> {
        if self.prepared.request.checks.gaps.is_empty() {
            self.deliver(tx).await
        } else {
            self.arrive(tx).await
        }
    }
}

impl Submit {
    async fn deliver(&self, tx: &Tx) -> Result<Submitted, Failure> {
        let Prepared { entry, provider, .. } = &self.prepared;
        let mut request = self.prepared.request.clone();
        request.delivered_at = self.clock.now();
        request.due_at =
            provider.calendar.due(request.delivered_at, entry.card.delivery_working_days.unwrap_or(1));
        request.acknowledgement = acknowledgement(&request, provider);
        let start = entry.process.start().ok_or(UNPROCESSED)?;
        moving::place(tx, &mut request, start).await?;
        self.write(tx, &mut request).await?;
        stem::table::keep(tx, request.body, request.id, &self.prepared.stems).await?;
        moving::lay_on_desk(tx, &request, start, request.delivered_at).await?;
        timing::run::begin(tx, &request, start, &provider.calendar, self.prepared.told).await?;
        endpoint::tell::body(tx, request.body, &request, endpoint::Event::Delivered, request.delivered_at)
            .await?;
        let leaf = ledger::append(tx, self.entry(&request)).await?;
        keep(tx, &request, &request.documents, request.delivered_at).await?;
        if !self.prepared.email.is_empty() {
            crate::contact::table::give(tx, request.id, &self.prepared.email, request.delivered_at).await?;
        }
        let telling = &self.prepared.telling;
        let message =
            telling.message(&request, "request-delivered").text("acknowledgement", &request.acknowledgement);
        telling.tell(tx, message, request.delivered_at).await?;
        if let Some(draft) = self.draft {
            draft::table::sent(tx, draft, request.number.as_str(), request.delivered_at).await?;
        }
        Ok(Submitted {
            number: request.number.to_string(),
            state: request.state.word().to_owned(),
            delivered_at: request.delivered_at.0,
            due_at: request.due_at.0,
            acknowledgement: request.acknowledgement,
            leaf: leaf.id,
            gaps: Vec::new(),
        })
    }

    /// A new row, or the completion of what had arrived, about which its applicant needs no reminding any more.
    async fn write(&self, tx: &Tx, request: &mut Request) -> Result<(), Failure> {
        if !self.prepared.is_known {
            return table::insert(tx, request).await;
        }
        if !table::deliver(tx, request).await? {
            return Err(moving::CHANGED.into());
        }
        request.revision += 1;
        Ok(notify::settle(tx, request.applicant, &request.subject()).await?)
    }

    /// Keeps what arrived under a number, stamps no delivery, and tells what keeps it from being received.
    async fn arrive(&self, tx: &Tx) -> Result<Submitted, Failure> {
        let mut request = self.prepared.request.clone();
        let at = self.clock.now();
        (request.delivered_at, request.due_at) = (at, at);
        (request.state, request.stage) = (State::ReceiptNotConfirmed, ARRIVED.to_owned());
        request.acknowledgement = Text::new("", "");
        table::insert(tx, &mut request).await?;
        keep(tx, &request, &request.documents, at).await?;
        if !self.prepared.email.is_empty() {
            crate::contact::table::give(tx, request.id, &self.prepared.email, at).await?;
        }
        if let Some(draft) = self.draft {
            draft::table::completes(tx, draft, request.number.as_str()).await?;
        }
        expire::order(tx, &request, self.prepared.completion).await?;
        let leaf = ledger::append(tx, self.arrival(&request)).await?;
        let telling = &self.prepared.telling;
        let message =
            telling.message(&request, "request-not-confirmed").text("reasons", &self.prepared.reasons);
        telling.tell(tx, message, at).await?;
        Ok(Submitted {
            number: request.number.to_string(),
            state: request.state.word().to_owned(),
            delivered_at: at.0,
            due_at: at.0,
            acknowledgement: request.acknowledgement,
            leaf: leaf.id,
            gaps: request.checks.gaps,
        })
    }

    /// What the ledger holds of an arrival: what is open, and no answer.
    fn arrival(&self, request: &Request) -> LedgerEntry<'static> {
        let (unconfirmed, missing): (Vec<&Gap>, Vec<&Gap>) =
            request.checks.gaps.iter().partition(|gap| gap.is_unconfirmed());
        let controls: &[&str] = match (missing.is_empty(), unconfirmed.is_empty()) {
            (false, true) => &["LY-SVC-15.3a"],
            (true, _) => &["LY-SVC-15.3b"],
            (false, false) => &["LY-SVC-15.3a", "LY-SVC-15.3b"],
        };
        LedgerEntry {
            kind: "request.not_confirmed",
            subject: request.subject(),
            actor: Some(request.applicant),
            controls,
            body: json!({
                "number": request.number.as_str(),
                "service": self.prepared.entry.card.id,
                "state": request.state.word(),
                "gaps": request.checks.gaps,
                "declaration": request.declaration,
                "declared_at": request.declared_at.map(|at| at.to_string()),
            }),
            at: request.delivered_at,
        }
    }

    /// What the receipt states. It names no answer: a fingerprint binds them, so that they stay erasable.
    fn entry(&self, request: &Request) -> LedgerEntry<'static> {
        let Prepared { entry, provider, .. } = &self.prepared;
        let documents: Vec<_> = request
            .documents
            .iter()
            .map(|supplied| json!({ "evidence": supplied.evidence, "sha256": supplied.sha256 }))
            .collect();
        LedgerEntry {
            kind: DELIVERED,
            subject: request.subject(),
            actor: Some(request.applicant),
            controls: &["LY-SVC-14.1a", "LY-SVC-14.2", "LY-SVC-15.1", "LY-SVC-4.1", "LY-SVC-13.3a"],
            body: json!({
                "number": request.number.as_str(),
                "service": entry.card.id,
                "service_version": entry.version,
                "service_name": entry.card.name,
                "provider": provider.slug,
                "provider_name": provider.name,
                "on_behalf_of": request.entity,
                "assurance": request.assurance,
                "declaration": request.declaration,
                "declared_at": request.declared_at.map(|at| at.to_string()),
                "confirmed": request.checks.confirmed,
                "answers_sha256": hex::encode(Sha256::digest(request.answers.to_string())),
                "documents": documents,
                "fee_milli": entry.card.fee_milli(),
                "delivered_at": request.delivered_at.to_string(),
                "due_at": request.due_at.to_string(),
            }),
            at: request.delivered_at,
        }
    }
}

/// Documents that belong to a request stay; one that was removed meanwhile is no evidence any more.
pub(crate) async fn keep(
    tx: &Tx,
    request: &Request,
    documents: &[Supplied],
    at: Timestamp,
) -> Result<(), Failure> {
    for supplied in documents {
        if !storage::keep::keep(tx, request.body, supplied.document, at).await? {
            return Err(Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.4"])
                .with_item(&format!("document.{}", supplied.evidence), "document_unknown", "")
                .into());
        }
    }
    Ok(())
}
