//! `/account/authenticator`: whether an authenticator app is set up, setting one up, and giving it up.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use clock::Timestamp;
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Field, Link, Qr, named},
    see_other, stay,
};

use super::{address, table};
use crate::{
    Caller, Identity, Person,
    account::TOLD_ON_THE_PAGE,
    password::table::known_by_id,
    person,
    proof::{Means, field},
    session::sign_in::Origin,
};

/// Letters of a secret that stand together when somebody types it.
const GROUP: usize = 4;

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new()
        .route("/account/authenticator", get(show).post(start))
        .route("/account/authenticator/confirm", post(confirm))
        .route("/account/authenticator/remove", post(remove))
}

#[derive(Template)]
#[template(path = "factor/page.html")]
struct AuthenticatorPage {
    trail: Vec<Link>,
    enrolled_at: Option<Timestamp>,
    /// It is the only second factor of somebody whose role needs one.
    must_keep: bool,
    /// What is shown while one is being set up: the picture, and the same to be typed.
    picture: Option<Qr>,
    secret: String,
    password_field: Field,
    code_field: Field,
    is_set: bool,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Deserialize)]
struct Asked {
    set: Option<String>,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let page = identity.authenticator(&caller, shell, None).await?;
    Ok(Page(AuthenticatorPage { is_set: asked.set.is_some(), ..page }).into_response())
}

/// Not `Debug`: it holds a password.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    present: String,
    #[serde(default)]
    code: String,
}

async fn start(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    origin: Origin,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let (person, session) = (identity.caller(&caller).await?, caller.own_session()?);
    let outcome = identity.start_totp(&person, session, &typed.present, &origin).await;
    identity.answered(outcome, "/account/authenticator", &caller, shell).await
}

async fn confirm(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    origin: Origin,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let (person, session) = (identity.caller(&caller).await?, caller.own_session()?);
    let outcome = identity.confirm_totp(&person, session, &typed.code, &origin).await;
    identity.answered(outcome, "/account/authenticator?set=1", &caller, shell).await
}

async fn remove(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    origin: Origin,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let person = identity.caller(&caller).await?;
    caller.own_session()?;
    let outcome = identity.remove_totp(&person, &typed.present, &origin).await;
    identity.answered(outcome, "/account/authenticator", &caller, shell).await
}

impl Identity {
    async fn caller(&self, caller: &Caller) -> Result<Person, Failure> {
        let person = person::table::person(&self.store.read(), caller.0.person).await?;
        Ok(person.ok_or(Refusal::not_found())?)
    }

    /// On to the next page, or the same page with what stood in the way.
    async fn answered(
        &self,
        outcome: Result<(), Failure>,
        next: &str,
        caller: &Caller,
        shell: Shell,
    ) -> Result<Response, web::Error> {
        match outcome {
            Ok(()) => Ok(see_other(next)),
            Err(failure) => {
                let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
                let kind = refusal.kind;
                Ok(stay(kind, self.authenticator(caller, shell, Some(refusal)).await?))
            }
        }
    }

    async fn authenticator(
        &self,
        caller: &Caller,
        shell: Shell,
        refusal: Option<Refusal>,
    ) -> Result<AuthenticatorPage, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let person = self.caller(caller).await?;
        let known = known_by_id(&sql, person.id, now).await?.ok_or(Refusal::not_found())?;
        let secret = match caller.session() {
            Some(session) => self.starting_totp(person.id, session).await?,
            None => None,
        };
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let password_field =
            field::password(&shell, "present", "identity-password-present", field::CURRENT).faults(&faults);
        let app = Means { app: true, ..Means::default() };
        let code_field = field::code(&shell, "code", app).faults(&faults);
        let picture = secret.as_deref().and_then(|secret| picture(&shell, secret, &person));
        Ok(AuthenticatorPage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            enrolled_at: table::enrolled_at(&sql, person.id).await?,
            must_keep: known.staff && !known.has_good_key && known.good_phone.is_none(),
            faults: named(faults, &[password_field.clone(), code_field.clone()]),
            secret: secret.as_deref().map(grouped).unwrap_or_default(),
            is_set: false,
            password_field,
            code_field,
            picture,
            refusal,
            shell,
        })
    }
}

/// The account is named by the last digits alone: the picture may be seen by whoever stands behind.
fn picture(shell: &Shell, secret: &str, person: &Person) -> Option<Qr> {
    let account = format!("…{}", person.identifier.chars().skip(8).collect::<String>());
    let address = address(secret, shell.text(&shell.site().name), &account)?;
    Qr::new(&address, shell.t("identity-authenticator-picture")).ok()
}

fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(GROUP).map(|some| some.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
