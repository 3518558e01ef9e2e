//! `/desk/devices`: the inventory of whoever keeps it, narrowed; one device with what may be done about it; a new one.

use std::{collections::HashMap, sync::Arc};

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
use language::Text;
use organisations::Body;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Device, NAME_CHARACTERS_MAX, Ownership, State as Standing,
    code::GiveCode,
    decide::Decide,
    export,
    own::Reason,
    register::{DeviceWish, RegisterDevice},
    retire::Retire,
    table::{self, Wanted},
    view::{DeviceView, ownership_word, state_word},
};
use crate::{Devices, authority::unseen, places::places};

/// Rows of a page.
const PAGE_DEVICES: usize = 25;
/// Longer is no search.
const SEARCH_CHARACTERS_MAX: usize = 200;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices", get(list).post(register))
        .route("/desk/devices/new", get(new))
        .route("/desk/devices/file", get(export::file))
        .route("/desk/devices/{id}", get(show))
        .route("/desk/devices/{id}/decide", post(decide))
        .route("/desk/devices/{id}/code", post(code))
        .route("/desk/devices/{id}/retire", post(retire))
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct DevicesAsked {
    /// Words of its name or of its holder's.
    pub q: String,
    /// `pending`, `active`, `non_compliant`, `refused`, `lost` or `retired`.
    pub state: String,
    /// `institution`, `personal` or `public`.
    pub ownership: String,
    /// From the answer before.
    pub cursor: String,
    #[param(ignore)]
    pub done: String,
}

/// One page of the inventory.
pub(crate) struct Listed {
    pub devices: Vec<Device>,
    pub next: Option<String>,
    pub bodies: HashMap<Uuid, Body>,
    pub names: HashMap<Uuid, Text>,
}

impl Devices {
    pub(crate) async fn inventory(&self, actor: &Actor, asked: &DevicesAsked) -> Result<Listed, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        let words: String = asked.q.chars().take(SEARCH_CHARACTERS_MAX).collect();
        let wanted = Wanted {
            state: Standing::named(&asked.state),
            ownership: Ownership::named(&asked.ownership),
            body: None,
            stems: language::analyse(&words).into_iter().map(|token| token.stem).collect(),
        };
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let mut devices = table::listed(&sql, &sight, &wanted, before, PAGE_DEVICES as i64 + 1).await?;
        let next = Cursor::cut(&mut devices, PAGE_DEVICES, |last| last.id)?;
        let bodies = organisations::bodies(&sql).await?.into_iter().map(|body| (body.id, body)).collect();
        let names = self.names(devices.iter().map(|device| Some(device.holder))).await?;
        Ok(Listed { devices, next, bodies, names })
    }

    /// A device that this person keeps, or none at all.
    pub(crate) async fn kept(&self, actor: &Actor, id: Uuid) -> Result<Device, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await.map_err(unseen)?;
        let device = table::find(&sql, id).await?;
        let device = device.filter(|device| sight.all || sight.bodies.contains(&device.body));
        Ok(device.ok_or_else(Refusal::not_found)?)
    }
}

struct Row {
    href: String,
    name: String,
    holder: String,
    body: String,
    ownership: String,
    state: String,
    signal: &'static str,
    reported: String,
}

#[derive(Template)]
#[template(path = "device/desk_list.html")]
struct ListPage {
    places: Vec<Link>,
    fields: Vec<Field>,
    chips: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    /// The same as a file.
    file: String,
    done: String,
    shell: Shell,
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<DevicesAsked>,
    shell: Shell,
) -> Result<Page<ListPage>, web::Error> {
    let listed = devices.inventory(&actor, &asked).await?;
    let next = listed.next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default();
    Ok(Page(ListPage {
        places: places(&shell),
        file: web::address(
            "/desk/devices/file",
            [("q", asked.q.as_str()), ("state", &asked.state), ("ownership", &asked.ownership)],
        ),
        fields: filters(&shell, &asked),
        chips: chips(&shell, &asked),
        rows: listed.devices.iter().map(|device| row(&shell, device, &listed)).collect(),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next,
        done: if asked.done == "retired" { shell.t("device-done-retired") } else { String::new() },
        shell,
    }))
}

