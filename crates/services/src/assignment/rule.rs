//! The head says how tasks of a body find their officer.

use authz::{Actor, Failure};
use serde_json::json;
use store::{Tx, Verb};

use super::{Rule, table};
use crate::Services;

struct SetRule {
    actor: Actor,
    rule: Rule,
    at: clock::Timestamp,
}

impl Verb for SetRule {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        table::set_rule(tx, &self.rule).await?;
        let rule = &self.rule;
        let entry = ledger::Entry {
            kind: "assignment.rule",
            subject: format!("body/{}", rule.desk.body),
            actor: Some(self.actor.person),
            controls: &[],
            body: json!({ "role": rule.desk.role, "service": rule.entry, "way": rule.way.word() }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Services {
    pub(crate) async fn set_assignment_rule(&self, actor: &Actor, rule: Rule) -> Result<(), Failure> {
        self.require_head(actor, rule.desk.body)?;
        self.store.write(SetRule { actor: actor.clone(), rule, at: self.clock.now() }).await?;
        self.ledger.wake();
        Ok(())
    }
}
