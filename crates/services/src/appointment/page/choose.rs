//! Choosing a time to collect: the free ones alone, each a button, and what was chosen with its calendar file.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use clock::Timestamp;
use identity::Caller;
use serde::Deserialize;
use web::{Form, Page, Path, Query, Shell, components::Link, see_other, stay};

use crate::{
    Services,
    appointment::{
        Appointment, AppointmentState, NONE_OPEN,
        calendar_file::{Said, calendar_file},
        offer, table,
    },
    call::Visit,
    request::{RequestNumber, State, follow::Followed},
};

/// Days with free slots on one page.
const PAGE_DAYS: usize = 5;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/requests/{number}/appointment", get(show).post(choose))
        .route("/requests/{number}/appointment/cancel", post(cancel))
        .route("/requests/{number}/appointment.ics", get(file))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// The local day, counted since 1970, on which the list begins.
    from: Option<i64>,
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    slot: String,
}

/// A time that can be taken.
struct Time {
    value: String,
    time: String,
    left: String,
}

struct FreeDay {
    title: String,
    times: Vec<Time>,
}

/// What is booked now.
pub(crate) struct Booked {
    pub when: String,
    pub place: String,
    pub ago: String,
    pub is_handed_over: bool,
    pub collected_by: String,
}

#[derive(Template)]
#[template(path = "appointment/page/choose.html")]
struct ChoosePage {
    trail: Vec<Link>,
    base: String,
    number: String,
    service: String,
    place: String,
    booked: Option<Booked>,
    days: Vec<FreeDay>,
    later: String,
    earlier: String,
    refusal: Option<Refusal>,
    /// The next free times, when the one that was chosen was full.
    instead: Vec<Time>,
    is_done: bool,
    is_cancelled: bool,
    shell: Shell,
}

impl ChoosePage {
    /// What was handed over is not collected again.
    fn is_choosing(&self) -> bool {
        !self.booked.as_ref().is_some_and(|booked| booked.is_handed_over)
    }
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
    Query(asked): Query<Asked>,
) -> Result<Page<ChoosePage>, web::Error> {
    let page = services.choose_page(&actor, shell, &number, asked.from, None).await?;
    let done = asked.done.as_deref();
    Ok(Page(ChoosePage { is_done: done == Some("booked"), is_cancelled: done == Some("cancelled"), ..page }))
}

async fn choose(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, web::Error> {
    let starts_at: Timestamp = chosen.slot.trim().parse().unwrap_or_default();
    let refusal = match services.book(services.acting(&actor, &number, None), starts_at, None).await {
        Ok(_) => return Ok(see_other(&format!("/requests/{number}/appointment?done=booked"))),
        Err(failure) => failure.mendable()?,
    };
    let kind = refusal.kind;
    let page = services.choose_page(&actor, shell, &number, None, Some(refusal)).await?;
    Ok(stay(kind, page))
}

async fn cancel(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    services.cancel_appointment(services.acting(&actor, &number, None), None).await?;
    Ok(see_other(&format!("/requests/{number}/appointment?done=cancelled")))
}

async fn file(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let (appointment, said) = services.calendar_entry(&actor, &shell, &number).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{number}.ics\"")),
    ];
    Ok((headers, calendar_file(&appointment, &said)).into_response())
}

