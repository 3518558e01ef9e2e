//! How many warnings must go unanswered, and how long each waits. Whoever may set it decides outside; here it takes effect on
//! every open alert at once.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::{ATTACKS_OPEN_MAX, Ladder, table, warn};
use crate::Identity;

impl Identity {
    /// The ladder in force: what the implementing body set, never looser than the packs.
    pub async fn ladder(&self, sql: &impl Sql) -> Result<Ladder, StoreError> {
        let packs = self.ladder;
        Ok(table::ladder(sql).await?.map_or(packs, |set| Ladder {
            warnings: set.warnings.min(packs.warnings),
            interval: set.interval.min(packs.interval),
        }))
    }
}

/// Sets it, and orders the next step of each open alert anew. Answers how many there are.
pub async fn set_ladder(tx: &Tx, ladder: Ladder, by: Uuid, at: Timestamp) -> Result<usize, StoreError> {
    table::put_ladder(tx, ladder, by, at).await?;
    let open = table::all_open(tx, ATTACKS_OPEN_MAX).await?;
    for attack in open.iter().filter(|attack| attack.warnings < ladder.warnings) {
        warn::order(tx, attack, attack.next_at(ladder).max(at)).await?;
    }
    Ok(open.len())
}
