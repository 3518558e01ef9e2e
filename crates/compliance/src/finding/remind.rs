//! What was not answered in time is told to its owner and to those who oversee, once a time limit.

use authz::Failure;
use clock::Clock;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Finding, raise::record, table};
use crate::{
    Compliance,
    authority::people_at,
    telling::{message, tell},
};

/// Findings that one transaction reminds of.
const AT_ONCE: i64 = 50;

struct RemindOfFindings {
    clock: Clock,
}

impl Verb for RemindOfFindings {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let late = table::late(tx, self.clock.now(), AT_ONCE).await?;
        for finding in &late {
            self.remind(tx, finding).await?;
        }
        Ok(late.len())
    }
}

impl RemindOfFindings {
    async fn remind(&self, tx: &Tx, finding: &Finding) -> Result<(), Failure> {
        let at = self.clock.now();
        if !table::reminded(tx, finding.id, at).await? {
            return Ok(());
        }
        record(tx, "finding.late", finding, None, at).await?;
        let mut to: Vec<Uuid> = finding.owner.into_iter().collect();
        let national = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await?;
        if let Some(national) = national {
            to.extend(people_at(tx, &["auditor"], national, at).await?);
        }
        to.dedup();
        tell(tx, &to, at, |to| {
            message(to, "finding-late", finding.ledger_subject(), finding.href())
                .text("what", &finding.what)
                .word("control", &finding.control)
                .moment("due_on", finding.due_at)
        })
        .await
    }
}

impl Compliance {
    pub async fn remind_of_findings(&self) -> Result<(), Failure> {
        while self.store.write(RemindOfFindings { clock: self.clock.clone() }).await? > 0 {}
        Ok(())
    }
}
