//! What jobs promise, each on both engines.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use clock::{Clock, HOUR, SECOND, Timestamp};
use jobs::{Job, JobError, KindCount, Limits, Policy, Retried, Task, Work, Workers};
use store::{Store, StoreError, Tx, Verb};
use testkit::database::stores;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const NOON: Timestamp = Timestamp(1_772_366_400_000_000);

struct Order(Vec<(&'static str, String, Timestamp)>);

impl Order {
    fn one(kind: &'static str, key: &str) -> Order {
        Order(vec![(kind, key.into(), NOON)])
    }
}

impl Verb for Order {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        for (kind, key, run_at) in &self.0 {
            let payload = serde_json::json!({ "key": key });
            jobs::enqueue(tx, Job { kind, key: key.clone(), payload, run_at: *run_at }).await?;
        }
        Ok(())
    }
}

struct Retry(Uuid);

impl Verb for Retry {
    type Answer = Retried;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<Retried, StoreError> {
        jobs::retry(tx, self.0).await
    }
}

/// Ends a task in a transaction of its own, as work does that must have its effect once.
struct Finish(Task);

impl Verb for Finish {
    type Answer = bool;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<bool, StoreError> {
        jobs::finish(tx, &self.0, NOON).await
    }
}

type Script = Box<dyn Fn(&Task) -> Result<(), JobError> + Send + Sync>;

/// Work that writes down what it was given, takes its time, and ends as it is told.
struct Recorded {
    kind: &'static str,
    seen: Mutex<Vec<String>>,
    takes: Duration,
    at_once: Mutex<HashMap<String, usize>>,
    overlaps: AtomicUsize,
    given_up: Mutex<Vec<String>>,
    ends: Script,
}

impl Recorded {
    fn new(kind: &'static str, takes: Duration, ends: Script) -> Arc<Recorded> {
        Arc::new(Recorded {
            kind,
            seen: Mutex::default(),
            takes,
            at_once: Mutex::default(),
            overlaps: AtomicUsize::new(0),
            given_up: Mutex::default(),
            ends,
        })
    }

    fn good(kind: &'static str) -> Arc<Recorded> {
        Recorded::new(kind, Duration::ZERO, Box::new(|_| Ok(())))
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

#[async_trait]
impl Work for Recorded {
    fn kind(&self) -> &'static str {
        self.kind
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        assert_eq!(task.payload["key"], task.key.as_str());
        self.seen.lock().unwrap().push(format!("{}#{}", task.key, task.attempt));
        let others = {
            let mut at_once = self.at_once.lock().unwrap();
            let count = at_once.entry(task.key.clone()).or_default();
            *count += 1;
            *count
        };
        self.overlaps.fetch_add(others - 1, Ordering::SeqCst);
        tokio::time::sleep(self.takes).await;
        *self.at_once.lock().unwrap().get_mut(&task.key).unwrap() -= 1;
        (self.ends)(task)
    }

    async fn given_up(&self, task: &Task, reason: &str) -> Result<(), JobError> {
        self.given_up.lock().unwrap().push(format!("{}: {reason}", task.key));
        Err(JobError::Never("the telling may fail".into()))
    }

    fn policy(&self) -> Policy {
        Policy {
            attempts_max: 3,
            jitter_share: 0.0,
            attempt_max: Duration::from_secs(5),
            ..Policy::default()
        }
    }
}

fn workers(store: &Store, clock: &Clock, works: &[&Arc<Recorded>]) -> Workers {
    let works = works.iter().map(|work| (*work).clone() as Arc<dyn Work>).collect();
    Workers::new(store.clone(), clock.clone(), works)
}

async fn count(store: &Store, kind: &str) -> KindCount {
    let counts = jobs::counts(&store.read()).await.unwrap();
    counts.into_iter().find(|count| count.kind == kind).unwrap_or_default()
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..400 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("not within 10 s: {what}");
}

#[tokio::test]
async fn a_job_runs_once_and_is_counted() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let (clock, work) = (Clock::fixed(NOON), Recorded::good("letter"));
        store.write(Order::one("letter", "a")).await.unwrap();
        let workers = workers(&store, &clock, &[&work]);
        assert_eq!(workers.drain().await.unwrap(), 1);
        assert_eq!(workers.drain().await.unwrap(), 0);
        assert_eq!(work.seen(), ["a#1"]);
        assert_eq!(
            count(&store, "letter").await,
            KindCount { kind: "letter".into(), done: 1, ..Default::default() }
        );
    }
}

