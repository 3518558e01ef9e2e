//! The process of a card that is being written, edited stage by stage: kept with each change, undone step by step, and
//! checked beside what is wrong with it, long before anybody is asked to attest it (LY-SVC-11.1, 17.1a).
//!
//! What is edited here is a draft. It comes into force in no other way than the card's: submitted by its author, attested
//! by a legal reviewer, published by somebody else.

pub(crate) mod api;
pub(crate) mod change;
mod differs;
mod fields;
pub(crate) mod page;
mod posted;
pub(crate) mod table;
#[cfg(test)]
mod tests;
pub(crate) mod undo;

use authz::{Failure, Item, Kind, Refusal};
use serde_json::json;

use super::Proposal;
use crate::{
    Services,
    entry::{Card, reading},
    process::{Process, ready::Ready},
};

/// The draft of a process with everything that is known about it.
pub(crate) struct Draft {
    pub card: Card,
    pub process: Process,
    /// Nobody has written one: it is the standard process in the words of the card.
    pub is_standard: bool,
    /// What was written by hand and cannot be read; the process is the standard one until it is mended.
    pub unreadable: Option<Refusal>,
}

impl Draft {
    pub(crate) fn of(proposal: &Proposal) -> Result<Draft, Refusal> {
        let card = match reading::card(&proposal.card) {
            Ok(card) => card,
            // A card whose shape is wrong says so on its own part; the stages can be written meanwhile.
            Err(_) => reading::card(&json!({}))?,
        };
        let (written, unreadable) = match reading::process(&proposal.process) {
            Ok(written) => (written, None),
            Err(refusal) => (None, Some(refusal)),
        };
        let is_standard = written.is_none();
        let process = written.map(|process| process.completed(&card));
        let process = process.unwrap_or_else(|| Process::standard(&card));
        Ok(Draft { card, process, is_standard, unreadable })
    }
}

impl Services {
    /// Everything that keeps the process from being carried out as it is written now; nothing when it can be.
    pub(crate) async fn draft_findings(
        &self,
        proposal: &Proposal,
        card: &Card,
        process: &Process,
    ) -> Result<Vec<Item>, Failure> {
        let ready = Ready { card, process: Some(process), body: proposal.body, legal_reviewer: None };
        ready.findings(&self.store.read(), process, self.clock.now()).await
    }
}

/// The findings as a refusal, so that they are said in the words in which publishing would say them.
pub(crate) fn invalid(findings: Vec<Item>) -> Refusal {
    Refusal::new(Kind::Conflict, "process.invalid", &["LY-SVC-11.1", "LY-SVC-17.1a"]).with_items(findings)
}

/// A process as it is kept in a draft.
pub(crate) fn kept(process: &Process) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(process)?)
}
