//! `/account/vpn`: what somebody is allowed, and its configuration, which is handed out once.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    http::HeaderValue,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Field, named},
    stay,
};

use super::{
    Permission, Standing,
    issue::{IssueConfiguration, key},
    table,
};
use crate::{
    Devices, attached,
    vpn::{self, gateway},
};

/// Permissions of one person that the page lists, the newest.
const PERMISSIONS_SHOWN_MAX: i64 = 20;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/account/vpn", get(list))
        .route("/account/vpn/{id}/configuration", post(configuration))
}

struct Own {
    id: Uuid,
    vpn: String,
    device: String,
    state: String,
    signal: &'static str,
    from: String,
    until: String,
    /// Asks for the device's own key, where the configuration waits.
    key: Option<Field>,
}

#[derive(Template)]
#[template(path = "permission/own.html")]
struct OwnPage {
    held: Vec<Own>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn own_permissions(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: Option<(Uuid, &str, Refusal)>,
    ) -> Result<OwnPage, Failure> {
        let found = table::of_person(&self.store.read(), actor.person, PERMISSIONS_SHOWN_MAX).await?;
        let about = self.about_permissions(&found).await?;
        let now = self.clock.now();
        let faults = typed.as_ref().map(|(_, _, refusal)| shell.faults(refusal)).unwrap_or_default();
        let mut held = Vec::with_capacity(found.len());
        for permission in &found {
            let typed = typed.as_ref().filter(|(id, ..)| *id == permission.id);
            let row = about.row(&shell, permission, now);
            let waits = matches!(permission.standing(now), Standing::Ahead | Standing::Granted);
            let key = (waits && permission.issued_at.is_none()).then(|| {
                let field = Field::text(&shell, "key", shell.t("vpn-own-key"))
                    .hint(shell.t("vpn-own-key-hint"))
                    .optional()
                    .attribute("dir", "ltr")
                    .attribute("maxlength", "44")
                    .value(typed.map(|(_, typed, _)| *typed).unwrap_or_default());
                if typed.is_some() { field.faults(&faults) } else { field }
            });
            held.push(Own {
                id: permission.id,
                vpn: row.vpn,
                device: row.device,
                state: row.state,
                signal: permission.standing(now).signal(),
                from: shell.day(permission.from_at),
                until: shell.day(permission.ended_at.unwrap_or(permission.until_at)),
                key,
            });
        }
        let fields: Vec<Field> = held.iter().filter_map(|own| own.key.clone()).collect();
        let refusal = typed.map(|(_, _, refusal)| refusal).filter(|it| it.items.is_empty());
        Ok(OwnPage { held, faults: named(faults, &fields), refusal, shell })
    }

    /// A permission of this person, or none at all.
    pub(super) async fn own_permission(&self, actor: &Actor, id: Uuid) -> Result<Permission, Failure> {
        let held = table::find(&self.store.read(), id).await?;
        Ok(held.filter(|held| held.person == actor.person).ok_or_else(Refusal::not_found)?)
    }
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<OwnPage>, web::Error> {
    Ok(Page(devices.own_permissions(&actor, shell, None).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    key: String,
}

/// No redirect: the private half stands in this one file and nowhere else.
async fn configuration(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    match devices.issue(&actor, id, &typed.key).await {
        Ok((name, file)) => {
            let mut headers = attached(&name, "text/plain; charset=utf-8");
            headers.insert("cache-control", HeaderValue::from_static("no-store"));
            Ok((headers, file).into_response())
        }
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let told = Some((id, typed.key.as_str(), refusal));
            Ok(stay(kind, devices.own_permissions(&actor, shell, told).await?))
        }
    }
}

impl Devices {
    /// The name and the text of the file. Without a key of the device's own a pair is made for it.
    async fn issue(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<(String, String), Failure> {
        let held = self.own_permission(actor, id).await?;
        let made = typed.trim().is_empty().then(gateway::Pair::new);
        let public = match &made {
            Some(pair) => pair.public.clone(),
            None => key(typed)?,
        };
        let verb = IssueConfiguration { acting: self.acting(actor), permission: id, key: public };
        self.carry_out(actor, &held.ledger_subject(), verb, None).await?;
        let vpn = vpn::table::find(&self.store.read(), held.vpn).await?.ok_or_else(Refusal::not_found)?;
        let private = made.as_ref().map(|pair| pair.private.as_str());
        Ok((format!("{}.conf", vpn.interface), gateway::device_file(&vpn, held.place, private)))
    }
}
