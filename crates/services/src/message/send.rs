//! Writing on a request. The words stand with the request, where they stay erasable; the ledger holds that somebody wrote,
//! and when.

use authz::{Actor, Failure, Kind, Refusal};
use language::clean_text;
use serde_json::json;
use store::{OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{Enclosed, Message, Side, table};
use crate::{
    Services,
    request::{
        RequestNumber,
        act::{Acting, visible},
    },
    storage,
    telling::Telling,
};

pub const WORDS_CHARACTERS_MIN: usize = 2;
pub const WORDS_CHARACTERS_MAX: usize = 2_000;
pub const ENCLOSED_MAX: usize = 5;

pub struct Send {
    pub acting: Acting,
    pub words: String,
    pub enclosed: Vec<Enclosed>,
    /// How the applicant is told that the desk has written.
    pub telling: Telling,
}

impl Verb for Send {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let Acting { actor, policies, number, clock, .. } = &self.acting;
        let request = visible(tx, policies, actor, number).await?;
        policies.require("services", actor, "write", &request.resource())?;
        if request.state.is_closed() {
            return Err(Refusal::new(Kind::Conflict, "message.closed", &["LY-SVC-16.3a"]).into());
        }
        let words = checked(&self.words)?;
        let (now, own) = (clock.now(), request.applicant == actor.person);
        let side = if own { Side::Applicant } else { Side::Desk };
        for enclosed in &self.enclosed {
            if !storage::keep::keep(tx, request.body, enclosed.document, now).await? {
                return Err(unknown(enclosed.document).into());
            }
        }
        let (author, enclosed) = (actor.person, self.enclosed.clone());
        let message = Message { id: Uuid::now_v7(), author, side, words, enclosed, at: now };
        table::insert(tx, request.id, &message).await?;
        let entry = ledger::Entry {
            kind: "request.message",
            subject: request.subject(),
            actor: Some(actor.person),
            controls: &["LY-SVC-16.3a"],
            body: json!({
                "number": request.number.as_str(), "side": side.word(), "documents": self.enclosed.len(),
            }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        if side == Side::Desk {
            self.telling.tell(tx, self.telling.message(&request, "request-message"), now).await?;
        }
        Ok(message.id)
    }
}

fn checked(words: &str) -> Result<String, Refusal> {
    let words = clean_text(words).trim().to_owned();
    let refusal = Refusal::new(Kind::Invalid, "message.words_missing", &[]);
    match words.chars().count() {
        n if n < WORDS_CHARACTERS_MIN => Err(refusal.with_item("words", "required", "")),
        n if n > WORDS_CHARACTERS_MAX => {
            Err(refusal.with_item("words", "too_long", &WORDS_CHARACTERS_MAX.to_string()))
        }
        _ => Ok(words),
    }
}

fn unknown(document: Uuid) -> Refusal {
    Refusal::new(Kind::Invalid, "message.document_unknown", &[]).with_item(
        "documents",
        "document_unknown",
        &document.to_string(),
    )
}

impl Services {
    /// Writes on a request; documents must be the writer's own uploads.
    pub async fn write_message(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        words: String,
        documents: &[Uuid],
        once: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let acting = self.acting(actor, number, None);
        let (_, _, telling) = self.behind(&acting).await?;
        let enclosed = self.enclosed(actor, documents).await?;
        self.on_request(acting.clone(), Send { acting, words, enclosed, telling }, once).await
    }

    async fn enclosed(&self, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Enclosed>, Failure> {
        if ids.len() > ENCLOSED_MAX {
            return Err(Refusal::new(Kind::Invalid, "message.documents_too_many", &[])
                .with_item("documents", "too_many", &ENCLOSED_MAX.to_string())
                .into());
        }
        let mut enclosed: Vec<Enclosed> = Vec::new();
        for id in ids {
            let document = documents::find(&self.store.read(), *id).await?;
            let own = document.filter(|document| document.owner == actor.person);
            let document = own.ok_or_else(|| unknown(*id))?;
            if !enclosed.iter().any(|known| known.document == *id) {
                enclosed.push(Enclosed { document: *id, name: document.name });
            }
        }
        Ok(enclosed)
    }
}
