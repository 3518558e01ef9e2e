//! Working time over HTTP: anybody reads it, whoever may changes it.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use axum::{extract::State, http::StatusCode};
use language::Text;
use organisations::{Change, ChangeCalendar, Holiday, Hours, Scope, day_in_words};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Cursor, Json, Query, openapi::Refusals};

use super::{change::ChangeWorkingTime, days_of_year};
use crate::{Services, call::Call, entry::api::Words};

const CHANGES_DEFAULT: i64 = 25;
const CHANGES_MAX: i64 = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(changes, change))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarParams {
    /// Slug of a body; the state's own days when it is left out.
    body: Option<String>,
    /// This year when it is left out.
    year: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolidayLine {
    #[schema(example = "2026-12-24")]
    day: String,
    name: Words,
    /// Whether the whole state keeps it, or the body alone.
    of_state: bool,
}

/// The weekly rhythm of a body.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoursBody {
    /// Days off: `friday`, `saturday`.
    #[schema(example = json!(["friday", "saturday"]))]
    weekend: Vec<String>,
    #[schema(example = "08:00")]
    opens: String,
    #[schema(example = "15:00")]
    closes: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarBody {
    year: i64,
    hours: HoursBody,
    holidays: Vec<HolidayLine>,
}

/// Working days
///
/// The holidays of a year and the working hours, of the state or of a body.
#[utoipa::path(get, path = "/api/v1/calendar", operation_id = "show_calendar", tag = "calendar", params(CalendarParams),
    responses((status = 200, body = CalendarBody), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Query(params): Query<CalendarParams>,
) -> Result<Json<CalendarBody>, web::Error> {
    Ok(services.calendar_body(&params).await?)
}

impl Services {
    async fn calendar_body(&self, params: &CalendarParams) -> Result<Json<CalendarBody>, Failure> {
        let body = self.calendar_of(params.body.as_deref().unwrap_or_default())?.map(|body| body.id);
        let year = self.year_of(params.year);
        let (from, until) = days_of_year(year);
        let sql = self.store.read();
        let hours = organisations::hours_of(&sql, body).await?.map(|(hours, _)| hours).unwrap_or_default();
        let holidays = organisations::holidays(&sql, body, from, until).await?;
        let line = |(holiday, of_state): &(Holiday, bool)| HolidayLine {
            day: day_in_words(holiday.day),
            name: (&holiday.name).into(),
            of_state: *of_state,
        };
        Ok(Json(CalendarBody {
            year,
            hours: hours_body(hours),
            holidays: holidays.iter().map(line).collect(),
        }))
    }
}

/// The days of a week in the order of their bits.
pub(super) const WEEK: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn hours_body(hours: Hours) -> HoursBody {
    let off = WEEK.iter().enumerate().filter(|(bit, _)| hours.weekend_days & (1 << bit) != 0);
    HoursBody {
        weekend: off.map(|(_, day)| (*day).to_owned()).collect(),
        opens: minute_in_words(hours.opens_minute),
        closes: minute_in_words(hours.closes_minute),
    }
}

pub(super) fn minute_in_words(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `08:00`, in digits of either script.
pub(super) fn minute_of(word: &str) -> Option<u16> {
    let word = language::fold_digits(word);
    let (hour, minute) = word.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Hours in the zone that holds already; the days off by name.
pub(super) fn hours_from(
    now: Hours,
    weekend: &[String],
    opens: &str,
    closes: &str,
) -> Result<Hours, Refusal> {
    let wrong = |field: &str| CHANGE_INVALID.with_item(field, "format", "");
    let mut days = 0;
    for day in weekend {
        let bit = WEEK.iter().position(|known| known == day).ok_or_else(|| wrong("weekend"))?;
        days |= 1 << bit;
    }
    let opens_minute = minute_of(opens).ok_or_else(|| wrong("opens"))?;
    let closes_minute = minute_of(closes).ok_or_else(|| wrong("closes"))?;
    Ok(Hours { weekend_days: days, opens_minute, closes_minute, ..now })
}

pub(super) const CHANGE_INVALID: Refusal = Refusal::new(Kind::Invalid, "calendar.change_incomplete", &[]);

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangesParams {
    /// Slug of a body; the changes of the state's own days when it is left out.
    body: Option<String>,
    cursor: Option<String>,
    /// How many changes a page has; beyond 1 to 100 the nearest of the two counts.
    limit: Option<i64>,
}

/// A change of working days as it was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarChangeLine {
    version: i64,
    /// `add`, `move`, `remove` or `hours`.
    act: String,
    days: Vec<String>,
    reason: String,
    /// The act of law that says so.
    source: String,
    at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarChangesPage {
    items: Vec<CalendarChangeLine>,
    /// Give it back as `cursor` for the next page; null at the end.
    next: Option<String>,
}

/// The changes of working days, the newest first
#[utoipa::path(get, path = "/api/v1/calendar/changes", operation_id = "list_calendar_changes", tag = "calendar",
    params(ChangesParams), responses((status = 200, body = CalendarChangesPage), Refusals))]
async fn changes(
    State(services): State<Arc<Services>>,
    Query(params): Query<ChangesParams>,
) -> Result<Json<CalendarChangesPage>, web::Error> {
    let scope = services.scope_of(params.body.as_deref().unwrap_or_default())?;
    let before = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(i64::MAX);
    let limit = params.limit.unwrap_or(CHANGES_DEFAULT).clamp(1, CHANGES_MAX);
    Ok(services.changes_page(scope, before, limit).await?)
}

impl Services {
    pub(super) fn scope_of(&self, slug: &str) -> Result<Scope, Refusal> {
        Ok(self.calendar_of(slug)?.map_or(Scope::State, |body| Scope::Body(body.id)))
    }

    async fn changes_page(
        &self,
        scope: Scope,
        before: i64,
        limit: i64,
    ) -> Result<Json<CalendarChangesPage>, Failure> {
        let mut made = organisations::calendar_changes(&self.store.read(), scope, before, limit + 1).await?;
        let next = Cursor::cut(&mut made, limit as usize, |last| last.version)?;
        let line = |made: &organisations::ChangeMade| CalendarChangeLine {
            version: made.version,
            act: act_word(&made.change).to_owned(),
            days: days_of(&made.change).into_iter().map(day_in_words).collect(),
            reason: made.reason.clone(),
            source: made.source.clone(),
            at: made.at.to_string(),
        };
        Ok(Json(CalendarChangesPage { items: made.iter().map(line).collect(), next }))
    }
}

pub(super) fn act_word(change: &Change) -> &'static str {
    match change {
        Change::Add { .. } => "add",
        Change::Move { .. } => "move",
        Change::Remove { .. } => "remove",
        Change::Hours { .. } => "hours",
    }
}

