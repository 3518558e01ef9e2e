//! `/account/device`: a session learns with which device it is used. The program on the device opens this page with a ticket;
//! the person at it says yes, so that no page of others does it for them.

use std::sync::Arc;

use askama::Template;
use authz::Failure;
use axum::{Extension, Router, extract::State, response::Response, routing::get};
use compliance::Door;
use identity::{Caller, Seat};
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Page, Query, Shell, see_other};

use super::{
    bind::{Bind, TICKET_WRONG},
    table,
};
use crate::Devices;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new().route("/account/device", get(show).post(bind))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ticket {
    ticket: String,
}

#[derive(Template)]
#[template(path = "device/seat.html")]
struct SeatPage {
    /// The device of the ticket; empty without one that is good.
    name: String,
    ticket: String,
    /// The device that showed itself before.
    shown: String,
    zone: String,
    shell: Shell,
}

impl Devices {
    /// What the holder calls the device of a ticket that is theirs and good.
    async fn ticket_name(&self, person: Uuid, ticket: &str) -> Result<Option<String>, Failure> {
        if !identity::is_secret(ticket) {
            return Ok(None);
        }
        let sql = self.store.read();
        let hash = identity::secret_hash(ticket);
        let Some(id) = table::ticket(&sql, &hash, self.clock.now()).await? else { return Ok(None) };
        let device = table::find(&sql, id).await?.filter(|device| device.holder == person);
        Ok(device.map(|device| device.name))
    }
}

async fn show(
    State(devices): State<Arc<Devices>>,
    Extension(seat): Extension<Seat>,
    Caller(actor): Caller,
    Query(asked): Query<Ticket>,
    shell: Shell,
) -> Result<Page<SeatPage>, web::Error> {
    let name = devices.ticket_name(actor.person, &asked.ticket).await?.unwrap_or_default();
    let bound = match seat.device {
        Some(id) => table::find(&devices.store.read(), id).await?,
        None => None,
    };
    let zone = bound.as_ref().map_or(seat.zone, |device| device.zone(seat.zone));
    Ok(Page(SeatPage {
        ticket: asked.ticket,
        shown: bound.map(|device| device.name).unwrap_or_default(),
        zone: shell.t(&format!("identity-zone-{}", zone.word())),
        name,
        shell,
    }))
}

async fn bind(
    State(devices): State<Arc<Devices>>,
    Extension(seat): Extension<Seat>,
    caller: Caller,
    Form(posted): Form<Ticket>,
) -> Result<Response, web::Error> {
    let session = caller.session().filter(|_| identity::is_secret(&posted.ticket)).ok_or(TICKET_WRONG)?;
    let actor = &caller.0;
    let ticket = identity::secret_hash(&posted.ticket);
    let verb = Bind { acting: devices.acting(actor), session, zone: seat.zone, ticket };
    let outcome = devices.carry_out(actor, &format!("person/{}", actor.person), verb, None).await;
    if let Err(Failure::Refused(refusal)) = &outcome {
        devices.alert(actor, refusal).await?;
    }
    outcome?;
    Ok(see_other("/account/device"))
}