fn row(shell: &Shell, device: &Device, listed: &Listed) -> Row {
    let body = listed.bodies.get(&device.body);
    let holder = listed.names.get(&device.holder);
    Row {
        href: device.desk_href(),
        name: device.name.clone(),
        holder: holder.map(|name| shell.text(name).to_owned()).unwrap_or_default(),
        body: body.map(|body| shell.text(&body.short).to_owned()).unwrap_or_default(),
        ownership: ownership_word(shell, device.ownership),
        state: state_word(shell, device.state),
        signal: device.state.signal(),
        reported: device.reported_at.map_or_else(|| shell.t("device-never"), |at| shell.ago(at)),
    }
}

fn filters(shell: &Shell, asked: &DevicesAsked) -> Vec<Field> {
    let states = Standing::ALL.map(|it| Choice::new(it.word(), state_word(shell, it))).to_vec();
    let owners = Ownership::ALL.map(|it| Choice::new(it.word(), ownership_word(shell, it))).to_vec();
    vec![
        Field::text(shell, "q", shell.t("device-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "200")
            .attribute("type", "search"),
        Field::select(shell, "state", shell.t("device-state"), states)
            .blank(shell.t("device-filter-all"))
            .value(&asked.state)
            .optional(),
        Field::select(shell, "ownership", shell.t("device-ownership"), owners)
            .blank(shell.t("device-filter-all"))
            .value(&asked.ownership)
            .optional(),
    ]
}

/// What narrows the list now; each chip leads to the list without it.
fn chips(shell: &Shell, asked: &DevicesAsked) -> Vec<Link> {
    let state = Standing::named(&asked.state).map(|it| state_word(shell, it)).unwrap_or_default();
    let owner = Ownership::named(&asked.ownership).map(|it| ownership_word(shell, it)).unwrap_or_default();
    let given = [("q", asked.q.clone()), ("state", state), ("ownership", owner)];
    let given = given.into_iter().filter(|(_, label)| !label.is_empty());
    given.map(|(name, label)| Link::new(shell.with(name, ""), label)).collect()
}

#[derive(Template)]
#[template(path = "device/desk_new.html")]
struct NewPage {
    places: Vec<Link>,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

async fn new(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<NewPage>, web::Error> {
    Ok(Page(devices.new_page(&actor, shell, &DeviceWish::default(), None).await?))
}

impl Devices {
    async fn new_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &DeviceWish,
        refusal: Option<Refusal>,
    ) -> Result<NewPage, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        let bodies = organisations::bodies(&sql).await?;
        let kept = bodies.iter().filter(|body| sight.all || sight.bodies.contains(&body.id));
        let bodies = kept.map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect();
        let owners = Ownership::ALL.map(|it| {
            let hint = shell.t(&format!("device-ownership-{}-hint", it.word()));
            Choice::new(it.word(), ownership_word(&shell, it)).hint(hint)
        });
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = vec![
            Field::text(&shell, "name", shell.t("device-name"))
                .hint(shell.t("device-name-hint"))
                .value(&typed.name)
                .attribute("maxlength", &NAME_CHARACTERS_MAX.to_string()),
            Field::text(&shell, "holder", shell.t("device-holder-number"))
                .value(&typed.holder)
                .attribute("inputmode", "numeric")
                .attribute("maxlength", "40")
                .short(),
            Field::select(&shell, "body", shell.t("device-body"), bodies).value(&typed.body),
            Field::radios(&shell, "ownership", shell.t("device-ownership"), owners.to_vec())
                .value(&typed.ownership),
        ];
        let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
        let refusal = refusal.filter(|it| it.items.is_empty());
        Ok(NewPage { places: places(&shell), faults: named(faults, &fields), refusal, fields, shell })
    }
}

async fn register(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<DeviceWish>,
) -> Result<Response, web::Error> {
    // Without a number the holder is missing: on this page nobody enters a device of their own.
    let holder = if typed.holder.trim().is_empty() { "-".to_owned() } else { typed.holder.clone() };
    let verb =
        RegisterDevice { acting: devices.acting(&actor), wish: DeviceWish { holder, ..typed.clone() } };
    match devices.carry_out(&actor, "devices", verb, None).await {
        Ok(id) => Ok(see_other(&format!("/desk/devices/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, devices.new_page(&actor, shell, &typed, Some(refusal)).await?))
        }
    }
}

#[derive(Template)]
#[template(path = "device/desk_show.html")]
struct ShowPage {
    places: Vec<Link>,
    device: DeviceView,
    /// Where its holder is allowed to work through a network.
    vpn_href: String,
    may_decide: bool,
    reason: Field,
    code: String,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

/// What a page of one device says besides the device.
#[derive(Default)]
struct Told {
    code: String,
    refusal: Option<Refusal>,
    reason: String,
}

impl Devices {
    async fn show_kept(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        told: Told,
    ) -> Result<ShowPage, Failure> {
        let device = self.kept(actor, id).await?;
        let sql = self.store.read();
        let open = !device.state.is_over() && device.approved_at.is_none();
        let may_decide = open && self.acting(actor).may(&sql, "decide", &device.about()).await?;
        let faults = told.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let label = shell.t(if may_decide { "device-reason-refused" } else { "device-reason" });
        let reason = Field::text(&shell, "reason", label).value(&told.reason).faults(&faults);
        Ok(ShowPage {
            places: places(&shell),
            device: self.view(&shell, &device).await?,
            vpn_href: format!("{}/vpn", device.desk_href()),
            may_decide,
            code: told.code,
            refusal: told.refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, std::slice::from_ref(&reason)),
            reason,
            shell,
        })
    }
}

async fn show(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(devices.show_kept(&actor, shell, id, Told::default()).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ruling {
    ruling: String,
    reason: String,
}

async fn decide(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Ruling>,
) -> Result<Response, web::Error> {
    devices.kept(&actor, id).await?;
    let (acting, lists) = (devices.acting(&actor), typed.ruling == "list");
    let verb = Decide { acting, device: id, lists, reason: typed.reason.clone() };
    let outcome = devices.carry_out(&actor, &format!("device/{id}"), verb, None).await;
    after(devices, actor, id, shell, typed.reason, outcome).await
}

/// No redirect: the code stands on this one answer and nowhere else.
async fn code(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Response, web::Error> {
    devices.kept(&actor, id).await?;
    let code = identity::new_one_time_secret();
    let verb = GiveCode { acting: devices.acting(&actor), device: id, hash: identity::secret_hash(&code) };
    match devices.carry_out(&actor, &format!("device/{id}"), verb, None).await {
        Ok(()) => {
            let told = Told { code, ..Told::default() };
            Ok(stay(None, devices.show_kept(&actor, shell, id, told).await?))
        }
        Err(failure) => after(devices, actor, id, shell, String::new(), Err(failure)).await,
    }
}

async fn retire(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Reason>,
) -> Result<Response, web::Error> {
    devices.kept(&actor, id).await?;
    let verb = Retire { acting: devices.acting(&actor), device: id, reason: typed.reason.clone() };
    match devices.carry_out(&actor, &format!("device/{id}"), verb, None).await {
        Ok(()) => Ok(see_other("/desk/devices?done=retired")),
        Err(failure) => after(devices, actor, id, shell, typed.reason, Err(failure)).await,
    }
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
        Ok(()) => Ok(see_other(&format!("/desk/devices/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let (kind, told) = (refusal.kind, Told { refusal: Some(refusal), reason, code: String::new() });
            Ok(stay(kind, devices.show_kept(&actor, shell, id, told).await?))
        }
    }
}
