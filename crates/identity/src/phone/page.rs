//! `/account/phone`: the number on record, what it is used for, and how it is added, replaced and removed.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use organisations::Body;
use serde::Deserialize;
use sms::Standing;
use store::Verb;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Phone, Verdict,
    add::{AddPhone, AskPhone, DropPhone, Outcome, asked},
    again::SayAgain,
    code::{TEXT_CODE_DIGITS, TEXT_TRIES_MAX, TextCode},
    enrol::{EnrolPhone, StopFactor},
    remove::RemovePhone,
    table,
};
use crate::{Caller, FreshForm, Identity, account::TOLD_ON_THE_PAGE, session::sign_in::page::own_path};

const WRONG: Refusal = Refusal::new(Kind::Invalid, "identity.phone_code_wrong", &["LY-MAIL-2.02b"]);
const OVER: Refusal = Refusal::new(Kind::Conflict, "identity.phone_over", &["LY-MAIL-2.02b"]);
const HERE: &str = "/account/phone";
/// Long enough for every way of writing a number.
const NUMBER_CHARACTERS_MAX: &str = "40";
/// The owner of a number that belongs to no body.
const OWN: &str = "own";

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new()
        .route("/account/phone", get(show).post(ask))
        .route("/account/phone/confirm", post(confirm))
        .route("/account/phone/drop", post(give_up))
        .route("/account/phone/again", post(again))
        .route("/account/phone/factor", post(enrol))
        .route("/account/phone/factor/remove", post(stop))
        .route("/account/phone/remove", post(remove))
}

/// A number that waits for its code.
struct Waiting {
    code: TextCode,
    /// How far the message has come, in words.
    standing: &'static str,
    tries_left: i64,
}

#[derive(Template)]
#[template(path = "phone/page.html")]
struct PhonePage {
    trail: Vec<Link>,
    phone: Option<Phone>,
    /// The body that owns the number.
    owner: Option<Body>,
    /// Why it does not open the account, where something stands in the way.
    obstacle: Option<Refusal>,
    waiting: Option<Waiting>,
    /// Asked at sign-in whether it is still theirs; where the way leads on.
    again: Option<String>,
    /// What was just done: `added`, `factor`, `stopped`, `removed`, or nothing.
    done: &'static str,
    phone_field: Field,
    owner_field: Option<Field>,
    code_field: Field,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

impl PhonePage {
    fn operator(&self, phone: &Phone) -> String {
        let known = phone.operator();
        known.map_or_else(|| phone.operator.clone(), |operator| self.shell.text(&operator.name).to_owned())
    }

    fn is_verified(&self, phone: &Phone) -> bool {
        phone.verdict() == Some(Verdict::Positive)
    }

    fn purposes(&self, phone: &Phone) -> Vec<String> {
        let said =
            |purpose: super::PhonePurpose| self.shell.t(&format!("identity-phone-for-{}", purpose.word()));
        phone.purposes().into_iter().map(said).collect()
    }

    fn until(&self, waiting: &Waiting) -> String {
        self.shell.moment(waiting.code.expires_at)
    }
}

#[derive(Debug, Default, Deserialize)]
struct Looked {
    done: Option<String>,
    again: Option<String>,
    next: Option<String>,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Query(looked): Query<Looked>,
) -> Result<Response, web::Error> {
    let asked = looked.done.unwrap_or_default();
    let words = ["added", "factor", "stopped", "removed"];
    let done = words.into_iter().find(|word| *word == asked).unwrap_or_default();
    let again = looked.again.map(|_| own_path(looked.next.as_deref().unwrap_or("/")).to_owned());
    let page = identity.phone_page(&caller, shell, &Typed::default(), None).await?;
    Ok(Page(PhonePage { done, again, ..page }).into_response())
}

/// What was typed, either of the two.
#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

async fn ask(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(typed): FreshForm<Typed>,
) -> Result<Response, web::Error> {
    let verb = AskPhone {
        person: caller.0.person,
        session: caller.own_session()?,
        number: typed.phone.clone(),
        body: typed.owner.parse().ok(),
        now: identity.clock.now(),
    };
    let outcome = identity.write(verb).await.map(|()| HERE.to_owned());
    identity.phone_answer(outcome, &caller, shell, &typed).await
}

async fn confirm(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let verb = AddPhone {
        person: caller.0.person,
        session: caller.own_session()?,
        code: typed.code.clone(),
        key: identity.key.clone(),
        now: identity.clock.now(),
    };
    let outcome = match identity.write(verb).await {
        Ok(Outcome::Added) => Ok(format!("{HERE}?done=added")),
        Ok(Outcome::Wrong(left)) => Err(WRONG.with_item("code", "code_wrong", &left.to_string()).into()),
        Ok(Outcome::Over) => Err(OVER.into()),
        Err(failure) => Err(failure),
    };
    identity.phone_answer(outcome, &caller, shell, &typed).await
}

async fn give_up(State(identity): State<Arc<Identity>>, caller: Caller) -> Result<Response, web::Error> {
    let (session, now) = (caller.own_session()?, identity.clock.now());
    identity.write(DropPhone { session, now }).await?;
    Ok(see_other(HERE))
}

async fn again(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    let verb = SayAgain { person: caller.0.person, now: identity.clock.now() };
    let outcome = identity.write(verb).await.map(|()| own_path(&typed.next).to_owned());
    identity.phone_answer(outcome, &caller, shell, &typed).await
}

#[derive(Deserialize)]
struct Nothing {}

async fn enrol(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(Nothing {}): FreshForm<Nothing>,
) -> Result<Response, web::Error> {
    let (person, session) = (caller.0.person, caller.own_session()?);
    let verb = EnrolPhone { person, session, now: identity.clock.now() };
    identity.phone_done(verb, "factor", &caller, shell).await
}

async fn stop(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(Nothing {}): FreshForm<Nothing>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    let verb = StopFactor { person: caller.0.person, now: identity.clock.now() };
    identity.phone_done(verb, "stopped", &caller, shell).await
}

async fn remove(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(Nothing {}): FreshForm<Nothing>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    let verb = RemovePhone { person: caller.0.person, now: identity.clock.now() };
    identity.phone_done(verb, "removed", &caller, shell).await
}

impl Identity {
    async fn phone_done<V>(
        &self,
        verb: V,
        done: &str,
        caller: &Caller,
        shell: Shell,
    ) -> Result<Response, web::Error>
    where
        V: Verb<Answer = (), Error = Failure>,
    {
        let outcome = self.write(verb).await.map(|()| format!("{HERE}?done={done}"));
        self.phone_answer(outcome, caller, shell, &Typed::default()).await
    }

