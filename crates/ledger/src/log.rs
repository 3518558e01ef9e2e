//! The log as a node runs it: the loop that sequences, those who wait for it, and the seals it gives out.

use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use clock::Clock;
use store::Store;
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout_at},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::checkpoint;
use crate::entry::{self, Entry, Leaf, Statement};
use crate::error::LedgerError;
use crate::inclusion::{Inclusion, inclusion};
use crate::keys::Keys;
use crate::seal::Seal;
use crate::sequence::Round;
use crate::waiting::Waiters;

/// How often a node looks for entries that nobody woke it for.
pub const TICK: Duration = Duration::from_millis(250);
/// The least time between two rounds of a node, so that a busy log signs for many entries at once.
pub const ROUND_SPACING: Duration = Duration::from_millis(10);
/// The same while only a few entries come: nobody is made to wait for company that does not arrive.
pub const ROUND_SPACING_QUIET: Duration = Duration::from_millis(1);
/// How many entries of a round still count as a few.
pub const ROUND_LEAVES_QUIET: u64 = 2;
/// How long a node rests after a round that failed.
pub const ROUND_RETRY: Duration = Duration::from_millis(250);
/// How often one who waits looks whether another node has sequenced its entry.
pub const POLL: Duration = Duration::from_millis(100);
/// An entry as young as this waits for its round most likely, so its first look at the database comes a poll later.
pub const YOUNG: Duration = Duration::from_secs(1);

/// One log. Any number of nodes may run it over the same database with the same keys.
pub struct Ledger {
    store: Store,
    clock: Clock,
    keys: Arc<Keys>,
    origin: Arc<str>,
    woken: Notify,
    waiters: Waiters,
}

/// How the log stands, for health and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Entries in the newest checkpoint.
    pub size: u64,
    /// The age of the oldest entry that waits; zero when none does.
    pub lag: Duration,
}

impl Ledger {
    /// `origin` is the first line of each checkpoint: a name that no other log has, such as
    /// `log.example.org/office`. White space in it, which would break the line, becomes a hyphen; an empty one
    /// becomes the name of the key.
    pub fn new(store: Store, clock: Clock, keys: Arc<Keys>, origin: String) -> Arc<Ledger> {
        let origin = origin.split_whitespace().collect::<Vec<_>>().join("-");
        let origin = if origin.is_empty() { keys.name() } else { origin }.into();
        Arc::new(Ledger { store, clock, keys, origin, woken: Notify::new(), waiters: Waiters::default() })
    }

    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Tells the loop that there is something to sequence. Call it after the commit of a verb.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// Sequences until `cancel`led. A round that fails is tried again: nothing is lost by waiting.
    pub async fn run(&self, cancel: CancellationToken) {
        loop {
            let rest = self.rest_after_round().await;
            let next = async {
                sleep(rest).await;
                tokio::select! {
                    () = self.woken.notified() => {}
                    () = sleep(TICK) => {}
                }
            };
            tokio::select! {
                () = cancel.cancelled() => return,
                () = next => {}
            }
        }
    }

    /// Takes all that waits, and says how long to rest afterwards.
    async fn rest_after_round(&self) -> Duration {
        loop {
            match self.sequence().await {
                Ok(taken) if taken <= ROUND_LEAVES_QUIET => return ROUND_SPACING_QUIET,
                Ok(taken) if taken < crate::ROUND_LEAVES_MAX => return ROUND_SPACING,
                Ok(_) => tokio::task::yield_now().await,
                Err(error) => {
                    tracing::error!(%error, "a round of the ledger failed");
                    return ROUND_RETRY;
                }
            }
        }
    }

    /// One round: gives at most [`crate::ROUND_LEAVES_MAX`] waiting entries their places and signs a
    /// checkpoint. Answers how many it took.
    pub async fn sequence(&self) -> Result<u64, LedgerError> {
        if entry::table::oldest_waiting(&self.store.read()).await?.is_none() {
            return Ok(0);
        }
        let round = Round { keys: self.keys.clone(), origin: self.origin.clone() };
        let Some(sequenced) = self.store.write(round).await? else { return Ok(0) };
        let taken = sequenced.placed.len() as u64;
        self.waiters.tell(sequenced);
        Ok(taken)
    }

    /// Waits until an entry is in a signed checkpoint; nothing when that takes longer than `within`.
    /// This node's own loop answers at once; what another node sequenced is found by looking.
    pub async fn included(&self, leaf_id: Uuid, within: Duration) -> Result<Option<Inclusion>, LedgerError> {
        let deadline = Instant::now() + within;
        let mut waiter = self.waiters.register(leaf_id);
        self.wake();
        let mut look = !is_young(leaf_id);
        loop {
            if look && let Some(found) = inclusion(&self.store.read(), leaf_id).await? {
                return Ok(Some(found));
            }
            look = true;
            let look_again = deadline.min(Instant::now() + POLL);
            match timeout_at(look_again, waiter.told()).await {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) => return inclusion(&self.store.read(), leaf_id).await,
                Err(_) if look_again == deadline => return inclusion(&self.store.read(), leaf_id).await,
                Err(_) => {}
            }
        }
    }

    /// How the log stands.
    pub async fn standing(&self) -> Result<Standing, LedgerError> {
        let sql = self.store.read();
        let size = checkpoint::table::latest(&sql).await?.map_or(0, |newest| newest.size);
        let oldest = entry::table::oldest_waiting(&sql).await?;
        let lag = oldest.map_or(Duration::ZERO, |at| self.clock.now().since(at));
        Ok(Standing { size, lag })
    }

    /// Seals an entry that has just been appended, with the file that it stands for, if there is one.
    pub fn seal(
        &self,
        entry: &Entry<'_>,
        leaf: &Leaf,
        inclusion: Option<Inclusion>,
        file: Option<&[u8]>,
    ) -> Seal {
        self.seal_statement(Statement::of(entry, leaf), inclusion, file)
    }

    /// Seals what [`crate::statement`] read back.
    pub fn seal_statement(
        &self,
        statement: Statement,
        inclusion: Option<Inclusion>,
        file: Option<&[u8]>,
    ) -> Seal {
        Seal::signed(statement, inclusion, file, &self.keys)
    }

    #[cfg(test)]
    pub(crate) fn waiters(&self) -> &Waiters {
        &self.waiters
    }
}

/// By the moment within the id, which the machine's own clock gave.
fn is_young(leaf: Uuid) -> bool {
    let Some(made) = leaf.get_timestamp() else { return false };
    let (seconds, nanos) = made.to_unix();
    let made = UNIX_EPOCH + Duration::new(seconds, nanos);
    made.elapsed().is_ok_and(|age| age < YOUNG)
}
