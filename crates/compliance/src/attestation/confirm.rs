//! A person confirms for a body that a duty holds, or says that it does not: then a finding is opened with it.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use clock::DAY;
use language::Text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Confirmation, FIRST_DAYS, Outcome, table};
use crate::{
    Found, Packs, Severity,
    authority::{Acting, words},
    finding::raise::raise,
    own::confirmable,
};

pub(crate) struct Confirm {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    /// A body's slug.
    pub body: String,
    pub control: String,
    /// `holds` or `fails`.
    pub outcome: String,
    pub words: String,
    /// A file that shows it, and its name.
    pub document: Option<(Uuid, String)>,
}

impl Verb for Confirm {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?.ok_or_else(Refusal::not_found)?;
        let held = table::find(tx, body.id, &self.control).await?.ok_or_else(Refusal::not_found)?;
        let found = confirmable(tx, &self.packs, (body.id, &self.control), self.acting.clock.now()).await?;
        let (control, cadence) = found.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "confirm", Some(body.id), held.about()).await?;
        let (outcome, said) = checked(&self.outcome, &self.words)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let (document, file_name) = match &self.document {
            Some((document, name)) => (Some(self.kept(tx, *document).await?), name.clone()),
            None => (None, String::new()),
        };
        let due_at = match outcome {
            Outcome::Holds => at + cadence,
            Outcome::Fails => at + DAY * FIRST_DAYS,
        };
        let confirmation = Confirmation {
            id: Uuid::now_v7(),
            control: control.id.clone(),
            body: body.id,
            person: by,
            outcome,
            words: said.clone(),
            document,
            file_name,
            at,
            due_at,
        };
        table::confirm(tx, &confirmation).await?;
        let recorded = ledger::Entry {
            kind: "attestation.confirmed",
            subject: format!("attestation/{}/{}", self.body, control.id),
            actor: Some(by),
            controls: &[control.id.as_str()],
            body: json!({ "body": body.id, "outcome": outcome.word(), "document": document, "until": due_at.0 }),
            at,
        };
        ledger::append(tx, recorded).await?;
        if outcome == Outcome::Fails {
            self.find(tx, body.id, control.id.clone(), &said).await?;
        }
        Ok(())
    }
}

impl Confirm {
    /// The document is the person's own, and stays as long as the confirmation does.
    async fn kept(&self, tx: &Tx, document: Uuid) -> Result<Uuid, Failure> {
        let found = documents::find(tx, document).await?;
        let own = found.filter(|it| it.owner == self.acting.actor.person);
        let own = own.ok_or_else(|| INVALID.with_item("document", "document_unknown", ""))?;
        documents::retain(tx, own.id, None).await?;
        Ok(own.id)
    }

    async fn find(&self, tx: &Tx, body: Uuid, control: String, said: &str) -> Result<(), Failure> {
        let what = Text::new(
            format!("أفاد المسؤول بأن الواجب غير متحقق: {said}"),
            format!("Whoever confirms it says that the duty does not hold: {said}"),
        );
        let found = Found {
            key: format!("attest/{control}/{body}"),
            control,
            body,
            subject: String::new(),
            what,
            severity: Severity::High,
            owner: Some(self.acting.actor.person),
            by: None,
        };
        raise(tx, found, self.acting.clock.now()).await.map(drop)
    }
}

/// What was chosen and said, or everything that is missing at once.
pub(crate) fn checked(outcome: &str, typed: &str) -> Result<(Outcome, String), Refusal> {
    let said = words("words", typed, INVALID);
    match (Outcome::named(outcome), said) {
        (Some(outcome), Ok(said)) => Ok((outcome, said)),
        (Some(_), Err(refusal)) => Err(refusal),
        (None, said) => {
            let mut refusal = INVALID.with_item("outcome", "required", "");
            refusal.items.extend(said.err().into_iter().flat_map(|it| it.items));
            Err(refusal)
        }
    }
}

const INVALID: Refusal = Refusal::new(Kind::Invalid, "attestation.incomplete", &[]);
