//! Proposals whose time is over go, as the register's rules say (LY-SVC-22.2). The register itself loses nothing: what was
//! submitted stands there with every version (22.1).

use authz::Failure;
use clock::{Clock, DAY};
use serde_json::json;
use store::{Tx, Verb};

use super::table;
use crate::{Services, rulebook};

/// Proposals that one run removes.
const AT_ONCE_MAX: i64 = 500;

struct RemoveOld {
    clock: Clock,
}

impl Verb for RemoveOld {
    type Answer = u64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<u64, Failure> {
        let held = rulebook::table::current(tx).await?;
        let at = self.clock.now();
        let (untouched, closed) = (at - DAY * held.rules.proposal_days, at - DAY * held.rules.submitted_days);
        let removed = table::remove_old(tx, untouched, closed, AT_ONCE_MAX).await?;
        for (proposal, body) in &removed {
            let recorded = ledger::Entry {
                kind: "directory.proposal_removed",
                subject: format!("proposal/{proposal}"),
                actor: None,
                controls: &["LY-SVC-22.2"],
                body: json!({ "body": body, "rules": held.version }),
                at,
            };
            ledger::append(tx, recorded).await?;
        }
        Ok(removed.len() as u64)
    }
}

impl Services {
    /// Removes what the rules in force keep no longer; answers how many.
    pub async fn remove_old_proposals(&self) -> Result<u64, Failure> {
        let removed = self.store.write(RemoveOld { clock: self.clock.clone() }).await?;
        self.ledger.wake();
        Ok(removed)
    }
}
