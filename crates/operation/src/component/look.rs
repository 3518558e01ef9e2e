//! One look at every part. Nothing here changes anything, and each question has its limit of time, so that a part that
//! hangs is a part that fails.

use std::time::Duration;

use clock::{SECOND, Timestamp};
use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};

use super::{Component, Finding, Said, State, table};
use crate::{
    Operation,
    alert::limit,
    run::{self, Kind, Run, RunState},
};

/// How long one part may take to answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);
const MEBIBYTE: u64 = 1 << 20;
/// What a mail server says first.
const SMTP_READY: &[u8] = b"220";

impl Operation {
    /// What every part says now. The database is asked first: without it there is nothing more to ask.
    pub async fn look(&self) -> Vec<Finding> {
        let database = within(self.store.ping()).await;
        let mut found = vec![judged("database", database, "database-ok", "database-fail")];
        if found[0].state == State::Fail {
            return found;
        }
        let documents = within(self.documents.ping()).await;
        found.push(judged("documents", documents, "documents-ok", "documents-fail"));
        found.push(self.ledger_part().await);
        found.push(self.jobs_part().await);
        found.push(self.clock_part().await);
        found.push(self.disk_part());
        found.push(self.mail_part().await);
        found.push(self.scanner_part().await);
        found.push(self.run_part(Kind::Backup).await);
        found.push(self.run_part(Kind::RestoreTest).await);
        found
    }

    async fn ledger_part(&self) -> Finding {
        let Some(standing) = within(self.ledger.standing()).await else {
            return Finding::new("ledger", State::Fail, Said::new("ledger-unread"));
        };
        let lag = standing.lag.as_secs();
        let state = if lag > limit("ledger") { State::Fail } else { State::Ok };
        let word = if state == State::Ok { "ledger-ok" } else { "ledger-late" };
        Finding::new("ledger", state, Said::new(word).with("entries", standing.size).with("lag_seconds", lag))
    }

    /// A job that waits too long says that no worker takes it; one that was given up waits for a person.
    async fn jobs_part(&self) -> Finding {
        let Some(queue) = within(jobs::queue(&self.store.read(), self.clock.now())).await else {
            return Finding::new("jobs", State::Fail, Said::new("jobs-unread"));
        };
        // What waited while no node ran is not late until this one has had the time to do it.
        let now = self.clock.now();
        let late = queue.oldest_due.map_or(0, |at| now.since(at.max(self.started)).as_secs());
        if late > limit("jobs") {
            return Finding::new("jobs", State::Fail, Said::new("jobs-late").with("late_seconds", late));
        }
        if queue.dead > 0 {
            return Finding::new("jobs", State::Warn, Said::new("jobs-dead").with("count", queue.dead));
        }
        Finding::new("jobs", State::Ok, Said::new("jobs-ok").with("count", queue.due))
    }

    async fn clock_part(&self) -> Finding {
        let Some(theirs) = within(self.store.clock_micros()).await else {
            return Finding::new("clock", State::Fail, Said::new("clock-unread"));
        };
        let own = clock::Clock::System.now().micros();
        let apart = own.abs_diff(theirs) / SECOND.as_micros() as u64;
        if apart > limit("clock") {
            return Finding::new("clock", State::Fail, Said::new("clock-apart").with("apart_seconds", apart));
        }
        Finding::new("clock", State::Ok, Said::new("clock-ok"))
    }

    fn disk_part(&self) -> Finding {
        let Ok(found) = nix::sys::statvfs::statvfs(&self.place.data) else {
            return Finding::new("disk", State::Fail, Said::new("disk-unread"));
        };
        let free = found.blocks_available().saturating_mul(found.fragment_size());
        let least = limit("disk").saturating_mul(MEBIBYTE);
        let state = if free < least { State::Fail } else { State::Ok };
        let word = if state == State::Ok { "disk-ok" } else { "disk-full" };
        Finding::new("disk", state, Said::new(word).with("free_bytes", free).with("least_bytes", least))
    }

    async fn mail_part(&self) -> Finding {
        let Some(address) = &self.place.mail else {
            return Finding::new("mail", State::Off, Said::new("mail-off"));
        };
        let greeted = within(greeting(address)).await.unwrap_or_default();
        match greeted {
            true => Finding::new("mail", State::Ok, Said::new("mail-ok")),
            false => Finding::new("mail", State::Fail, Said::new("mail-fail")),
        }
    }

    async fn scanner_part(&self) -> Finding {
        match timeout(ANSWER_TIME_MAX, self.documents.scanner_answers()).await {
            Ok(None) => Finding::new("scanner", State::Off, Said::new("scanner-off")),
            Ok(Some(true)) => Finding::new("scanner", State::Ok, Said::new("scanner-ok")),
            _ => Finding::new("scanner", State::Fail, Said::new("scanner-fail")),
        }
    }

