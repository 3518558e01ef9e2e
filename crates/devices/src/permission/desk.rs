//! `/desk/devices/vpn/permissions`: who may work through which network, with each use; and a permission for the holder of a
//! device at `/desk/devices/{id}/vpn`.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use clock::Timestamp;
use compliance::Door;
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Permission,
    end::RevokePermission,
    export,
    grant::{GrantVpn, PermissionWish},
    table,
};
use crate::{
    Devices,
    authority::{About, unseen},
    device::{self, view::Fact},
    vpn,
};

/// Rows of a page.
const PAGE_PERMISSIONS: usize = 25;
/// Networks of a body to choose from.
const VPNS_SHOWN_MAX: i64 = 50;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices/vpn/permissions", get(list))
        .route("/desk/devices/vpn/permissions/file", get(export::file))
        .route("/desk/devices/vpn/permissions/{id}", get(show))
        .route("/desk/devices/vpn/permissions/{id}/revoke", post(revoke))
        .route("/desk/devices/{id}/vpn", get(new).post(grant))
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct PermissionsAsked {
    /// `open` for those that stand, `ended` for those that are over; else all.
    pub state: String,
    /// From the answer before.
    pub cursor: String,
}

pub(crate) struct Listed {
    pub permissions: Vec<Permission>,
    pub next: Option<String>,
}

/// What rows name besides the permission itself.
pub(crate) struct Named {
    vpns: HashMap<Uuid, String>,
    devices: HashMap<Uuid, String>,
    people: HashMap<Uuid, Text>,
}

pub(crate) struct Row {
    href: String,
    pub vpn: String,
    pub person: String,
    pub device: String,
    pub state: String,
    signal: &'static str,
    until: String,
    pub granted_by: String,
}

impl Named {
    pub(super) fn row(&self, shell: &Shell, held: &Permission, now: Timestamp) -> Row {
        let name =
            |id: Uuid| self.people.get(&id).map(|name| shell.text(name).to_owned()).unwrap_or_default();
        let standing = held.standing(now);
        Row {
            href: held.href(),
            vpn: self.vpns.get(&held.vpn).cloned().unwrap_or_default(),
            person: name(held.person),
            device: self.devices.get(&held.device).cloned().unwrap_or_default(),
            state: shell.t(&format!("vpn-permission-{}", standing.word())),
            signal: standing.signal(),
            until: shell.day(held.ended_at.unwrap_or(held.until_at)),
            granted_by: name(held.granted_by),
        }
    }
}

impl Devices {
    pub(crate) async fn permissions(
        &self,
        actor: &Actor,
        asked: &PermissionsAsked,
    ) -> Result<Listed, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).vpn_sight(&sql).await?;
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let is_open = match asked.state.as_str() {
            "open" => Some(true),
            "ended" => Some(false),
            _ => None,
        };
        let at = (self.clock.now(), before);
        let mut found = table::listed(&sql, &sight, is_open, at, PAGE_PERMISSIONS as i64 + 1).await?;
        let next = Cursor::cut(&mut found, PAGE_PERMISSIONS, |last| last.id)?;
        Ok(Listed { permissions: found, next })
    }

    /// A permission that this person sees on the desk, or none at all.
    pub(crate) async fn permission(&self, actor: &Actor, id: Uuid) -> Result<Permission, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).vpn_sight(&sql).await.map_err(unseen)?;
        let held = table::find(&sql, id).await?;
        let held = held.filter(|held| sight.all || sight.bodies.contains(&held.body));
        Ok(held.ok_or_else(Refusal::not_found)?)
    }

    pub(super) async fn about_permissions(&self, held: &[Permission]) -> Result<Named, Failure> {
        let sql = self.store.read();
        let people = held.iter().flat_map(|it| [Some(it.person), Some(it.granted_by), it.ended_by]);
        let mut named =
            Named { vpns: HashMap::new(), devices: HashMap::new(), people: self.names(people).await? };
        for it in held {
            if !named.vpns.contains_key(&it.vpn)
                && let Some(vpn) = vpn::table::find(&sql, it.vpn).await?
            {
                named.vpns.insert(vpn.id, vpn.name);
            }
            if !named.devices.contains_key(&it.device)
                && let Some(device) = device::table::find(&sql, it.device).await?
            {
                named.devices.insert(device.id, device.name);
            }
        }
        Ok(named)
    }
}

