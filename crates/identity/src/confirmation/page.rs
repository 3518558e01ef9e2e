//! The question for the second factor: in place of what is sensitive, and on its way back to it.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{
    Fault, Form, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::STEP_UP_REQUIRED;
use crate::{
    Caller, Identity,
    account::TOLD_ON_THE_PAGE,
    password::table::known_by_id,
    proof::{Means, field},
    security_key::challenge::{Asked, Purpose, Question},
    session::sign_in::{Origin, page::own_path},
};

/// Where somebody goes on who asked for nothing in particular.
const HOME: &str = "/account";

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/account/confirm", get(show).post(confirm))
}

/// What comes with a form besides its own fields. Not `Debug`: it may hold a password.
#[derive(Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    pub confirm_code: String,
    #[serde(default)]
    pub confirm_challenge: String,
    #[serde(default)]
    pub confirm_answer: String,
    #[serde(default)]
    pub confirm_password: String,
    /// A code is wanted by text message.
    #[serde(default)]
    pub confirm_text: String,
    #[serde(default)]
    next: String,
}

impl Typed {
    /// What answers the question, and the form's own fields.
    pub fn apart(pairs: Vec<(String, String)>) -> (Typed, Vec<(String, String)>) {
        let (mut typed, mut kept) = (Typed::default(), Vec::new());
        for (name, value) in pairs {
            match name.as_str() {
                "confirm_code" => typed.confirm_code = value,
                "confirm_challenge" => typed.confirm_challenge = value,
                "confirm_answer" => typed.confirm_answer = value,
                "confirm_password" => typed.confirm_password = value,
                "confirm_text" => typed.confirm_text = value,
                _ => kept.push((name, value)),
            }
        }
        (typed, kept)
    }

    /// What a program says for a person.
    pub fn spoken(code: String, password: String) -> Typed {
        Typed { confirm_code: code, confirm_password: password, ..Typed::default() }
    }

    fn is_empty(&self) -> bool {
        let all = [&self.confirm_code, &self.confirm_challenge, &self.confirm_answer, &self.confirm_password];
        all.iter().all(|one| one.is_empty())
    }
}

/// Where the answer goes, and what goes with it.
pub(crate) struct Asking {
    action: String,
    kept: Vec<(String, String)>,
}

impl Asking {
    /// On to a page that was asked for.
    pub fn to_open(path: &str) -> Asking {
        Asking { action: "/account/confirm".into(), kept: vec![("next".into(), own_path(path).to_owned())] }
    }

    /// On with a form that was sent.
    pub fn to_send(path: &str, kept: Vec<(String, String)>) -> Asking {
        Asking { action: own_path(path).to_owned(), kept }
    }
}

#[derive(Template)]
#[template(path = "confirmation/page.html")]
struct ConfirmPage {
    asking: Asking,
    trail: Vec<Link>,
    /// Nobody has to type what was typed before.
    is_sending: bool,
    means: Means,
    /// The number to which a code may be sent, as far as it is shown; and how far one that was sent has come.
    number: Option<String>,
    sent: Option<&'static str>,
    has_factor: bool,
    question: Option<Question>,
    code_field: Field,
    password_field: Field,
    /// None when the question is put for the first time.
    refusal: Option<Refusal>,
    /// By which the question is put.
    articles: &'static [&'static str],
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Deserialize)]
struct AskedFor {
    next: Option<String>,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Query(asked): Query<AskedFor>,
) -> Result<Response, web::Error> {
    let asking = Asking::to_open(asked.next.as_deref().unwrap_or(HOME));
    Ok(stay(None, identity.question(&caller, shell, asking, None).await?))
}

async fn confirm(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    origin: Origin,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    if !typed.confirm_text.is_empty() {
        return Ok(identity.sends(&caller, shell, Asking::to_open(&typed.next)).await);
    }
    match identity.confirm(&caller, &typed, &origin).await {
        Ok(()) => Ok(see_other(own_path(&typed.next))),
        Err(failure) => {
            let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
            let (kind, asking) = (refusal.kind, Asking::to_open(&typed.next));
            Ok(stay(kind, identity.question(&caller, shell, asking, Some(refusal)).await?))
        }
    }
}

