//! `/account/policies`: the policies that bind somebody, whether the version that they acknowledged last is the one in force,
//! and what is still open.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{Page, Path, Query, Shell, components::Link, see_other};

use super::{Assignment, Standing, acknowledge::Acknowledge, ledger_subject, table};
use crate::{Register, policy::page::places, version::table as versions};

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new().route("/account/policies", get(list)).route("/account/policies/{id}", post(acknowledge))
}

/// A policy that binds somebody, by the version in force.
pub(crate) struct Own {
    pub policy: Uuid,
    pub title: Text,
    pub issue: String,
    pub version: i64,
    pub last_acknowledged: Option<i64>,
}

impl Register {
    /// What binds somebody, and everything that they are asked for, what is open first.
    pub(crate) async fn own(&self, actor: &Actor) -> Result<(Vec<Own>, Vec<Assignment>), Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let held = table::of_person(&sql, actor.person, now).await?;
        let last: HashMap<Uuid, i64> =
            table::last_acknowledged(&sql, actor.person).await?.into_iter().collect();
        let mut own: Vec<Own> = Vec::new();
        for it in &held {
            if own.iter().any(|known| known.policy == it.policy) {
                continue;
            }
            let Some(version) = versions::find(&sql, it.version).await? else { continue };
            own.push(Own {
                policy: it.policy,
                title: version.content.title(),
                issue: version.content.issue,
                version: version.number,
                last_acknowledged: last.get(&it.policy).copied(),
            });
        }
        Ok((own, held))
    }
}

struct Row {
    href: String,
    title: String,
    issue: String,
    /// Each open part with its day.
    open: Vec<String>,
    standing: String,
    signal: &'static str,
    last: String,
}

#[derive(Template)]
#[template(path = "assignment/own.html")]
struct OwnPage {
    places: Vec<Link>,
    rows: Vec<Row>,
    done: String,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn list(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Done>,
) -> Result<Page<OwnPage>, web::Error> {
    let (own, held) = register.own(&actor).await?;
    let now = register.clock.now();
    let row = |it: &Own| {
        let parts: Vec<&Assignment> = held.iter().filter(|part| part.policy == it.policy).collect();
        let open = parts.iter().filter(|part| part.acknowledged_at.is_none());
        let is_late = parts.iter().any(|part| part.standing(now) == Standing::Overdue);
        let open: Vec<String> = open.map(|part| part_word(&shell, part)).collect();
        let (key, signal) = match it.last_acknowledged {
            _ if is_late => ("policy-own-overdue", "refused"),
            Some(last) if last == it.version && open.is_empty() => ("policy-own-current", "done"),
            Some(last) if last < it.version => ("policy-own-outdated", "needs-you"),
            _ => ("policy-own-open", "needs-you"),
        };
        Row {
            href: format!("/policies/{}", it.policy),
            title: shell.text(&it.title).to_owned(),
            issue: it.issue.clone(),
            open,
            standing: shell.t(key),
            signal,
            last: match it.last_acknowledged {
                None => shell.t("policy-own-never"),
                Some(last) if last == it.version => shell.t("policy-own-last-current"),
                Some(last) => shell.t1("policy-own-last", "number", last),
            },
        }
    };
    let rows = own.iter().map(row).collect();
    let done = if asked.done == "acknowledged" { shell.t("policy-own-done") } else { String::new() };
    Ok(Page(OwnPage { places: places(&shell), rows, done, shell }))
}

fn part_word(shell: &Shell, it: &Assignment) -> String {
    let due = shell.day(it.due_at);
    match it.clause.as_str() {
        "" => shell.t1("policy-own-whole", "due", due),
        clause => shell.t2("policy-own-clause", "clause", shell.in_digits(clause.to_owned()), "due", due),
    }
}

async fn acknowledge(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let held = table::find(&register.store.read(), id).await.map_err(Failure::from)?;
    let verb = Acknowledge { acting: register.acting(&actor), assignment: id };
    register.carry_out(&actor, &ledger_subject(id), verb, None).await?;
    let path = held.map_or_else(|| "/account/policies".to_owned(), |it| format!("/policies/{}", it.policy));
    Ok(see_other(&format!("{path}?done=acknowledged")).into_response())
}
