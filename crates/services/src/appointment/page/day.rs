//! The officer's list of a day: who comes when, and the handover beside each name.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State as Extract, routing::get};
use clock::{DAY, Timestamp};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Cursor, Page, Query, Shell, components::Link};

use crate::{
    Services,
    appointment::{Appointment, AppointmentState, table},
};

/// People on one page.
const PAGE_PEOPLE: i64 = 40;
const DAY_MICROS: i64 = 86_400_000_000;
const MINUTE_MICROS: i64 = 60_000_000;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/appointments", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// The local day, counted since 1970; today when absent.
    day: Option<i64>,
    cursor: Option<String>,
    done: Option<String>,
}

struct Coming {
    id: Uuid,
    time: String,
    applicant: String,
    service: String,
    number: String,
    href: String,
    is_handed_over: bool,
    collected_by: String,
    collected_at: String,
}

#[derive(Template)]
#[template(path = "appointment/page/day.html")]
struct DayPage {
    places: Vec<Link>,
    title: String,
    before: String,
    after: String,
    today: String,
    lines: Vec<Coming>,
    may_plan: bool,
    next: String,
    is_done: bool,
    shell: Shell,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<DayPage>, web::Error> {
    let after = Cursor::decode_given(asked.cursor.as_deref())?;
    let page = services.day_page(&actor, shell, asked.day, after).await?;
    Ok(Page(DayPage { is_done: asked.done.is_some(), ..page }))
}

/// The desk whose list an officer sees: the first body at which they may hand over.
pub(crate) fn body_of(services: &Services, actor: &Actor, action: &str) -> Result<Uuid, Refusal> {
    let may = |body: &Uuid| {
        services.policies.decide("services", actor, action, &Appointment::desk(*body)).permitted
    };
    actor.bodies().into_iter().find(may).ok_or(Refusal::new(Kind::NotAllowed, "desk.none", &[]))
}

impl Services {
    async fn day_page(
        &self,
        actor: &Actor,
        shell: Shell,
        day: Option<i64>,
        after: Option<(i64, Uuid)>,
    ) -> Result<DayPage, Failure> {
        let body = body_of(self, actor, "see_collection")?;
        let provider = self.directory.provider(body).ok_or_else(Refusal::not_found)?;
        let today = provider.calendar.day_of(self.clock.now());
        // A year in each direction is more than any list reaches; beyond, arithmetic would have no meaning.
        let day = day.unwrap_or(today).clamp(today - 366, today + 366);
        let offset = i64::from(provider.calendar.hours.offset_minutes) * MINUTE_MICROS;
        let starts = Timestamp(day * DAY_MICROS - offset);
        let after = after.filter(|(at, _)| *at >= starts.0).unwrap_or((starts.0, Uuid::nil()));
        let sql = self.store.read();
        let mut coming = table::coming(&sql, body, after, starts + DAY, PAGE_PEOPLE + 1).await?;
        let next = Cursor::cut(&mut coming, PAGE_PEOPLE as usize, |last| {
            (last.appointment.starts_at.0, last.appointment.id)
        })?
        .map(|next| shell.with("cursor", &next))
        .unwrap_or_default();
        let lines = self.coming_lines(&shell, coming).await?;
        let href = |day: i64| format!("/desk/appointments?day={day}");
        Ok(DayPage {
            places: self.desk_places(&shell, actor, "/desk/appointments").await?,
            title: format!("{} {}", shell.weekday(starts), shell.day(starts)),
            before: href(day - 1),
            after: href(day + 1),
            today: if day == today { String::new() } else { "/desk/appointments".to_owned() },
            lines,
            may_plan: body_of(self, actor, "set_collection").is_ok(),
            next,
            is_done: false,
            shell,
        })
    }

    async fn coming_lines(&self, shell: &Shell, coming: Vec<table::DayLine>) -> Result<Vec<Coming>, Failure> {
        let mut ids: Vec<Uuid> = coming.iter().map(|line| line.applicant).collect();
        ids.sort();
        ids.dedup();
        let people = identity::persons(&self.store.read(), &ids).await?;
        let line = |line: table::DayLine| {
            let applicant = people.iter().find(|person| person.id == line.applicant);
            let applicant = applicant.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default();
            let entry = self.directory.entry_by_id(line.entry);
            let handover = line.appointment.handover.as_ref();
            Coming {
                id: line.appointment.id,
                time: shell.time(line.appointment.starts_at),
                service: entry.map(|entry| shell.text(&entry.card.name).to_owned()).unwrap_or_default(),
                number: shell.in_digits(line.number.clone()),
                href: format!("/requests/{}", line.number),
                is_handed_over: line.appointment.state == AppointmentState::HandedOver,
                collected_by: handover.map(|it| it.collected_by.clone()).unwrap_or_default(),
                collected_at: handover.map(|it| shell.time(it.at)).unwrap_or_default(),
                applicant,
            }
        };
        Ok(coming.into_iter().map(line).collect())
    }
}