#[tokio::test]
async fn an_open_job_is_ordered_once_and_a_finished_one_anew() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let (clock, work) = (Clock::fixed(NOON), Recorded::good("letter"));
        let workers = workers(&store, &clock, &[&work]);
        for _ in 0..3 {
            store.write(Order::one("letter", "a")).await.unwrap();
        }
        store.write(Order::one("other", "a")).await.unwrap();
        assert_eq!(workers.drain().await.unwrap(), 1);
        store.write(Order::one("letter", "a")).await.unwrap();
        assert_eq!(workers.drain().await.unwrap(), 1);
        assert_eq!(work.seen(), ["a#1", "a#1"]);
        assert_eq!(count(&store, "other").await.waiting, 1, "a kind that nobody here works on waits");
    }
}

#[tokio::test]
async fn an_order_whose_verb_fails_was_never_given() {
    struct Fails;
    impl Verb for Fails {
        type Answer = ();
        type Error = StoreError;
        async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
            Order::one("letter", "a").apply(tx).await?;
            Err(StoreError::Shape("the verb says no".into()))
        }
    }
    for store in stores(&[jobs::MIGRATIONS]).await {
        assert!(store.write(Fails).await.is_err());
        let work = Recorded::good("letter");
        assert_eq!(workers(&store, &Clock::fixed(NOON), &[&work]).drain().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_payload_past_its_limit_is_refused() {
    struct Large(usize);
    impl Verb for Large {
        type Answer = ();
        type Error = StoreError;
        async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
            let payload = serde_json::Value::String("x".repeat(self.0));
            jobs::enqueue(tx, Job { kind: "letter", key: "a".into(), payload, run_at: NOON }).await
        }
    }
    for store in stores(&[jobs::MIGRATIONS]).await {
        assert!(
            store.write(Large(jobs::PAYLOAD_BYTES_MAX - 1)).await.is_err(),
            "two quotes make it too long"
        );
        assert!(store.write(Large(jobs::PAYLOAD_BYTES_MAX - 2)).await.is_ok());
    }
}

#[tokio::test]
async fn jobs_run_in_the_order_of_their_time_and_not_before_it() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let (clock, work) = (Clock::fixed(NOON), Recorded::good("letter"));
        let order = |key: &str, at| ("letter", key.to_owned(), at);
        store
            .write(Order(vec![
                order("third", NOON),
                order("future", NOON + HOUR),
                order("first", NOON - HOUR),
                order("second", NOON - SECOND),
            ]))
            .await
            .unwrap();
        let one_by_one = Limits { parallel_max: 1, ..Limits::default() };
        let workers = workers(&store, &clock, &[&work]).with_limits(one_by_one);
        assert_eq!(workers.drain().await.unwrap(), 3);
        assert_eq!(work.seen(), ["first#1", "second#1", "third#1"]);
        clock.advance(HOUR);
        assert_eq!(workers.drain().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_failure_is_tried_again_later_and_buried_after_the_last_attempt() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let clock = Clock::fixed(NOON);
        let fails = Box::new(|_: &Task| Err(JobError::Again("no answer".into())));
        let work = Recorded::new("letter", Duration::ZERO, fails);
        let workers = workers(&store, &clock, &[&work]);
        store.write(Order::one("letter", "a")).await.unwrap();
        assert_eq!(workers.drain().await.unwrap(), 1);
        assert_eq!(workers.drain().await.unwrap(), 0, "not before the first delay has passed");
        assert_eq!(count(&store, "letter").await.retrying, 1);
        clock.advance(2 * SECOND);
        assert_eq!(workers.drain().await.unwrap(), 1);
        clock.advance(4 * SECOND);
        assert_eq!(workers.drain().await.unwrap(), 1);
        clock.advance(HOUR);
        assert_eq!(workers.drain().await.unwrap(), 0);
        assert_eq!(work.seen(), ["a#1", "a#2", "a#3"]);
        let dead = jobs::dead(&store.read(), None, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].key.as_str(), dead[0].attempts), ("a", 3));
        assert_eq!(dead[0].reason, "no answer (attempt 3, the last)");
        assert_eq!(dead[0].failed_at, NOON + 6 * SECOND);
        assert_eq!(*work.given_up.lock().unwrap(), ["a: no answer (attempt 3, the last)"]);
    }
}

