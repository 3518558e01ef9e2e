//! What comes with time: whoever joins is assigned, what is open is reminded of, and reviews are asked for (OM-SOC-R.2).

use authz::Failure;
use clock::{DAY, Timestamp};
use store::{Tx, Verb};

use crate::{
    Register,
    authority::signers_of,
    policy::{Policy, table as policies},
    review::{ASKED_DAYS, REMINDED_EVERY_DAYS},
    telling::message,
    version::table as versions,
};

/// Reviews that one transaction reminds of.
const AT_ONCE: i64 = 50;

impl Register {
    /// Safe on many nodes: each thing is done once.
    pub async fn keep_house(&self) -> Result<(), Failure> {
        self.assign_joiners().await?;
        self.remind_of_policies().await?;
        while self.store.write(RemindOfReviews { at: self.clock.now() }).await? > 0 {}
        Ok(())
    }
}

struct RemindOfReviews {
    at: Timestamp,
}

impl Verb for RemindOfReviews {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let (near, before) = (self.at + DAY * ASKED_DAYS, self.at - DAY * REMINDED_EVERY_DAYS);
        let found = policies::review_near(tx, near, before, AT_ONCE).await?;
        for policy in &found {
            if policies::reminded(tx, policy.id, before, self.at).await? {
                self.tell(tx, policy).await?;
            }
        }
        Ok(found.len())
    }
}

impl RemindOfReviews {
    async fn tell(&self, tx: &Tx, policy: &Policy) -> Result<(), Failure> {
        let Some(version) = versions::in_force(tx, policy.id, self.at).await? else { return Ok(()) };
        let mut to = Vec::new();
        for unit in policy.units() {
            to.extend(signers_of(tx, policy.body, unit, self.at).await?);
        }
        to.sort();
        to.dedup();
        compliance::tell(tx, &to, self.at, |to| {
            message(to, "policy-review", policy.ledger_subject(), policy.href())
                .text("title", &version.content.title())
                .moment("due_on", policy.next_review_at.unwrap_or(self.at))
        })
        .await
    }
}
