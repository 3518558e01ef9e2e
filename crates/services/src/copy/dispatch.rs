//! A copy leaves: with which carrier, and under which number it can be followed. The applicant is told.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{CONTROLS, Dispatch, table};
use crate::{appointment::Appointment, request, telling::Telling};

/// Characters of a carrier's name, and of its number.
pub const CARRIER_CHARACTERS_MAX: usize = 80;

const DISPATCHED: Refusal = Refusal::new(Kind::Conflict, "copy.dispatched", CONTROLS);
const NOT_PRINTED: Refusal = Refusal::new(Kind::Conflict, "copy.not_printed", CONTROLS);

pub(crate) struct DispatchCopy {
    pub actor: Actor,
    pub copy: Uuid,
    pub carrier: String,
    pub tracking: String,
    pub policies: Arc<Policies>,
    pub clock: Clock,
    pub telling: Telling,
}

impl Verb for DispatchCopy {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let copy = table::by_id(tx, self.copy).await?.ok_or_else(Refusal::not_found)?;
        self.policies.require("services", &self.actor, "post_copies", &Appointment::desk(copy.body))?;
        let request = request::table::by_id(tx, copy.request).await?.ok_or_else(Refusal::not_found)?;
        if copy.dispatch.is_some() {
            return Err(DISPATCHED.into());
        }
        if copy.prints == 0 {
            return Err(NOT_PRINTED.into());
        }
        let dispatch = self.checked()?;
        if !table::dispatch(tx, copy.id, &dispatch).await? {
            return Err(DISPATCHED.into());
        }
        let entry = ledger::Entry {
            kind: "copy.dispatched",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "copy": copy.id, "carrier": dispatch.carrier,
                "tracking": dispatch.tracking }),
            at: dispatch.at,
        };
        ledger::append(tx, entry).await?;
        let message = self.telling.message(&request, "copy-dispatched");
        let message =
            message.word("carrier", dispatch.carrier.as_str()).word("tracking", dispatch.tracking.as_str());
        self.telling.tell(tx, message, dispatch.at).await
    }
}

impl DispatchCopy {
    fn checked(&self) -> Result<Dispatch, Refusal> {
        let clean = |typed: &str| clean_text(typed).trim().to_owned();
        let (carrier, tracking) = (clean(&self.carrier), clean(&self.tracking));
        let mut refusal = Refusal::new(Kind::Invalid, "copy.carrier_missing", CONTROLS);
        for (field, value) in [("carrier", &carrier), ("tracking", &tracking)] {
            match value.chars().count() {
                0 => refusal = refusal.with_item(field, "required", ""),
                n if n > CARRIER_CHARACTERS_MAX => {
                    refusal = refusal.with_item(field, "too_long", &CARRIER_CHARACTERS_MAX.to_string());
                }
                _ => {}
            }
        }
        if refusal.items.is_empty() {
            Ok(Dispatch { carrier, tracking, by: self.actor.person, at: self.clock.now() })
        } else {
            Err(refusal)
        }
    }
}
