//! `/desk/devices/vpn`: the register of networks, for whoever keeps the devices of a body and whoever judges networks; and a
//! new one.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State as Stated, response::Response, routing::get};
use compliance::Door;
use identity::Caller;
use organisations::Body;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    State, Vpn,
    register::{RegisterVpn, VpnWish},
    table,
};
use crate::{
    Devices,
    authority::{About, unseen},
    places::vpn_places,
};

/// Rows of a page.
const PAGE_VPNS: usize = 25;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices/vpn", get(list).post(register))
        .route("/desk/devices/vpn/new", get(new))
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct VpnsAsked {
    /// `draft`, `waiting`, `approved`, `active`, `expired` or `ended`; else all.
    pub state: String,
    /// From the answer before.
    pub cursor: String,
}

pub(crate) struct Listed {
    pub vpns: Vec<Vpn>,
    pub next: Option<String>,
}

impl Devices {
    pub(crate) async fn vpns(&self, actor: &Actor, asked: &VpnsAsked) -> Result<Listed, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).vpn_sight(&sql).await?;
        let state = State::ALL.into_iter().find(|state| state.word() == asked.state);
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let at = (self.clock.now(), before);
        let mut vpns = table::listed(&sql, &sight, state, at, PAGE_VPNS as i64 + 1).await?;
        let next = Cursor::cut(&mut vpns, PAGE_VPNS, |last| last.id)?;
        Ok(Listed { vpns, next })
    }

    /// A network that this person may see, or none at all.
    pub(crate) async fn vpn(&self, actor: &Actor, id: Uuid) -> Result<Vpn, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).vpn_sight(&sql).await.map_err(unseen)?;
        let vpn = table::find(&sql, id).await?;
        let vpn = vpn.filter(|vpn| sight.all || sight.bodies.contains(&vpn.body));
        Ok(vpn.ok_or_else(Refusal::not_found)?)
    }

    pub(crate) async fn bodies_by_id(&self) -> Result<HashMap<Uuid, Body>, Failure> {
        let bodies = organisations::bodies(&self.store.read()).await?;
        Ok(bodies.into_iter().map(|body| (body.id, body)).collect())
    }

    /// The tabs above a page of networks: whoever only judges them sees nothing else of the inventory.
    pub(crate) async fn vpn_places(&self, actor: &Actor, shell: &Shell) -> Result<Vec<Link>, Failure> {
        let keeps = self.acting(actor).sight(&self.store.read()).await.is_ok();
        Ok(vpn_places(shell, keeps))
    }
}

pub(crate) fn state_word(shell: &Shell, state: State) -> String {
    shell.t(&format!("vpn-state-{}", state.word()))
}

struct Row {
    href: String,
    name: String,
    body: String,
    state: String,
    signal: &'static str,
    range: String,
    until: String,
}

#[derive(Template)]
#[template(path = "vpn/list.html")]
struct ListPage {
    places: Vec<Link>,
    views: Vec<Link>,
    rows: Vec<Row>,
    may_register: bool,
    first: String,
    next: String,
    shell: Shell,
}

async fn list(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<VpnsAsked>,
    shell: Shell,
) -> Result<Page<ListPage>, web::Error> {
    let listed = devices.vpns(&actor, &asked).await?;
    let (bodies, now) = (devices.bodies_by_id().await?, devices.clock.now());
    let row = |vpn: &Vpn| Row {
        href: vpn.href(),
        name: vpn.name.clone(),
        body: bodies.get(&vpn.body).map(|body| shell.text(&body.short).to_owned()).unwrap_or_default(),
        state: state_word(&shell, vpn.state(now)),
        signal: vpn.state(now).signal(),
        range: vpn.range.to_string(),
        until: vpn.expires_at.map(|at| shell.day(at)).unwrap_or_default(),
    };
    let view = |word: &str, label: String| {
        let href = web::address("/desk/devices/vpn", [("state", word)]);
        Link::new(href, label).current(asked.state == word)
    };
    let states = State::ALL.map(|state| view(state.word(), state_word(&shell, state)));
    Ok(Page(ListPage {
        rows: listed.vpns.iter().map(row).collect(),
        places: devices.vpn_places(&actor, &shell).await?,
        views: std::iter::once(view("", shell.t("vpn-view-all"))).chain(states).collect(),
        may_register: devices.acting(&actor).sight(&devices.store.read()).await.is_ok(),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: listed.next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
        shell,
    }))
}

#[derive(Template)]
#[template(path = "vpn/new.html")]
struct NewPage {
    places: Vec<Link>,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

async fn new(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<NewPage>, web::Error> {
    Ok(Page(devices.new_vpn_page(&actor, shell, &VpnWish::default(), None).await?))
}

async fn register(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<VpnWish>,
) -> Result<Response, web::Error> {
    let verb = RegisterVpn { acting: devices.acting(&actor), wish: typed.clone() };
    match devices.carry_out(&actor, "vpns", verb, None).await {
        Ok(id) => Ok(see_other(&format!("/desk/devices/vpn/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, devices.new_vpn_page(&actor, shell, &typed, Some(refusal)).await?))
        }
    }
}

impl Devices {
    async fn new_vpn_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &VpnWish,
        refusal: Option<Refusal>,
    ) -> Result<NewPage, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        self.acting(actor)
            .check(&sql, "register_vpn", &About { bodies: sight.bodies.clone(), holder: None })
            .await?;
        let bodies = organisations::bodies(&sql).await?;
        let kept = bodies.iter().filter(|body| sight.all || sight.bodies.contains(&body.id));
        let bodies = kept.map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect();
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = fields(&shell, bodies, typed, &faults);
        let refusal = refusal.filter(|it| it.items.is_empty());
        let places = self.vpn_places(actor, &shell).await?;
        Ok(NewPage { places, faults: named(faults, &fields), refusal, fields, shell })
    }
}

fn fields(shell: &Shell, bodies: Vec<Choice>, typed: &VpnWish, faults: &[Fault]) -> Vec<Field> {
    let technical = |name: &str, value: &str| {
        Field::text(shell, name, shell.t(&format!("vpn-{name}")))
            .hint(shell.t(&format!("vpn-{name}-hint")))
            .attribute("dir", "ltr")
            .value(value)
    };
    let mut fields = vec![
        Field::select(shell, "body", shell.t("device-body"), bodies).value(&typed.body),
        Field::text(shell, "name", shell.t("vpn-name")).hint(shell.t("vpn-name-hint")).value(&typed.name),
    ];
    fields.extend(declaring(shell, &typed.free, &typed.public));
    fields.extend([
        technical("interface", &typed.interface).short(),
        technical("gateway", &typed.gateway),
        technical("range", &typed.range).short(),
        technical("routes", &typed.routes),
    ]);
    fields.into_iter().map(|field| field.faults(faults)).collect()
}

/// The two declarations, as they are asked for here and of a draft.
pub(super) fn declaring(shell: &Shell, free: &str, public: &str) -> Vec<Field> {
    let choices = |name: &str| {
        ["no", "yes"].map(|word| Choice::new(word, shell.t(&format!("vpn-{name}-{word}")))).to_vec()
    };
    [("free", free), ("public", public)]
        .map(|(name, value)| {
            Field::radios(shell, name, shell.t(&format!("vpn-{name}")), choices(name)).optional().value(value)
        })
        .to_vec()
}
