//! VERB. The person is warned by text message, and again when an interval passed without an answer, until the ladder ends.

use std::sync::Arc;

use async_trait::async_trait;
use authz::Failure;
use clock::Timestamp;
use jobs::{Job, JobError, Task, Work};
use language::Texts;
use ledger::Entry;
use notify::Message;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Attack, AttackState, Ladder, Warning, table};
use crate::{Identity, Person, person, phone};

/// The kind of the job.
pub(crate) const WARN_JOB: &str = "identity.warn";
const KEY: &str = "attack-warning";

/// Orders the next warning. The moment is part of the job's name: a ladder that changes orders another moment.
pub(crate) async fn order(tx: &Tx, attack: &Attack, run_at: Timestamp) -> Result<(), StoreError> {
    let place = attack.warnings + 1;
    let key = format!("{}/{place}/{}", attack.id, run_at.seconds());
    jobs::enqueue(tx, Job { kind: WARN_JOB, key, payload: json!({ "attack": attack.id }), run_at }).await
}

struct Warn {
    attack: Uuid,
    person: Person,
    /// Which warning this is; another one was sent meanwhile when it does not follow.
    place: i64,
    text: String,
    message: Message,
    ladder: Ladder,
    at: Timestamp,
}

impl Verb for Warn {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let attack = table::attack(tx, self.attack).await?;
        let follows = |it: &Attack| it.state == AttackState::Open && it.warnings + 1 == self.place;
        let Some(mut attack) = attack.filter(follows) else { return Ok(()) };
        // Without a number the delivery says that there is no way to it.
        let phone = phone::warned_at(tx, &self.person).await?.unwrap_or_default();
        let (message, language) = (self.message.clone(), self.person.language);
        let notice = notify::send_sms(tx, self.at, message, phone.clone(), language).await?;
        let warning = Warning { place: self.place, notice, phone, text: self.text.clone(), at: self.at };
        table::warned(tx, attack.id, &warning).await?;
        let entry = Entry {
            kind: "attack.warned",
            subject: attack.ledger_subject(),
            actor: None,
            controls: &["LY-MAIL-3.07b"],
            body: json!({ "person": self.person.id, "warning": self.place, "notice": notice }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        attack.warnings = self.place;
        if self.place < self.ladder.warnings {
            order(tx, &attack, self.at + self.ladder.interval).await?;
        }
        Ok(())
    }
}

/// The work of the job.
pub struct WarnOfAttack {
    identity: Arc<Identity>,
    texts: Arc<Texts>,
}

impl WarnOfAttack {
    pub fn new(identity: Arc<Identity>, texts: Arc<Texts>) -> WarnOfAttack {
        WarnOfAttack { identity, texts }
    }

    fn warning(&self, attack: &Attack, person: Person, ladder: Ladder, at: Timestamp) -> Warn {
        let message = Message::new(person.id, KEY, attack.ledger_subject(), "/account/warning")
            .of_kind(notify::of_account(KEY))
            .word("guesses_count", attack.guesses.to_string())
            .moment("last_at", attack.last_at);
        let text = notify::text_of(&message, &self.texts, person.language);
        Warn { attack: attack.id, person, place: attack.warnings + 1, text, message, ladder, at }
    }
}

#[async_trait]
impl Work for WarnOfAttack {
    fn kind(&self) -> &'static str {
        WARN_JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("attack").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no alert".into()))?;
        let (sql, now) = (self.identity.store.read(), self.identity.clock.now());
        let open = table::attack(&sql, id).await?.filter(|attack| attack.state == AttackState::Open);
        let Some(attack) = open else { return Ok(()) };
        let ladder = self.identity.ladder(&sql).await?;
        // The ladder changed since this was ordered: it ends here, or another job is ordered for the new moment.
        if attack.warnings >= ladder.warnings || now < attack.next_at(ladder) {
            return Ok(());
        }
        let Some(person) = person::table::person(&sql, attack.person).await? else { return Ok(()) };
        let warn = self.warning(&attack, person, ladder, now);
        self.identity.write(warn).await.map_err(JobError::of)
    }
}