#[derive(Template)]
#[template(path = "permission/list.html")]
struct ListPage {
    places: Vec<Link>,
    views: Vec<Link>,
    rows: Vec<Row>,
    file: String,
    first: String,
    next: String,
    shell: Shell,
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<PermissionsAsked>,
    shell: Shell,
) -> Result<Page<ListPage>, web::Error> {
    let listed = devices.permissions(&actor, &asked).await?;
    let named = devices.about_permissions(&listed.permissions).await?;
    let now = devices.clock.now();
    let view = |word: &str, key: &str| {
        let href = web::address("/desk/devices/vpn/permissions", [("state", word)]);
        Link::new(href, shell.t(key)).current(asked.state == word)
    };
    Ok(Page(ListPage {
        rows: listed.permissions.iter().map(|held| named.row(&shell, held, now)).collect(),
        places: devices.vpn_places(&actor, &shell).await?,
        views: vec![
            view("", "vpn-view-all"),
            view("open", "vpn-permissions-open"),
            view("ended", "vpn-permissions-ended"),
        ],
        file: web::address("/desk/devices/vpn/permissions/file", [("state", asked.state.as_str())]),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: listed.next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
        shell,
    }))
}

struct UseRow {
    began: String,
    last: String,
    source: String,
}

#[derive(Template)]
#[template(path = "permission/show.html")]
struct ShowPage {
    places: Vec<Link>,
    id: Uuid,
    row: Row,
    facts: Vec<Fact>,
    uses: Vec<UseRow>,
    revoke: Option<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn permission_page(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        (reason, refusal): (&str, Option<Refusal>),
    ) -> Result<ShowPage, Failure> {
        let held = self.permission(actor, id).await?;
        let (sql, now) = (self.store.read(), self.clock.now());
        let named_all = self.about_permissions(std::slice::from_ref(&held)).await?;
        let about = About { bodies: vec![held.body], holder: Some(held.person) };
        let may = held.ended_at.is_none() && self.acting(actor).may(&sql, "revoke_vpn", &about).await?;
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let revoke = may
            .then(|| Field::text(&shell, "reason", shell.t("device-reason")).value(reason).faults(&faults));
        let uses = table::uses(&sql, id).await?;
        Ok(ShowPage {
            places: self.vpn_places(actor, &shell).await?,
            id,
            row: named_all.row(&shell, &held, now),
            facts: facts(&shell, &held, &named_all, now),
            uses: uses
                .into_iter()
                .map(|it| UseRow {
                    began: shell.moment(it.began_at),
                    last: shell.moment(it.last_at),
                    source: it.source,
                })
                .collect(),
            faults: named(faults, revoke.as_slice()),
            revoke,
            refusal: refusal.filter(|it| it.items.is_empty()),
            shell,
        })
    }
}

