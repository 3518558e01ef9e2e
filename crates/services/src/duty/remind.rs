//! Time passes: confirmations that come due become tasks, and whoever is late is reminded once, with the competent
//! administration (LY-SVC-23.5).

use authz::Failure;
use clock::{Clock, DAY};
use store::{Tx, Verb};

use super::{DutyKind, report, table};
use crate::{
    Services,
    entry::{authority, version},
    telling::message,
};

/// How long before its day a confirmation is asked for.
const ASKED_BEFORE_DAYS: u32 = 14;
/// Entries that one transaction looks after.
const ENTRIES_AT_ONCE: i64 = 100;

struct Remind {
    clock: Clock,
}

impl Verb for Remind {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let now = self.clock.now();
        let soon = now + DAY * ASKED_BEFORE_DAYS;
        let due = table::to_confirm(tx, soon, ENTRIES_AT_ONCE).await?;
        for (slug, due_at) in &due {
            let version = version::leading(tx, slug).await?;
            let due = (*due_at).max(now + DAY);
            let new = report::New { kind: DutyKind::Confirm, by: None, words: "", due };
            report::open(tx, &version, new, now).await?;
        }
        let late = table::late(tx, now, ENTRIES_AT_ONCE).await?;
        for duty in &late {
            self.remind(tx, duty).await?;
        }
        Ok(due.len() + late.len())
    }
}

impl Remind {
    async fn remind(&self, tx: &Tx, duty: &super::Duty) -> Result<(), Failure> {
        let now = self.clock.now();
        table::reminded(tx, duty.id, now).await?;
        let Some(slug) = table::slug_of(tx, duty.entry).await? else { return Ok(()) };
        let version = version::leading(tx, &slug).await?;
        let administration = authority::administration(tx).await?;
        let mut told = organisations::people_with(tx, "verifier", administration, now).await?;
        told.push(duty.owner);
        for somebody in told {
            let link = format!("/directory/entries/{slug}");
            let told = message(somebody, "duty-late", format!("service/{slug}"), link)
                .text("service", &version.card.name)
                .moment("due_on", duty.due_at);
            identity::tell(tx, told, now).await?;
        }
        Ok(())
    }
}

impl Services {
    /// Opens what has come due and reminds of what is late. Safe on many nodes: each duty is opened once.
    pub async fn remind_owners(&self) -> Result<usize, Failure> {
        let mut all = 0;
        loop {
            let done = self.store.write(Remind { clock: self.clock.clone() }).await?;
            all += done;
            if done == 0 {
                return Ok(all);
            }
        }
    }
}
