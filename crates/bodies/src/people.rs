//! `/desk/bodies/{slug}/people`: who holds which role at a body, from when until when. A role that ended is gone from the next
//! call of whoever held it.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use clock::{DAY, Timestamp};
use compliance::Door;
use identity::Caller;
use organisations::{Appoint, Appointment, Body, EndAppointment, ROLES};
use serde::{Deserialize, Serialize};
use store::{OnceKey, Tx, Verb};
use utoipa::ToSchema;
use uuid::Uuid;
use web::{
    Form, Page, Path, Shell,
    components::{Choice, Field},
};

use crate::{
    Bodies,
    authority::{About, Acting},
    body::{href, places},
    section::{FormView, Row, RowAct, Section, Table, Typed, after},
    telling::message,
};

/// Appointments that the page lists; a body has fewer people with roles.
const APPOINTMENTS_SHOWN_MAX: i64 = 500;
/// Those that are over, of which the latest are shown.
const PAST_SHOWN_MAX: i64 = 50;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "org.appointment_incomplete", &[]);

pub(crate) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .route("/desk/bodies/{slug}/people", get(list).post(appoint))
        .route("/desk/bodies/{slug}/people/{id}/end", post(end))
}

/// A role for somebody, as it was asked.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AppointmentWish {
    /// The national number.
    pub person: String,
    /// `officer`, `decider`, `head`, `member`, `author`, `verifier`, `legal_reviewer`, `auditor`, `administrator` or
    /// `device_officer`.
    pub role: String,
    /// The slug of a unit of the body; empty for the body as a whole.
    pub unit: String,
    /// The first day: `2026-03-01`. Empty for today.
    pub from: String,
    /// The last day; empty for as long as nobody ends it.
    pub until: String,
}

impl AppointmentWish {
    fn typed(typed: &Typed) -> AppointmentWish {
        let word = |name: &str| typed.one(name).to_owned();
        AppointmentWish {
            person: word("person"),
            role: word("role"),
            unit: word("unit"),
            from: word("from"),
            until: word("until"),
        }
    }

    /// The first moment and the one after the last; items for days that are none. Today begins now.
    fn period(&self, now: Timestamp) -> Result<(Timestamp, Option<Timestamp>), Refusal> {
        let (first, last) = (language::day_of(&self.from), language::day_of(&self.until));
        let mut refusal = INCOMPLETE;
        for (field, typed, day) in [("from", &self.from, first), ("until", &self.until, last)] {
            if !typed.trim().is_empty() && day.is_none() {
                refusal = refusal.with_item(field, "date", "");
            }
        }
        if !refusal.items.is_empty() {
            return Err(refusal);
        }
        let from = first.filter(|day| *day != now.day()).map_or(now, Timestamp::midnight);
        Ok((from, last.map(|day| Timestamp::midnight(day) + DAY)))
    }
}

/// A role is given under the transaction, and the person is told.
struct GiveRole {
    acting: Acting,
    about: About,
    verb: Appoint,
}

impl Verb for GiveRole {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, "appoint", &self.about).await?;
        let held = self.verb.apply(tx).await?;
        tell(tx, "role-given", &held, self.verb.at).await?;
        Ok(held.id)
    }
}

/// A role is taken by whoever may give it.
struct EndRole {
    acting: Acting,
    about: About,
    verb: EndAppointment,
}

impl Verb for EndRole {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "appoint", &self.about).await?;
        self.verb.apply(tx).await?;
        let held = organisations::appointment(tx, self.verb.appointment).await?;
        tell(tx, "role-ended", &held.ok_or_else(Refusal::not_found)?, self.verb.at).await
    }
}

async fn tell(tx: &Tx, key: &'static str, held: &Appointment, at: Timestamp) -> Result<(), Failure> {
    let body = organisations::body(tx, held.body).await?.ok_or_else(Refusal::not_found)?;
    let subject = format!("appointment/{}", held.id);
    let letter = message(held.person, key, subject, "/account".to_owned())
        .text("body", &body.name)
        .moment("from_on", held.from);
    identity::tell(tx, letter, at).await?;
    Ok(())
}

impl Bodies {
    pub(crate) async fn appoint(
        &self,
        actor: &Actor,
        body: &Body,
        wish: &AppointmentWish,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let (sql, at) = (self.kernel.store.read(), self.kernel.clock.now());
        let person = match identity::identifier(&wish.person) {
            Some(number) => identity::person_by_identifier(&sql, &number).await?,
            None => None,
        };
        let about = About {
            role: wish.role.clone(),
            person: person.as_ref().map(|person| person.id),
            ..About::body(body.id)
        };
        // A number that nobody has is said to be wrong only to those who may appoint at all.
        self.acting(actor).check(&sql, "appoint", &about).await?;
        let person = person.ok_or_else(|| INCOMPLETE.with_item("person", "holder", ""))?;
        let (from, until) = wish.period(at)?;
        let verb = Appoint {
            actor: Some(actor.person),
            at,
            person: person.id,
            body: body.id,
            unit: self.unit_named(body, &wish.unit, "unit").await?,
            role: wish.role.clone(),
            from,
            until,
        };
        let verb = GiveRole { acting: self.acting(actor), about, verb };
        self.kernel.carry_out(actor, &format!("body/{}", body.id), verb, key).await
    }

    async fn end_role(&self, actor: &Actor, body: &Body, id: Uuid) -> Result<(), Failure> {
        let held = organisations::appointment(&self.kernel.store.read(), id).await?;
        let held = held.filter(|held| held.body == body.id).ok_or_else(Refusal::not_found)?;
        let about = About { role: held.role.clone(), person: Some(held.person), ..About::body(body.id) };
        let verb = EndAppointment { actor: Some(actor.person), at: self.kernel.clock.now(), appointment: id };
        let verb = EndRole { acting: self.acting(actor), about, verb };
        self.kernel.carry_out(actor, &format!("body/{}", body.id), verb, None).await
    }
}

