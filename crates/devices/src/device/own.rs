//! `/account/devices`: what somebody holds, what is asked of them, and what is banned.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{
    Device, NAME_CHARACTERS_MAX,
    accept::Accept,
    code::GiveCode,
    register::{DeviceWish, RegisterDevice},
    retire::Retire,
    table,
    view::{DeviceView, ownership_word, state_word},
};
use crate::{Devices, authority::About, rule, rule::RuleKind};

/// Devices of one person that the page lists; nobody holds as many.
const DEVICES_SHOWN_MAX: i64 = 50;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/account/devices", get(list).post(offer))
        .route("/account/devices/{id}", get(show))
        .route("/account/devices/{id}/accept", post(accept))
        .route("/account/devices/{id}/code", post(code))
        .route("/account/devices/{id}/retire", post(retire))
}

struct Row {
    href: String,
    name: String,
    ownership: String,
    state: String,
    signal: &'static str,
}

struct Banned {
    name: String,
    why: String,
    since: String,
}

#[derive(Template)]
#[template(path = "device/own.html")]
struct OwnPage {
    rows: Vec<Row>,
    banned: Vec<Banned>,
    /// Nothing where somebody works for no body.
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    done: String,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<Done>,
    shell: Shell,
) -> Result<Page<OwnPage>, web::Error> {
    let done = match asked.done.as_str() {
        "offered" => shell.t("device-done-offered"),
        _ => String::new(),
    };
    Ok(Page(devices.own_page(&actor, shell, &DeviceWish::default(), None, done).await?))
}

impl Devices {
    async fn own_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &DeviceWish,
        refusal: Option<Refusal>,
        done: String,
    ) -> Result<OwnPage, Failure> {
        let sql = self.store.read();
        let held = table::of_holder(&sql, actor.person, DEVICES_SHOWN_MAX).await?;
        let rules = rule::table::in_force(&sql).await?;
        let mut choices = Vec::new();
        for body in actor.bodies() {
            let about = About { bodies: vec![body], holder: None };
            if self.acting(actor).may(&sql, "offer", &about).await? {
                let body = organisations::body(&sql, body).await?;
                choices.extend(body.map(|body| Choice::new(&body.slug, shell.text(&body.name))));
            }
        }
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = if choices.is_empty() { Vec::new() } else { offering(&shell, choices, typed, &faults) };
        let banned = rules.iter().filter(|rule| rule.kind == RuleKind::Banned);
        Ok(OwnPage {
            rows: held.iter().map(|device| row(&shell, device)).collect(),
            banned: banned
                .map(|rule| Banned {
                    name: rule.name.clone(),
                    why: rule.why.clone(),
                    since: shell.day(rule.made_at),
                })
                .collect(),
            refusal: refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, &fields),
            fields,
            done,
            shell,
        })
    }

    /// A device that this person holds, or none at all.
    async fn held(&self, actor: &Actor, id: Uuid) -> Result<Device, Failure> {
        let device = table::find(&self.store.read(), id).await?;
        Ok(device.filter(|device| device.holder == actor.person).ok_or_else(Refusal::not_found)?)
    }

    async fn show_own(&self, actor: &Actor, shell: Shell, id: Uuid, told: Told) -> Result<ShowPage, Failure> {
        let device = self.held(actor, id).await?;
        let faults = told.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let reason =
            Field::text(&shell, "reason", shell.t("device-reason")).value(&told.reason).faults(&faults);
        let ticks = ["care", "hidden"]
            .map(|name| Field::tick(&shell, name, shell.t(&format!("device-accept-{name}"))).faults(&faults));
        let fields: Vec<Field> = ticks.iter().chain([&reason]).cloned().collect();
        Ok(ShowPage {
            device: self.view(&shell, &device).await?,
            may_accept: !device.state.is_over() && device.accepted_at.is_none(),
            ticks: ticks.to_vec(),
            reason,
            code: told.code,
            refusal: told.refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, &fields),
            shell,
        })
    }
}

