//! The applicant asks for a paper copy, where the card of the service offers it.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Address, CONTROLS, NOT_OFFERED, PaperCopy, table};
use crate::{
    entry::Entry,
    request::{State, act::Acting},
};

/// Characters of one line of an address: what fits the window of an envelope.
pub const LINE_CHARACTERS_MAX: usize = 120;

const UNDER_WAY: Refusal = Refusal::new(Kind::Conflict, "copy.under_way", CONTROLS);

pub(crate) struct AskForCopy {
    pub acting: Acting,
    pub entry: Arc<Entry>,
    pub address: Address,
}

impl Verb for AskForCopy {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let request = self.acting.permitted(tx, "ask_copy").await?;
        if request.state != State::Completed || !self.entry.card.copy_by_post {
            return Err(NOT_OFFERED.into());
        }
        let now = self.acting.clock.now();
        let copy = PaperCopy {
            id: Uuid::now_v7(),
            request: request.id,
            body: request.body,
            address: checked(&self.address)?,
            asked_at: now,
            prints: 0,
            dispatch: None,
        };
        if !table::insert(tx, &copy).await? {
            return Err(UNDER_WAY.into());
        }
        let entry = ledger::Entry {
            kind: "copy.asked",
            subject: request.subject(),
            actor: Some(self.acting.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "copy": copy.id }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        Ok(copy.id)
    }
}

/// Every line of the address but the telephone is needed, and fits an envelope.
fn checked(typed: &Address) -> Result<Address, Refusal> {
    let clean = |line: &str| clean_text(line).trim().to_owned();
    let address = Address {
        recipient: clean(&typed.recipient),
        street: clean(&typed.street),
        city: clean(&typed.city),
        phone: clean(&typed.phone),
    };
    let mut refusal = Refusal::new(Kind::Invalid, "copy.address_missing", CONTROLS);
    let lines = [
        ("recipient", &address.recipient, true),
        ("street", &address.street, true),
        ("city", &address.city, true),
        ("phone", &address.phone, false),
    ];
    for (field, line, is_needed) in lines {
        match line.chars().count() {
            0 if is_needed => refusal = refusal.with_item(field, "required", ""),
            n if n > LINE_CHARACTERS_MAX => {
                refusal = refusal.with_item(field, "too_long", &LINE_CHARACTERS_MAX.to_string());
            }
            _ => {}
        }
    }
    if refusal.items.is_empty() { Ok(address) } else { Err(refusal) }
}
