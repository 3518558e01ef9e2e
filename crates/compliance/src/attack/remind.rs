//! The officers of the implementing body are told once that enough warnings went unanswered.

use authz::Failure;
use clock::Timestamp;
use identity::{Attack, AttacksWanted};
use store::{Tx, Verb};

use crate::{
    Compliance,
    authority::guards_of_accounts,
    telling::{message, tell},
};

/// Alerts of one round; the others come with the next.
const ROUND: i64 = 200;

struct TellThatDue {
    attack: Attack,
    at: Timestamp,
}

impl Verb for TellThatDue {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut officers = guards_of_accounts(tx, self.at).await?;
        if officers.is_empty() || !identity::told_that_due(tx, self.attack.id, self.at).await? {
            return Ok(());
        }
        let Some(person) = identity::person(tx, self.attack.person).await? else { return Ok(()) };
        officers.retain(|officer| *officer != person.id);
        tell(tx, &officers, self.at, |to| {
            let link = format!("/compliance/attacks/{}", self.attack.id);
            message(to, "attack-reset-due", self.attack.ledger_subject(), link)
                .text("person", &person.name)
                .word("warnings_count", self.attack.warnings.to_string())
        })
        .await
    }
}

impl Compliance {
    pub(crate) async fn remind_of_attacks(&self) -> Result<(), Failure> {
        let (sql, at) = (self.store.read(), self.clock.now());
        let ladder = self.identity.ladder(&sql).await?;
        let wanted = AttacksWanted { due: Some((ladder, at)), ..AttacksWanted::default() };
        for attack in identity::attacks(&sql, &wanted, None, ROUND).await? {
            self.store.write(TellThatDue { attack, at }).await?;
        }
        Ok(())
    }
}
