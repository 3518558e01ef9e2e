//! VERB. The person answers the warning: it was they who mistyped. Changing the password answers it as well.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{AttackState, table};

const NONE_OPEN: Refusal = Refusal::new(Kind::Conflict, "attack.over", &["LY-MAIL-3.07e"]);

pub(crate) struct AnswerWarning {
    pub(crate) person: Uuid,
    pub(crate) at: Timestamp,
}

impl Verb for AnswerWarning {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        match answered(tx, self.person, "mine", self.at).await? {
            true => Ok(()),
            false => Err(NONE_OPEN.into()),
        }
    }
}

/// Ends the open alert of a person; false when there is none.
pub(crate) async fn answered(
    tx: &Tx,
    person: Uuid,
    answer: &'static str,
    at: Timestamp,
) -> Result<bool, Failure> {
    let Some(attack) = table::open_attack(tx, person).await? else { return Ok(false) };
    if !table::end(tx, attack.id, (AttackState::Answered, answer), person, None, at).await? {
        return Ok(false);
    }
    let entry = Entry {
        kind: "attack.answered",
        subject: attack.ledger_subject(),
        actor: Some(person),
        controls: &["LY-MAIL-3.07e"],
        body: json!({ "person": person, "answer": answer, "warnings": attack.warnings }),
        at,
    };
    ledger::append(tx, entry).await?;
    notify::settle(tx, person, &attack.ledger_subject()).await?;
    Ok(true)
}
