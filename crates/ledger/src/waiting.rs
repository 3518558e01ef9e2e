//! Who waits for an entry to be in a checkpoint, in this process.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;
use uuid::Uuid;

use crate::inclusion::Inclusion;
use crate::sequence::Sequenced;

/// The place of a leaf in a round.
type News = (u64, Arc<Sequenced>);

/// Rounds that are remembered for those who begin to wait when their leaf has its place already: between the commit of an
/// entry and the first moment of waiting for it, the loop may have been quicker.
const ROUNDS_REMEMBERED: usize = 16;

#[derive(Debug, Default)]
pub(crate) struct Waiters(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    senders: HashMap<Uuid, Vec<oneshot::Sender<News>>>,
    /// The newest first.
    rounds: VecDeque<Arc<Sequenced>>,
}

impl Waiting {
    /// Where a leaf was placed, if that was a moment ago.
    fn news_of(&self, leaf: Uuid) -> Option<News> {
        self.rounds.iter().find_map(|round| {
            let placed = round.placed.iter().find(|placed| placed.id == leaf)?;
            Some((placed.index, round.clone()))
        })
    }
}

impl Waiters {
    pub(crate) fn register(&self, leaf: Uuid) -> Waiter<'_> {
        let (told, news) = oneshot::channel();
        let mut waiting = self.lock();
        match waiting.news_of(leaf) {
            // The receiver is in our hands, so it hears it.
            Some(known) => drop(told.send(known)),
            None => waiting.senders.entry(leaf).or_default().push(told),
        }
        Waiter { leaf, news, waiters: self }
    }

    /// Tells everybody whose leaf the round placed.
    pub(crate) fn tell(&self, round: Sequenced) {
        let mut waiting = self.lock();
        let round = Arc::new(round);
        for placed in &round.placed {
            for waiter in waiting.senders.remove(&placed.id).into_iter().flatten() {
                // Whoever has gone away meanwhile needs no news.
                let _ = waiter.send((placed.index, round.clone()));
            }
        }
        waiting.rounds.push_front(round);
        waiting.rounds.truncate(ROUNDS_REMEMBERED);
    }

    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.lock().senders.len()
    }

    /// A map of senders is whole after any panic.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who waits. Dropped, also when its caller gave up, it leaves nothing behind.
pub(crate) struct Waiter<'a> {
    leaf: Uuid,
    news: oneshot::Receiver<News>,
    waiters: &'a Waiters,
}

impl Waiter<'_> {
    /// Completes once the round that placed the leaf is committed; the inclusion is computed by the waiter
    /// itself, so that the loop is not held up.
    pub(crate) async fn told(&mut self) -> Option<Inclusion> {
        let (index, round) = (&mut self.news).await.ok()?;
        round.inclusion(index)
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.news.close();
        let mut waiting = self.waiters.lock();
        if let Some(others) = waiting.senders.get_mut(&self.leaf) {
            others.retain(|sender| !sender.is_closed());
            if others.is_empty() {
                waiting.senders.remove(&self.leaf);
            }
        }
    }
}
