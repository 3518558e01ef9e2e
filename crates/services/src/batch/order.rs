//! A batch is ordered after its preview: the lines and the job that carries them out are kept in one commit.

use authz::{Actor, Failure, Kind, Refusal};
use jobs::Job;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Batch, LINES_MAX, Line, Verdict, carry_out::KIND, table};
use crate::{Services, request::RequestNumber};

struct Order {
    batch: Batch,
    lines: Vec<Line>,
}

impl Verb for Order {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Batch { id, person, ordered_at, verdict, .. } = &self.batch;
        table::insert(tx, &self.batch, &self.lines).await?;
        let entry = ledger::Entry {
            kind: "batch.ordered",
            subject: format!("batch/{id}"),
            actor: Some(*person),
            controls: &["LY-SVC-17.1a"],
            body: json!({ "act": verdict.word(), "requests": self.lines.len() }),
            at: *ordered_at,
        };
        ledger::append(tx, entry).await?;
        let payload = json!({ "batch": id });
        let job = Job { kind: KIND, key: id.to_string(), payload, run_at: *ordered_at };
        Ok(jobs::enqueue(tx, job).await?)
    }
}

impl Services {
    /// `picked` are the numbers with the revisions that the preview showed.
    pub(crate) async fn order_batch(
        &self,
        actor: &Actor,
        picked: &[(RequestNumber, i64)],
        verdict: Verdict,
    ) -> Result<Uuid, Failure> {
        if picked.is_empty() {
            return Err(Refusal::new(Kind::Invalid, "desk.nothing_picked", &[]).into());
        }
        let lines = picked.iter().take(LINES_MAX).enumerate().map(|(place, (number, revision))| Line {
            place: place as i64,
            number: number.to_string(),
            revision: *revision,
            outcome: String::new(),
        });
        let batch = Batch {
            id: Uuid::now_v7(),
            person: actor.person,
            assurance: actor.assurance as i64,
            verdict,
            ordered_at: self.clock.now(),
            ended_at: None,
        };
        let id = batch.id;
        self.store.write(Order { lines: lines.collect(), batch }).await?;
        self.ledger.wake();
        Ok(id)
    }
}
