//! `/account/email`: where letters go, a new address for them, and the code that shows that letters arrive there.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{
    CODE_DIGITS, EMAIL_CHARACTERS_MAX, EMAIL_TRIES_MAX, EmailChange,
    ask::AskEmail,
    confirm::{ConfirmEmail, Confirmed, DropEmail},
    provider::{self, PREFERS_DOMESTIC},
    table,
};
use crate::{Caller, Identity, Person, person};

const WRONG: Refusal = Refusal::new(Kind::Invalid, "identity.email_code_wrong", &["LY-SVC-18.1b"]);
const OVER: Refusal = Refusal::new(Kind::Conflict, "identity.email_over", &["LY-SVC-18.1b"]);

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new()
        .route("/account/email", get(show).post(ask))
        .route("/account/email/confirm", post(confirm))
        .route("/account/email/drop", post(give_up))
}

#[derive(Template)]
#[template(path = "email/page.html")]
struct EmailPage {
    trail: Vec<Link>,
    person: Person,
    /// A change that waits for its code, with when it ends and how many tries are left.
    waiting: Option<EmailChange>,
    until: String,
    tries_left: i64,
    is_changed: bool,
    /// Works for a body and has an address abroad: taken, with a remark.
    is_foreign: bool,
    email_field: Field,
    code_field: Field,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// From the letter, so that it need not be typed; it is sent by a button all the same.
    code: Option<String>,
    changed: Option<String>,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let typed = Typed { code: asked.code.unwrap_or_default(), ..Typed::default() };
    let page = identity.email_page(actor.person, shell, &typed, None).await?;
    let is_foreign = !actor.roles.is_empty() && provider::is_foreign(&page.person.email);
    Ok(Page(EmailPage { is_changed: asked.changed.is_some(), is_foreign, ..page }).into_response())
}

/// What was typed, either of the two.
#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    code: String,
}

async fn ask(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let now = identity.clock.now();
    let asked = AskEmail { person: actor.person, email: typed.email.clone(), now };
    match identity.write(asked).await {
        Ok(()) => Ok(see_other("/account/email")),
        Err(Failure::Refused(refusal)) => Ok(identity.refused(actor.person, shell, &typed, refusal).await?),
        Err(failure) => Err(failure.into()),
    }
}

async fn confirm(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let (key, now) = (identity.key.clone(), identity.clock.now());
    let verb = ConfirmEmail { person: actor.person, code: typed.code.clone(), key, now };
    let refusal = match identity.write(verb).await? {
        Confirmed::Changed => return Ok(see_other("/account/email?changed=1")),
        Confirmed::Wrong(left) => WRONG.with_item("code", "code_wrong", &left.to_string()),
        Confirmed::Over => OVER,
    };
    Ok(identity.refused(actor.person, shell, &typed, refusal).await?)
}

async fn give_up(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
) -> Result<Response, web::Error> {
    identity.write(DropEmail { person: actor.person }).await?;
    Ok(see_other("/account/email"))
}

impl Identity {
    async fn refused(
        &self,
        person: uuid::Uuid,
        shell: Shell,
        typed: &Typed,
        refusal: Refusal,
    ) -> Result<Response, Failure> {
        let theirs = [Kind::Invalid, Kind::Conflict, Kind::TooMany, Kind::Unavailable];
        let refusal = Failure::from(refusal).of(&theirs)?;
        let kind = refusal.kind;
        Ok(stay(kind, self.email_page(person, shell, typed, Some(refusal)).await?))
    }

    async fn email_page(
        &self,
        person: uuid::Uuid,
        shell: Shell,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<EmailPage, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let person = person::table::person(&sql, person).await?.ok_or(Refusal::not_found())?;
        let waiting = table::of_person(&sql, person.id).await?.filter(|change| change.is_good(now));
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let email_field = Field::email(&shell, "email", shell.t("identity-email-new"))
            .hint(shell.t("identity-email-new-hint"))
            .attribute("maxlength", &EMAIL_CHARACTERS_MAX.to_string())
            .value(typed.email.as_str())
            .faults(&faults);
        let code_field = Field::text(&shell, "code", shell.t("identity-email-code"))
            .hint(shell.t1("identity-email-code-hint", "count", CODE_DIGITS))
            .attribute("inputmode", "numeric")
            .attribute("autocomplete", "one-time-code")
            .short()
            .value(typed.code.as_str())
            .faults(&faults);
        Ok(EmailPage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            until: waiting.as_ref().map(|change| shell.moment(change.expires_at)).unwrap_or_default(),
            tries_left: waiting.as_ref().map_or(0, |change| EMAIL_TRIES_MAX - change.tries),
            faults: named(faults, &[email_field.clone(), code_field.clone()]),
            is_changed: false,
            is_foreign: false,
            waiting,
            email_field,
            code_field,
            refusal,
            person,
            shell,
        })
    }
}
