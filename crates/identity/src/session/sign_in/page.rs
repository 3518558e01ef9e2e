//! The sign-in page: the password, then the code on the same path, nothing typed twice.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use askama::Template;
use authz::{Failure, Refusal, Via};
use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use web::{Form, Page, Query, Shell, components::Field, see_other};

use super::{CODE_EXPIRED, Credentials, Opened, Origin, Step};
use crate::{
    DemoPerson, Identity, MaybeCaller, SignOut, code_at, cookies, person,
    recognise::{WAITING_COOKIE, cookie},
};

/// Where a sign-in leads when it was asked for by itself.
const HOME: &str = "/";
/// An address to come back to is never longer.
const NEXT_BYTES_MAX: usize = 2_000;

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/sign-in", get(show).post(submit)).route("/sign-out", post(sign_out))
}

/// The page that leads back to `next`.
pub(crate) fn sign_in_href(next: &str) -> String {
    format!("/sign-in?next={}", utf8_percent_encode(next, NON_ALPHANUMERIC))
}

/// Only paths of this site: `//host`, `/\host` and `/<tab>/host` are addresses of others to a browser.
pub(crate) fn own_path(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= NEXT_BYTES_MAX
        && !next.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace())
        && !next.starts_with("/sign-");
    if own { next } else { HOME }
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    /// An address that the guard did not tell is counted as one and the same.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Origin, Infallible> {
        let unknown = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|line| line.to_str().ok());
        Ok(Origin {
            address: parts.extensions.get::<web::Peer>().map_or(unknown, |peer| peer.0),
            user_agent: agent.unwrap_or_default().to_owned(),
        })
    }
}

#[derive(Template)]
#[template(path = "session/sign_in/page.html")]
struct SignInPage {
    shell: Shell,
    next: String,
    identifier: String,
    /// Only ever filled in a demo.
    password: String,
    /// The password was right; the code is asked for.
    code_step: bool,
    refusal: Option<Refusal>,
    /// In a demo: whom one may be, and who was chosen.
    cast: Vec<DemoPerson>,
    chosen: String,
    /// In a demo: the code of this moment.
    code: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    next: Option<String>,
    r#as: Option<String>,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    password: String,
    code: Option<String>,
    #[serde(default)]
    next: String,
    #[serde(default)]
    r#as: String,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Response {
    let next = own_path(asked.next.as_deref().unwrap_or(HOME));
    let chosen = asked.r#as.as_deref().and_then(|key| identity.demo.iter().find(|one| one.key == key));
    if caller.is_some() && chosen.is_none() {
        return see_other(next);
    }
    let mut page = SignInPage::blank(&identity, shell, next);
    if let Some(one) = chosen {
        page.identifier.clone_from(&one.identifier);
        page.password.clone_from(&one.password);
        page.chosen.clone_from(&one.key);
    }
    Page(page).into_response()
}

async fn submit(
    State(identity): State<Arc<Identity>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    origin: Origin,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let outcome = match &typed.code {
        Some(code) => {
            let waiting = cookie(&headers, WAITING_COOKIE).unwrap_or_default();
            identity.sign_in_code(waiting, code, &origin).await.map(Step::Opened)
        }
        None => {
            let typed = Credentials {
                identifier: typed.identifier.clone(),
                password: typed.password.clone(),
                code: None,
            };
            identity.sign_in(&typed, &origin).await
        }
    };
    match outcome {
        Ok(Step::Opened(opened)) => {
            leave(&identity, caller.map(|actor| (actor.person, actor.via))).await?;
            arrive(&identity, &opened, &headers, own_path(&typed.next)).await
        }
        Ok(Step::CodeNeeded { secret }) => {
            let mut response = Page(typed.page(&identity, shell, true, None)).into_response();
            cookies::add(response.headers_mut(), identity.waiting_cookie(&secret));
            Ok(response)
        }
        Err(Failure::Refused(refusal)) => Ok(typed.refused(&identity, shell, refusal)),
        Err(broken) => Err(broken.into()),
    }
}

