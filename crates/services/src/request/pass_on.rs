//! On to the next desk of the process: a technical inspection, the opinion of another body, a second signature.
//!
//! What the process asks to be written is kept with the request, and whoever decides reads it.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};

use super::{
    Act, Opinion, Request,
    act::{Acting, Told},
    decide::check_words,
};
use crate::entry::Entry;

pub struct PassOn {
    pub acting: Acting,
    pub entry: Arc<Entry>,
    /// The stage that it goes to; may be left out where there is one way.
    pub to: Option<String>,
    pub words: String,
}

impl Verb for PassOn {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let mut request = self.acting.request(tx, &self.entry, Act::PassOn).await?;
        let to = self.to.as_deref().filter(|to| !to.is_empty());
        let next = self.entry.process.after(&request.stage, Act::PassOn, to)?.id.clone();
        let words = clean_text(&self.words).trim().to_owned();
        self.check(&request, &next, &words)?;
        let (from, now) = (request.stage.clone(), self.acting.clock.now());
        if let Some(desk) = request.desk.clone() {
            request.checks.opinions.push(Opinion {
                stage: from.clone(),
                to: next.clone(),
                body: desk.body,
                desk: desk.word(),
                by: self.acting.actor.person,
                at: now.0,
                words,
            });
        }
        let told = Told {
            kind: "request.passed_on",
            controls: &["LY-SVC-17.1a", "LY-SVC-16.3b"],
            note: "",
            body: json!({ "from": from, "to": next }),
            at: now,
        };
        self.acting.conclude(tx, &self.entry, &mut request, (Act::PassOn, Some(&next)), told).await?;
        Ok(request.state.word().to_owned())
    }
}

impl PassOn {
    /// Words are needed where the process asks for them.
    fn check(&self, request: &Request, to: &str, words: &str) -> Result<(), Refusal> {
        let way = self.entry.process.way(&request.stage, Act::PassOn, Some(to));
        let refusal = Refusal::new(Kind::Invalid, "request.opinion_missing", &["LY-SVC-17.1a"]);
        match way.and_then(|way| way.asks.as_ref()) {
            Some(_) => check_words(refusal, "words", words),
            None if words.is_empty() => Ok(()),
            None => check_words(refusal, "words", words),
        }
    }
}
