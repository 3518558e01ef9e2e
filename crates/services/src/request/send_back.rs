//! The request goes back to the applicant, with an instruction for each item that must be corrected (LY-SVC-16.2).

use std::sync::Arc;

use authz::{Failure, Item, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{
    Act, Correction, Request,
    act::{Acting, Told},
};
use crate::{entry::Entry, telling::Telling};

/// Characters of one instruction: long enough to say what to do, short enough to be read on a phone.
pub const INSTRUCTION_CHARACTERS_MIN: usize = 5;
pub const INSTRUCTION_CHARACTERS_MAX: usize = 600;

pub struct SendBack {
    pub acting: Acting,
    pub entry: Arc<Entry>,
    pub corrections: Vec<Correction>,
    pub telling: Telling,
}

impl Verb for SendBack {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let mut request = self.acting.request(tx, &self.entry, Act::SendBack).await?;
        check_listed(&self.entry, &self.corrections)?;
        check(&request, &self.corrections)?;
        let now = self.acting.clock.now();
        request.checks.corrections = self.corrections.iter().map(cleaned).collect();
        request.checks.verified.clear();
        request.returned_at = Some(now);
        let items: Vec<&str> = self.corrections.iter().map(|correction| correction.item.as_str()).collect();
        let told = Told {
            kind: "request.returned",
            controls: &["LY-SVC-16.2"],
            note: "",
            body: json!({ "items": items }),
            at: now,
        };
        self.acting.conclude(tx, &self.entry, &mut request, (Act::SendBack, None), told).await?;
        let message = self.telling.message(&request, "request-returned");
        self.telling.tell(tx, message, now).await?;
        Ok(request.state.word().to_owned())
    }
}

/// What officers write reaches applicants without marks that cannot be seen.
fn cleaned(correction: &Correction) -> Correction {
    Correction { item: correction.item.clone(), instruction: language::clean_text(&correction.instruction) }
}

/// Nobody is asked for a document that the card does not list (LY-SVC-13.3b).
fn check_listed(entry: &Entry, corrections: &[Correction]) -> Result<(), Refusal> {
    let listed = |id: &str| entry.card.documents.iter().any(|document| document.id == id);
    let unlisted: Vec<Item> = corrections
        .iter()
        .filter(|correction| correction.item.strip_prefix("document.").is_some_and(|id| !listed(id)))
        .map(|correction| Item {
            field: correction.item.clone(),
            code: "unlisted".into(),
            detail: String::new(),
        })
        .collect();
    if unlisted.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(Kind::Invalid, "request.unlisted_requirement", &["LY-SVC-13.3b"]).with_items(unlisted))
}

/// At least one item, each of them part of the request, each with an instruction.
fn check(request: &Request, corrections: &[Correction]) -> Result<(), Refusal> {
    let refusal = Refusal::new(Kind::Invalid, "request.instruction_missing", &["LY-SVC-16.2"]);
    if corrections.is_empty() {
        return Err(refusal.with_item("corrections", "required", ""));
    }
    let known = request.items();
    let evidence = |item: &str| item.starts_with("document.");
    let items: Vec<Item> = corrections
        .iter()
        .filter_map(|correction| {
            let length = correction.instruction.trim().chars().count();
            let wrong = |code: &str, detail: usize| {
                Some(Item { field: correction.item.clone(), code: code.into(), detail: detail.to_string() })
            };
            match length {
                _ if !known.contains(&correction.item) && !evidence(&correction.item) => wrong("unlisted", 0),
                0 => wrong("instruction_required", 0),
                n if n < INSTRUCTION_CHARACTERS_MIN => wrong("too_short", INSTRUCTION_CHARACTERS_MIN),
                n if n > INSTRUCTION_CHARACTERS_MAX => wrong("too_long", INSTRUCTION_CHARACTERS_MAX),
                _ => None,
            }
        })
        .collect();
    if items.is_empty() { Ok(()) } else { Err(refusal.with_items(items)) }
}
