//! Group commit for SQLite.
//!
//! One durable commit costs an fsync, a few milliseconds; SQLite has one writer. So verbs queue, and the writer
//! runs all that wait in one `BEGIN IMMEDIATE … COMMIT`. Each fails alone; all that succeeded are answered only
//! after the commit. Nobody is made to wait for company: a lone verb is committed at once.
//!
//! Nearly every verb succeeds, so a group is first run as it is. When one fails, everything is rolled back and the
//! group runs again, now each verb in a savepoint of its own: verbs are written to be run more than once.

use std::{
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use futures::FutureExt;
use sea_orm::{DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use crate::{
    Engine, StoreConfig, StoreError, Tx, Verb,
    break_off::{BreakOff, commit},
};

type Answering<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// A verb with the place where its answer goes, its types forgotten.
trait Queued: Send {
    /// Runs the verb; true when its savepoint is to be kept.
    fn run<'a>(&'a mut self, tx: &'a Tx) -> Answering<'a>;
    fn panicked(&mut self);
    /// Hands out the answer, or the reason why the commit did not happen.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Waiting<V: Verb> {
    verb: V,
    /// The call that ordered it: the writer's task is nobody's, so the verb runs within the call again.
    call: Option<Arc<behalf::Call>>,
    outcome: Option<Result<V::Answer, V::Error>>,
    reply: oneshot::Sender<Result<V::Answer, V::Error>>,
}

impl<V: Verb> Queued for Waiting<V> {
    fn run<'a>(&'a mut self, tx: &'a Tx) -> Answering<'a> {
        Box::pin(async move {
            let outcome = match self.call.clone() {
                Some(call) => call.carry(self.verb.apply(tx)).await,
                None => self.verb.apply(tx).await,
            };
            let kept = outcome.is_ok();
            self.outcome = Some(outcome);
            kept
        })
    }

    fn panicked(&mut self) {
        self.outcome = Some(Err(StoreError::Panicked.into()));
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(answer)), Ok(())) => Ok(answer),
            (_, Err(reason)) => Err(StoreError::NotCommitted(reason).into()),
            (None, Ok(())) => Err(StoreError::Stopped.into()),
        };
        // A caller that has gone away does not need its answer; the commit stands all the same.
        let _ = self.reply.send(outcome);
    }
}

/// Upper ends of the classes in which the sizes of groups are counted.
pub const GROUP_CLASSES: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// How many verbs shared a commit, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupSizes {
    /// Commits by the class of [`GROUP_CLASSES`] that their number of verbs falls into.
    pub commits: [u64; GROUP_CLASSES.len()],
    pub verbs: u64,
}

#[derive(Default)]
struct Counted {
    commits: [AtomicU64; GROUP_CLASSES.len()],
    verbs: AtomicU64,
}

impl Counted {
    fn count(&self, verbs: usize) {
        let class = GROUP_CLASSES.iter().position(|end| verbs <= *end).unwrap_or(GROUP_CLASSES.len() - 1);
        self.commits[class].fetch_add(1, Ordering::Relaxed);
        self.verbs.fetch_add(verbs as u64, Ordering::Relaxed);
    }
}

#[derive(Clone)]
pub(crate) struct Group {
    queue: mpsc::Sender<Box<dyn Queued>>,
    counted: Arc<Counted>,
}

impl Group {
    pub(crate) fn start(writer: DatabaseConnection, config: &StoreConfig) -> Group {
        let (queue, waiting) = mpsc::channel(config.queue_verbs_max);
        let break_off = config.break_off.clone();
        let counted = Arc::<Counted>::default();
        let counts = counted.clone();
        tokio::spawn(write_groups(writer, waiting, config.group_verbs_max, break_off, counts));
        Group { queue, counted }
    }

    /// Verbs that wait for the writer.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    pub(crate) fn sizes(&self) -> GroupSizes {
        GroupSizes {
            commits: std::array::from_fn(|class| self.counted.commits[class].load(Ordering::Relaxed)),
            verbs: self.counted.verbs.load(Ordering::Relaxed),
        }
    }

    pub(crate) async fn write<V: Verb>(&self, verb: V) -> Result<V::Answer, V::Error> {
        let (reply, answer) = oneshot::channel();
        let waiting = Box::new(Waiting { verb, call: behalf::current(), outcome: None, reply });
        self.queue.try_send(waiting).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }
}

async fn write_groups(
    writer: DatabaseConnection,
    mut waiting: mpsc::Receiver<Box<dyn Queued>>,
    group_verbs_max: usize,
    break_off: Option<BreakOff>,
    counted: Arc<Counted>,
) {
    let mut group = Vec::with_capacity(group_verbs_max);
    while waiting.recv_many(&mut group, group_verbs_max).await > 0 {
        let committed = write_group(&writer, &mut group, break_off.as_ref()).await.map_err(|error| {
            tracing::error!(%error, "a group was not committed");
            error.to_string()
        });
        counted.count(group.len());
        for verb in group.drain(..) {
            verb.answer(committed.clone());
        }
    }
}

async fn write_group(
    writer: &DatabaseConnection,
    group: &mut [Box<dyn Queued>],
    break_off: Option<&BreakOff>,
) -> Result<(), StoreError> {
    let whole = begin(writer).await?;
    if run_all(&whole, group).await {
        return commit(whole, break_off).await;
    }
    whole.roll_back().await;
    // A lone verb that failed has its answer already, and left nothing behind.
    if group.len() > 1 { write_apart(begin(writer).await?, group, break_off).await } else { Ok(()) }
}

async fn begin(writer: &DatabaseConnection) -> Result<Tx, StoreError> {
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    Ok(Tx::new(writer.begin_with_options(immediate).await?, Engine::Sqlite))
}

/// False at the first verb that does not succeed.
async fn run_all(tx: &Tx, group: &mut [Box<dyn Queued>]) -> bool {
    for verb in group {
        if !runs(verb.as_mut(), tx).await {
            return false;
        }
    }
    true
}

/// Each verb in a savepoint, so that one that fails takes nobody with it.
async fn write_apart(
    outer: Tx,
    group: &mut [Box<dyn Queued>],
    break_off: Option<&BreakOff>,
) -> Result<(), StoreError> {
    for verb in group {
        let savepoint = outer.nested().await?;
        if runs(verb.as_mut(), &savepoint).await {
            savepoint.commit().await?;
        } else {
            savepoint.roll_back().await;
        }
    }
    commit(outer, break_off).await
}

async fn runs(verb: &mut dyn Queued, tx: &Tx) -> bool {
    AssertUnwindSafe(verb.run(tx)).catch_unwind().await.unwrap_or_else(|_| {
        verb.panicked();
        false
    })
}
