//! Breaks a store off at one of its commits, as the death of its process would: what was before stands, what came after
//! never happens. It is how tests try each boundary between two steps; nothing else hands one to a store.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use crate::{StoreError, Tx};

/// On which side of a commit the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The transaction is lost.
    Before,
    /// The transaction stands, and nobody hears of it.
    After,
}

/// Counts commits, and breaks off at the one that it was armed for. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct BreakOff(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    commits: AtomicU64,
    /// The commit at which to break off; zero is never.
    at: AtomicU64,
    after: AtomicBool,
    broken: AtomicBool,
}

impl BreakOff {
    /// Breaks off at the `nth` commit from now on.
    pub fn arm(&self, nth: u64, moment: Moment) {
        self.0.after.store(moment == Moment::After, Ordering::SeqCst);
        self.0.at.store(self.commits() + nth, Ordering::SeqCst);
    }

    /// Commits that were reached so far.
    pub fn commits(&self) -> u64 {
        self.0.commits.load(Ordering::SeqCst)
    }

    pub fn is_broken(&self) -> bool {
        self.0.broken.load(Ordering::SeqCst)
    }

    fn reached(&self) -> Option<Moment> {
        if self.is_broken() {
            return Some(Moment::Before);
        }
        let commit = self.0.commits.fetch_add(1, Ordering::SeqCst) + 1;
        if commit != self.0.at.load(Ordering::SeqCst) {
            return None;
        }
        self.0.broken.store(true, Ordering::SeqCst);
        Some(if self.0.after.load(Ordering::SeqCst) { Moment::After } else { Moment::Before })
    }
}

/// Commits, unless this is where it breaks off; once broken off, nothing is committed any more.
pub(crate) async fn commit(tx: Tx, break_off: Option<&BreakOff>) -> Result<(), StoreError> {
    match break_off.and_then(BreakOff::reached) {
        None => tx.commit().await,
        Some(Moment::Before) => {
            tx.roll_back().await;
            Err(StoreError::Stopped)
        }
        Some(Moment::After) => {
            tx.commit().await?;
            Err(StoreError::Stopped)
        }
    }
}
