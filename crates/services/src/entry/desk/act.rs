//! What is done to an entry from its page. What is not accepted comes back on the same page with everything that was typed.

use std::sync::Arc;

use authz::{Actor, Failure, Kind};
use axum::{Router, extract::State, response::Response, routing::post};
use identity::Caller;
use uuid::Uuid;
use web::{Form, Path, Shell, see_other};

use super::overview::Typed;
use crate::{
    Services,
    duty::{self, api::day, legal_change::FileLegalChange, owner::NameOwner},
    entry::{classify::Classify, merge::Merge, suspend::Suspend},
    proposal::begin::Begin,
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/entries/{slug}/suspend", post(suspend))
        .route("/directory/entries/{slug}/restore", post(restore))
        .route("/directory/entries/{slug}/merge", post(merge))
        .route("/directory/entries/{slug}/classify", post(classify))
        .route("/directory/entries/{slug}/owner", post(owner))
        .route("/directory/entries/{slug}/law", post(law))
        .route("/directory/entries/{slug}/propose", post(propose))
        .route("/directory/duties/{id}/answer", post(answer))
}

/// A form whose names may repeat: one pair for each box that was ticked.
type Pairs = Form<Vec<(String, String)>>;
type Held = State<Arc<Services>>;

fn one(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn all(pairs: &[(String, String)], name: &str) -> Vec<String> {
    pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

impl Services {
    /// On to the entry's page, saying what was done; or the page again with what was typed.
    async fn after_act(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        done: &str,
        typed: Typed,
        outcome: Result<(), Failure>,
    ) -> Result<Response, web::Error> {
        match outcome {
            Ok(()) => Ok(see_other(&format!("/directory/entries/{slug}?done={done}"))),
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::Invalid => {
                let typed = Typed { refusal: Some(refusal), ..typed };
                Ok(self.overview(actor, shell, slug, String::new(), typed).await?)
            }
            Err(failure) => Err(failure.into()),
        }
    }

    async fn take_off_at_desk(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: String,
        pairs: Vec<(String, String)>,
        restore: bool,
    ) -> Result<Response, web::Error> {
        let acting = self.acting_on_directory(actor);
        let verb = Suspend { acting, slug: slug.clone(), restore, reason: one(&pairs, "suspend-reason") };
        let outcome = self.carry_out_entry(actor, &format!("service/{slug}"), verb, None).await;
        let done = if restore { "restored" } else { "suspended" };
        let typed = Typed { act: "suspend", pairs, ..Typed::default() };
        self.after_act(actor, shell, &slug, done, typed, outcome).await
    }
}

async fn suspend(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    services.take_off_at_desk(&actor, shell, slug, pairs, false).await
}

async fn restore(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    services.take_off_at_desk(&actor, shell, slug, pairs, true).await
}

async fn merge(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    let acting = services.acting_on_directory(&actor);
    let (into, reason) = (one(&pairs, "into"), one(&pairs, "merge-reason"));
    let verb = Merge { acting, slug: slug.clone(), into, reason };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    let typed = Typed { act: "merge", pairs, ..Typed::default() };
    services.after_act(&actor, shell, &slug, "merged", typed, outcome).await
}

async fn classify(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    let verb = Classify {
        acting: services.acting_on_directory(&actor),
        slug: slug.clone(),
        themes: all(&pairs, "themes"),
        life_events: all(&pairs, "life_events"),
        audience: all(&pairs, "audience"),
    };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    let typed = Typed { act: "classify", pairs, ..Typed::default() };
    services.after_act(&actor, shell, &slug, "classified", typed, outcome.map(drop)).await
}

async fn owner(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    let verb = NameOwner {
        actor: actor.clone(),
        slug: slug.clone(),
        person: one(&pairs, "person").parse().unwrap_or(Uuid::nil()),
        policies: services.policies.clone(),
        clock: services.clock.clone(),
    };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    let typed = Typed { act: "owner", pairs, ..Typed::default() };
    services.after_act(&actor, shell, &slug, "owner", typed, outcome).await
}

async fn law(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    let verb = FileLegalChange {
        actor: actor.clone(),
        services: vec![slug.clone()],
        reference: one(&pairs, "reference"),
        effective_at: day(&one(&pairs, "effective_on")),
        words: one(&pairs, "words"),
        policies: services.policies.clone(),
        clock: services.clock.clone(),
    };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    let typed = Typed { act: "law", pairs, ..Typed::default() };
    services.after_act(&actor, shell, &slug, "filed", typed, outcome.map(drop)).await
}

async fn propose(
    State(services): Held,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Response, web::Error> {
    let clock = services.clock.clone();
    let verb = Begin { actor: actor.clone(), from: Some(slug.clone()), clock };
    let id = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await?;
    Ok(see_other(&format!("/directory/proposals/{id}")))
}

async fn answer(
    State(services): Held,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(pairs): Pairs,
) -> Result<Response, web::Error> {
    let sql = services.store.read();
    let held = duty::table::find(&sql, id).await?.ok_or_else(authz::Refusal::not_found)?;
    let slug = duty::table::slug_of(&sql, held.entry).await?.ok_or_else(authz::Refusal::not_found)?;
    let words = one(&pairs, &format!("answer-{id}"));
    let outcome = services.answer_duty(&actor, id, words, None).await;
    let typed = Typed { act: "answer", duty: Some(id), pairs, ..Typed::default() };
    services.after_act(&actor, shell, &slug, "answered", typed, outcome).await
}
