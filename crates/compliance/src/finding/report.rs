//! An auditor reports what they found at a body.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use language::Text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    INVALID, Severity,
    raise::{Found, Raised, raise},
};
use crate::{
    Packs,
    authority::{About, Acting, words},
};

/// A subject is a name, not a text.
const SUBJECT_CHARACTERS_MAX: usize = 200;

pub(crate) struct Report {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    /// A body's slug.
    pub body: String,
    pub control: String,
    pub subject: String,
    pub severity: String,
    pub what: String,
}

impl Verb for Report {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?;
        let named = body.as_ref().map(|body| body.id);
        self.acting.check(tx, "raise_finding", named, About::default()).await?;
        let body = body.ok_or_else(|| INVALID.with_item("body", "choice", ""))?;
        let (what, severity) = self.checked()?;
        let at = self.acting.clock.now();
        let by = self.acting.actor.person;
        let found = Found {
            key: format!("report/{}/{}/{}", self.control, body.id, self.subject.trim()),
            control: self.control.clone(),
            body: body.id,
            subject: self.subject.trim().to_owned(),
            what: Text::new(what.clone(), what),
            severity,
            owner: None,
            by: Some(by),
        };
        match raise(tx, found, at).await? {
            Raised::Opened(id) => Ok(id),
            Raised::Again(id) => {
                let note = ledger::Entry {
                    kind: "finding.note",
                    subject: format!("finding/{id}"),
                    actor: Some(by),
                    controls: &[self.control.as_str()],
                    body: json!({ "body": body.id, "words": self.what.trim() }),
                    at,
                };
                ledger::append(tx, note).await?;
                Ok(id)
            }
            Raised::Exempt => Err(Refusal::new(Kind::Conflict, "finding.exempt", &["LY-SVC-5.e"]).into()),
        }
    }
}

impl Report {
    /// What was typed, or everything that is wrong with it at once.
    fn checked(&self) -> Result<(String, Severity), Refusal> {
        let what = words("what", &self.what, INVALID);
        let severity = Severity::named(&self.severity);
        let mut items = what.as_ref().err().map(|refusal| refusal.items.clone()).unwrap_or_default();
        let gaps = [
            ("control", "choice", self.packs.control(self.control.trim()).is_none()),
            ("severity", "choice", severity.is_none()),
            ("subject", "too_long", self.subject.chars().count() > SUBJECT_CHARACTERS_MAX),
        ];
        for (field, code, is_wrong) in gaps {
            if is_wrong {
                items.push(authz::Item {
                    field: field.into(),
                    code: code.into(),
                    detail: SUBJECT_CHARACTERS_MAX.to_string(),
                });
            }
        }
        match (what, severity, items.is_empty()) {
            (Ok(what), Some(severity), true) => Ok((what, severity)),
            _ => Err(INVALID.with_items(items)),
        }
    }
}
