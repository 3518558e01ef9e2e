//! An SMS centre that keeps what it is given and shows it. For the demo and the tests: it stands in for an operator, and
//! speaks as one would.

mod line;
mod page;
mod text;

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use serde::Serialize;
use tokio::net::TcpListener;

pub use page::pages;

/// Messages that are remembered.
const KEPT_MAX: usize = 1_000;
/// A number that ends so is switched off: its messages never arrive.
const UNREACHABLE_END: &str = "999";

/// How the centre behaves.
#[derive(Clone, Debug)]
pub struct Habits {
    /// Who may bind, and with which password; also the token of the HTTP gateway.
    pub system: String,
    pub password: String,
    /// Parts a second that are taken; more are throttled. None: all.
    pub per_second_max: Option<u32>,
    /// When a receipt follows the answer.
    pub receipt_after: Duration,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits {
            system: "diwan".into(),
            password: "demo".into(),
            per_second_max: None,
            receipt_after: Duration::from_millis(200),
        }
    }
}

/// A message as a phone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Received {
    /// As the centre names its last part.
    pub id: String,
    pub from: String,
    pub to: String,
    pub text: String,
    pub parts: usize,
    /// Seconds since 1970.
    pub at: u64,
}

/// The centre. Cheap to clone.
#[derive(Clone)]
pub struct Centre {
    habits: Arc<Habits>,
    kept: Arc<Kept>,
}

#[derive(Default)]
struct Kept {
    received: Mutex<VecDeque<Received>>,
    ids: AtomicU64,
    throttled: AtomicU64,
    binds: AtomicU64,
    window: Mutex<Option<(Instant, u32)>>,
}

impl Centre {
    pub fn new(habits: Habits) -> Centre {
        Centre { habits: Arc::new(habits), kept: Arc::default() }
    }

    /// Listens in the background and answers where.
    pub async fn listen(&self, address: &str) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind(address).await?;
        let at = listener.local_addr()?;
        tokio::spawn(line::take(self.clone(), listener));
        Ok(at)
    }

    /// What was given for this number, or for all, the newest first.
    pub fn received(&self, to: Option<&str>) -> Vec<Received> {
        let number = to.map(digits);
        let all = self.kept.received.lock().unwrap_or_else(|broken| broken.into_inner());
        all.iter().filter(|one| number.as_ref().is_none_or(|to| digits(&one.to) == *to)).cloned().collect()
    }

    /// How many parts were throttled.
    pub fn throttled(&self) -> u64 {
        self.kept.throttled.load(Ordering::Relaxed)
    }

    /// How often somebody was bound.
    pub fn binds(&self) -> u64 {
        self.kept.binds.load(Ordering::Relaxed)
    }

    fn keep(&self, message: Received) {
        let mut all = self.kept.received.lock().unwrap_or_else(|broken| broken.into_inner());
        all.push_front(message);
        all.truncate(KEPT_MAX);
    }

    fn next_id(&self) -> String {
        format!("{:08x}", self.kept.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Whether one more part fits into this second.
    fn has_room(&self) -> bool {
        let Some(most) = self.habits.per_second_max else { return true };
        let mut window = self.kept.window.lock().unwrap_or_else(|broken| broken.into_inner());
        let (since, count) = window
            .filter(|(since, _)| since.elapsed() < Duration::from_secs(1))
            .unwrap_or((Instant::now(), 0));
        let has_room = count < most;
        *window = Some((since, count + u32::from(has_room)));
        if !has_room {
            self.kept.throttled.fetch_add(1, Ordering::Relaxed);
        }
        has_room
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
