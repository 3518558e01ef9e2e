//! The competent administration changes the state's working days, the head or the administrator of a body its own. The
//! clocks of open requests follow in a job, in the same commit as the change.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use jobs::Job;
use organisations::{COMPETENT_ADMINISTRATION, Change, ChangeCalendar, Scope};
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::refit::KIND;

/// Days back that a change may reach: what was closed in a storm is entered afterwards, but no calendar of last year is
/// rewritten.
pub(super) const DAYS_BACK_MAX: i64 = 31;

pub(crate) struct ChangeWorkingTime {
    pub actor: Actor,
    pub change: ChangeCalendar,
    pub policies: Arc<Policies>,
}

impl Verb for ChangeWorkingTime {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        permitted(tx, &self.policies, &self.actor, self.change.scope).await?;
        self.check_days()?;
        let version = self.change.apply(tx).await?;
        let body = match self.change.scope {
            Scope::State => None,
            Scope::Body(body) => Some(body),
        };
        let name = body.map_or_else(|| "state".to_owned(), |body| body.to_string());
        let job = Job {
            kind: KIND,
            key: format!("{name}@{version}"),
            payload: json!({ "body": body, "source": self.change.source }),
            run_at: self.change.at,
        };
        jobs::enqueue(tx, job).await?;
        Ok(version)
    }
}

impl ChangeWorkingTime {
    fn check_days(&self) -> Result<(), Refusal> {
        let first = self.change.at.day() - DAYS_BACK_MAX;
        let is_past = match &self.change.change {
            Change::Add { holidays } => holidays.iter().any(|holiday| holiday.day < first),
            Change::Move { from, to } => *from < first || *to < first,
            Change::Remove { day } => *day < first,
            Change::Hours { .. } => false,
        };
        match is_past {
            true => Err(Refusal::new(Kind::Conflict, "calendar.day_past", &[])),
            false => Ok(()),
        }
    }
}

/// Whether this person may change working time there.
pub(super) async fn permitted(
    sql: &impl Sql,
    policies: &Policies,
    actor: &Actor,
    scope: Scope,
) -> Result<(), Failure> {
    let administration = organisations::holder_of(sql, COMPETENT_ADMINISTRATION).await?;
    let own = match scope {
        Scope::State => None,
        Scope::Body(body) => Some(body),
    };
    let desks = |body: Uuid| ["head", "administrator", "verifier"].map(|role| format!("{role}@{body}"));
    let of_body = own.map(|body| ["head", "administrator"].map(|role| format!("{role}@{body}")));
    let editors: Vec<String> =
        administration.map(desks).into_iter().flatten().chain(of_body.into_iter().flatten()).collect();
    let resource = Resource {
        kind: "Calendar",
        id: own.map_or_else(|| "state".to_owned(), |body| body.to_string()),
        attributes: vec![("editor_desks", Attribute::Words(editors))],
    };
    policies.require("services", actor, "change_calendar", &resource)?;
    Ok(())
}
