//! `/calendar`: the state's working days for everybody, and those of a body; and the forms by which whoever may changes
//! them, each with its reason and its source of law.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use clock::Timestamp;
use identity::{Caller, MaybeCaller};
use language::Text;
use organisations::{Change, ChangeCalendar, ChangeMade, Holiday, Hours, Scope, day_in_words};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    api::{CHANGE_INVALID, WEEK, act_word, days_of, hours_from, minute_in_words},
    change::{ChangeWorkingTime, DAYS_BACK_MAX, permitted},
    days_of_year, file,
};
use crate::{Services, output::download::attachment};

const CHANGES_SHOWN: i64 = 12;
/// Bytes of a calendar's file.
const FILE_BYTES_MAX: usize = 256 * 1024;
/// Days of one feast.
const FEAST_DAYS_MAX: i64 = 14;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/calendar", get(show))
        .route("/calendar/holidays.ics", get(as_file))
        .route("/calendar/change", get(form).post(change))
        .route("/calendar/file", post(take).layer(DefaultBodyLimit::max(FILE_BYTES_MAX)))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Slug of a body; the whole state when it is empty.
    body: String,
    year: Option<i64>,
    done: String,
}

struct HolidayLine {
    day: String,
    weekday: &'static str,
    name: String,
    of_state: bool,
    is_past: bool,
    /// Where it is moved or removed; empty for those who may not.
    href: String,
}

struct CalendarChangeLine {
    version: String,
    what: String,
    reason: String,
    source: String,
    who: String,
    at: String,
}

#[derive(Template)]
#[template(path = "calendar/page.html")]
struct CalendarPage {
    whose: String,
    body: String,
    year: i64,
    years: Vec<Link>,
    narrow: Field,
    weekend: String,
    hours: String,
    hours_are_own: bool,
    holidays: Vec<HolidayLine>,
    changes: Vec<CalendarChangeLine>,
    may_change: bool,
    done: bool,
    shell: Shell,
}

async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<CalendarPage>, web::Error> {
    Ok(Page(services.calendar_page(caller.as_ref(), shell, &asked).await?))
}

impl Services {
    async fn calendar_page(
        &self,
        actor: Option<&Actor>,
        shell: Shell,
        asked: &Asked,
    ) -> Result<CalendarPage, Failure> {
        let provider = self.calendar_of(&asked.body)?;
        let body = provider.as_ref().map(|provider| provider.id);
        let scope = body.map_or(Scope::State, Scope::Body);
        let year = self.year_of(asked.year);
        let (from, until) = days_of_year(year);
        let sql = self.store.read();
        let may_change = match actor {
            Some(actor) => permitted(&sql, &self.policies, actor, scope).await.is_ok(),
            None => false,
        };
        let (hours, hours_are_own) = organisations::hours_of(&sql, body).await?.unwrap_or_default();
        let today = self.clock.now().day();
        let first = today - DAYS_BACK_MAX;
        let found = organisations::holidays(&sql, body, from, until).await?;
        let holidays = found.iter().map(|(holiday, of_state)| {
            let is_own = *of_state == body.is_none();
            let day = day_in_words(holiday.day);
            let href = format!("/calendar/change?what=day&day={day}&body={}", asked.body);
            HolidayLine {
                day: shell.date(Timestamp::noon(holiday.day)),
                weekday: shell.weekday(Timestamp::noon(holiday.day)),
                name: shell.text(&holiday.name).to_owned(),
                of_state: *of_state,
                is_past: holiday.day < today,
                href: if may_change && is_own && holiday.day >= first { href } else { String::new() },
            }
        });
        let holidays = holidays.collect();
        let link = |year: i64| {
            let href = format!("/calendar?year={year}&body={}", asked.body);
            Link::new(href, shell.in_digits(year.to_string()))
        };
        let whose = provider.as_ref().map(|provider| shell.text(&provider.name).to_owned());
        Ok(CalendarPage {
            whose: whose.unwrap_or_else(|| shell.t("calendar-state")),
            body: asked.body.clone(),
            year,
            years: vec![link(year - 1), link(year).current(true), link(year + 1)],
            narrow: self.body_field(&shell, &asked.body),
            weekend: weekend_said(&shell, hours),
            hours: hours_said(&shell, hours),
            hours_are_own: hours_are_own && body.is_some(),
            holidays,
            changes: self.change_lines(&shell, scope).await?,
            may_change,
            done: asked.done == "changed",
            shell,
        })
    }

