//! `/openid/end-session`: a system sends a person here to sign out (OpenID Connect RP-Initiated Logout 1.0). The person is asked,
//! always: no site ends another's session by a link. Afterwards every system that the session reached is told.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Via};
use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::MaybeCaller;
use web::{Form, Page, Query, Shell, see_other};

use crate::{
    OpenId,
    asked::Pairs,
    authorize::{CLIENT_UNKNOWN, GoOnPage, REDIRECT_UNREGISTERED, with_answer},
    client::Client,
};

/// Where somebody goes whom no system awaits.
const HOME: &str = "/";

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new().route("/openid/end-session", get(show).post(leave))
}

/// Who awaits the person, and where.
struct Awaiting {
    client: Client,
    href: String,
}

#[derive(Template)]
#[template(path = "leave/page.html")]
struct LeavePage {
    /// Empty where no system is named.
    system: String,
    kept: Vec<(String, String)>,
    shell: Shell,
}

async fn show(
    State(openid): State<Arc<OpenId>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let pairs = Pairs(pairs);
    let (client, awaiting) = openid.awaiting(&pairs).await?;
    if !is_signed_in(caller.as_ref()) {
        return Ok(see_other(awaiting.as_ref().map_or(HOME, |it| it.href.as_str())));
    }
    let system = client.map(|client| shell.text(&client.name).to_owned()).unwrap_or_default();
    Ok(Page(LeavePage { system, kept: pairs.0, shell }).into_response())
}

async fn leave(
    State(openid): State<Arc<OpenId>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let (_, awaiting) = openid.awaiting(&Pairs(pairs)).await?;
    let cookie = match caller {
        Some(actor) => openid.identity.sign_out(&actor).await?,
        None => None,
    };
    let mut response = match awaiting {
        Some(awaiting) => Page(GoOnPage::to(awaiting.href, &awaiting.client, shell)).into_response(),
        None => see_other(HOME),
    };
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn is_signed_in(caller: Option<&Actor>) -> bool {
    caller.is_some_and(|actor| matches!(actor.via, Via::Session(_)))
}

impl OpenId {
    /// The system that asks, told by its own token or its name, and where it wants the person: an address that it registered.
    async fn awaiting(&self, pairs: &Pairs) -> Result<(Option<Client>, Option<Awaiting>), Failure> {
        let hint = self.read_own(pairs.one("id_token_hint")).await?;
        let hinted = hint.as_ref().and_then(|claims| claims["aud"].as_str()).unwrap_or_default();
        let named = pairs.one("client_id");
        if !hinted.is_empty() && !named.is_empty() && hinted != named {
            return Err(CLIENT_UNKNOWN.into());
        }
        let client = self.client_named(if named.is_empty() { hinted } else { named }).await?;
        let uri = pairs.one("post_logout_redirect_uri");
        if uri.is_empty() {
            return Ok((client, None));
        }
        let client = client.ok_or(CLIENT_UNKNOWN)?;
        if !client.has_after_logout(uri) {
            return Err(REDIRECT_UNREGISTERED.into());
        }
        let href = with_answer(uri, [("state", pairs.one("state"))]);
        Ok((Some(client.clone()), Some(Awaiting { client, href })))
    }
}