async fn sign_out(
    State(identity): State<Arc<Identity>>,
    MaybeCaller(caller): MaybeCaller,
) -> Result<Response, web::Error> {
    leave(&identity, caller.map(|actor| (actor.person, actor.via))).await?;
    let mut response = see_other(HOME);
    cookies::add(response.headers_mut(), identity.no_session_cookie());
    Ok(response)
}

/// Whoever signs in again leaves the session that the browser had.
async fn leave(identity: &Identity, caller: Option<(uuid::Uuid, Via)>) -> Result<(), Failure> {
    if let Some((person, Via::Session(session))) = caller {
        identity.write(SignOut { at: identity.clock.now(), person, session }).await?;
    }
    Ok(())
}

async fn arrive(
    identity: &Identity,
    opened: &Opened,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response, web::Error> {
    let mut response = see_other(next);
    cookies::add(response.headers_mut(), identity.session_cookies(opened, identity.clock.now()));
    if let Some(person) = person::table::person(&identity.store.read(), opened.session.person).await? {
        cookies::add(response.headers_mut(), identity.preference_cookies(&person, headers));
    }
    Ok(response)
}

impl SignInPage {
    fn blank(identity: &Identity, shell: Shell, next: &str) -> SignInPage {
        SignInPage {
            shell,
            next: next.to_owned(),
            identifier: String::new(),
            password: String::new(),
            code_step: false,
            refusal: None,
            cast: identity.demo.clone(),
            chosen: String::new(),
            code: None,
        }
    }

    fn title(&self) -> String {
        self.shell.t(if self.code_step { "identity-code-title" } else { "identity-sign-in-title" })
    }

    fn fields(&self) -> Vec<Field> {
        let shell = &self.shell;
        if self.code_step {
            let code =
                Field::text(shell, "code", shell.t("identity-code")).hint(shell.t("identity-code-hint"));
            let code = code.autocomplete("one-time-code").attribute("inputmode", "numeric");
            return vec![code.attribute("maxlength", "12").attribute("autofocus", "").short()];
        }
        let identifier = Field::text(shell, "identifier", shell.t("identity-identifier"))
            .hint(shell.t("identity-identifier-hint"))
            .value(self.identifier.as_str())
            .autocomplete("username")
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "40")
            .short();
        let password = Field::password(shell, "password", shell.t("identity-password"))
            .value(self.password.as_str())
            .autocomplete("current-password")
            .attribute("maxlength", "512")
            .short();
        vec![identifier, password]
    }
}

impl Typed {
    /// The page again: the identifier stays, the password never travels back.
    fn page(
        &self,
        identity: &Identity,
        shell: Shell,
        code_step: bool,
        refusal: Option<Refusal>,
    ) -> SignInPage {
        let mut page = SignInPage::blank(identity, shell, own_path(&self.next));
        page.identifier.clone_from(&self.identifier);
        page.code_step = code_step;
        page.refusal = refusal;
        let typed = person::identifier(&self.identifier);
        let one = identity
            .demo
            .iter()
            .find(|one| Some(&one.identifier) == typed.as_ref() || (code_step && one.key == self.r#as));
        if let (true, Some(one)) = (code_step, one) {
            page.chosen.clone_from(&one.key);
            page.code = one.totp_secret.as_deref().and_then(|secret| code_at(secret, identity.clock.now()));
        }
        page
    }

    fn refused(&self, identity: &Identity, shell: Shell, refusal: Refusal) -> Response {
        let code_step = self.code.is_some() && refusal.code != CODE_EXPIRED.code;
        let status = match refusal.kind {
            authz::Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            authz::Kind::NotAllowed => StatusCode::FORBIDDEN,
            authz::Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNAUTHORIZED,
        };
        (status, Page(self.page(identity, shell, code_step, Some(refusal)))).into_response()
    }
}