    fn body_field(&self, shell: &Shell, chosen: &str) -> Field {
        let bodies = self.directory.providers();
        let bodies = bodies.iter().map(|body| Choice::new(body.slug.as_str(), shell.text(&body.name)));
        Field::select(shell, "body", shell.t("calendar-body"), bodies.collect()).optional().value(chosen)
    }

    async fn change_lines(&self, shell: &Shell, scope: Scope) -> Result<Vec<CalendarChangeLine>, Failure> {
        let sql = self.store.read();
        let made = organisations::calendar_changes(&sql, scope, i64::MAX, CHANGES_SHOWN).await?;
        let people: Vec<uuid::Uuid> = made.iter().filter_map(|it| it.actor).collect();
        let people = identity::persons(&sql, &people).await?;
        let line = |made: &ChangeMade| {
            let who = people.iter().find(|person| Some(person.id) == made.actor);
            CalendarChangeLine {
                version: shell.num(made.version),
                what: change_said(shell, &made.change),
                reason: made.reason.clone(),
                source: made.source.clone(),
                who: who.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
                at: shell.moment(made.at),
            }
        };
        Ok(made.iter().map(line).collect())
    }
}

fn change_said(shell: &Shell, change: &Change) -> String {
    let days = days_of(change);
    let said = |day: &i64| shell.date(Timestamp::noon(*day));
    match (change, days.as_slice()) {
        (Change::Move { .. }, [from, to]) => {
            shell.t2("calendar-change-move", "from", said(from), "to", said(to))
        }
        (Change::Add { holidays }, [day]) => {
            let name = holidays.first().map(|it| shell.text(&it.name).to_owned()).unwrap_or_default();
            shell.t2("calendar-change-add", "day", said(day), "name", name)
        }
        (Change::Add { .. }, days) => shell.t1("calendar-change-add-many", "count", days.len()),
        (_, [day, ..]) => shell.t1("calendar-change-remove", "day", said(day)),
        (Change::Hours { hours }, _) => shell.t1("calendar-change-hours", "hours", hours_said(shell, *hours)),
        _ => shell.t(&format!("calendar-act-{}", act_word(change))),
    }
}

fn weekend_said(shell: &Shell, hours: Hours) -> String {
    let off = WEEK.iter().enumerate().filter(|(bit, _)| hours.weekend_days & (1 << bit) != 0);
    let days: Vec<String> = off.map(|(_, day)| shell.t(&format!("calendar-{day}"))).collect();
    days.join(shell.lang.comma())
}

fn hours_said(shell: &Shell, hours: Hours) -> String {
    let minute = |minute| shell.in_digits(minute_in_words(minute));
    let (opens, closes) = (minute(hours.opens_minute), minute(hours.closes_minute));
    shell.t2("calendar-hours-said", "opens", opens, "closes", closes)
}

async fn as_file(
    State(services): State<Arc<Services>>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let provider = services.calendar_of(&asked.body)?;
    let (from, until) = days_of_year(services.year_of(asked.year));
    let body = provider.map(|provider| provider.id);
    let holidays =
        organisations::holidays(&services.store.read(), body, from, until).await.map_err(Failure::from)?;
    let holidays: Vec<Holiday> = holidays.into_iter().map(|(holiday, _)| holiday).collect();
    let text = file::written(&holidays, shell.lang, &shell.t("calendar-title"), services.clock.now());
    Ok(attachment("holidays.ics", "text/calendar; charset=utf-8", text.into()))
}

/// What a form of this page was filled with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    /// `add`, `day`, `hours` or `file`.
    what: String,
    day: String,
    until: String,
    name_ar: String,
    name_en: String,
    /// `move` or `remove`.
    how: String,
    to: String,
    opens: String,
    closes: String,
    reason: String,
    source: String,
    #[serde(skip)]
    weekend: Vec<String>,
}

const WHATS: [&str; 4] = ["add", "day", "hours", "file"];

