//! `/account/systems`: where a person signed in with this account, what each system learns, and the way to take that back.

use std::sync::Arc;

use askama::Template;
use authz::Failure;
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Page, Path, Query, Shell, components::Link, see_other};

use super::{Consent, table, withdraw::Withdraw};
use crate::{OpenId, client};

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new().route("/account/systems", get(show)).route("/account/systems/{id}/withdraw", post(withdraw))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

struct Row {
    id: Uuid,
    name: String,
    body: String,
    learns: Vec<String>,
    since: String,
    used: String,
}

#[derive(Template)]
#[template(path = "consent/page.html")]
struct ConsentsPage {
    trail: Vec<Link>,
    rows: Vec<Row>,
    done: String,
    shell: Shell,
}

async fn show(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Query(asked): Query<Asked>,
    shell: Shell,
) -> Result<Page<ConsentsPage>, web::Error> {
    let given = table::of_person(&openid.store.read(), actor.person).await?;
    let mut rows = Vec::with_capacity(given.len());
    for consent in &given {
        rows.extend(openid.row(&shell, consent).await?);
    }
    Ok(Page(ConsentsPage {
        trail: vec![Link::new("/account", shell.t("identity-account"))],
        rows,
        done: if asked.done == "withdrawn" { shell.t("consent-done") } else { String::new() },
        shell,
    }))
}

impl OpenId {
    async fn row(&self, shell: &Shell, consent: &Consent) -> Result<Option<Row>, Failure> {
        let sql = self.store.read();
        let Some(client) = client::table::find(&sql, consent.client).await? else { return Ok(None) };
        let body = organisations::body(&sql, client.body).await?;
        let learns = consent.scopes.iter().map(|scope| shell.t(&format!("system-scope-{}", scope.word())));
        Ok(Some(Row {
            id: client.id,
            name: shell.text(&client.name).to_owned(),
            body: body.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default(),
            learns: learns.collect(),
            since: shell.day(consent.given_at),
            used: shell.ago(consent.used_at),
        }))
    }
}

async fn withdraw(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(client): Path<Uuid>,
) -> Result<Response, web::Error> {
    openid.write(Withdraw { person: actor.person, client, at: openid.clock.now() }).await?;
    Ok(see_other("/account/systems?done=withdrawn"))
}