fn row(shell: &Shell, device: &Device) -> Row {
    Row {
        href: device.own_href(),
        name: device.name.clone(),
        ownership: ownership_word(shell, device.ownership),
        state: state_word(shell, device.state),
        signal: device.state.signal(),
    }
}

fn offering(shell: &Shell, bodies: Vec<Choice>, typed: &DeviceWish, faults: &[Fault]) -> Vec<Field> {
    let first = bodies.first().map(|body| body.value.clone()).unwrap_or_default();
    let chosen = if typed.body.is_empty() { first } else { typed.body.clone() };
    vec![
        Field::text(shell, "name", shell.t("device-name"))
            .hint(shell.t("device-name-hint"))
            .value(&typed.name)
            .attribute("maxlength", &NAME_CHARACTERS_MAX.to_string())
            .faults(faults),
        Field::select(shell, "body", shell.t("device-body"), bodies).value(chosen).faults(faults),
    ]
}

async fn offer(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<DeviceWish>,
) -> Result<Response, web::Error> {
    // Whoever offers a device offers their own: what the form does not ask is not taken from it.
    let wish = DeviceWish { holder: String::new(), ..typed.clone() };
    let verb = RegisterDevice { acting: devices.acting(&actor), wish };
    match devices.carry_out(&actor, "devices", verb, None).await {
        Ok(_) => Ok(see_other("/account/devices?done=offered")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, devices.own_page(&actor, shell, &typed, Some(refusal), String::new()).await?))
        }
    }
}

/// What a page of one device says besides the device.
#[derive(Default)]
struct Told {
    code: String,
    refusal: Option<Refusal>,
    reason: String,
}

#[derive(Template)]
#[template(path = "device/show.html")]
struct ShowPage {
    device: DeviceView,
    may_accept: bool,
    ticks: Vec<Field>,
    reason: Field,
    code: String,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

async fn show(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(devices.show_own(&actor, shell, id, Told::default()).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Accepted {
    care: String,
    hidden: String,
}

async fn accept(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Accepted>,
) -> Result<Response, web::Error> {
    devices.held(&actor, id).await?;
    let (care, hidden) = (!typed.care.is_empty(), !typed.hidden.is_empty());
    let verb = Accept { acting: devices.acting(&actor), device: id, care, hidden };
    let outcome = devices.carry_out(&actor, &format!("device/{id}"), verb, None).await;
    after(devices, actor, id, shell, String::new(), outcome).await
}

/// No redirect: the code stands on this one answer and nowhere else.
async fn code(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Response, web::Error> {
    devices.held(&actor, id).await?;
    let code = identity::new_one_time_secret();
    let hash = identity::secret_hash(&code);
    let verb = GiveCode { acting: devices.acting(&actor), device: id, hash };
    match devices.carry_out(&actor, &format!("device/{id}"), verb, None).await {
        Ok(()) => {
            let told = Told { code, ..Told::default() };
            Ok(stay(None, devices.show_own(&actor, shell, id, told).await?))
        }
        Err(failure) => after(devices, actor, id, shell, String::new(), Err(failure)).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    pub reason: String,
}

async fn retire(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Reason>,
) -> Result<Response, web::Error> {
    devices.held(&actor, id).await?;
    let verb = Retire { acting: devices.acting(&actor), device: id, reason: typed.reason.clone() };
    let outcome = devices.carry_out(&actor, &format!("device/{id}"), verb, None).await;
    after(devices, actor, id, shell, typed.reason, outcome).await
}

async fn after(
    devices: Arc<Devices>,
    actor: Actor,
    id: Uuid,
    shell: Shell,
    reason: String,
    outcome: Result<(), Failure>,
) -> Result<Response, web::Error> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/account/devices/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let (kind, told) = (refusal.kind, Told { refusal: Some(refusal), reason, code: String::new() });
            Ok(stay(kind, devices.show_own(&actor, shell, id, told).await?))
        }
    }
}