#[derive(Template)]
#[template(path = "calendar/change.html")]
struct ChangePage {
    trail: Vec<Link>,
    title: String,
    text: String,
    typed: Typed,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn form(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(typed): Query<Typed>,
) -> Result<Response, web::Error> {
    let scope = services.scope_of(&typed.body)?;
    permitted(&services.store.read(), &services.policies, &actor, scope).await?;
    let typed = services.with_what_holds(scope, typed).await?;
    Ok(Page(services.change_page(shell, typed, None).await?).into_response())
}

impl Services {
    /// The hours that hold stand in their form already.
    async fn with_what_holds(&self, scope: Scope, typed: Typed) -> Result<Typed, Failure> {
        if typed.what != "hours" {
            return Ok(typed);
        }
        let hours = self.hours_now(scope).await?;
        let off = WEEK.iter().enumerate().filter(|(bit, _)| hours.weekend_days & (1 << bit) != 0);
        Ok(Typed {
            weekend: off.map(|(_, day)| (*day).to_owned()).collect(),
            opens: minute_in_words(hours.opens_minute),
            closes: minute_in_words(hours.closes_minute),
            ..typed
        })
    }

    async fn change_page(
        &self,
        shell: Shell,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> Result<ChangePage, Failure> {
        let what = WHATS.into_iter().find(|known| *known == typed.what).ok_or_else(Refusal::not_found)?;
        let provider = self.calendar_of(&typed.body)?;
        let whose = provider.map(|provider| shell.text(&provider.name).to_owned());
        let whose = whose.unwrap_or_else(|| shell.t("calendar-state"));
        let day = language::day_of(&typed.day).map(|day| shell.date(Timestamp::noon(day)));
        let title = match (what, day) {
            ("day", Some(day)) => shell.t1("calendar-form-day", "day", day),
            _ => shell.t(&format!("calendar-form-{what}")),
        };
        let fields = fields(&shell, what, &typed);
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
        let faults = named(faults, &fields);
        Ok(ChangePage {
            trail: vec![Link::new(format!("/calendar?body={}", typed.body), shell.t("calendar-title"))],
            text: shell.t1("calendar-form-text", "whose", whose),
            title,
            typed,
            fields,
            refusal: refusal.filter(|_| faults.is_empty()),
            faults,
            shell,
        })
    }
}

fn fields(shell: &Shell, what: &str, typed: &Typed) -> Vec<Field> {
    let t = |key: &str| shell.t(&format!("calendar-field-{key}"));
    let mut fields = match what {
        "add" => vec![
            Field::date(shell, "day", t("day")).value(&typed.day),
            Field::date(shell, "until", t("until")).hint(t("until-hint")).optional().value(&typed.until),
            Field::text(shell, "name_ar", t("name-ar")).attribute("lang", "ar").value(&typed.name_ar),
            Field::text(shell, "name_en", t("name-en")).attribute("lang", "en").value(&typed.name_en),
        ],
        "day" => {
            let how = ["move", "remove"].map(|how| Choice::new(how, t(how)));
            vec![
                Field::radios(shell, "how", t("how"), how.to_vec()).value(&typed.how),
                Field::date(shell, "to", t("to")).hint(t("to-hint")).optional().value(&typed.to),
            ]
        }
        "hours" => {
            let days = WEEK.map(|day| Choice::new(day, shell.t(&format!("calendar-{day}"))));
            vec![
                Field::checkboxes(shell, "weekend", t("weekend"), days.to_vec())
                    .value(typed.weekend.join("\n")),
                Field::text(shell, "opens", t("opens")).short().value(&typed.opens),
                Field::text(shell, "closes", t("closes")).short().value(&typed.closes),
            ]
        }
        _ => vec![Field::file(shell, "file", t("file"), ".ics,text/calendar").hint(t("file-hint"))],
    };
    fields.push(Field::area(shell, "reason", t("reason")).rows(2).value(&typed.reason));
    fields.push(Field::text(shell, "source", t("source")).hint(t("source-hint")).value(&typed.source));
    fields
}

async fn change(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let typed = typed_of(&posted);
    let outcome = services.change_typed(&actor, &typed, None).await;
    services.changed(shell, typed, outcome).await
}

fn typed_of(posted: &[(String, String)]) -> Typed {
    let one = |name: &str| {
        let found = posted.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| language::clean_text(value).trim().to_owned()).unwrap_or_default()
    };
    let weekend = posted.iter().filter(|(name, _)| name == "weekend").map(|(_, value)| value.clone());
    Typed {
        body: one("body"),
        what: one("what"),
        day: one("day"),
        until: one("until"),
        name_ar: one("name_ar"),
        name_en: one("name_en"),
        how: one("how"),
        to: one("to"),
        opens: one("opens"),
        closes: one("closes"),
        reason: one("reason"),
        source: one("source"),
        weekend: weekend.collect(),
    }
}

impl Services {
    async fn change_typed(
        &self,
        actor: &Actor,
        typed: &Typed,
        file: Option<Vec<Holiday>>,
    ) -> Result<i64, Failure> {
        let scope = self.scope_of(&typed.body)?;
        let change = match file {
            Some(holidays) => Change::Add { holidays },
            None => self.change_of(scope, typed).await?,
        };
        let change = ChangeCalendar {
            actor: Some(actor.person),
            at: self.clock.now(),
            scope,
            change,
            reason: typed.reason.clone(),
            source: typed.source.clone(),
        };
        let verb = ChangeWorkingTime { actor: actor.clone(), change, policies: self.policies.clone() };
        self.change_working_time(actor, verb, None).await
    }

