//! What the ledger holds about something, under one hash, from a moment on: whoever changes an entry afterwards is found out,
//! and whoever is shown the entries can compute it again.

use authz::Failure;
use clock::Timestamp;
use ledger::HISTORY_ENTRIES_MAX;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{
    Case, Evidence, INVALID,
    step::{record, worked_on},
    table,
};
use crate::authority::{Acting, words};

/// A name of the ledger is never longer.
const SUBJECT_CHARACTERS_MAX: usize = 200;

/// Entries that were found, and the hash over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub subject: String,
    pub entries: i64,
    pub hash: String,
}

/// Reads it outside any transaction, since there may be much of it. One line an entry goes into the hash: its id, kind,
/// moment and what it says.
pub(crate) async fn sealed(sql: &impl Sql, subjects: &[String]) -> Result<Sealed, Failure> {
    let (mut hash, mut entries) = (Sha256::new(), 0);
    for subject in subjects {
        let mut after = None;
        loop {
            let some = ledger::history(sql, subject, after, HISTORY_ENTRIES_MAX).await?;
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            for entry in &some {
                let body = entry.body.as_ref().map(ToString::to_string).unwrap_or_default();
                hash.update(format!("{} {} {} {body}\n", entry.id, entry.kind, entry.at.0));
                entries += 1;
            }
        }
    }
    Ok(Sealed { subject: subjects.join(" "), entries, hash: hex::encode(hash.finalize()) })
}

/// Adds what was sealed to a case, and enters the hash into the ledger.
pub(crate) async fn add(
    tx: &Tx,
    case: &Case,
    what: &str,
    seal: &Sealed,
    by: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let Sealed { subject, entries, hash } = seal.clone();
    let evidence = Evidence { id: Uuid::now_v7(), what: what.to_owned(), subject, entries, hash, by, at };
    table::add_evidence(tx, case.id, &evidence).await?;
    let said =
        json!({ "evidence": evidence.id, "of": seal.subject, "entries": seal.entries, "sha256": seal.hash });
    record(tx, "case.sealed", case, said, by, at).await
}

/// Somebody who works on a case seals what the ledger holds about something.
pub(crate) struct AddEvidence {
    pub acting: Acting,
    pub case: Uuid,
    pub what: String,
    /// From [`sealed`], computed before the verb.
    pub seal: Sealed,
}

impl Verb for AddEvidence {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let case = worked_on(tx, &self.acting, self.case).await?;
        let what = words("what", &self.what, INVALID)?;
        let too_long = self.seal.subject.chars().count() > SUBJECT_CHARACTERS_MAX;
        if self.seal.entries == 0 || too_long {
            return Err(INVALID.with_item("subject", "case_subject", "").into());
        }
        let count = table::evidence(tx, case.id).await?.len() as i64;
        if count >= table::EVIDENCE_MAX {
            return Err(INVALID.with_item("subject", "case_evidence_max", &count.to_string()).into());
        }
        add(tx, &case, &what, &self.seal, self.acting.actor.person, self.acting.clock.now()).await
    }
}
