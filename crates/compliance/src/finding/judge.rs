//! Somebody other than who answered closes a finding, or sends it back with a new time limit (four eyes).

use authz::Failure;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{INVALID, Standing, raise::record, table, wrong_step};
use crate::{
    authority::{Acting, words},
    telling::{message, tell},
};

pub(crate) struct Judge {
    pub acting: Acting,
    pub finding: Uuid,
    /// Closed, or sent back.
    pub closes: bool,
    pub words: String,
}

impl Verb for Judge {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let finding = self.acting.finding(tx, self.finding, "judge_finding", Standing::Answered).await?;
        let words = words("words", &self.words, INVALID)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let calendar = organisations::calendar(tx, finding.body).await?;
        let due = calendar.due(at, finding.severity.working_days());
        let done = match self.closes {
            true => table::close(tx, finding.id, &words, by, at).await?,
            false => table::send_back(tx, finding.id, &words, due).await?,
        };
        if !done {
            return Err(wrong_step(Standing::Closed).into());
        }
        let kind = if self.closes { "finding.closed" } else { "finding.sent_back" };
        record(tx, kind, &finding, Some(by), at).await?;
        let mut to: Vec<Uuid> = finding.owner.into_iter().chain(finding.answered_by).collect();
        to.dedup();
        let key = if self.closes { "finding-closed" } else { "finding-sent-back" };
        tell(tx, &to, at, |to| {
            message(to, key, finding.ledger_subject(), finding.href())
                .text("what", &finding.what)
                .word("words", words.clone())
                .moment("due_on", due)
        })
        .await
    }
}