    async fn change_of(&self, scope: Scope, typed: &Typed) -> Result<Change, Failure> {
        let missing = |field: &str| CHANGE_INVALID.with_item(field, "required", "");
        let read = |field: &'static str, word: &str| language::day_of(word).ok_or_else(|| missing(field));
        Ok(match (typed.what.as_str(), typed.how.as_str()) {
            ("hours", _) => {
                let now = self.hours_now(scope).await?;
                Change::Hours { hours: hours_from(now, &typed.weekend, &typed.opens, &typed.closes)? }
            }
            ("day", "move") => Change::Move { from: read("day", &typed.day)?, to: read("to", &typed.to)? },
            ("day", "remove") => Change::Remove { day: read("day", &typed.day)? },
            ("day", _) => return Err(missing("how").into()),
            _ => {
                let from = read("day", &typed.day)?;
                let until = if typed.until.is_empty() { from } else { read("until", &typed.until)? };
                if until < from || until - from >= FEAST_DAYS_MAX {
                    return Err(missing("until").into());
                }
                let name = Text::new(typed.name_ar.as_str(), typed.name_en.as_str());
                let holiday = |day| Holiday { day, name: name.clone() };
                Change::Add { holidays: (from..=until).map(holiday).collect() }
            }
        })
    }

    /// Back to the calendar; or the same page again, with what was typed and what is missing.
    async fn changed(
        &self,
        shell: Shell,
        typed: Typed,
        outcome: Result<i64, Failure>,
    ) -> Result<Response, web::Error> {
        match outcome {
            Ok(_) => Ok(see_other(&format!("/calendar?done=changed&body={}", typed.body))),
            Err(failure) => {
                let refusal = failure.mendable()?;
                let kind = refusal.kind;
                Ok(stay(kind, self.change_page(shell, typed, Some(refusal)).await?))
            }
        }
    }
}

/// The holidays of a file.
async fn take(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    mut parts: Multipart,
) -> Result<Response, web::Error> {
    let (mut posted, mut holidays) = (Vec::new(), None);
    while let Some(part) = parts.next_field().await.map_err(|_| UNREADABLE)? {
        let name = part.name().unwrap_or_default().to_owned();
        let text = part.text().await.map_err(|_| UNREADABLE)?;
        match name.as_str() {
            "file" => holidays = file::read(&text),
            _ => posted.push((name, text)),
        }
    }
    let typed = Typed { what: "file".to_owned(), ..typed_of(&posted) };
    let outcome = match holidays.filter(|holidays| !holidays.is_empty()) {
        Some(holidays) => services.change_typed(&actor, &typed, Some(holidays)).await,
        None => Err(UNREADABLE.with_item("file", "format", "").into()),
    };
    services.changed(shell, typed, outcome).await
}

const UNREADABLE: Refusal = Refusal::new(Kind::Invalid, "calendar.file_unreadable", &[]);