    /// On to where it leads, or the same page with what stood in the way and all that was typed.
    async fn phone_answer(
        &self,
        outcome: Result<String, Failure>,
        caller: &Caller,
        shell: Shell,
        typed: &Typed,
    ) -> Result<Response, web::Error> {
        match outcome {
            Ok(next) => Ok(see_other(&next)),
            Err(failure) => {
                let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
                let kind = refusal.kind;
                Ok(stay(kind, self.phone_page(caller, shell, typed, Some(refusal)).await?))
            }
        }
    }

    async fn phone_page(
        &self,
        caller: &Caller,
        shell: Shell,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<PhonePage, Failure> {
        let sql = self.store.read();
        let phone = table::phone(&sql, caller.0.person).await?;
        let owner = match phone.as_ref().and_then(|phone| phone.body) {
            Some(body) => organisations::body(&sql, body).await?,
            None => None,
        };
        let waiting = match caller.session() {
            Some(session) => self.waiting_phone(session).await?,
            None => None,
        };
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let (phone_field, owner_field) = self.number_fields(caller, &shell, typed, &faults).await?;
        let code_field = Field::text(&shell, "code", shell.t("identity-phone-code"))
            .hint(shell.t1("identity-phone-code-hint", "count", TEXT_CODE_DIGITS))
            .attribute("inputmode", "numeric")
            .attribute("autocomplete", "one-time-code")
            .attribute("maxlength", "12")
            .short()
            .faults(&faults);
        Ok(PhonePage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            obstacle: phone.as_ref().and_then(|phone| Verdict::refusal(phone.verdict())),
            faults: named(faults, &[phone_field.clone(), code_field.clone()]),
            phone,
            owner,
            waiting,
            again: None,
            done: "",
            phone_field,
            owner_field,
            code_field,
            refusal,
            shell,
        })
    }

    async fn waiting_phone(&self, session: Uuid) -> Result<Option<Waiting>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let code = table::waiting_code(&sql, &asked(session)).await?.filter(|code| code.is_good(now));
        let Some(code) = code else { return Ok(None) };
        let standing = self.code_sent(&asked(session)).await?.unwrap_or_default();
        Ok(Some(Waiting { standing, tries_left: TEXT_TRIES_MAX - code.tries, code }))
    }

    /// The number, and whose it is, for those who work at a body.
    async fn number_fields(
        &self,
        caller: &Caller,
        shell: &Shell,
        typed: &Typed,
        faults: &[Fault],
    ) -> Result<(Field, Option<Field>), Failure> {
        let phone_field = Field::telephone(shell, "phone", shell.t("identity-phone-number"))
            .hint(shell.t("identity-phone-number-hint"))
            .attribute("maxlength", NUMBER_CHARACTERS_MAX)
            .value(typed.phone.as_str())
            .short()
            .faults(faults);
        let mut choices = vec![Choice::new(OWN, shell.t("identity-phone-owner-own"))];
        for body in caller.0.bodies() {
            if let Some(body) = organisations::body(&self.store.read(), body).await? {
                choices.push(Choice::new(body.id.to_string(), shell.text(&body.name)));
            }
        }
        let owner = if typed.owner.is_empty() { OWN } else { typed.owner.as_str() };
        let owner_field = (choices.len() > 1).then(|| {
            Field::radios(shell, "owner", shell.t("identity-phone-owner"), choices)
                .value(owner)
                .faults(faults)
        });
        Ok((phone_field, owner_field))
    }
}

/// How far a message has come, by the key of its text.
pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "identity-phone-text-waiting",
        Standing::Handed => "identity-phone-text-handed",
        Standing::Delivered => "identity-phone-text-delivered",
        Standing::Failed => "identity-phone-text-failed",
    }
}
