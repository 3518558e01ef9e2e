//! `/numbers`: an administrator records what an operator answered about a number of somebody at the body, or that a number is
//! in wrong hands.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Assurance, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{
    Fault, Page, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Verdict,
    judge::{Judge, JudgeNumber},
    numbering,
};
use crate::{Caller, FreshForm, Identity, account::TOLD_ON_THE_PAGE, caller::require};

/// Long enough for every way of writing a number.
const NUMBER_CHARACTERS_MAX: &str = "40";
const ROLE: &str = "administrator";

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/numbers", get(show).post(judge))
}

#[derive(Template)]
#[template(path = "phone/desk.html")]
struct NumbersPage {
    trail: Vec<Link>,
    is_done: bool,
    number_field: Field,
    result_field: Field,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Deserialize)]
struct Asked {
    done: Option<String>,
}

async fn show(
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    administrator(&actor)?;
    let page = NumbersPage::new(shell, &Typed::default(), None);
    Ok(Page(NumbersPage { is_done: asked.done.is_some(), ..page }).into_response())
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    result: String,
}

async fn judge(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    shell: Shell,
    FreshForm(typed): FreshForm<Typed>,
) -> Result<Response, web::Error> {
    let judge = administrator(&actor)?;
    match identity.judge(judge, &typed).await {
        Ok(_) => Ok(see_other("/numbers?done=1")),
        Err(failure) => {
            let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
            Ok(stay(refusal.kind, NumbersPage::new(shell, &typed, Some(refusal))))
        }
    }
}

/// Strangers and everybody else learn nothing of this page.
fn administrator(actor: &Actor) -> Result<Judge, Refusal> {
    let bodies: Vec<_> = actor.roles.iter().filter(|held| held.name == ROLE).map(|held| held.body).collect();
    if bodies.is_empty() {
        return Err(Refusal::not_found());
    }
    require(actor, Assurance::Substantial)?;
    Ok(Judge::Administrator { person: actor.person, bodies })
}

impl Identity {
    async fn judge(&self, judge: Judge, typed: &Typed) -> Result<usize, Failure> {
        // A number that the plan calls temporary by now may still be on somebody's record, and be judged.
        let number = numbering::e164(&typed.phone)?;
        let missing = || numbering::INVALID.with_item("result", "required", "");
        let verdict = Verdict::named(&typed.result).ok_or_else(missing)?;
        self.write(JudgeNumber { judge, number, verdict, at: self.clock.now() }).await
    }
}

impl NumbersPage {
    fn new(shell: Shell, typed: &Typed, refusal: Option<Refusal>) -> NumbersPage {
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let choices = Verdict::ALL.map(|verdict| {
            let word = verdict.word();
            Choice::new(word, shell.t(&format!("identity-number-{word}")))
                .hint(shell.t(&format!("identity-number-{word}-hint")))
        });
        let number_field = Field::telephone(&shell, "phone", shell.t("identity-phone-number"))
            .attribute("maxlength", NUMBER_CHARACTERS_MAX)
            .value(typed.phone.as_str())
            .short()
            .faults(&faults);
        let result_field =
            Field::radios(&shell, "result", shell.t("identity-number-result"), choices.to_vec())
                .value(typed.result.as_str())
                .faults(&faults);
        NumbersPage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            is_done: false,
            faults: named(faults, &[number_field.clone(), result_field.clone()]),
            number_field,
            result_field,
            refusal,
            shell,
        }
    }
}