    /// The last backup, or the last restore test, against how often the regulation asks for one.
    async fn run_part(&self, kind: Kind) -> Finding {
        let name = kind.word();
        if self.place.backups.is_none() {
            return Finding::new(name, State::Off, Said::new("backup-off"));
        }
        let sql = self.store.read();
        let Some(last) = within(run::table::last_ended(&sql, kind)).await else {
            return Finding::new(name, State::Fail, Said::new("runs-unread"));
        };
        let Some(done) = within(run::table::last_done(&sql, kind)).await else {
            return Finding::new(name, State::Fail, Said::new("runs-unread"));
        };
        let Some(before) = within(table::find(&sql, name)).await else {
            return Finding::new(name, State::Fail, Said::new("runs-unread"));
        };
        let (state, said) = match (last, done) {
            (None, None) => awaited(kind, before.as_ref(), self.cadence(kind), self.clock.now()),
            (last, done) => {
                standing(kind, last.as_ref(), done.as_ref(), self.cadence(kind), self.clock.now())
            }
        };
        Finding::new(name, state, said)
    }
}

/// The text about a run: `backup-late`, `restore-test-ok`.
fn word(kind: Kind, end: &str) -> String {
    format!("{}-{end}", kind.word().replace('_', "-"))
}

/// Red when the last run failed, or when there was no good one for longer than is asked. The time that a run may take is
/// granted on top, so that one that is under way at its hour is not called missed.
fn standing(
    kind: Kind,
    last: Option<&Run>,
    done: Option<&Run>,
    cadence: Duration,
    now: Timestamp,
) -> (State, Said) {
    if last.is_some_and(|last| last.state == RunState::Failed) {
        return (State::Fail, Said::new(&word(kind, "failed")));
    }
    let Some(done) = done else { return (State::Warn, Said::new(&word(kind, "none"))) };
    let late = now > done.started_at + cadence + backup::TAKE_TIME_MAX;
    let (state, end) = if late { (State::Fail, "late") } else { (State::Ok, "ok") };
    (state, Said::new(&word(kind, end)).with("age_seconds", now.since(done.started_at).as_secs()))
}

/// There was none yet. That is no fault until one would have been due; how long it has been so stands in the row that the
/// watch keeps, and survives a restart.
fn awaited(kind: Kind, before: Option<&Component>, cadence: Duration, now: Timestamp) -> (State, Said) {
    let (none, never) = (word(kind, "none"), word(kind, "never"));
    let missed = before.is_some_and(|before| {
        before.said.word == never
            || before.said.word == none && now > before.since + cadence + backup::TAKE_TIME_MAX
    });
    if missed { (State::Fail, Said::new(&never)) } else { (State::Warn, Said::new(&none)) }
}

fn judged(component: &str, answer: Option<()>, well: &str, ill: &str) -> Finding {
    match answer {
        Some(()) => Finding::new(component, State::Ok, Said::new(well)),
        None => Finding::new(component, State::Fail, Said::new(ill)),
    }
}

/// The answer, if it came in time and was one. Why it was none stands in the log.
async fn within<T, E: std::fmt::Display>(answer: impl Future<Output = Result<T, E>>) -> Option<T> {
    match timeout(ANSWER_TIME_MAX, answer).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::warn!(%error, "a part did not answer as it should");
            None
        }
        Err(_) => None,
    }
}

async fn greeting(address: &str) -> std::io::Result<bool> {
    let mut line = TcpStream::connect(address).await?;
    let mut first = [0; SMTP_READY.len()];
    line.read_exact(&mut first).await?;
    Ok(first == *SMTP_READY)
}

#[cfg(test)]
mod tests {
    use clock::{DAY, HOUR};
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000_000_000);

    fn run(state: RunState, age: Duration) -> Run {
        Run { state, ..Run::begun(Uuid::nil(), Kind::Backup, run::By::Schedule, NOW - age) }
    }

    fn check(last: Option<Run>, done: Option<Run>, expected: &str) {
        let (state, said) = standing(Kind::Backup, last.as_ref(), done.as_ref(), DAY, NOW);
        assert_eq!(format!("{} {}", state.word(), said.word), expected);
    }

    fn check_awaited(before: Option<(&str, Duration)>, expected: &str) {
        let before = before.map(|(word, age)| Component {
            name: "backup".to_owned(),
            state: State::Warn,
            said: Said::new(word),
            checked_at: NOW,
            since: NOW - age,
        });
        let (state, said) = awaited(Kind::Backup, before.as_ref(), DAY, NOW);
        assert_eq!(format!("{} {}", state.word(), said.word), expected);
    }

    #[test]
    fn a_first_backup_that_never_comes_is_red_and_stays_so() {
        check_awaited(None, "warn backup-none");
        check_awaited(Some(("backup-off", 30 * DAY)), "warn backup-none");
        check_awaited(Some(("backup-none", 25 * HOUR)), "warn backup-none");
        check_awaited(Some(("backup-none", 25 * HOUR + SECOND)), "fail backup-never");
        check_awaited(Some(("backup-never", SECOND)), "fail backup-never");
    }

    #[test]
    fn a_backup_that_failed_or_was_missed_is_red() {
        let done = |age| Some(run(RunState::Done, age));
        check(None, None, "warn backup-none");
        check(done(HOUR), done(HOUR), "ok backup-ok");
        check(done(25 * HOUR), done(25 * HOUR), "ok backup-ok");
        check(done(25 * HOUR + SECOND), done(25 * HOUR + SECOND), "fail backup-late");
        check(Some(run(RunState::Failed, HOUR)), done(2 * HOUR), "fail backup-failed");
        check(Some(run(RunState::Failed, HOUR)), None, "fail backup-failed");
    }
}
