//! A batch is carried out, line by line. A decision and the word that its line is done are one commit, so that a crash
//! between two lines loses nothing and decides nothing twice.

use std::sync::Arc;

use async_trait::async_trait;
use authz::{Actor, Assurance, Failure, Via};
use clock::Timestamp;
use compliance::Door;
use jobs::{JobError, Task, Work};
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Batch, Line, Verdict, table};
use crate::{
    Services,
    request::{
        NamedAct, RequestNumber,
        decide::{Decide, Decision},
    },
};

/// The kind of job that carries out batches.
pub(super) const KIND: &str = "services.batch";
/// How a line ended that was decided.
pub(super) const DONE: &str = "done";

/// The worker of [`KIND`].
pub struct CarryOutBatches(pub Arc<Services>);

#[async_trait]
impl Work for CarryOutBatches {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("batch").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no batch".into()))?;
        self.0.carry_out_batch(id).await.map_err(JobError::of)
    }
}

/// A decision with the word that its line is done.
struct DecideLine {
    decide: Decide,
    batch: Uuid,
    place: i64,
    at: Timestamp,
}

impl Verb for DecideLine {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if table::conclude(tx, self.batch, self.place, DONE, self.at).await? {
            self.decide.apply(tx).await?;
        }
        Ok(())
    }
}

/// The word that a line could not be decided, or that all lines are through.
enum Mark {
    LeftOut { batch: Uuid, place: i64, code: &'static str, at: Timestamp },
    Ended { batch: Uuid, at: Timestamp },
}

impl Verb for Mark {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        match self {
            Mark::LeftOut { batch, place, code, at } => {
                table::conclude(tx, *batch, *place, code, *at).await.map(drop)
            }
            Mark::Ended { batch, at } => table::end(tx, *batch, *at).await,
        }
    }
}

impl Services {
    async fn carry_out_batch(&self, id: Uuid) -> Result<(), Failure> {
        let Some(batch) = table::find(&self.store.read(), id).await? else { return Ok(()) };
        let (actor, call) = self.orderer(&batch).await?;
        call.carry(self.decide_lines(&actor, &batch)).await
    }

    async fn decide_lines(&self, actor: &Actor, batch: &Batch) -> Result<(), Failure> {
        let id = batch.id;
        let lines = table::lines(&self.store.read(), id).await?;
        for line in lines.iter().filter(|line| line.outcome.is_empty()) {
            match self.decide_line(actor, batch, line).await {
                Ok(()) => {}
                Err(Failure::Refused(refusal)) => {
                    let at = self.clock.now();
                    let mark = Mark::LeftOut { batch: id, place: line.place, code: refusal.code, at };
                    self.store.write(mark).await?;
                }
                Err(failure) => return Err(failure),
            }
        }
        self.store.write(Mark::Ended { batch: id, at: self.clock.now() }).await?;
        self.ledger.wake();
        Ok(())
    }

    /// Whoever ordered it, with the roles that they hold now: a right that ended meanwhile decides nothing.
    /// The same goes for what was delegated to them, and each decision says by which delegation it was made.
    async fn orderer(&self, batch: &Batch) -> Result<(Actor, Arc<behalf::Call>), Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut roles = organisations::roles_of(&sql, batch.person, now).await?;
        let delegated = organisations::delegated_to(&sql, batch.person, now).await?;
        roles.extend(delegated.roles);
        let assurance = match batch.assurance {
            ..=1 => Assurance::Basic,
            2 => Assurance::Substantial,
            _ => Assurance::High,
        };
        let actor = Actor { person: batch.person, via: Via::System, assurance, roles, kind: String::new() };
        Ok((actor, behalf::Call::of(batch.person, delegated.lapsed)))
    }

    async fn decide_line(&self, actor: &Actor, batch: &Batch, line: &Line) -> Result<(), Failure> {
        let number: RequestNumber = line.number.parse()?;
        let acting = self.acting(actor, &number, Some(line.revision));
        let decision = match &batch.verdict {
            Verdict::Approve { measures } => {
                Decision::Approve { measures: measures.clone(), named: NamedAct::default() }
            }
            Verdict::Refuse { reason } => Decision::Refuse { reason: reason.clone() },
        };
        let decide = self.deciding(acting, decision).await?;
        let at = self.clock.now();
        let outcome = self.store.write(DecideLine { decide, batch: batch.id, place: line.place, at }).await;
        self.noted(actor, &format!("request/{number}"), outcome).await
    }
}
