//! The applicant files an appeal; the heads of the body are told in the same commit.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use clock::DAY;
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{ANSWERED_WITHIN_DAYS, Appeal, AppealState, possible, table};
use crate::{
    entry::Entry,
    request::{act::Acting, decide::check_words},
    telling::{self, Telling},
};

/// What everything about appeals answers to: the stages of a request and the duties of those who decide.
pub(crate) const CONTROLS: &[&str] = &["LY-SVC-17.1b"];
const NOT_POSSIBLE: Refusal = Refusal::new(Kind::Conflict, "appeal.not_possible", CONTROLS);
const TOO_LATE: Refusal = Refusal::new(Kind::Conflict, "appeal.too_late", CONTROLS);
const REPEATED: Refusal = Refusal::new(Kind::Conflict, "appeal.repeated", CONTROLS);

pub(crate) struct File {
    pub acting: Acting,
    pub entry: Arc<Entry>,
    pub grounds: String,
    pub telling: Telling,
}

impl Verb for File {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let request = self.acting.permitted(tx, "appeal").await?;
        let now = self.acting.clock.now();
        let (against, until) = possible(&request, &self.entry.card, now).ok_or(NOT_POSSIBLE)?;
        if until.is_some_and(|until| now > until) {
            return Err(TOO_LATE.into());
        }
        let grounds = clean_text(&self.grounds).trim().to_owned();
        check_words(Refusal::new(Kind::Invalid, "appeal.grounds_missing", CONTROLS), "grounds", &grounds)?;
        let appeal = Appeal {
            id: Uuid::now_v7(),
            request: request.id,
            body: request.body,
            against,
            grounds,
            state: AppealState::Open,
            filed_at: now,
            due_at: now + DAY * ANSWERED_WITHIN_DAYS,
            reasons: String::new(),
            remedy: String::new(),
            decided_by: None,
            decided_at: None,
        };
        if !table::insert(tx, &appeal).await? {
            return Err(REPEATED.into());
        }
        let entry = ledger::Entry {
            kind: "appeal.filed",
            subject: request.subject(),
            actor: Some(self.acting.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "appeal": appeal.id, "against": against.word() }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        for head in organisations::people_with(tx, "head", request.body, now).await? {
            let link = format!("/desk/appeals/{}", appeal.id);
            let message = telling::message(head, "appeal-filed", request.subject(), link)
                .word("number", request.number.as_str())
                .moment("due_on", appeal.due_at);
            notify::send(tx, now, message, None).await?;
        }
        let message = self.telling.message(&request, "appeal-received").moment("due_on", appeal.due_at);
        self.telling.tell(tx, message, now).await?;
        Ok(appeal.id)
    }
}
