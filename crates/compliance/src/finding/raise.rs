//! One door for whoever finds something: code in its own transaction, or an auditor. The same finding is open once; found
//! again it is counted. Nothing is found against a body that is exempt from the control now.

use authz::Failure;
use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use uuid::Uuid;

use super::{Finding, Severity, Standing, table};
use crate::{
    authority::owner_at,
    exemption::check::exempt,
    telling::{message, tell},
};

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What makes it the same finding when it is found again: `attest/LY-SVC-21.1/<body>`.
    pub key: String,
    pub control: String,
    pub body: Uuid,
    /// As the ledger names it; empty for the body as a whole.
    pub subject: String,
    pub what: Text,
    pub severity: Severity,
    /// Who has to answer; whoever leads the body where nobody is named.
    pub owner: Option<Uuid>,
    /// Nobody where the platform found it.
    pub by: Option<Uuid>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Raised {
    Opened(Uuid),
    /// It is open already.
    Again(Uuid),
    /// The body is exempt from the control.
    Exempt,
}

/// Opens a finding in the transaction of the verb that found it.
pub async fn raise(tx: &Tx, found: Found, at: Timestamp) -> Result<Raised, Failure> {
    if exempt(tx, &found.control, found.body, &found.subject, at).await? {
        return Ok(Raised::Exempt);
    }
    let owner = match found.owner {
        Some(owner) => Some(owner),
        None => owner_at(tx, found.body, at).await?,
    };
    let calendar = organisations::calendar(tx, found.body).await?;
    let finding = Finding {
        id: Uuid::now_v7(),
        key: found.key,
        control: found.control,
        body: found.body,
        subject: found.subject,
        what: found.what,
        severity: found.severity,
        owner,
        opened_by: found.by,
        opened_at: at,
        due_at: calendar.due(at, found.severity.working_days()),
        standing: Standing::Open,
        answer: String::new(),
        answered_by: None,
        answered_at: None,
        closing: String::new(),
        closed_by: None,
        closed_at: None,
        times: 1,
        last_at: at,
    };
    if !table::insert(tx, &finding, &stems(&finding)).await? {
        let Some(open) = table::open_by_key(tx, &finding.key).await? else { return Ok(Raised::Exempt) };
        table::seen_again(tx, open.id, at).await?;
        record(tx, "finding.found_again", &open, found.by, at).await?;
        return Ok(Raised::Again(open.id));
    }
    record(tx, "finding.opened", &finding, found.by, at).await?;
    let to: Vec<Uuid> = owner.into_iter().collect();
    tell(tx, &to, at, |to| {
        message(to, "finding-opened", finding.ledger_subject(), finding.href())
            .text("what", &finding.what)
            .word("control", &finding.control)
            .moment("due_on", finding.due_at)
    })
    .await?;
    Ok(Raised::Opened(finding.id))
}

/// Each step of a finding in the ledger, under the control that it is about.
pub(super) async fn record(
    tx: &Tx,
    kind: &str,
    finding: &Finding,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: finding.ledger_subject(),
        actor: by,
        controls: &[finding.control.as_str()],
        body: json!({ "body": finding.body, "key": finding.key, "severity": finding.severity.word() }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

/// The stems of everything that a reader might look for, each between blanks.
fn stems(finding: &Finding) -> String {
    let parts = [&finding.what.ar, &finding.what.en, &finding.control, &finding.subject].map(String::as_str);
    let mut stems: Vec<String> =
        parts.iter().flat_map(|text| language::analyse(text)).map(|token| token.stem).collect();
    stems.sort();
    stems.dedup();
    format!(" {} ", stems.join(" "))
}
