//! `/account/warning`: somebody guesses at this account. The person says that it was they, or changes the password.

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
use web::{Page, Query, Shell, components::Link, see_other, stay};

use super::{Attack, AttackSource, answer::AnswerWarning, table};
use crate::{Caller, FreshForm, Identity, account::TOLD_ON_THE_PAGE};

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/account/warning", get(show).post(answer))
}

#[derive(Template)]
#[template(path = "attack/page.html")]
struct WarningPage {
    trail: Vec<Link>,
    attack: Option<Attack>,
    sources: Vec<AttackSource>,
    is_answered: bool,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Identity {
    async fn warning(
        &self,
        caller: &Caller,
        shell: Shell,
        is_answered: bool,
        refusal: Option<Refusal>,
    ) -> Result<WarningPage, Failure> {
        caller.own_session()?;
        let sql = self.store.read();
        let attack = table::open_attack(&sql, caller.0.person).await?;
        let sources = match &attack {
            Some(attack) => table::attack_sources(&sql, attack.id).await?,
            None => Vec::new(),
        };
        let trail = vec![Link::new("/account", shell.t("identity-account"))];
        Ok(WarningPage { trail, attack, sources, is_answered, refusal, shell })
    }
}

#[derive(Deserialize)]
struct Asked {
    answered: Option<String>,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let page = identity.warning(&caller, shell, asked.answered.is_some(), None).await?;
    Ok(Page(page).into_response())
}

#[derive(Deserialize)]
struct Nothing {}

/// Asks for the second factor first: whoever guessed must not be able to say that all is well.
async fn answer(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(Nothing {}): FreshForm<Nothing>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    let verb = AnswerWarning { person: caller.0.person, at: identity.clock.now() };
    match identity.write(verb).await {
        Ok(()) => Ok(see_other("/account/warning?answered=1")),
        Err(failure) => {
            let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
            Ok(stay(refusal.kind, identity.warning(&caller, shell, false, Some(refusal)).await?))
        }
    }
}
