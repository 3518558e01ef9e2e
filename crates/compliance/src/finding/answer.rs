//! The body answers a finding: what was done about it, or why it is none.

use authz::Failure;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{INVALID, Standing, raise::record, table, wrong_step};
use crate::{
    authority::{Acting, people_at, words},
    telling::{message, tell},
};

pub(crate) struct AnswerFinding {
    pub acting: Acting,
    pub finding: Uuid,
    pub answer: String,
}

impl Verb for AnswerFinding {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let finding = self.acting.finding(tx, self.finding, "answer_finding", Standing::Open).await?;
        let answer = words("answer", &self.answer, INVALID)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::answer(tx, finding.id, &answer, by, at).await? {
            return Err(wrong_step(Standing::Answered).into());
        }
        record(tx, "finding.answered", &finding, Some(by), at).await?;
        let mut judges: Vec<Uuid> = finding.opened_by.into_iter().collect();
        if judges.is_empty() {
            let national = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await?;
            if let Some(national) = national {
                judges = people_at(tx, &["auditor"], national, at).await?;
            }
        }
        judges.retain(|judge| *judge != by && Some(*judge) != finding.owner);
        tell(tx, &judges, at, |to| {
            message(to, "finding-answered", finding.ledger_subject(), finding.href())
                .text("what", &finding.what)
                .word("control", &finding.control)
        })
        .await
    }
}
