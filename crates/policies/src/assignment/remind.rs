//! Whoever has not acknowledged is reminded before the day and after it, again and again, with one message for all that is open.

use std::collections::BTreeMap;

use authz::Failure;
use clock::{DAY, Timestamp};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Assignment, REMINDED_EVERY_DAYS, table};
use crate::{Register, telling::message};

/// Assignments that one transaction reminds of.
const AT_ONCE: i64 = 500;

struct RemindOfPolicies {
    at: Timestamp,
}

impl Verb for RemindOfPolicies {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let found = table::to_remind(tx, self.at, AT_ONCE).await?;
        let mut told: BTreeMap<Uuid, Vec<&Assignment>> = BTreeMap::new();
        for held in &found {
            // After the day it comes again a week after the last time, before it a week after the day.
            let next = held.due_at.max(self.at) + DAY * REMINDED_EVERY_DAYS;
            if table::reminded(tx, held.id, self.at, next).await? {
                told.entry(held.person).or_default().push(held);
            }
        }
        for (person, held) in told {
            let first = held.iter().map(|it| it.due_at).min().unwrap_or(self.at);
            compliance::tell(tx, &[person], self.at, |to| {
                message(to, "policy-reminder", format!("person/{to}"), "/account/policies".into())
                    .word("open_count", held.len().to_string())
                    .moment("due_on", first)
            })
            .await?;
        }
        Ok(found.len())
    }
}

impl Register {
    pub(crate) async fn remind_of_policies(&self) -> Result<(), Failure> {
        while self.store.write(RemindOfPolicies { at: self.clock.now() }).await? > 0 {}
        Ok(())
    }
}
