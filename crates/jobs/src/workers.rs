//! Who takes jobs and runs them. Any number of nodes may run workers at once; a lease keeps each job in one pair
//! of hands, and its end hands the job over when those hands are gone. Leases are read against each node's own
//! clock, so the clocks of the nodes must agree to within a fraction of the lease.

use std::{
    collections::{BTreeMap, HashMap},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};

use clock::Clock;
use futures::FutureExt;
use store::{Store, StoreError};
use tokio::{
    task::{AbortHandle, JoinError, JoinSet},
    time::{Interval, MissedTickBehavior},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    job::{JobError, Outcome, Task, Work},
    table,
    turn::{Ended, Prolong, Release, Turn},
};

/// Limits of the workers of one node.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Jobs that run at the same time; also the most that one turn takes.
    pub parallel_max: usize,
    /// How long a job stays with a node that gives no sign of life: with the next look for work this is how soon another
    /// node takes over, which must stay below ten seconds.
    pub lease: Duration,
    /// How often a node gives a sign of life for what it holds.
    pub heartbeat: Duration,
    /// How often an idle node looks for work.
    pub idle_poll: Duration,
    /// How long running jobs are waited for when the node stops.
    pub stop_wait: Duration,
    /// How long a node waits after the database failed it.
    pub broken_wait: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            parallel_max: 32,
            lease: Duration::from_secs(6),
            heartbeat: Duration::from_secs(2),
            idle_poll: Duration::from_millis(200),
            stop_wait: Duration::from_secs(20),
            broken_wait: Duration::from_secs(1),
        }
    }
}

/// The workers of one node.
pub struct Workers {
    store: Store,
    clock: Clock,
    works: BTreeMap<&'static str, Arc<dyn Work>>,
    limits: Limits,
}

impl Workers {
    /// Of two works for one kind the later one counts.
    pub fn new(store: Store, clock: Clock, works: Vec<Arc<dyn Work>>) -> Workers {
        let works = works.into_iter().map(|work| (work.kind(), work)).collect();
        Workers { store, clock, works, limits: Limits::default() }
    }

    pub fn with_limits(mut self, limits: Limits) -> Workers {
        self.limits = limits;
        self
    }

    /// Works until told to stop; then finishes what runs, or gives it back after `stop_wait`.
    pub async fn run(&self, cancel: CancellationToken) {
        let mut round = Round::start(self);
        while !cancel.is_cancelled() {
            if let Err(error) = round.step(&cancel).await {
                tracing::warn!(%error, "jobs wait: the database did not do its part");
                tokio::select! {
                    () = cancel.cancelled() => {}
                    () = tokio::time::sleep(self.limits.broken_wait) => {}
                }
            }
        }
        round.stop().await;
    }

    /// Runs all that is due by the clock until nothing is, and answers how many attempts were made. For tests and
    /// for commands that must leave nothing behind.
    pub async fn drain(&self) -> Result<usize, StoreError> {
        let mut round = Round::start(self);
        let mut attempts = 0;
        loop {
            attempts += round.turn().await?;
            if round.held.is_empty() && round.ended.is_empty() {
                return Ok(attempts);
            }
            round.wait(None).await?;
        }
    }
}

/// One run of the workers: what it holds, and under which lease.
struct Round<'a> {
    workers: &'a Workers,
    holder: Uuid,
    kinds: Arc<Vec<&'static str>>,
    running: JoinSet<Ended>,
    held: HashMap<Uuid, AbortHandle>,
    ended: Vec<Ended>,
    beat: Interval,
}

impl<'a> Round<'a> {
    fn start(workers: &'a Workers) -> Round<'a> {
        let heartbeat = workers.limits.heartbeat;
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + heartbeat, heartbeat);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Round {
            workers,
            holder: Uuid::now_v7(),
            kinds: Arc::new(workers.works.keys().copied().collect()),
            running: JoinSet::new(),
            held: HashMap::new(),
            ended: Vec::new(),
            beat,
        }
    }

    async fn step(&mut self, cancel: &CancellationToken) -> Result<(), StoreError> {
        self.turn().await?;
        self.wait(Some(cancel)).await
    }

    /// Writes down what ended, takes what is due, starts it; answers how many were started.
    async fn turn(&mut self) -> Result<usize, StoreError> {
        let workers = self.workers;
        let free = workers.limits.parallel_max.saturating_sub(self.held.len());
        let now = workers.clock.now();
        if self.ended.is_empty() && (free == 0 || !self.finds_work(now).await?) {
            return Ok(0);
        }
        let ended = Arc::new(self.ended.clone());
        let turn = Turn {
            holder: self.holder,
            ended: ended.clone(),
            kinds: self.kinds.clone(),
            take_max: if self.kinds.is_empty() { 0 } else { free },
            now,
            until: now + workers.limits.lease,
        };
        let taken = workers.store.write(turn).await?;
        self.ended.drain(..ended.len());
        let count = taken.len();
        taken.into_iter().for_each(|task| self.begin(task));
        Ok(count)
    }