impl Identity {
    /// The question in place of what was asked for.
    pub(crate) async fn asks(&self, caller: &Caller, shell: Shell, asking: Asking) -> Response {
        match self.question(caller, shell, asking, None).await {
            Ok(page) => stay(STEP_UP_REQUIRED.kind, page),
            Err(failure) => web::Error::from(failure).into_response(),
        }
    }

    /// On with a form once the answer that it brings is right; the question, with all that was typed, as long as it is not.
    pub(crate) async fn goes_on(
        &self,
        caller: &Caller,
        shell: Shell,
        typed: &Typed,
        asking: Asking,
        origin: &Origin,
    ) -> Result<(), Response> {
        if !typed.confirm_text.is_empty() {
            return Err(self.sends(caller, shell, asking).await);
        }
        if typed.is_empty() {
            return Err(self.asks(caller, shell, asking).await);
        }
        let Err(failure) = self.confirm(caller, typed, origin).await else { return Ok(()) };
        let told = async {
            let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
            let kind = refusal.kind;
            Ok::<_, Failure>(stay(kind, self.question(caller, shell, asking, Some(refusal)).await?))
        };
        Err(told.await.unwrap_or_else(|failure| web::Error::from(failure).into_response()))
    }

    /// A code goes to the phone, and the question stays with all that was typed.
    async fn sends(&self, caller: &Caller, shell: Shell, asking: Asking) -> Response {
        let told = async {
            let asked = Asked::in_session(Purpose::Confirm, caller.own_session()?);
            let refusal = match self.send_text(caller.0.person, asked).await {
                Ok(()) => None,
                Err(failure) => Some(failure.of(&TOLD_ON_THE_PAGE)?),
            };
            let kind = refusal.as_ref().map_or(STEP_UP_REQUIRED.kind, |refusal| refusal.kind);
            Ok::<_, Failure>(stay(kind, self.question(caller, shell, asking, refusal).await?))
        };
        told.await.unwrap_or_else(|failure| web::Error::from(failure).into_response())
    }

    async fn question(
        &self,
        caller: &Caller,
        shell: Shell,
        asking: Asking,
        refusal: Option<Refusal>,
    ) -> Result<ConfirmPage, Failure> {
        let (person, session) = (caller.0.person, caller.own_session()?);
        let known = known_by_id(&self.store.read(), person, self.clock.now()).await?;
        let known = known.ok_or(Refusal::not_found())?;
        let question = self.ask_keys(person, Asked::in_session(Purpose::Confirm, session)).await?;
        let faults = refusal.as_ref().map(|refusal| on_this_page(shell.faults(refusal))).unwrap_or_default();
        let means = Means::of(&known);
        let code_field = field::code(&shell, "confirm_code", means).faults(&faults);
        let password_field =
            field::password(&shell, "confirm_password", "identity-password-present", field::CURRENT)
                .faults(&faults);
        Ok(ConfirmPage {
            is_sending: asking.action != "/account/confirm",
            means,
            trail: vec![Link::new(HOME, shell.t("identity-account"))],
            number: known.good_phone.as_deref().map(sms::masked),
            sent: self.code_sent(&Asked::in_session(Purpose::Confirm, session)).await?,
            has_factor: known.has_factor(),
            faults: named(faults, &[code_field.clone(), password_field.clone()]),
            asking,
            question,
            code_field,
            password_field,
            refusal,
            articles: STEP_UP_REQUIRED.controls,
            shell,
        })
    }
}

/// The fields have names of their own here, since they travel with those of another form.
fn on_this_page(mut faults: Vec<Fault>) -> Vec<Fault> {
    for fault in &mut faults {
        match fault.field.as_str() {
            "present" => fault.field = "confirm_password".into(),
            "code" | "identifier" => fault.field = "confirm_code".into(),
            _ => {}
        }
    }
    faults
}
