//! Submits and measures.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    LoadError, What,
    numbers::{Acknowledged, Numbers},
    percentile::milliseconds,
    server::{Answer, Server},
};

/// How long a client rests before it repeats a call that nobody answered.
const REPEAT_PAUSE: Duration = Duration::from_millis(50);

#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub acknowledged: u64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
    pub errors: u64,
    /// Errors by status; `silence` where no answer came.
    pub errors_by: BTreeMap<String, u64>,
    /// Calls that were repeated under their key because no answer had come.
    pub repeated: u64,
    /// Second answers under one key that were not the first.
    pub differing: u64,
    pub seconds: f64,
    pub clients: u64,
}

/// What all clients share.
pub struct Shared<'a> {
    server: &'a Server,
    what: &'a What,
    body: Vec<u8>,
    numbers: Numbers,
    began: Instant,
    next: AtomicU64,
    stop: AtomicBool,
    tally: Mutex<Tally>,
}

#[derive(Default)]
struct Tally {
    micros: Vec<u64>,
    errors_by: BTreeMap<String, u64>,
    repeated: u64,
    differing: u64,
    failed: Option<LoadError>,
}

pub async fn run(server: &Server, what: &What, seconds: u64) -> Result<Report, LoadError> {
    let shared = Shared::begin(server, what).await?;
    let deadline = shared.began + Duration::from_secs(seconds);
    shared.all_clients(Some(deadline)).await;
    shared.report()
}

impl<'a> Shared<'a> {
    pub async fn begin(server: &'a Server, what: &'a What) -> Result<Shared<'a>, LoadError> {
        let body = serde_json::to_vec(&server.example(&what.service).await?)?;
        Ok(Shared {
            server,
            what,
            body,
            numbers: Numbers::open(what.numbers.as_deref())?,
            began: Instant::now(),
            next: AtomicU64::new(0),
            stop: AtomicBool::new(false),
            tally: Mutex::default(),
        })
    }

    /// Ends the clients after the calls that they are in.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// Runs all clients until the deadline or until they are stopped.
    pub async fn all_clients(&self, deadline: Option<Instant>) {
        let clients = (0..self.what.clients).map(|_| self.client(deadline));
        // The clients wait for the network nearly always, so one task carries them all.
        futures::future::join_all(clients).await;
    }

    async fn client(&self, deadline: Option<Instant>) {
        while !self.stop.load(Ordering::SeqCst) {
            let turn = self.next.fetch_add(1, Ordering::SeqCst);
            let due = self.due(turn);
            if deadline.is_some_and(|deadline| due.max(Instant::now()) >= deadline) {
                return;
            }
            tokio::time::sleep_until(due.into()).await;
            // At a given rate the wait for a free client counts: a slow server must not slow its own measurement.
            let from = if self.what.rate.is_some() { due } else { Instant::now() };
            if let Err(error) = self.submission(turn as usize % self.server.tokens(), from).await {
                self.note(|tally| tally.failed = Some(error));
                self.stop();
            }
        }
    }

    /// When turn number `turn` is to begin.
    fn due(&self, turn: u64) -> Instant {
        match self.what.rate {
            Some(rate) => self.began + Duration::from_micros(turn * 1_000_000 / rate),
            None => self.began,
        }
    }

    async fn submission(&self, token: usize, from: Instant) -> Result<(), LoadError> {
        let key = Uuid::now_v7().simple().to_string();
        let answer = self.answered(token, &key).await;
        let micros = from.elapsed().as_micros() as u64;
        match &answer {
            Answer::Acknowledged(number) => {
                self.numbers.add(&Acknowledged { number: number.clone(), key: key.clone(), token })?;
                self.note(|tally| tally.micros.push(micros));
            }
            Answer::Refused(status) => self.count_error(&status.to_string()),
            Answer::Silence => self.count_error("silence"),
        }
        if self.what.idempotency && matches!(answer, Answer::Acknowledged(_)) {
            let again = self.answered(token, &key).await;
            let same = again == answer || again == Answer::Silence;
            self.note(|tally| tally.differing += u64::from(!same));
        }
        Ok(())
    }

    /// One answer under this key; while none comes, the call is repeated for as long as was asked.
    async fn answered(&self, token: usize, key: &str) -> Answer {
        let until = Instant::now() + Duration::from_secs(self.what.repeat_seconds);
        loop {
            let answer = self.server.submit(token, key, &self.body).await;
            let open = matches!(answer, Answer::Silence | Answer::Refused(503));
            if !open || Instant::now() >= until {
                return answer;
            }
            self.note(|tally| tally.repeated += 1);
            tokio::time::sleep(REPEAT_PAUSE).await;
        }
    }

    fn count_error(&self, kind: &str) {
        self.note(|tally| *tally.errors_by.entry(kind.to_owned()).or_default() += 1);
    }

    fn note(&self, change: impl FnOnce(&mut Tally)) {
        change(&mut self.tally.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    }

    pub fn report(self) -> Result<Report, LoadError> {
        let seconds = self.began.elapsed().as_secs_f64();
        let mut tally = self.tally.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(error) = tally.failed {
            return Err(error);
        }
        tally.micros.sort_unstable();
        let acknowledged = tally.micros.len() as u64;
        Ok(Report {
            acknowledged,
            per_second: (acknowledged as f64 / seconds * 10.0).round() / 10.0,
            p50_ms: milliseconds(&tally.micros, 0.50),
            p99_ms: milliseconds(&tally.micros, 0.99),
            max_ms: milliseconds(&tally.micros, 1.0),
            errors: tally.errors_by.values().sum(),
            errors_by: tally.errors_by,
            repeated: tally.repeated,
            differing: tally.differing,
            seconds: (seconds * 100.0).round() / 100.0,
            clients: self.what.clients,
        })
    }
}
