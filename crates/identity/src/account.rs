//! The account page: what the platform knows of the person, where it is signed in, and what it lets programs do.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use askama::Template;
use authz::{Assurance, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use language::Lang;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Choice, Field},
    see_other, stay,
};

use crate::{
    Beneficiary, Caller, EndAllSessions, EndSession, EndToken, FreshForm, Identity, LegalEntity, Mandate,
    Person, Phone, Prefer, Session, Token, attack, factor, mandate, person, phone, recovery, security_key,
    session, token,
};

/// What the form proposes.
const TOKEN_DAYS_SUGGESTED: &str = "90";

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new()
        .route("/account", get(show))
        .route("/account/preferences", post(prefer))
        .route("/account/sessions/end", post(end_other_sessions))
        .route("/account/sessions/{id}/end", post(end_session))
        .route("/account/tokens", post(issue_token))
        .route("/account/tokens/{id}/end", post(end_token))
}

#[derive(Template)]
#[template(path = "account/page.html")]
struct AccountPage {
    shell: Shell,
    person: Person,
    assurance: Assurance,
    sessions: Vec<Session>,
    current: Option<Uuid>,
    /// Second factors: whether there is an app, how many keys work, how many recovery codes are left.
    has_app: bool,
    keys: usize,
    codes: i64,
    /// The number for safety, where one is on record.
    safe_phone: Option<Phone>,
    /// Whether the caller records what is known of numbers of people at a body.
    manages_numbers: bool,
    /// Holds a role, and so may delegate or be delegated to.
    works_for_a_body: bool,
    tokens: Vec<Token>,
    mandates: Vec<(Mandate, LegalEntity)>,
    /// A token that was issued just now: shown once.
    issued: Option<String>,
    /// Somebody guesses at this account, and its person has not answered.
    is_attacked: bool,
    refusal: Option<Refusal>,
    /// The name that was typed for a token that was refused.
    name: String,
}

impl AccountPage {
    fn kind_key(&self, kind: &Beneficiary) -> &'static str {
        match kind {
            Beneficiary::Citizen => "identity-kind-citizen",
            Beneficiary::Resident => "identity-kind-resident",
            Beneficiary::Visitor => "identity-kind-visitor",
            Beneficiary::GovernmentBody => "identity-kind-government_body",
            Beneficiary::PrivateInstitution => "identity-kind-private_institution",
        }
    }

    fn assurance_key(&self) -> &'static str {
        match self.assurance {
            Assurance::Basic => "identity-assurance-basic",
            Assurance::Substantial => "identity-assurance-substantial",
            Assurance::High => "identity-assurance-high",
        }
    }

    fn preferences(&self) -> Vec<Field> {
        let shell = &self.shell;
        let languages = Lang::ALL.map(|lang| Choice::new(lang.code(), lang.own_name())).to_vec();
        let scripts = vec![Choice::new("latn", "0123456789"), Choice::new("arab", "٠١٢٣٤٥٦٧٨٩")];
        let digits = person::digits_word(self.person.digits);
        vec![
            Field::select(shell, "language", shell.t("identity-language"), languages)
                .value(self.person.language.code()),
            Field::select(shell, "digits", shell.t("identity-digits"), scripts).value(digits),
        ]
    }

    fn token_fields(&self) -> Vec<Field> {
        let shell = &self.shell;
        let faults = self.faults();
        let name = Field::text(shell, "name", shell.t("identity-token-name"))
            .hint(shell.t("identity-token-name-hint"))
            .value(self.name.as_str())
            .attribute("maxlength", &token::TOKEN_NAME_CHARACTERS_MAX.to_string());
        let days = Field::number(shell, "days", shell.t("identity-token-days")).value(TOKEN_DAYS_SUGGESTED);
        vec![name.faults(&faults), days.attribute("maxlength", "4").faults(&faults)]
    }

    fn faults(&self) -> Vec<Fault> {
        self.refusal.as_ref().map(|refusal| self.shell.faults(refusal)).unwrap_or_default()
    }

    /// From where a session was opened, in words; empty where it is not known.
    fn zone(&self, session: &Session) -> String {
        session.zone.map(|zone| self.shell.t(&format!("identity-zone-{}", zone.word()))).unwrap_or_default()
    }

    fn is_current(&self, session: &Session) -> bool {
        self.current == Some(session.id)
    }
}

