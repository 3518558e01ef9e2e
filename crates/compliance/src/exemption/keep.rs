//! Whoever asked is warned before an exemption ends; its end by the clock is written into the ledger (LY-SVC-5.e).

use authz::Failure;
use clock::{Clock, DAY};
use store::{Tx, Verb};

use super::{Exemption, ask::record, decide::last_day, table};
use crate::{
    Compliance,
    authority::{ANSWERERS, people_at},
    telling::{message, tell},
};

/// How long before the end the body is warned.
const WARNED_DAYS: u32 = 14;
/// Exemptions that one transaction keeps.
const AT_ONCE: i64 = 50;

struct KeepExemptions {
    clock: Clock,
}

impl Verb for KeepExemptions {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let now = self.clock.now();
        let ending = table::to_warn(tx, (now, now + DAY * WARNED_DAYS), AT_ONCE).await?;
        for held in &ending {
            self.warn(tx, held).await?;
        }
        let over = table::to_close(tx, now, AT_ONCE).await?;
        for held in &over {
            if table::close(tx, held.id, now).await? {
                record(tx, "exemption.over", held, None, now).await?;
            }
        }
        Ok(ending.len() + over.len())
    }
}

impl KeepExemptions {
    async fn warn(&self, tx: &Tx, held: &Exemption) -> Result<(), Failure> {
        let now = self.clock.now();
        if !table::warned(tx, held.id, now).await? {
            return Ok(());
        }
        let mut to = people_at(tx, &ANSWERERS, held.body, now).await?;
        if !to.contains(&held.asked_by) {
            to.push(held.asked_by);
        }
        tell(tx, &to, now, |to| {
            message(to, "exemption-ending", held.ledger_subject(), held.href())
                .moment("until_on", last_day(held.ends_at))
        })
        .await
    }
}

impl Compliance {
    pub async fn keep_exemptions(&self) -> Result<(), Failure> {
        while self.store.write(KeepExemptions { clock: self.clock.clone() }).await? > 0 {}
        Ok(())
    }
}
