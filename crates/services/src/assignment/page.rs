//! `/desk/assignment`: the head says by which rule each desk's work finds its officer, for all services or for one.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Form, Page, Shell,
    components::{Choice, Field, Link},
    see_other,
};

use super::{Rule, Way, table};
use crate::{
    Services,
    request::Desk,
    task::desk::density::{Chosen, Density},
};

/// The desks of a body for which a rule can be set.
const ROLES: [&str; 2] = ["officer", "decider"];

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/assignment", get(show).post(set))
}

struct Line {
    desk: String,
    service: String,
    way: String,
}

struct Member {
    name: String,
    roles: String,
    is_away: bool,
}

#[derive(Template)]
#[template(path = "assignment/page.html")]
struct AssignmentPage {
    density: Density,
    densities: Vec<Link>,
    places: Vec<Link>,
    is_away: bool,
    lines: Vec<Line>,
    members: Vec<Member>,
    fields: Vec<Field>,
    shell: Shell,
}

#[derive(Debug, Deserialize)]
struct Posted {
    role: String,
    #[serde(default)]
    service: String,
    way: String,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
) -> Result<Response, web::Error> {
    Ok(Page(services.assignment_page(&actor, shell, chosen.density).await?).into_response())
}

async fn set(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    let body = services.headed_body(&actor)?;
    let unknown =
        |field: &str| Refusal::new(Kind::Invalid, "assignment.unknown", &[]).with_item(field, "choice", "");
    let way = Way::named(&posted.way).ok_or_else(|| unknown("way"))?;
    if !ROLES.contains(&posted.role.as_str()) {
        return Err(unknown("role").into());
    }
    let entry = match posted.service.as_str() {
        "" => Uuid::nil(),
        slug => {
            let entry = services.directory.entry(slug).filter(|entry| entry.body == body);
            entry.ok_or_else(|| unknown("service"))?.id
        }
    };
    let rule = Rule { desk: Desk { role: posted.role, body }, entry, way, last: None };
    services.set_assignment_rule(&actor, rule).await?;
    Ok(see_other("/desk/assignment"))
}

impl Services {
    async fn assignment_page(
        &self,
        actor: &Actor,
        shell: Shell,
        density: Density,
    ) -> Result<AssignmentPage, Failure> {
        let body = self.headed_body(actor)?;
        let rules = table::rules(&self.store.read(), body).await?;
        let service = |entry: Uuid| match entry.is_nil() {
            true => shell.t("assignment-every-service"),
            false => self
                .directory
                .entry_by_id(entry)
                .map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
        };
        let line = |rule: &Rule| Line {
            desk: shell.t(&format!("assignment-desk-{}", rule.desk.role)),
            service: service(rule.entry),
            way: shell.t(&format!("assignment-way-{}", rule.way.word().replace('_', "-"))),
        };
        Ok(AssignmentPage {
            density,
            densities: density.links(&shell),
            places: self.desk_places(&shell, actor, "/desk/assignment").await?,
            is_away: self.is_away(actor).await?,
            lines: rules.iter().map(line).collect(),
            members: self.members(&shell, body).await?,
            fields: self.rule_fields(&shell, body),
            shell,
        })
    }

    async fn members(&self, shell: &Shell, body: Uuid) -> Result<Vec<Member>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let away = table::away(&sql, body).await?;
        let mut roles: Vec<(Uuid, String)> = Vec::new();
        for role in ROLES {
            for person in organisations::people_with(&sql, role, body, now).await? {
                let word = shell.t(&format!("assignment-desk-{role}"));
                match roles.iter_mut().find(|(known, _)| *known == person) {
                    Some((_, words)) => words.push_str(&format!(" · {word}")),
                    None => roles.push((person, word)),
                }
            }
        }
        let ids: Vec<Uuid> = roles.iter().map(|(person, _)| *person).collect();
        let persons = identity::persons(&sql, &ids).await?;
        let member = |(id, roles): (Uuid, String)| {
            let person = persons.iter().find(|person| person.id == id)?;
            Some(Member { name: shell.text(&person.name).to_owned(), roles, is_away: away.contains(&id) })
        };
        Ok(roles.into_iter().filter_map(member).collect())
    }

    fn rule_fields(&self, shell: &Shell, body: Uuid) -> Vec<Field> {
        let roles = ROLES.iter().map(|role| Choice::new(*role, shell.t(&format!("assignment-desk-{role}"))));
        let ways = Way::ALL.iter().map(|way| {
            let word = way.word().replace('_', "-");
            Choice::new(way.word(), shell.t(&format!("assignment-way-{word}")))
                .hint(shell.t(&format!("assignment-way-{word}-hint")))
        });
        let entries = self.directory.entries();
        let mut services: Vec<Choice> = entries
            .iter()
            .filter(|entry| entry.body == body)
            .map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name)))
            .collect();
        services.sort_by(|a, b| a.label.cmp(&b.label));
        let service = Field::select(shell, "service", shell.t("desk-service"), services)
            .blank(shell.t("assignment-every-service"));
        vec![
            Field::radios(shell, "role", shell.t("assignment-desk"), roles.collect()).value("officer"),
            service.hint(shell.t("assignment-service-hint")).optional(),
            Field::radios(shell, "way", shell.t("assignment-way"), ways.collect())
                .value(Way::RoundRobin.word()),
        ]
    }
}