#[tokio::test]
async fn a_permanent_failure_shows_its_reason_at_once_and_can_be_retried() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let clock = Clock::fixed(NOON);
        let mended = Arc::new(AtomicUsize::new(0));
        let seen = mended.clone();
        let ends = Box::new(move |_: &Task| match seen.load(Ordering::SeqCst) {
            0 => Err(JobError::Never("no such address".into())),
            _ => Ok(()),
        });
        let work = Recorded::new("letter", Duration::ZERO, ends);
        let workers = workers(&store, &clock, &[&work]);
        store.write(Order::one("letter", "a")).await.unwrap();
        workers.drain().await.unwrap();
        let dead = jobs::dead(&store.read(), None, 10).await.unwrap();
        assert_eq!(dead[0].reason, "no such address");
        mended.store(1, Ordering::SeqCst);
        assert_eq!(store.write(Retry(dead[0].id)).await.unwrap(), Retried::Open);
        assert_eq!(store.write(Retry(dead[0].id)).await.unwrap(), Retried::NotDead);
        assert_eq!(workers.drain().await.unwrap(), 1);
        assert_eq!(work.seen(), ["a#1", "a#1"]);
        assert!(jobs::dead(&store.read(), None, 10).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_dead_job_whose_work_was_ordered_anew_is_not_opened_beside_it() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let never = Box::new(|_: &Task| Err(JobError::Never("no".into())));
        let work = Recorded::new("letter", Duration::ZERO, never);
        for key in ["a", "b", "c"] {
            store.write(Order::one("letter", key)).await.unwrap();
        }
        workers(&store, &Clock::fixed(NOON), &[&work]).drain().await.unwrap();
        store.write(Order::one("letter", "c")).await.unwrap();
        let newest = jobs::dead(&store.read(), None, 2).await.unwrap();
        assert_eq!(newest.iter().map(|dead| dead.key.as_str()).collect::<Vec<_>>(), ["c", "b"]);
        let rest = jobs::dead(&store.read(), Some(newest[1].id), 2).await.unwrap();
        assert_eq!(rest.iter().map(|dead| dead.key.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(store.write(Retry(newest[0].id)).await.unwrap(), Retried::OrderedAnew);
        assert_eq!(store.write(Retry(Uuid::now_v7())).await.unwrap(), Retried::NotDead);
    }
}

#[tokio::test]
async fn a_panic_is_a_failure_like_any_other() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let panics = Box::new(|_: &Task| panic!("work that panics"));
        let work = Recorded::new("letter", Duration::ZERO, panics);
        store.write(Order::one("letter", "a")).await.unwrap();
        assert_eq!(workers(&store, &Clock::fixed(NOON), &[&work]).drain().await.unwrap(), 1);
        assert_eq!(count(&store, "letter").await.retrying, 1);
    }
}

#[tokio::test]
async fn when_a_node_dies_another_takes_over_after_the_lease() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let clock = Clock::fixed(NOON);
        let hangs = Recorded::new("letter", Duration::from_secs(60), Box::new(|_| Ok(())));
        store.write(Order::one("letter", "a")).await.unwrap();
        let first = workers(&store, &clock, &[&hangs]);
        let node = tokio::spawn(async move { first.run(CancellationToken::new()).await });
        until("the first node has the job", async || count(&store, "letter").await.running == 1).await;
        node.abort();

        let work = Recorded::good("letter");
        let second = workers(&store, &clock, &[&work]);
        assert_eq!(second.drain().await.unwrap(), 0, "the lease still stands");
        clock.advance(jobs::Limits::default().lease - Duration::from_micros(1));
        assert_eq!(second.drain().await.unwrap(), 0, "and stands to its last microsecond");
        clock.advance(Duration::from_micros(1));
        assert_eq!(second.drain().await.unwrap(), 1);
        assert_eq!(work.seen(), ["a#2"], "the attempt that died counts");
    }
}

#[tokio::test]
async fn a_job_that_kills_its_node_each_time_is_given_up() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let clock = Clock::fixed(NOON);
        store.write(Order::one("letter", "a")).await.unwrap();
        for _ in 0..3 {
            let hangs = Recorded::new("letter", Duration::from_secs(60), Box::new(|_| Ok(())));
            let workers = workers(&store, &clock, &[&hangs]);
            let node = tokio::spawn(async move { workers.run(CancellationToken::new()).await });
            until("the node has the job", async || !hangs.seen().is_empty()).await;
            node.abort();
            clock.advance(HOUR);
        }
        let work = Recorded::good("letter");
        workers(&store, &clock, &[&work]).drain().await.unwrap();
        assert!(work.seen().is_empty());
        assert_eq!(work.given_up.lock().unwrap().len(), 1);
        let dead = jobs::dead(&store.read(), None, 10).await.unwrap();
        assert_eq!(dead[0].reason, "no attempt came to an end (attempt 4, the last)");
    }
}