fn facts(shell: &Shell, held: &Permission, named: &Named, now: Timestamp) -> Vec<Fact> {
    let row = named.row(shell, held, now);
    let by = |who: String, at: Timestamp| shell.t2("loss-by", "who", who, "when", shell.moment(at));
    let ended_by = held.ended_by.and_then(|who| named.people.get(&who));
    let ended = held.ended_at.map(|at| match ended_by {
        Some(name) => by(shell.text(name).to_owned(), at),
        None => shell.moment(at),
    });
    let ending = match held.ending.as_str() {
        "" => String::new(),
        why => shell.t(&format!("vpn-ending-{why}")),
    };
    let pairs = [
        ("vpn-name", row.vpn),
        ("device-holder", row.person),
        ("device-name", row.device),
        ("vpn-from", shell.day(held.from_at)),
        ("vpn-until", shell.day(held.until_at)),
        ("vpn-why", held.why.clone()),
        ("vpn-granted", by(row.granted_by, held.granted_at)),
        ("vpn-issued", held.issued_at.map(|at| shell.moment(at)).unwrap_or_default()),
        ("vpn-key", held.key.clone()),
        ("vpn-ended", ended.unwrap_or_default()),
        ("device-closing", ending),
        ("device-reason", held.end_words.clone()),
    ];
    let told = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(key, value)| Fact { term: shell.t(key), value }).collect()
}

async fn show(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(devices.permission_page(&actor, shell, id, ("", None)).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

async fn revoke(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Reason>,
) -> Result<Response, web::Error> {
    let held = devices.permission(&actor, id).await?;
    let (acting, reason) = (devices.acting(&actor), typed.reason.clone());
    let verb = RevokePermission { acting, permission: id, reason };
    match devices.carry_out(&actor, &held.ledger_subject(), verb, None).await {
        Ok(()) => Ok(see_other(&held.href())),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let told = (typed.reason.as_str(), Some(refusal));
            Ok(stay(kind, devices.permission_page(&actor, shell, id, told).await?))
        }
    }
}

#[derive(Template)]
#[template(path = "permission/new.html")]
struct NewPage {
    places: Vec<Link>,
    device: Uuid,
    name: String,
    holder: String,
    fields: Vec<Field>,
    /// Nothing to choose from.
    is_empty: bool,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn grant_page(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: Option<PermissionWish>,
        refusal: Option<Refusal>,
    ) -> Result<NewPage, Failure> {
        let device = self.kept(actor, id).await?;
        let vpns = vpn::table::standing(&self.store.read(), Some(device.body), VPNS_SHOWN_MAX).await?;
        let choices: Vec<Choice> =
            vpns.iter().map(|vpn| Choice::new(vpn.id.to_string(), &vpn.name)).collect();
        let is_empty = choices.is_empty();
        let today = self.now_words().0;
        let typed = typed.unwrap_or_else(|| PermissionWish { from: today, ..PermissionWish::default() });
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = [
            Field::select(&shell, "vpn", shell.t("vpn-name"), choices).value(&typed.vpn),
            Field::date(&shell, "from", shell.t("vpn-from")).value(&typed.from),
            Field::date(&shell, "until", shell.t("vpn-until")).value(&typed.until),
            Field::area(&shell, "why", shell.t("vpn-why"))
                .hint(shell.t("vpn-why-hint"))
                .rows(3)
                .value(&typed.why),
        ];
        let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
        let names = self.names([Some(device.holder)]).await?;
        let holder = names.get(&device.holder).map(|name| shell.text(name).to_owned());
        Ok(NewPage {
            places: crate::places::places(&shell),
            device: id,
            name: device.name,
            holder: holder.unwrap_or_default(),
            is_empty,
            faults: named(faults, &fields),
            fields,
            refusal: refusal.filter(|it| it.items.is_empty()),
            shell,
        })
    }
}

async fn new(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<NewPage>, web::Error> {
    Ok(Page(devices.grant_page(&actor, shell, id, None, None).await?))
}

async fn grant(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<PermissionWish>,
) -> Result<Response, web::Error> {
    let device = devices.kept(&actor, id).await?;
    let (acting, offset) = (devices.acting(&actor), devices.offset);
    let verb = GrantVpn { acting, offset, device: id, wish: typed.clone() };
    match devices.carry_out(&actor, &device.ledger_subject(), verb, None).await {
        Ok(made) => Ok(see_other(&format!("/desk/devices/vpn/permissions/{made}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, devices.grant_page(&actor, shell, id, Some(typed), Some(refusal)).await?))
        }
    }
}
