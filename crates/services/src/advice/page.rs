//! Advice as pages: what a case shows of it, the list of what I owe, and the answer.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use uuid::Uuid;
use web::{Form, Page, Path, Shell, components::Link, see_other};

use super::{Advice, Asked, table};
use crate::{
    Services,
    call::Visit,
    task::{
        desk::density::{Chosen, Density},
        queue::{desk_bodies, desks},
    },
};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/advice", get(show)).route("/desk/advice/{id}", post(give))
}

/// What was asked and what was said, on the case.
pub(crate) struct AdviceLine {
    pub id: Uuid,
    pub of: String,
    pub by: String,
    pub question: String,
    pub asked: String,
    pub due: String,
    pub is_late: bool,
    pub answer: String,
    pub answered_by: String,
    pub answered: String,
    /// This officer may answer it now.
    pub may_give: bool,
}

/// What somebody waits for.
struct Owed {
    href: String,
    number: String,
    service: String,
    by: String,
    question: String,
    due: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "advice/list.html")]
struct ListPage {
    density: Density,
    densities: Vec<Link>,
    places: Vec<Link>,
    is_away: bool,
    owed: Vec<Owed>,
    shell: Shell,
}

async fn show(Visit { services, actor, shell }: Visit, chosen: Chosen) -> Result<Response, web::Error> {
    if desks(&actor).is_empty() {
        return Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into());
    }
    Ok(Page(services.advice_page(&actor, shell, chosen.density).await?).into_response())
}

async fn give(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let answer = posted.iter().find(|(name, _)| name == "answer").map_or("", |(_, value)| value.as_str());
    let number = services.give_advice(&actor, id, answer).await?;
    Ok(see_other(&format!("/desk/{number}#advice")))
}

impl Services {
    /// Open advice that this person, or a unit of theirs, is asked for.
    pub(crate) async fn advice_owed(&self, actor: &Actor) -> Result<Vec<(Advice, String, Uuid)>, Failure> {
        let mut owed = Vec::new();
        for body in desk_bodies(actor) {
            let open = table::open_at(&self.store.read(), body).await?;
            owed.extend(open.into_iter().filter(|(advice, _, _)| advice.is_asked_of(actor)));
        }
        Ok(owed)
    }

    async fn advice_page(&self, actor: &Actor, shell: Shell, density: Density) -> Result<ListPage, Failure> {
        let owed = self.advice_owed(actor).await?;
        let askers: Vec<Uuid> = owed.iter().map(|(advice, _, _)| advice.asked_by).collect();
        let persons = identity::persons(&self.store.read(), &askers).await?;
        let now = self.clock.now();
        let line = |(advice, number, entry): &(Advice, String, Uuid)| {
            let asker = persons.iter().find(|person| person.id == advice.asked_by);
            let entry = self.directory.entry_by_id(*entry);
            Owed {
                href: format!("/desk/{number}#advice"),
                number: shell.in_digits(number.clone()),
                service: entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
                by: asker.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
                question: advice.question.clone(),
                due: shell.day(advice.due_at),
                is_late: now > advice.due_at,
            }
        };
        Ok(ListPage {
            density,
            densities: density.links(&shell),
            places: self.desk_places(&shell, actor, "/desk/advice").await?,
            is_away: self.is_away(actor).await?,
            owed: owed.iter().map(line).collect(),
            shell,
        })
    }

    /// Everything that was asked about one case.
    pub(crate) async fn advice_lines(
        &self,
        shell: &Shell,
        actor: &Actor,
        request: Uuid,
    ) -> Result<Vec<AdviceLine>, Failure> {
        let sql = self.store.read();
        let all = table::of_request(&sql, request).await?;
        let mut ids: Vec<Uuid> =
            all.iter().flat_map(|advice| [Some(advice.asked_by), advice.answered_by]).flatten().collect();
        ids.extend(all.iter().filter_map(|advice| match advice.asked {
            Asked::Person(person) => Some(person),
            Asked::Unit(_) => None,
        }));
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&sql, &ids).await?;
        let name = |id: Uuid| {
            let person = persons.iter().find(|person| person.id == id);
            person.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default()
        };
        let units = match all.first() {
            Some(advice) => organisations::units(&sql, advice.body).await?,
            None => Vec::new(),
        };
        let unit = |id: Uuid| {
            let unit = units.iter().find(|unit| unit.id == id);
            unit.map(|unit| shell.text(&unit.name).to_owned()).unwrap_or_default()
        };
        let now = self.clock.now();
        let line = |advice: &Advice| AdviceLine {
            id: advice.id,
            of: match advice.asked {
                Asked::Person(person) => name(person),
                Asked::Unit(id) => unit(id),
            },
            by: name(advice.asked_by),
            question: advice.question.clone(),
            asked: shell.moment(advice.asked_at),
            due: shell.day(advice.due_at),
            is_late: advice.answered_at.is_none() && now > advice.due_at,
            answer: advice.answer.clone(),
            answered_by: advice.answered_by.map(name).unwrap_or_default(),
            answered: advice.answered_at.map(|at| shell.moment(at)).unwrap_or_default(),
            may_give: advice.answered_at.is_none() && advice.is_asked_of(actor),
        };
        Ok(all.iter().map(line).collect())
    }
}