impl Services {
    async fn choose_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        from: Option<i64>,
        refusal: Option<Refusal>,
    ) -> Result<ChoosePage, Failure> {
        let followed = self.follow(actor, number).await?;
        if followed.request.applicant != actor.person {
            return Err(Refusal::not_found().into());
        }
        let (sql, now) = (self.store.read(), self.clock.now());
        let plan = table::plan_of(&sql, followed.request.entry).await?;
        let plan = plan.filter(|_| followed.request.state == State::Completed);
        let plan = plan.ok_or(crate::appointment::NOT_COLLECTED)?;
        let calendar = &followed.provider.calendar;
        let (days, next) = offer::free_days(&sql, &plan, calendar, from, now, PAGE_DAYS).await?;
        let instead =
            refusal.iter().flat_map(|refusal| &refusal.items).filter(|item| item.code == "next_free");
        let instead = instead.filter_map(|item| item.detail.parse::<Timestamp>().ok());
        let base = format!("/requests/{number}/appointment");
        Ok(ChoosePage {
            trail: trail(&shell, &followed),
            number: shell.in_digits(number.to_string()),
            service: shell.text(&followed.entry.card.name).to_owned(),
            place: shell.text(&plan.place).to_owned(),
            booked: self.booked(&shell, &followed).await?,
            instead: instead.map(|at| instead_of(&shell, at)).collect(),
            days: days.iter().filter_map(|day| free_day(&shell, day)).collect(),
            later: next.map(|day| format!("{base}?from={day}")).unwrap_or_default(),
            earlier: if from.is_some() { base.clone() } else { String::new() },
            base,
            refusal,
            is_done: false,
            is_cancelled: false,
            shell,
        })
    }

    /// What is booked or was handed over, as pages say it.
    pub(crate) async fn booked(&self, shell: &Shell, followed: &Followed) -> Result<Option<Booked>, Failure> {
        let sql = self.store.read();
        let Some(appointment) = table::of_request(&sql, followed.request.id).await? else { return Ok(None) };
        let plan = table::plan_by_id(&sql, appointment.plan).await?.ok_or_else(Refusal::not_found)?;
        Ok(Some(Booked {
            when: slot_words(shell, appointment.starts_at),
            place: shell.text(&plan.place).to_owned(),
            ago: shell.ago(appointment.starts_at),
            is_handed_over: appointment.state == AppointmentState::HandedOver,
            collected_by: appointment.handover.map(|handover| handover.collected_by).unwrap_or_default(),
        }))
    }

    /// Whether the outputs of this request can be collected in person.
    pub(crate) async fn is_collected(&self, followed: &Followed) -> Result<bool, Failure> {
        let plan = table::plan_of(&self.store.read(), followed.request.entry).await?;
        Ok(plan.is_some() && followed.request.state == State::Completed)
    }

    async fn calendar_entry(
        &self,
        actor: &Actor,
        shell: &Shell,
        number: &RequestNumber,
    ) -> Result<(Appointment, Said), Failure> {
        let followed = self.follow(actor, number).await?;
        let sql = self.store.read();
        let appointment = table::of_request(&sql, followed.request.id).await?;
        let appointment = appointment.filter(|it| it.state == AppointmentState::Booked).ok_or(NONE_OPEN)?;
        let plan = table::plan_by_id(&sql, appointment.plan).await?.ok_or_else(Refusal::not_found)?;
        let service = shell.text(&followed.entry.card.name);
        let said = Said {
            title: shell.t1("appointment-calendar-title", "service", service),
            place: shell.text(&plan.place).to_owned(),
            text: shell.t1("appointment-calendar-text", "number", number.as_str()),
            href: format!("{}/requests/{number}", self.public_address),
        };
        Ok((appointment, said))
    }
}

fn trail(shell: &Shell, followed: &Followed) -> Vec<Link> {
    let number = followed.request.number.to_string();
    vec![
        Link::new("/requests", shell.t("request-mine")),
        Link::new(format!("/requests/{number}"), shell.in_digits(number)),
    ]
}

/// `Sunday 22 November 2026, 09:00`.
pub(crate) fn slot_words(shell: &Shell, at: Timestamp) -> String {
    format!("{} {}", shell.weekday(at), shell.moment(at))
}

fn free_day(shell: &Shell, day: &offer::Day) -> Option<FreeDay> {
    let first = day.slots.first()?.starts_at;
    let times = day.slots.iter().map(|slot| Time {
        value: slot.starts_at.to_string(),
        time: shell.time(slot.starts_at),
        left: shell.t1("appointment-left", "count", slot.free),
    });
    Some(FreeDay { title: format!("{} {}", shell.weekday(first), shell.day(first)), times: times.collect() })
}

fn instead_of(shell: &Shell, at: Timestamp) -> Time {
    Time { value: at.to_string(), time: slot_words(shell, at), left: String::new() }
}
