//! The competent administration changes the rules of the register; the version before stays readable (LY-SVC-22.2).

use authz::Failure;
use serde_json::json;
use store::{Tx, Verb};

use super::{Rules, table};
use crate::entry::authority::Acting;

pub(crate) struct SetRules {
    pub acting: Acting,
    pub rules: Rules,
}

impl Verb for SetRules {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        self.acting.check_whole(tx, "set_rules").await?;
        self.rules.check()?;
        let now = table::current(tx).await?;
        if now.version > 0 && now.rules == self.rules {
            return Ok(now.version);
        }
        let (version, at) = (now.version + 1, self.acting.clock.now());
        table::insert(tx, version, &self.rules, self.acting.actor.person, at).await?;
        let recorded = ledger::Entry {
            kind: "directory.rules_set",
            subject: "directory/rules".to_owned(),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-22.2"],
            body: json!({ "version": version, "rules": self.rules }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(version)
    }
}
