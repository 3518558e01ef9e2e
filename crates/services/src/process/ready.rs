//! What must hold of a process before a version comes into force: it is there, it cites its law, it can be carried out
//! from end to end by people who exist, and a legal reviewer has put a name to it.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use store::Sql;
use uuid::Uuid;

use super::{Party, Process};
use crate::entry::Card;

/// The process and the card of a version that is to be published.
pub(crate) struct Ready<'a> {
    pub card: &'a Card,
    pub process: Option<&'a Process>,
    /// The providing body.
    pub body: Uuid,
    pub legal_reviewer: Option<Uuid>,
}

impl Ready<'_> {
    pub(crate) async fn check(&self, sql: &impl Sql, now: Timestamp) -> Result<(), Failure> {
        let process = self.process.ok_or(MISSING)?;
        check_told(process)?;
        if blank(&process.legal_basis) {
            return Err(Refusal::new(Kind::Invalid, "directory.legal_basis_missing", &["LY-SVC-4.3"]).into());
        }
        let mut findings = process.findings(self.card);
        findings.extend(self.absent(sql, process, now).await?);
        if !findings.is_empty() {
            return Err(Refusal::new(Kind::Conflict, "process.invalid", &["LY-SVC-11.1", "LY-SVC-17.1a"])
                .with_items(findings)
                .into());
        }
        Ok(())
    }

    /// Whether a legal reviewer has put a name to it.
    pub(crate) fn check_reviewed(&self) -> Result<(), Refusal> {
        match self.legal_reviewer {
            Some(_) => Ok(()),
            None => Err(Refusal::new(Kind::Conflict, "process.legal_review_missing", &["LY-SVC-11.3"])),
        }
    }

    /// Everything that would keep the process from coming into force, the review left out: for whoever still writes it.
    pub(crate) async fn findings(
        &self,
        sql: &impl Sql,
        process: &Process,
        now: Timestamp,
    ) -> Result<Vec<Item>, Failure> {
        let mut items = process.findings(self.card);
        items.extend(self.absent(sql, process, now).await?);
        if blank(&process.legal_basis) {
            items.push(Item { field: "legal_basis".into(), code: "required".into(), detail: String::new() });
        }
        items.extend(untold(process));
        Ok(items)
    }

    /// Stages at which nobody could act: the body is not known, or nobody holds the role there.
    pub(crate) async fn absent(
        &self,
        sql: &impl Sql,
        process: &Process,
        now: Timestamp,
    ) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        for stage in &process.stages {
            let (body, role, slug) = match &stage.party {
                Party::Applicant | Party::System => continue,
                Party::Provider { role } => (Some(self.body), role, self.card.body.as_str()),
                Party::Body { body, role } => {
                    let known = organisations::body_by_slug(sql, body).await?;
                    (known.map(|known| known.id), role, body.as_str())
                }
            };
            let code = match body {
                None => Some("body_unknown"),
                Some(body) => {
                    let people = organisations::people_with(sql, role, body, now).await?;
                    people.is_empty().then_some("nobody_can_act")
                }
            };
            items.extend(code.map(|code| Item {
                field: format!("stage.{}", stage.id),
                code: code.into(),
                detail: slug.into(),
            }));
        }
        Ok(items)
    }
}

const MISSING: Refusal = Refusal::new(Kind::Conflict, "process.missing", &["LY-SVC-11.1"]);

/// The procedure as it was and as it is now, each step in both languages (LY-SVC-11.1).
fn check_told(process: &Process) -> Result<(), Refusal> {
    let items = untold(process);
    if items.is_empty() { Ok(()) } else { Err(MISSING.with_items(items)) }
}

fn untold(process: &Process) -> Vec<Item> {
    let told = [("before", &process.before), ("after", &process.after)];
    told.into_iter()
        .filter(|(_, steps)| steps.is_empty() || steps.iter().any(blank))
        .map(|(field, _)| Item { field: field.into(), code: "required".into(), detail: String::new() })
        .collect()
}

fn blank(text: &Text) -> bool {
    text.ar.trim().is_empty() || text.en.trim().is_empty()
}
