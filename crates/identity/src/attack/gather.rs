//! VERB. Wrong guesses at an identifier become one alert, or are added to the one that is open. It is the work of a job, so
//! that a wrong password costs the same whether anybody has this identifier or not.

use std::sync::Arc;

use async_trait::async_trait;
use authz::Failure;
use clock::Timestamp;
use jobs::{Job, JobError, Task, Work};
use ledger::Entry;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Attack, AttackSource, AttackState, GUESSES_FOR_ALERT, table, warn};
use crate::Identity;

/// The kind of the job.
pub(crate) const GATHER_JOB: &str = "identity.gather_guesses";

/// Orders that the guesses at this identifier are looked at.
pub(crate) async fn order(tx: &Tx, key: &[u8], at: Timestamp) -> Result<(), StoreError> {
    let key = hex::encode(key);
    // Each order has a name of its own: a job that runs just now may have looked before this guess.
    let name = format!("{key}/{}", Uuid::now_v7());
    jobs::enqueue(tx, Job { kind: GATHER_JOB, key: name, payload: json!({ "key": key }), run_at: at }).await
}

struct Gather {
    key: Vec<u8>,
    at: Timestamp,
}

impl Verb for Gather {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let (person, sources) = table::waiting(tx, &self.key, self.at).await?;
        let Some(person) = person else { return Ok(()) };
        let guesses: i64 = sources.iter().map(|source| source.guesses).sum();
        match table::open_attack(tx, person).await? {
            Some(attack) => add(tx, &attack, &sources).await?,
            None if guesses >= GUESSES_FOR_ALERT => self.open(tx, person, &sources).await?,
            None => return Ok(()),
        }
        Ok(table::taken_up(tx, &self.key).await?)
    }
}

impl Gather {
    async fn open(&self, tx: &Tx, person: Uuid, sources: &[AttackSource]) -> Result<(), Failure> {
        let attack = Attack {
            id: Uuid::now_v7(),
            person,
            key: self.key.clone(),
            state: AttackState::Open,
            guesses: 0,
            first_at: sources.iter().map(|source| source.first_at).min().unwrap_or(self.at),
            last_at: sources.iter().map(|source| source.last_at).max().unwrap_or(self.at),
            opened_at: self.at,
            warnings: 0,
            warned_at: None,
            answer: String::new(),
            ended_at: None,
            ended_by: None,
            matter: None,
        };
        table::insert(tx, &attack).await?;
        add(tx, &attack, sources).await?;
        let entry = Entry {
            kind: "attack.noticed",
            subject: attack.ledger_subject(),
            actor: None,
            controls: &["LY-MAIL-3.07a"],
            body: json!({
                "person": person,
                "guesses": sources.iter().map(|source| source.guesses).sum::<i64>(),
                "networks": sources.len(),
                "first_at": attack.first_at.to_string(),
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(warn::order(tx, &attack, self.at).await?)
    }
}

async fn add(tx: &Tx, attack: &Attack, sources: &[AttackSource]) -> Result<(), StoreError> {
    for source in sources {
        table::add_source(tx, attack.id, source).await?;
        table::add_guesses(tx, attack.id, source.guesses, attack.last_at.max(source.last_at)).await?;
    }
    Ok(())
}

/// The work of the job.
pub struct GatherGuesses(pub Arc<Identity>);

#[async_trait]
impl Work for GatherGuesses {
    fn kind(&self) -> &'static str {
        GATHER_JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let key = task.payload.get("key").and_then(|key| key.as_str()).and_then(|key| hex::decode(key).ok());
        let key = key.ok_or_else(|| JobError::Never("the payload names no identifier".into()))?;
        let gather = Gather { key, at: self.0.clock.now() };
        self.0.write(gather).await.map_err(JobError::of)
    }
}