async fn list(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.people_page(&actor, shell, &slug, &Typed::default(), None).await?))
}

impl Bodies {
    async fn people_page(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (sql, now, acting) = (self.kernel.store.read(), self.kernel.clock.now(), self.acting(actor));
        let body = acting.body(&sql, slug).await?;
        let mut held = organisations::appointments_at(&sql, body.id, now, APPOINTMENTS_SHOWN_MAX).await?;
        held.extend(organisations::past_appointments_at(&sql, body.id, now, PAST_SHOWN_MAX).await?);
        let names = self.kernel.names(held.iter().map(|it| Some(it.person))).await?;
        let units = organisations::units(&sql, body.id).await?;
        // Which roles this person may give here, and so take.
        let mut gives = Vec::new();
        for role in ROLES {
            let about = About { role: role.to_owned(), ..About::body(body.id) };
            if body.closed_at.is_none() && acting.may(&sql, "appoint", &about).await? {
                gives.push(role);
            }
        }
        let unit_of = |id: Option<Uuid>| {
            let unit = units.iter().find(|unit| Some(unit.id) == id);
            unit.map(|unit| shell.text(&unit.name).to_owned()).unwrap_or_default()
        };
        let row = |it: &Appointment| {
            let ends = it.person != actor.person && gives.contains(&it.role.as_str());
            let name = names.get(&it.person).map(|name| shell.text(name).to_owned()).unwrap_or_default();
            let cells = vec![name, role_word(&shell, &it.role), unit_of(it.unit)];
            appointment_row(&shell, &body, (it, cells), now, ends)
        };
        let heads = ["bodies-person", "bodies-role", "bodies-unit", "bodies-from", "bodies-until"];
        let table = Table {
            caption: shell.t("bodies-place-people"),
            heads: heads.map(|key| shell.t(key)).to_vec(),
            rows: held.iter().map(row).collect(),
        };
        let units = units.iter().map(|unit| Choice::new(&unit.slug, shell.text(&unit.name))).collect();
        let page = Section {
            tabs: places(&shell, &body),
            table,
            empty_title: shell.t("bodies-people-none"),
            empty_text: shell.t("bodies-people-none-text"),
            forms: if gives.is_empty() {
                Vec::new()
            } else {
                vec![appointing(&shell, &body, &gives, units, typed)]
            },
            ..Section::new(shell.clone(), shell.text(&body.name).to_owned())
        };
        Ok(page.told(refusal))
    }
}

pub(crate) fn role_word(shell: &Shell, role: &str) -> String {
    shell.t(&format!("org-role-{role}"))
}

fn appointment_row(
    shell: &Shell,
    body: &Body,
    (it, mut cells): (&Appointment, Vec<String>),
    now: Timestamp,
    ends: bool,
) -> Row {
    cells.push(shell.day(it.from));
    cells.push(it.until.map(|until| shell.day(Timestamp(until.0 - 1))).unwrap_or_default());
    let (signal, state) = match it.until {
        _ if it.from > now => ("waiting", "bodies-ahead"),
        Some(until) if until <= now => ("", "bodies-over"),
        _ => ("done", "bodies-in-force"),
    };
    let end = RowAct {
        action: format!("{}/people/{}/end", href(body), it.id),
        label: shell.t("identity-end"),
        sure: shell.t("bodies-role-end-sure"),
    };
    let is_over = it.until.is_some_and(|until| until <= now);
    let acts = if ends && !is_over { vec![end] } else { Vec::new() };
    Row { cells, signal, state: shell.t(state), acts, ..Row::default() }
}

fn appointing(shell: &Shell, body: &Body, gives: &[&str], units: Vec<Choice>, typed: &Typed) -> FormView {
    let roles = gives.iter().map(|role| Choice::new(*role, role_word(shell, role))).collect();
    FormView {
        title: shell.t("bodies-appoint"),
        text: shell.t("bodies-appoint-text"),
        action: format!("{}/people", href(body)),
        fields: vec![
            Field::text(shell, "person", shell.t("bodies-person-number"))
                .attribute("inputmode", "numeric")
                .attribute("maxlength", "40")
                .short()
                .value(typed.one("person")),
            Field::select(shell, "role", shell.t("bodies-role"), roles).value(typed.one("role")),
            Field::select(shell, "unit", shell.t("bodies-unit"), units)
                .blank(shell.t("bodies-whole-body"))
                .optional()
                .value(typed.one("unit")),
            Field::date(shell, "from", shell.t("bodies-from"))
                .hint(shell.t("bodies-from-hint"))
                .optional()
                .value(typed.one("from")),
            Field::date(shell, "until", shell.t("bodies-until"))
                .hint(shell.t("bodies-until-hint"))
                .optional()
                .value(typed.one("until")),
        ],
        submit: shell.t("bodies-appoint-do"),
        kind: "",
    }
}

async fn appoint(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let outcome = bodies.appoint(&actor, &body, &AppointmentWish::typed(&typed), None).await;
    let on = format!("{}/people", href(&body));
    after(outcome, &on, |refusal| bodies.people_page(&actor, shell, &slug, &typed, refusal)).await
}

async fn end(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path((slug, id)): Path<(String, Uuid)>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let outcome = bodies.end_role(&actor, &body, id).await;
    let on = format!("{}/people", href(&body));
    let typed = Typed::default();
    after(outcome, &on, |refusal| bodies.people_page(&actor, shell, &slug, &typed, refusal)).await
}