    async fn finds_work(&self, now: clock::Timestamp) -> Result<bool, StoreError> {
        Ok(!self.kinds.is_empty() && table::is_due(&self.workers.store.read(), &self.kinds, now).await?)
    }

    fn begin(&mut self, task: Task) {
        // A node that slept through its own lease takes the job again while the first attempt still runs here.
        if self.held.contains_key(&task.id) {
            return;
        }
        let Some(work) = self.workers.works.get(task.kind.as_str()).cloned() else { return };
        let id = task.id;
        let clock = self.workers.clock.clone();
        let handle = self.running.spawn(async move { attempt(work, task, clock).await });
        self.held.insert(id, handle);
    }

    /// Waits until an attempt ends, the heart beats, it is time to look for work, or the node is to stop.
    async fn wait(&mut self, cancel: Option<&CancellationToken>) -> Result<(), StoreError> {
        let idle = self.workers.limits.idle_poll;
        let mut beats = false;
        tokio::select! {
            Some(joined) = self.running.join_next() => self.collect(joined),
            _ = self.beat.tick() => beats = true,
            () = tokio::time::sleep(idle) => {}
            () = async { match cancel { Some(cancel) => cancel.cancelled().await, None => std::future::pending().await } } => {}
        }
        while let Some(joined) = self.running.try_join_next() {
            self.collect(joined);
        }
        if beats { self.prolong().await } else { Ok(()) }
    }

    /// An attempt that was aborted because its lease was lost has no say any more.
    fn collect(&mut self, joined: Result<Ended, JoinError>) {
        if let Ok(ended) = joined
            && self.held.remove(&ended.id).is_some()
        {
            self.ended.push(ended);
        }
    }

    async fn prolong(&mut self) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = self.held.keys().copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let until = self.workers.clock.now() + self.workers.limits.lease;
        let kept = self.workers.store.write(Prolong { holder: self.holder, ids, until }).await?;
        self.held.retain(|id, handle| {
            let still = kept.contains(id);
            if !still {
                tracing::warn!(job.id = %id, "a lease was lost; another node has the job");
                handle.abort();
            }
            still
        });
        Ok(())
    }

    /// Lets what runs end, within the limit; gives the rest back.
    async fn stop(mut self) {
        let deadline = tokio::time::Instant::now() + self.workers.limits.stop_wait;
        while !self.held.is_empty() {
            match tokio::time::timeout_at(deadline, self.wait(None)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "leases were not prolonged while stopping"),
                Err(_) => break,
            }
        }
        self.running.shutdown().await;
        if let Err(error) = self.give_back().await {
            tracing::warn!(%error, "jobs were not given back; their leases end by themselves");
        }
    }

    async fn give_back(&mut self) -> Result<(), StoreError> {
        let now = self.workers.clock.now();
        let turn = Turn {
            holder: self.holder,
            ended: Arc::new(std::mem::take(&mut self.ended)),
            kinds: self.kinds.clone(),
            take_max: 0,
            now,
            until: now,
        };
        if !turn.ended.is_empty() {
            self.workers.store.write(turn).await?;
        }
        self.workers.store.write(Release { holder: self.holder, now }).await.map(drop)
    }
}

/// One attempt, with its limit of time; a panic is a failure like any other.
async fn attempt(work: Arc<dyn Work>, task: Task, clock: Clock) -> Ended {
    let policy = work.policy();
    let result = if task.attempt > policy.attempts_max {
        // Its earlier attempts never came to an end: the process died in each.
        Err(JobError::Again("no attempt came to an end".into()))
    } else {
        match tokio::time::timeout(policy.attempt_max, AssertUnwindSafe(work.run(&task)).catch_unwind()).await
        {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(JobError::Again("the work panicked".into())),
            Err(_) => Err(JobError::Again(format!("not done within {} s", policy.attempt_max.as_secs()))),
        }
    };
    let outcome = Outcome::of(result, task.attempt, &policy, clock.now(), rand::random());
    tell(work.as_ref(), &task, &outcome).await;
    Ended { id: task.id, outcome }
}

/// Says in the log, and to the work itself, what did not succeed.
async fn tell(work: &dyn Work, task: &Task, outcome: &Outcome) {
    match outcome {
        Outcome::Done => {}
        Outcome::Again { at, reason } => tracing::info!(
            job.id = %task.id, job.kind = task.kind, job.attempt = task.attempt, next = %at, reason, "will be tried again"
        ),
        Outcome::Dead { reason } => {
            tracing::error!(
                job.id = %task.id, job.kind = task.kind, job.attempt = task.attempt, reason, "given up"
            );
            match AssertUnwindSafe(work.given_up(task, reason)).catch_unwind().await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(job.id = %task.id, ?error, "nobody was told"),
                Err(_) => tracing::error!(job.id = %task.id, "telling panicked"),
            }
        }
    }
}