#[tokio::test]
async fn a_heartbeat_keeps_a_long_job_in_one_pair_of_hands() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let slow = Recorded::new("letter", Duration::from_millis(1_500), Box::new(|_| Ok(())));
        let limits = Limits {
            lease: Duration::from_millis(600),
            heartbeat: Duration::from_millis(150),
            ..Limits::default()
        };
        store.write(Order::one("letter", "a")).await.unwrap();
        let cancel = CancellationToken::new();
        let mut nodes = Vec::new();
        for _ in 0..2 {
            let (workers, cancel) = (workers(&store, &Clock::System, &[&slow]), cancel.clone());
            let workers = workers.with_limits(limits.clone());
            nodes.push(tokio::spawn(async move { workers.run(cancel).await }));
        }
        until("the job is done", async || count(&store, "letter").await.done == 1).await;
        cancel.cancel();
        for node in nodes {
            node.await.unwrap();
        }
        assert_eq!(slow.seen(), ["a#1"]);
    }
}

#[tokio::test]
async fn two_nodes_never_run_one_job_at_the_same_time() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let work = Recorded::new("letter", Duration::from_millis(3), Box::new(|_| Ok(())));
        let orders = (0..100).map(|number| ("letter", format!("{number:03}"), NOON)).collect();
        store.write(Order(orders)).await.unwrap();
        let cancel = CancellationToken::new();
        let mut nodes = Vec::new();
        for _ in 0..2 {
            let (workers, cancel) = (workers(&store, &Clock::System, &[&work]), cancel.clone());
            nodes.push(tokio::spawn(async move { workers.run(cancel).await }));
        }
        until("all are done", async || count(&store, "letter").await.done == 100).await;
        cancel.cancel();
        for node in nodes {
            node.await.unwrap();
        }
        let mut seen = work.seen();
        seen.sort();
        assert_eq!(seen, (0..100).map(|number| format!("{number:03}#1")).collect::<Vec<_>>());
        assert_eq!(work.overlaps.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn a_node_that_stops_finishes_or_gives_back() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let clock = Clock::fixed(NOON);
        let short = Recorded::new("short", Duration::from_millis(300), Box::new(|_| Ok(())));
        let long = Recorded::new("long", Duration::from_secs(60), Box::new(|_| Ok(())));
        store.write(Order::one("short", "a")).await.unwrap();
        store.write(Order::one("long", "b")).await.unwrap();
        let limits = Limits { stop_wait: Duration::from_millis(900), ..Limits::default() };
        let node = workers(&store, &clock, &[&short, &long]).with_limits(limits);
        let cancel = CancellationToken::new();
        let running = tokio::spawn({
            let cancel = cancel.clone();
            async move { node.run(cancel).await }
        });
        until("both run", async || short.seen().len() + long.seen().len() == 2).await;
        cancel.cancel();
        running.await.unwrap();
        assert_eq!(count(&store, "short").await.done, 1);
        let given_back = count(&store, "long").await;
        assert_eq!((given_back.waiting, given_back.running), (1, 0));
        let work = Recorded::good("long");
        assert_eq!(workers(&store, &clock, &[&work]).drain().await.unwrap(), 1);
        assert_eq!(work.seen(), ["b#1"], "at once, and the broken attempt does not count");
    }
}

#[tokio::test]
async fn work_that_finishes_in_its_own_transaction_is_counted_once() {
    struct Inside(Store);
    #[async_trait]
    impl Work for Inside {
        fn kind(&self) -> &'static str {
            "letter"
        }
        async fn run(&self, task: &Task) -> Result<(), JobError> {
            assert!(self.0.write(Finish(task.clone())).await?);
            assert!(!self.0.write(Finish(task.clone())).await?, "a second time it is not ours any more");
            Ok(())
        }
    }
    for store in stores(&[jobs::MIGRATIONS]).await {
        store.write(Order::one("letter", "a")).await.unwrap();
        let workers = Workers::new(store.clone(), Clock::fixed(NOON), vec![Arc::new(Inside(store.clone()))]);
        assert_eq!(workers.drain().await.unwrap(), 1);
        assert_eq!(count(&store, "letter").await.done, 1);
    }
}

#[tokio::test]
async fn a_long_queue_is_worked_off_quickly() {
    for store in stores(&[jobs::MIGRATIONS]).await {
        let work = Recorded::good("letter");
        let orders = (0..1_000).map(|number| ("letter", number.to_string(), NOON)).collect();
        store.write(Order(orders)).await.unwrap();
        let begun = std::time::Instant::now();
        assert_eq!(workers(&store, &Clock::fixed(NOON), &[&work]).drain().await.unwrap(), 1_000);
        eprintln!("{:?}: 1000 jobs in {:?}", store.engine(), begun.elapsed());
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