/// What is told on the page of an account on which it happened, so that the way on is in sight.
pub(crate) const TOLD_ON_THE_PAGE: [Kind; 6] =
    [Kind::NotIdentified, Kind::NotAllowed, Kind::Conflict, Kind::Invalid, Kind::TooMany, Kind::Unavailable];

async fn show(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
) -> Result<Response, web::Error> {
    Ok(Page(identity.account(&caller, shell).await?).into_response())
}

impl Identity {
    async fn account(&self, caller: &Caller, shell: Shell) -> Result<AccountPage, Failure> {
        let (sql, now, id) = (self.store.read(), self.clock.now(), caller.0.person);
        Ok(AccountPage {
            shell,
            person: person::table::person(&sql, id).await?.ok_or(Refusal::not_found())?,
            assurance: caller.0.assurance,
            sessions: self.sessions(&caller.0).await?,
            current: caller.session(),
            has_app: factor::table::enrolled_at(&sql, id).await?.is_some(),
            keys: security_key::table::keys(&sql, id).await?.iter().filter(|key| key.is_good()).count(),
            codes: recovery::table::count(&sql, id).await?,
            works_for_a_body: !caller.0.roles.is_empty(),
            manages_numbers: caller.0.holds_anywhere("administrator"),
            safe_phone: phone::table::phone(&sql, id).await?,
            tokens: token::table::open_tokens(&sql, id, now).await?,
            mandates: mandate::table::mandates(&sql, id, now).await?,
            issued: None,
            is_attacked: attack::table::open_attack(&sql, id).await?.is_some(),
            refusal: None,
            name: String::new(),
        })
    }

    /// The sessions that are still good for something, the latest used first.
    pub(crate) async fn sessions(&self, actor: &authz::Actor) -> Result<Vec<Session>, Failure> {
        let now = self.clock.now();
        let staff = !organisations::roles_of(&self.store.read(), actor.person, now).await?.is_empty();
        let mut open = session::table::open_sessions(&self.store.read(), actor.person, now).await?;
        open.retain(|session| !session::is_idle(session.last_seen_at, staff, now));
        Ok(open)
    }
}

#[derive(Deserialize)]
struct Preferred {
    language: String,
    digits: String,
}

/// The way back carries the choice, so that this browser keeps it too.
async fn prefer(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    Form(preferred): Form<Preferred>,
) -> Result<Response, web::Error> {
    let language: Lang = preferred.language.parse().unwrap_or_default();
    let digits = person::digits_named(&preferred.digits).unwrap_or_default();
    identity.write(Prefer { person: actor.person, language, digits }).await?;
    Ok(see_other(&format!("/account?lang={}&digits={}", language.code(), person::digits_word(digits))))
}

async fn end_session(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    Path(session): Path<Uuid>,
) -> Result<Response, web::Error> {
    identity.write(EndSession { at: identity.clock.now(), person: actor.person, session }).await?;
    Ok(see_other("/account"))
}

async fn end_other_sessions(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
) -> Result<Response, web::Error> {
    let (person, keep) = (caller.0.person, caller.session());
    identity.write(EndAllSessions { actor: person, at: identity.clock.now(), person, keep }).await?;
    Ok(see_other("/account"))
}

#[derive(Deserialize)]
struct Named {
    name: String,
    days: String,
}

impl Named {
    /// Digits of both scripts; what is no number is out of bounds, and said to be so.
    fn days(&self) -> u32 {
        language::fold_digits(self.days.trim()).parse().unwrap_or_default()
    }
}

/// No redirect: the token stands on this one answer and nowhere else.
async fn issue_token(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(named): FreshForm<Named>,
) -> Result<Response, web::Error> {
    match identity.issue_token(&caller.0, &named.name, named.days()).await {
        Ok((issued, _)) => {
            let page = identity.account(&caller, shell).await?;
            Ok(Page(AccountPage { issued: Some(issued), ..page }).into_response())
        }
        Err(failure) => {
            let refusal = failure.invalid()?;
            let page = identity.account(&caller, shell).await?;
            let page = AccountPage { refusal: Some(refusal), name: named.name, ..page };
            Ok(stay(Kind::Invalid, page))
        }
    }
}

async fn end_token(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    Path(token): Path<Uuid>,
) -> Result<Response, web::Error> {
    identity.write(EndToken { at: identity.clock.now(), person: actor.person, token }).await?;
    Ok(see_other("/account"))
}
