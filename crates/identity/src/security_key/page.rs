//! `/account/keys`: the security keys of a person, adding one, naming it anew, and giving it up.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{
    KEY_NAME_CHARACTERS_MAX, KEYS_MAX, SecurityKey,
    challenge::{Asked, Purpose, Question},
    remove::RemoveKey,
    rename::RenameKey,
    table,
};
use crate::{Caller, Fresh, FreshForm, Identity, Person, account::TOLD_ON_THE_PAGE, person, recovery};

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new()
        .route("/account/keys", get(list).post(add))
        .route("/account/keys/new", get(new))
        .route("/account/keys/{id}", get(one).post(rename))
        .route("/account/keys/{id}/remove", post(remove))
}

#[derive(Template)]
#[template(path = "security_key/list.html")]
struct KeysPage {
    trail: Vec<Link>,
    keys: Vec<SecurityKey>,
    /// What was just done: `added`, `removed`, `renamed`, or nothing.
    done: &'static str,
    /// Somebody has a second factor but nothing for the day on which it is not at hand.
    lacks_recovery: bool,
    is_full: bool,
    refusal: Option<Refusal>,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "security_key/new.html")]
struct NewKeyPage {
    trail: Vec<Link>,
    question: Question,
    name_field: Field,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "security_key/one.html")]
struct KeyPage {
    trail: Vec<Link>,
    key: SecurityKey,
    name_field: Field,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

async fn list(
    State(identity): State<Arc<Identity>>,
    Fresh(caller): Fresh,
    shell: Shell,
    Query(asked): Query<Done>,
) -> Result<Response, web::Error> {
    let asked = asked.done.unwrap_or_default();
    let done = ["added", "removed", "renamed"].into_iter().find(|word| *word == asked).unwrap_or_default();
    let page = identity.keys_page(&caller, shell, None).await?;
    Ok(Page(KeysPage { done, ..page }).into_response())
}

async fn new(
    State(identity): State<Arc<Identity>>,
    Fresh(caller): Fresh,
    shell: Shell,
) -> Result<Response, web::Error> {
    let outcome = identity.new_key_page(&caller, shell.clone(), "", None).await;
    identity.or_list(outcome, &caller, shell).await
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    name: String,
    challenge: Uuid,
    #[serde(default)]
    answer: String,
}

/// The question was put to somebody who had shown a second factor lately, and it is answered in the same session.
async fn add(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Form(typed): Form<Answered>,
) -> Result<Response, web::Error> {
    let (person, session) = (caller.0.person, caller.own_session()?);
    let answered = (typed.challenge, typed.answer.as_str());
    let Err(failure) = identity.add_key(person, session, &typed.name, answered).await else {
        return Ok(see_other("/account/keys?done=added"));
    };
    let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
    let outcome = identity.new_key_page(&caller, shell.clone(), &typed.name, Some(refusal)).await;
    identity.or_list(outcome, &caller, shell).await
}

async fn one(
    State(identity): State<Arc<Identity>>,
    Fresh(caller): Fresh,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    Ok(Page(identity.key_page(&caller, shell, id, None, None).await?).into_response())
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

async fn rename(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    FreshForm(typed): FreshForm<Named>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    let outcome = match RenameKey::new(caller.0.person, id, &typed.name) {
        Ok(verb) => identity.write(verb).await,
        Err(refusal) => Err(refusal.into()),
    };
    identity.done_with(outcome, "renamed", (&caller, shell, id), Some(&typed.name)).await
}

#[derive(Deserialize)]
struct Nothing {}

async fn remove(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    FreshForm(Nothing {}): FreshForm<Nothing>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    let verb = RemoveKey { person: caller.0.person, key: id, at: identity.clock.now() };
    let outcome = identity.write(verb).await;
    identity.done_with(outcome, "removed", (&caller, shell, id), None).await
}

impl Identity {
    /// Back to the list, or the page of the key with what stood in the way.
    async fn done_with(
        &self,
        outcome: Result<(), Failure>,
        done: &str,
        (caller, shell, id): (&Caller, Shell, Uuid),
        typed: Option<&str>,
    ) -> Result<Response, web::Error> {
        let Err(failure) = outcome else { return Ok(see_other(&format!("/account/keys?done={done}"))) };
        let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
        let kind = refusal.kind;
        Ok(stay(kind, self.key_page(caller, shell, id, typed, Some(refusal)).await?))
    }

    /// The page on which a key is added, or the list with the reason why none can be.
    async fn or_list(
        &self,
        outcome: Result<NewKeyPage, Failure>,
        caller: &Caller,
        shell: Shell,
    ) -> Result<Response, web::Error> {
        match outcome {
            Ok(page) => Ok(stay(page.refusal.as_ref().map(|refusal| refusal.kind), page)),
            Err(failure) => {
                let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
                let kind = refusal.kind;
                Ok(stay(kind, self.keys_page(caller, shell, Some(refusal)).await?))
            }
        }
    }

    async fn keys_page(
        &self,
        caller: &Caller,
        shell: Shell,
        refusal: Option<Refusal>,
    ) -> Result<KeysPage, Failure> {
        caller.own_session()?;
        let sql = self.store.read();
        let keys = table::keys(&sql, caller.0.person).await?;
        let has_recovery = recovery::table::count(&sql, caller.0.person).await? > 0;
        Ok(KeysPage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            lacks_recovery: !keys.is_empty() && !has_recovery,
            is_full: keys.len() >= KEYS_MAX,
            keys,
            done: "",
            refusal,
            shell,
        })
    }

    async fn new_key_page(
        &self,
        caller: &Caller,
        shell: Shell,
        typed: &str,
        refusal: Option<Refusal>,
    ) -> Result<NewKeyPage, Failure> {
        let (id, session) = (caller.0.person, caller.own_session()?);
        let person: Option<Person> = person::table::person(&self.store.read(), id).await?;
        let person = person.ok_or(Refusal::not_found())?;
        let asked = Asked::in_session(Purpose::Add, session);
        let question = self.ask_new_key(&person, shell.text(&person.name), asked).await?;
        let (name_field, faults) = name_field(&shell, typed, refusal.as_ref());
        Ok(NewKeyPage { trail: trail(&shell), question, name_field, faults, refusal, shell })
    }

    async fn key_page(
        &self,
        caller: &Caller,
        shell: Shell,
        id: Uuid,
        typed: Option<&str>,
        refusal: Option<Refusal>,
    ) -> Result<KeyPage, Failure> {
        caller.own_session()?;
        let keys = table::keys(&self.store.read(), caller.0.person).await?;
        let key = keys.into_iter().find(|key| key.id == id).ok_or(Refusal::not_found())?;
        let (name_field, faults) = name_field(&shell, typed.unwrap_or(&key.name), refusal.as_ref());
        Ok(KeyPage { trail: trail(&shell), key, name_field, faults, refusal, shell })
    }
}

fn trail(shell: &Shell) -> Vec<Link> {
    vec![
        Link::new("/account", shell.t("identity-account")),
        Link::new("/account/keys", shell.t("identity-keys")),
    ]
}

fn name_field(shell: &Shell, typed: &str, refusal: Option<&Refusal>) -> (Field, Vec<Fault>) {
    let faults = refusal.map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let field = Field::text(shell, "name", shell.t("identity-key-name"))
        .hint(shell.t("identity-key-name-hint"))
        .value(typed)
        .attribute("maxlength", &KEY_NAME_CHARACTERS_MAX.to_string())
        .faults(&faults);
    let faults = named(faults, std::slice::from_ref(&field));
    (field, faults)
}
