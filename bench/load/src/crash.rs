//! Kills the server under load, as a power cut would, and checks what is left.
//!
//! Clients repeat a call that got no answer under its key until the server is back, so every call ends acknowledged.
//! Afterwards the server must know every acknowledged number, and must show exactly as many new requests as there
//! are acknowledged numbers: one more would be something done twice.

use std::{
    collections::HashSet,
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use serde::Serialize;
use tokio::process::{Child, Command};

use crate::{
    LoadError, What,
    check::{check, listed},
    run::Shared,
    server::Server,
};

/// How long the server may take to come up, its first migration included.
const UP_SECONDS_MAX: u64 = 120;
/// How long the server lives before it is killed, drawn anew each round.
const LIFE_MILLISECONDS: std::ops::Range<u64> = 200..2_500;
/// How long a call is repeated when nothing else was asked for.
const REPEAT_SECONDS_DEFAULT: u64 = 300;

#[derive(Clone, Debug, Serialize)]
pub struct Crashed {
    pub kills: u32,
    pub acknowledged: usize,
    pub repeated: u64,
    /// Calls that the server refused, which it should not.
    pub errors: u64,
    /// Acknowledged and not there.
    pub lost: usize,
    /// There without an acknowledged number, or acknowledged twice: done twice.
    pub twice: usize,
    /// The slowest start after a kill, in milliseconds.
    pub restart_ms_max: u128,
    pub named: Vec<String>,
}

impl Crashed {
    pub fn is_clean(&self) -> bool {
        self.acknowledged > 0 && self.lost == 0 && self.twice == 0 && self.errors == 0
    }
}

pub async fn crash(
    server: &Server,
    what: &What,
    rounds: u32,
    command: &[String],
) -> Result<Crashed, LoadError> {
    let file = what
        .numbers
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("load-{}.numbers", uuid::Uuid::now_v7())));
    let repeat_seconds = if what.repeat_seconds == 0 { REPEAT_SECONDS_DEFAULT } else { what.repeat_seconds };
    let what = What { numbers: Some(file.clone()), repeat_seconds, ..what.clone() };
    let mut child = start(server, command).await?.0;
    let before = listed(server).await?.unwrap_or_default();
    let earlier = if file.exists() { check(server, &file).await?.asked } else { 0 };
    let shared = Shared::begin(server, &what).await?;
    let killing = async {
        let outcome = kill_again_and_again(server, &mut child, rounds, command).await;
        shared.stop();
        outcome
    };
    let (killed, ()) = tokio::join!(killing, shared.all_clients(None));
    let restart_ms_max = killed?;
    let report = shared.report()?;
    let checked = check(server, &file).await?;
    let after = listed(server).await?;
    // Dies with the harness in any case; a last kill leaves the data as a power cut would.
    let _ = child.kill().await;
    let acknowledged = checked.asked - earlier;
    Ok(Crashed {
        kills: rounds,
        acknowledged,
        repeated: report.repeated,
        errors: report.errors,
        lost: checked.missing,
        twice: checked.duplicates + surplus(&before, after, acknowledged),
        restart_ms_max,
        named: checked.named,
    })
}

/// How many more requests there are now than were acknowledged.
fn surplus(before: &HashSet<String>, after: Option<HashSet<String>>, acknowledged: usize) -> usize {
    let new = after.map_or(0, |after| after.difference(before).count());
    new.saturating_sub(acknowledged)
}

/// Answers how long the slowest start took, in milliseconds.
async fn kill_again_and_again(
    server: &Server,
    child: &mut Child,
    rounds: u32,
    command: &[String],
) -> Result<u128, LoadError> {
    let mut slowest = 0;
    for _ in 0..rounds {
        let life = rand::random_range(LIFE_MILLISECONDS);
        tokio::time::sleep(Duration::from_millis(life)).await;
        child.kill().await.map_err(|error| LoadError::File("the server's process".into(), error))?;
        let (again, took) = start(server, command).await?;
        *child = again;
        slowest = slowest.max(took.as_millis());
    }
    // The last life is long enough for every repeated call to find it.
    tokio::time::sleep(Duration::from_millis(LIFE_MILLISECONDS.end)).await;
    Ok(slowest)
}

/// Starts the server and waits until it answers.
async fn start(server: &Server, command: &[String]) -> Result<(Child, Duration), LoadError> {
    let program = PathBuf::from(&command[0]);
    let began = Instant::now();
    let child = Command::new(&program)
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| LoadError::File(command[0].clone(), error))?;
    while !server.is_up().await {
        if began.elapsed() > Duration::from_secs(UP_SECONDS_MAX) {
            return Err(LoadError::NotUp(UP_SECONDS_MAX));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok((child, began.elapsed()))
}