pub(super) fn days_of(change: &Change) -> Vec<i64> {
    match change {
        Change::Add { holidays } => holidays.iter().map(|holiday| holiday.day).collect(),
        Change::Move { from, to } => vec![*from, *to],
        Change::Remove { day } => vec![*day],
        Change::Hours { .. } => Vec::new(),
    }
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct HolidayBody {
    #[schema(example = "2026-12-24")]
    day: String,
    name_ar: String,
    name_en: String,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CalendarChangeBody {
    /// Slug of a body; the whole state when it is left out.
    body: Option<String>,
    /// Days to add.
    add: Vec<HolidayBody>,
    /// A day to move, with `to`; or to remove, without it.
    day: Option<String>,
    to: Option<String>,
    #[schema(value_type = Option<Object>)]
    hours: Option<HoursGiven>,
    reason: String,
    /// The act of law that says so.
    source: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct HoursGiven {
    weekend: Vec<String>,
    opens: String,
    closes: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedBody {
    /// The version of this calendar.
    version: i64,
}

/// Change working days
///
/// Adds holidays, moves or removes one, or sets the hours. Clocks of open requests are worked out anew, and applicants
/// whose date moves are told.
#[utoipa::path(post, path = "/api/v1/calendar/changes", operation_id = "change_calendar", tag = "calendar",
    security(("token" = [])), request_body = CalendarChangeBody, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ChangedBody), Refusals))]
async fn change(
    call: Call,
    Json(body): Json<CalendarChangeBody>,
) -> Result<(StatusCode, Json<ChangedBody>), web::Error> {
    let key = call.once("calendar", &body)?;
    let Call { services, actor, .. } = call;
    let scope = services.scope_of(body.body.as_deref().unwrap_or_default())?;
    let change = services.change_given(scope, &body).await?;
    let change = ChangeCalendar {
        actor: Some(actor.person),
        at: services.clock.now(),
        scope,
        change,
        reason: body.reason,
        source: body.source,
    };
    let verb = ChangeWorkingTime { actor: actor.clone(), change, policies: services.policies.clone() };
    let version = services.change_working_time(&actor, verb, key).await?;
    Ok((StatusCode::CREATED, Json(ChangedBody { version })))
}

impl Services {
    pub(super) async fn hours_now(&self, scope: Scope) -> Result<Hours, Failure> {
        let body = match scope {
            Scope::State => None,
            Scope::Body(body) => Some(body),
        };
        let hours = organisations::hours_of(&self.store.read(), body).await?;
        Ok(hours.map(|(hours, _)| hours).unwrap_or_default())
    }

    async fn change_given(&self, scope: Scope, body: &CalendarChangeBody) -> Result<Change, Failure> {
        let wrong = |field: &str| CHANGE_INVALID.with_item(field, "format", "");
        let read = |field: &'static str, word: &str| language::day_of(word).ok_or_else(|| wrong(field));
        Ok(match (&body.hours, &body.day, &body.to) {
            (Some(given), ..) => {
                let now = self.hours_now(scope).await?;
                Change::Hours { hours: hours_from(now, &given.weekend, &given.opens, &given.closes)? }
            }
            (None, Some(from), Some(to)) => Change::Move { from: read("day", from)?, to: read("to", to)? },
            (None, Some(day), None) => Change::Remove { day: read("day", day)? },
            (None, None, _) => {
                let holiday = |given: &HolidayBody| -> Result<Holiday, Refusal> {
                    let name = Text::new(given.name_ar.trim(), given.name_en.trim());
                    Ok(Holiday { day: read("day", &given.day)?, name })
                };
                Change::Add { holidays: body.add.iter().map(holiday).collect::<Result<_, _>>()? }
            }
        })
    }
}
