//! The work that sends a code by text message. It is no notice: what proves a phone must lie nowhere else.

use std::sync::Arc;

use async_trait::async_trait;
use jobs::{JobError, Task, Work};
use language::Texts;
use notify::{Sms, SmsError};
use uuid::Uuid;

use super::{code::TEXT_CODE_LIFE, table};
use crate::{Identity, person};

/// The kind of the job.
pub(super) const TEXT_CODE_JOB: &str = "identity.text_code";

pub struct SendTextCode {
    identity: Arc<Identity>,
    texts: Arc<Texts>,
    gateway: Option<Arc<dyn Sms>>,
}

impl SendTextCode {
    pub fn new(identity: Arc<Identity>, texts: Arc<Texts>, gateway: Option<Arc<dyn Sms>>) -> SendTextCode {
        SendTextCode { identity, texts, gateway }
    }
}

#[async_trait]
impl Work for SendTextCode {
    fn kind(&self) -> &'static str {
        TEXT_CODE_JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("code").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no code".into()))?;
        let sql = self.identity.store.read();
        let code = table::code(&sql, id).await?.filter(|code| code.is_good(self.identity.clock.now()));
        // Another one took its place, or it is over: nobody waits for it any more.
        let Some(code) = code else { return Ok(()) };
        let Some(person) = person::table::person(&sql, code.person).await? else { return Ok(()) };
        let Some(gateway) = &self.gateway else {
            return Err(JobError::Never("this installation sends no text messages".into()));
        };
        let minutes = (TEXT_CODE_LIFE.as_secs() / 60).to_string();
        let said = code.code(&self.identity.key);
        let values = [("code", said.as_str().into()), ("minutes", minutes.as_str().into())];
        let text = self.texts.say(person.language, "identity-phone-text", &values);
        match gateway.send(&code.number, &plain(&text), &code.reference()).await {
            Ok(()) => Ok(()),
            Err(SmsError::Later(reason)) => Err(JobError::Again(reason)),
            Err(SmsError::Refused(reason)) => Err(JobError::Never(reason)),
        }
    }
}

/// Without the marks that keep scripts apart on pages: phones show some of them as boxes, and each costs a character.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
        .collect()
}
