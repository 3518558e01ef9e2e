//! An officer begins an entry for somebody: who it is and how that was seen, why it is done here, and that they agree.
//! The consent and the looking up of the person are in the ledger before anything of the person is shown.

use authz::{Actor, Failure, Kind, Refusal};
use compliance::Door;
use language::clean_text;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Assisted, IDENTIFIED_CHARACTERS_MAX, REASON_CHARACTERS_MAX, REASON_CHARACTERS_MIN, table};
use crate::{Services, assignment::desk_resource, request::Desk};

/// What the officer says before an entry begins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub service: String,
    pub identifier: String,
    pub identified_by: String,
    pub reason: String,
    pub consent: bool,
}

struct Begin(Assisted);

impl Verb for Begin {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let Begin(assisted) = self;
        table::insert(tx, assisted).await?;
        let entry = ledger::Entry {
            kind: "assisted.begun",
            subject: format!("assisted/{}", assisted.id),
            actor: Some(assisted.officer),
            controls: &["LY-SVC-13.1", "LY-SVC-6.4b"],
            body: json!({
                "applicant": assisted.applicant, "service": assisted.entry, "reason": assisted.reason,
                "identified_by": assisted.identified_by, "consent_at": assisted.consent_at.to_string(),
            }),
            at: assisted.consent_at,
        };
        ledger::append(tx, entry).await.map(drop)
    }
}

impl Services {
    pub(crate) async fn begin_assisted(&self, actor: &Actor, said: &Said) -> Result<Uuid, Failure> {
        let outcome = self.begun(actor, said).await;
        self.noted(actor, "assisted", outcome).await
    }

    async fn begun(&self, actor: &Actor, said: &Said) -> Result<Uuid, Failure> {
        let incomplete = Refusal::new(Kind::Invalid, "assisted.incomplete", &["LY-SVC-13.1"]);
        let Some(entry) = self.directory.entry(&said.service) else {
            return Err(incomplete.with_item("service", "required", "").into());
        };
        let desk = Desk { role: "officer".into(), body: entry.body };
        self.policies.require("services", actor, "assist", &desk_resource(&desk))?;
        let (reason, identified_by) = (cleaned(&said.reason), cleaned(&said.identified_by));
        check(&reason, &identified_by)?;
        if !said.consent {
            let missing = Refusal::new(Kind::Invalid, "assisted.consent_missing", &["LY-SVC-13.1"]);
            return Err(missing.with_item("consent", "required", "").into());
        }
        let unknown = Refusal::new(Kind::Invalid, "assisted.unidentified", &["LY-SVC-13.1"]);
        let unknown = unknown.with_item("identifier", "invalid", "");
        let identifier = identity::identifier(&said.identifier).ok_or_else(|| unknown.clone())?;
        let person = identity::person_by_identifier(&self.store.read(), &identifier).await?;
        let person = person.ok_or(unknown)?;
        if person.id == actor.person {
            return Err(Refusal::new(Kind::NotAllowed, "assisted.own", &["LY-SVC-13.1"]).into());
        }
        let assisted = Assisted {
            id: Uuid::now_v7(),
            officer: actor.person,
            body: entry.body,
            entry: entry.id,
            applicant: person.id,
            reason,
            identified_by,
            consent_at: self.clock.now(),
            number: None,
        };
        let id = assisted.id;
        self.store.write(Begin(assisted)).await?;
        self.ledger.wake();
        Ok(id)
    }
}

fn cleaned(words: &str) -> String {
    clean_text(words).trim().to_owned()
}

fn check(reason: &str, identified_by: &str) -> Result<(), Refusal> {
    let mut refusal = Refusal::new(Kind::Invalid, "assisted.incomplete", &["LY-SVC-13.1"]);
    match reason.chars().count() {
        0 => refusal = refusal.with_item("reason", "required", ""),
        n if n < REASON_CHARACTERS_MIN => {
            refusal = refusal.with_item("reason", "too_short", &REASON_CHARACTERS_MIN.to_string());
        }
        n if n > REASON_CHARACTERS_MAX => {
            refusal = refusal.with_item("reason", "too_long", &REASON_CHARACTERS_MAX.to_string());
        }
        _ => {}
    }
    match identified_by.chars().count() {
        0 => refusal = refusal.with_item("identified_by", "required", ""),
        n if n > IDENTIFIED_CHARACTERS_MAX => {
            refusal = refusal.with_item("identified_by", "too_long", &IDENTIFIED_CHARACTERS_MAX.to_string());
        }
        _ => {}
    }
    if refusal.items.is_empty() { Ok(()) } else { Err(refusal) }
}
