//! `/desk/devices/losses`: what was reported, a report on somebody's behalf, and an account that is opened again.

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
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{Loss, enable::Enable, export, page::when_and_how, report::LossWish, table};
use crate::{
    Devices,
    authority::{About, bodies_of, unseen},
    device,
    places::places,
};

/// Rows of a page.
const PAGE_LOSSES: usize = 25;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices/losses", get(list).post(report))
        .route("/desk/devices/losses/new", get(new))
        .route("/desk/devices/losses/file", get(export::file))
        .route("/desk/devices/losses/{id}", get(show))
        .route("/desk/devices/losses/{id}/enable", post(enable))
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct LossesAsked {
    /// `open` for those after which the account is still shut; else all.
    pub state: String,
    /// From the answer before.
    pub cursor: String,
}

pub(crate) struct Listed {
    pub losses: Vec<Loss>,
    pub next: Option<String>,
}

impl Devices {
    pub(crate) async fn losses(&self, actor: &Actor, asked: &LossesAsked) -> Result<Listed, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let only_open = asked.state == "open";
        let mut losses = table::listed(&sql, &sight, only_open, before, PAGE_LOSSES as i64 + 1).await?;
        let next = Cursor::cut(&mut losses, PAGE_LOSSES, |last| last.id)?;
        Ok(Listed { losses, next })
    }

    /// A loss that this person may see, or none at all.
    pub(crate) async fn loss(&self, actor: &Actor, id: Uuid) -> Result<Loss, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await.map_err(unseen)?;
        let loss = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let bodies = bodies_of(&sql, loss.person, self.clock.now()).await?;
        let sees = sight.all || bodies.iter().any(|body| sight.bodies.contains(body));
        if sees { Ok(loss) } else { Err(Refusal::not_found().into()) }
    }
}

struct Row {
    href: String,
    person: String,
    lost: String,
    reported: String,
    reporter: String,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "loss/list.html")]
struct ListPage {
    places: Vec<Link>,
    views: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    /// The same as a file.
    file: String,
    shell: Shell,
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<LossesAsked>,
    shell: Shell,
) -> Result<Page<ListPage>, web::Error> {
    let listed = devices.losses(&actor, &asked).await?;
    let people = listed.losses.iter().flat_map(|loss| [Some(loss.person), Some(loss.reported_by)]);
    let names = devices.names(people).await?;
    let name = |id: Uuid| names.get(&id).map(|name| shell.text(name).to_owned()).unwrap_or_default();
    let rows = listed.losses.iter().map(|loss| Row {
        href: loss.href(),
        person: name(loss.person),
        lost: shell.moment(loss.lost_at),
        reported: shell.moment(loss.reported_at),
        reporter: name(loss.reported_by),
        is_open: loss.enabled_at.is_none(),
    });
    let view = |state: &str, key: &str| {
        let href = if state.is_empty() {
            "/desk/devices/losses".into()
        } else {
            format!("/desk/devices/losses?state={state}")
        };
        Link::new(href, shell.t(key)).current(asked.state == state)
    };
    Ok(Page(ListPage {
        rows: rows.collect(),
        places: places(&shell),
        file: web::address("/desk/devices/losses/file", [("state", asked.state.as_str())]),
        views: vec![view("", "loss-view-all"), view("open", "loss-view-open")],
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: listed.next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
        shell,
    }))
}

#[derive(Template)]
#[template(path = "loss/new.html")]
struct NewPage {
    places: Vec<Link>,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn new_loss(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: Option<&LossWish>,
        refusal: Option<Refusal>,
    ) -> Result<NewPage, Failure> {
        self.acting(actor).sight(&self.store.read()).await?;
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let number = typed.map(|typed| typed.person.clone()).unwrap_or_default();
        let person = Field::text(&shell, "person", shell.t("loss-person"))
            .hint(shell.t("loss-person-hint"))
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "40")
            .short()
            .value(number);
        let rest = when_and_how(&shell, typed, self.now_words());
        let fields: Vec<Field> =
            [vec![person], rest].concat().into_iter().map(|field| field.faults(&faults)).collect();
        let refusal = refusal.filter(|it| it.items.is_empty());
        Ok(NewPage { places: places(&shell), faults: named(faults, &fields), refusal, fields, shell })
    }
}

async fn new(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<NewPage>, web::Error> {
    Ok(Page(devices.new_loss(&actor, shell, None, None).await?))
}

async fn report(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<LossWish>,
) -> Result<Response, web::Error> {
    // Without a number nobody is meant: whoever reports an own loss does so on the page of their account.
    let person = if typed.person.trim().is_empty() { "-".to_owned() } else { typed.person.clone() };
    match devices.report_loss(&actor, LossWish { person, ..typed.clone() }).await {
        Ok(id) => Ok(see_other(&format!("/desk/devices/losses/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, devices.new_loss(&actor, shell, Some(&typed), Some(refusal)).await?))
        }
    }
}

#[derive(Template)]
#[template(path = "loss/show.html")]
struct ShowPage {
    places: Vec<Link>,
    id: Uuid,
    person: String,
    device: String,
    lost: String,
    reported: String,
    words: String,
    /// Who opened the account again, and when; empty while it is shut.
    enabled: String,
    reason: String,
    enable: Option<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn loss_shown(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: &str,
        refusal: Option<Refusal>,
    ) -> Result<ShowPage, Failure> {
        let loss = self.loss(actor, id).await?;
        let sql = self.store.read();
        let bodies = bodies_of(&sql, loss.person, self.clock.now()).await?;
        let about = About { bodies, holder: Some(loss.person) };
        let may = loss.enabled_at.is_none() && self.acting(actor).may(&sql, "enable", &about).await?;
        let names = self.names([Some(loss.person), Some(loss.reported_by), loss.enabled_by]).await?;
        let name = |id: Uuid| names.get(&id).map(|name| shell.text(name).to_owned()).unwrap_or_default();
        let device = match loss.device {
            Some(id) => device::table::find(&sql, id).await?.map(|device| device.name),
            None => None,
        };
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let field = || {
            Field::area(&shell, "reason", shell.t("loss-reason"))
                .hint(shell.t("loss-reason-hint"))
                .rows(3)
                .value(typed)
                .faults(&faults)
        };
        let enable = may.then(field);
        let by =
            |who: Uuid, at: clock::Timestamp| shell.t2("loss-by", "who", name(who), "when", shell.moment(at));
        Ok(ShowPage {
            places: places(&shell),
            id,
            person: name(loss.person),
            device: device.unwrap_or_else(|| shell.t("loss-device-unknown")),
            lost: shell.moment(loss.lost_at),
            reported: by(loss.reported_by, loss.reported_at),
            words: loss.words,
            enabled: loss.enabled_by.zip(loss.enabled_at).map(|(who, at)| by(who, at)).unwrap_or_default(),
            reason: loss.reason,
            refusal: refusal.filter(|it| it.items.is_empty()),
            faults: named(faults.clone(), enable.as_slice()),
            enable,
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
    Ok(Page(devices.loss_shown(&actor, shell, id, "", None).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

async fn enable(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Reason>,
) -> Result<Response, web::Error> {
    let loss = devices.loss(&actor, id).await?;
    let verb = Enable { acting: devices.acting(&actor), loss: id, reason: typed.reason.clone() };
    match devices.carry_out(&actor, &loss.ledger_subject(), verb, None).await {
        Ok(()) => Ok(see_other(&format!("/desk/devices/losses/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, devices.loss_shown(&actor, shell, id, &typed.reason, Some(refusal)).await?))
        }
    }
}
