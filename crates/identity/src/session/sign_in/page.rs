//! The sign-in page: the password, then the code on the same path, nothing typed twice.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use askama::Template;
use authz::{Actor, Failure, Refusal, Via};
use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Page, Query, Shell, components::Field, see_other, stay};

use super::{Awaited, CODE_EXPIRED, Credentials, Opened, Origin, PERSISTENT_FORBIDDEN, Step};
use crate::{
    DemoPerson, Identity, MaybeCaller, SignOut,
    account::TOLD_ON_THE_PAGE,
    code_at, cookies, person,
    proof::{Shown, field},
    recognise::{WAITING_COOKIE, cookie},
    security_key::challenge::Question,
};

/// Where a sign-in leads when it was asked for by itself.
const HOME: &str = "/";
/// An address to come back to is never longer; those that other systems lead here with are the longest.
const NEXT_BYTES_MAX: usize = 4_000;

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/sign-in", get(show).post(submit)).route("/sign-out", post(sign_out))
}

/// The page that leads back to `next`.
pub fn sign_in_href(next: &str) -> String {
    web::address("/sign-in", [("next", next)])
}

/// The same for somebody who is signed in and shall show anew who they are.
pub fn sign_in_again_href(next: &str) -> String {
    web::address("/sign-in", [("again", "1"), ("next", next)])
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
    /// The password was right: what may be shown besides it, and a question to the keys.
    awaited: Option<Awaited>,
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
    /// Whoever is signed in shall show anew who they are.
    again: Option<String>,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    password: String,
    code: Option<String>,
    /// A code is wanted by text message.
    text: Option<String>,
    /// What a key answered to the question with this id.
    challenge: Option<Uuid>,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    r#as: String,
    /// No form of ours asks for it; who does so all the same is refused.
    #[serde(default, alias = "remember")]
    persistent: String,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Response {
    let next = own_path(asked.next.as_deref().unwrap_or(HOME));
    let chosen = asked.r#as.as_deref().and_then(|key| identity.demo.iter().find(|one| one.key == key));
    if caller.is_some() && chosen.is_none() && asked.again.is_none() {
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
    let waiting = cookie(&headers, WAITING_COOKIE).unwrap_or_default();
    if !typed.persistent.is_empty() {
        let awaited = if typed.identifier.is_empty() { identity.awaited(waiting).await? } else { None };
        let refusal = PERSISTENT_FORBIDDEN;
        return Ok(stay(refusal.kind, typed.page(&identity, shell, awaited, Some(refusal))));
    }
    if typed.text.is_some() {
        return send_text(&identity, shell, waiting, &typed).await;
    }
    let outcome = match typed.shown() {
        Some(shown) => identity.sign_in_with(waiting, shown, &origin).await.map(Step::Opened),
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
            let refusal = identity.text_if_alone(&secret).await?;
            let awaited = identity.awaited(&secret).await?;
            let mut response = Page(typed.page(&identity, shell, awaited, refusal)).into_response();
            cookies::add(response.headers_mut(), identity.waiting_cookie(&secret));
            Ok(response)
        }
        Err(Failure::Refused(refusal)) => {
            // Somebody who showed something wrong besides the password goes on there, as long as the sign-in waits.
            let goes_on = typed.shown().is_some() && refusal.code != CODE_EXPIRED.code;
            let awaited = if goes_on { identity.awaited(waiting).await? } else { None };
            Ok(stay(refusal.kind, typed.page(&identity, shell, awaited, Some(refusal))))
        }
        Err(broken) => Err(broken.into()),
    }
}

/// A code goes to the phone, and the page waits for it; or it says why none went.
async fn send_text(
    identity: &Identity,
    shell: Shell,
    waiting: &str,
    typed: &Typed,
) -> Result<Response, web::Error> {
    let refusal = match identity.text_for_sign_in(waiting).await {
        Ok(()) => None,
        Err(failure) => Some(failure.of(&TOLD_ON_THE_PAGE)?),
    };
    let kind = refusal.as_ref().map(|refusal| refusal.kind);
    let is_over = refusal.as_ref().is_some_and(|refusal| refusal.code == CODE_EXPIRED.code);
    let awaited = if is_over { None } else { identity.awaited(waiting).await? };
    Ok(stay(kind, typed.page(identity, shell, awaited, refusal)))
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

impl Identity {
    /// Ends the session with which somebody calls; the line makes the browser forget it.
    pub async fn sign_out(&self, actor: &Actor) -> Result<Option<HeaderValue>, Failure> {
        leave(self, Some((actor.person, actor.via))).await?;
        Ok(self.no_session_cookie())
    }
}

/// Whoever signs in again leaves the session that the browser had.
async fn leave(identity: &Identity, caller: Option<(Uuid, Via)>) -> Result<(), Failure> {
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
    let asked = identity.asks_about_phone(opened.session.person).await?;
    let about = || web::address("/account/phone", [("again", "1"), ("next", next)]);
    let mut response = see_other(&if asked { about() } else { next.to_owned() });
    cookies::add(response.headers_mut(), identity.session_cookies(opened));
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
            awaited: None,
            refusal: None,
            cast: identity.demo.clone(),
            chosen: String::new(),
            code: None,
        }
    }

    fn title(&self) -> String {
        let key = match &self.awaited {
            Some(awaited) if awaited.question.is_some() => "identity-confirm-title",
            Some(_) => "identity-code-title",
            None => "identity-sign-in-title",
        };
        self.shell.t(key)
    }

    fn question(&self) -> Option<&Question> {
        self.awaited.as_ref().and_then(|awaited| awaited.question.as_ref())
    }

    fn code_lead(&self) -> &'static str {
        let alone = self.awaited.as_ref().is_some_and(|awaited| awaited.means.is_phone_alone());
        if alone { "identity-code-lead-phone" } else { "identity-code-lead" }
    }

    fn has_code(&self) -> bool {
        self.awaited.as_ref().is_some_and(|awaited| awaited.means.has_code())
    }

    fn fields(&self) -> Vec<Field> {
        let shell = &self.shell;
        if let Some(awaited) = &self.awaited {
            let code = field::code(shell, "code", awaited.means);
            return vec![if awaited.question.is_some() { code } else { code.attribute("autofocus", "") }];
        }
        let identifier = Field::text(shell, "identifier", shell.t("identity-identifier"))
            .hint(shell.t("identity-identifier-hint"))
            .value(self.identifier.as_str())
            .autocomplete("username")
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "40")
            .short();
        let password = field::password(shell, "password", "identity-password", field::CURRENT)
            .value(self.password.as_str());
        vec![identifier, password]
    }
}

impl Typed {
    /// The page again: the identifier stays, the password never travels back.
    fn page(
        &self,
        identity: &Identity,
        shell: Shell,
        awaited: Option<Awaited>,
        refusal: Option<Refusal>,
    ) -> SignInPage {
        let code_step = awaited.is_some();
        let mut page = SignInPage::blank(identity, shell, own_path(&self.next));
        page.identifier.clone_from(&self.identifier);
        page.awaited = awaited;
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

    /// What came besides the password, when anything did.
    fn shown(&self) -> Option<Shown<'_>> {
        match (self.challenge, &self.code) {
            (Some(challenge), _) => Some(Shown::Key { challenge, answer: &self.answer }),
            (None, Some(code)) => Some(Shown::Code(code)),
            (None, None) => None,
        }
    }
}
