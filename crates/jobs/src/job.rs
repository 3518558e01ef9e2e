//! A job, from the order to its end. Pure: no SQL, no waiting.

use async_trait::async_trait;
use authz::Failure;
use clock::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::Policy;

/// Bytes of a payload as JSON text. A job carries names of things, not the things.
pub const PAYLOAD_BYTES_MAX: usize = 64 * 1024;
/// Characters of a reason that are kept; a whole stack of sources fits, a whole answer of a server does not.
const REASON_CHARACTERS_MAX: usize = 500;

/// An order.
#[derive(Clone, Debug)]
pub struct Job {
    pub kind: &'static str,
    /// What this work is about. While a job of this kind and key is open, ordering it again changes nothing.
    pub key: String,
    pub payload: Value,
    pub run_at: Timestamp,
}

/// A job in the hands of a worker.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: Uuid,
    pub kind: String,
    pub key: String,
    pub payload: Value,
    /// 1 at the first try.
    pub attempt: u32,
    /// When the job was first to run.
    pub first_at: Timestamp,
    /// The lease under which this worker holds it.
    pub(crate) holder: Uuid,
}

/// Why an attempt did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobError {
    /// May pass later: tried again after a delay.
    Again(String),
    /// Will never pass: dead at once, visible, and retried only by a person.
    Never(String),
}

impl<E: std::error::Error> From<E> for JobError {
    fn from(error: E) -> JobError {
        JobError::Again(chain(&error))
    }
}

impl JobError {
    /// A no stays a no until a person changes something; what broke may mend.
    pub fn of(failure: Failure) -> JobError {
        match failure {
            Failure::Refused(refusal) => JobError::Never(refusal.to_string()),
            Failure::Broken(error) => JobError::Again(chain(error.as_ref())),
        }
    }
}

/// The error with its sources, joined by colons.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}

/// What is done for one kind of job.
#[async_trait]
pub trait Work: Send + Sync {
    fn kind(&self) -> &'static str;

    async fn run(&self, task: &Task) -> Result<(), JobError>;

    fn policy(&self) -> Policy {
        Policy::default()
    }

    /// Told just before a job is given up, so that what waits for it can say so. It may be told twice; what it
    /// cannot do is logged, and the job is given up all the same.
    async fn given_up(&self, _task: &Task, _reason: &str) -> Result<(), JobError> {
        Ok(())
    }
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Again { at: Timestamp, reason: String },
    Dead { reason: String },
}

impl Outcome {
    /// The last attempt that the policy grants makes the job dead. `jitter` lies in 0..1.
    pub(crate) fn of(
        result: Result<(), JobError>,
        attempt: u32,
        policy: &Policy,
        now: Timestamp,
        jitter: f64,
    ) -> Outcome {
        match result {
            Ok(()) => Outcome::Done,
            Err(JobError::Never(reason)) => Outcome::Dead { reason: cut(&reason) },
            Err(JobError::Again(reason)) if attempt >= policy.attempts_max => {
                Outcome::Dead { reason: cut(&format!("{reason} (attempt {attempt}, the last)")) }
            }
            Err(JobError::Again(reason)) => {
                Outcome::Again { at: now + policy.delay(attempt, jitter), reason: cut(&reason) }
            }
        }
    }
}

fn cut(reason: &str) -> String {
    reason.chars().filter(|c| *c != '\0').take(REASON_CHARACTERS_MAX).collect()
}

/// A job that was given up, for the page and the command line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Dead {
    pub id: Uuid,
    pub kind: String,
    pub key: String,
    pub reason: String,
    pub attempts: u32,
    #[serde(serialize_with = "as_text")]
    pub first_at: Timestamp,
    #[serde(serialize_with = "as_text")]
    pub failed_at: Timestamp,
}

fn as_text<S: serde::Serializer>(at: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(at)
}

/// What became of the wish to retry a dead job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retried {
    /// It is open again with all its attempts.
    Open,
    /// The same work was ordered anew meanwhile and is open; the dead one stays as it is.
    OrderedAnew,
    /// There is no dead job with this id.
    NotDead,
}

/// How the queue stands as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Jobs that are due and that no worker has taken.
    pub due: i64,
    /// Since when the first of them waits.
    pub oldest_due: Option<Timestamp>,
    pub dead: i64,
}

/// How many jobs of one kind stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct KindCount {
    pub kind: String,
    /// Open and not held: due now or later.
    pub waiting: i64,
    /// Held by a worker.
    pub running: i64,
    /// Open, and failed at least once.
    pub retrying: i64,
    pub dead: i64,
    /// Done since the counting began.
    pub done: i64,
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn check(result: Result<(), JobError>, attempt: u32, expected: &str) {
        let policy = Policy { attempts_max: 3, delay_first: Duration::from_secs(2), ..Policy::default() };
        let found = match Outcome::of(result, attempt, &policy, Timestamp(0), 0.0) {
            Outcome::Done => "done".to_owned(),
            Outcome::Again { at, reason } => format!("again at {} s: {reason}", at.seconds()),
            Outcome::Dead { reason } => format!("dead: {reason}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn how_an_attempt_ends() {
        let again = || Err(JobError::Again("no answer".into()));
        check(Ok(()), 1, "done");
        check(Ok(()), 9, "done");
        check(again(), 1, "again at 2 s: no answer");
        check(again(), 2, "again at 4 s: no answer");
        check(again(), 3, "dead: no answer (attempt 3, the last)");
        check(again(), 4, "dead: no answer (attempt 4, the last)");
        check(Err(JobError::Never("no such address".into())), 1, "dead: no such address");
        check(Err(JobError::Never("é\0".repeat(400))), 1, &format!("dead: {}", "é".repeat(400)));
        check(Err(JobError::Never("é".repeat(900))), 1, &format!("dead: {}", "é".repeat(500)));
    }

    #[test]
    fn an_error_is_told_with_its_sources() {
        let error = store::StoreError::Open("the disk is full".into());
        assert_eq!(
            JobError::from(error),
            JobError::Again("the database could not be opened: the disk is full".into())
        );
        let refusal = authz::Refusal::new(authz::Kind::Conflict, "request.closed", &["LY-SVC-13.4"]);
        assert_eq!(JobError::of(refusal.into()), JobError::Never("request.closed LY-SVC-13.4".into()));
    }
}
