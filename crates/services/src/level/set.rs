//! The supervising body sets the level of a service; every node asks for it within a second (LY-SVC-8.2a).

use authz::{Attribute, Failure, Kind, Refusal};
use serde_json::json;
use store::{Sql, Tx, Verb};

use super::{LEVELS, SUPERVISING_BODY, Setting, table};
use crate::entry::{
    self,
    authority::{Acting, reason},
};

/// Roles at the supervising body that set levels.
const SUPERVISOR_ROLES: [&str; 3] = ["administrator", "head", "verifier"];

pub(crate) struct SetLevel {
    pub acting: Acting,
    pub slug: String,
    pub level: String,
    pub reason: String,
}

impl Verb for SetLevel {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        self.acting.check_supervisor(tx).await?;
        let (entry, _) = entry::table::latest(tx, &self.slug).await?.ok_or_else(Refusal::not_found)?;
        if !LEVELS.contains(&self.level.as_str()) {
            let refusal = Refusal::new(Kind::Invalid, "directory.level_unknown", &["LY-SVC-8.2a"]);
            return Err(refusal.with_item("level", "choice", "").into());
        }
        let reason = reason("reason", &self.reason)?;
        let newest = table::of(tx, entry, 1).await?.first().map_or(0, |it| it.version);
        let setting = Setting {
            version: newest + 1,
            level: self.level.clone(),
            reason,
            actor: self.acting.actor.person,
            at: self.acting.clock.now(),
        };
        table::insert(tx, entry, &setting).await?;
        entry::table::move_generation(tx).await?;
        let recorded = ledger::Entry {
            kind: "service.level_set",
            subject: format!("service/{}", self.slug),
            actor: Some(setting.actor),
            controls: &["LY-SVC-8.2a"],
            body: json!({ "service": self.slug, "level": setting.level, "reason": setting.reason }),
            at: setting.at,
        };
        ledger::append(tx, recorded).await?;
        Ok(setting.version)
    }
}

impl Acting {
    /// Whether this person sits at the body that supervises how people are identified.
    pub(crate) async fn check_supervisor(&self, sql: &impl Sql) -> Result<(), Failure> {
        let refusal = || Refusal::new(Kind::NotAllowed, "directory.not_supervising", &["LY-SVC-8.2a"]);
        let body = organisations::holder_of(sql, SUPERVISING_BODY).await?.ok_or_else(refusal)?;
        let desks = SUPERVISOR_ROLES.map(|role| format!("{role}@{body}"));
        let supervisors = ("supervisor_desks", Attribute::Words(desks.to_vec()));
        match self.check_with(sql, "Level", "set_level", vec![supervisors]).await {
            Err(Failure::Refused(no)) if no.code == "directory.not_competent" => Err(refusal().into()),
            other => other,
        }
    }
}
