//! What is done to an entry from its page. What is not accepted comes back on the same page with everything that was typed.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::{Serialize, de::DeserializeOwned};
use store::Verb;
use uuid::Uuid;
use web::{Form, Path, Shell, see_other};

use super::overview::Typed;
use crate::{
    Services,
    call::Visit,
    duty::{self, legal_change::FileLegalChange, owner::NameOwner},
    entry::{authority::Acting, classify::Classify, merge::Merge, suspend::Suspend},
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
type Pairs = Vec<(String, String)>;

/// What somebody posted to the page of an entry.
struct OnEntry {
    services: Arc<Services>,
    actor: Actor,
    shell: Shell,
    slug: String,
    pairs: Pairs,
}

impl FromRequest<Arc<Services>> for OnEntry {
    type Rejection = Response;

    async fn from_request(request: Request, services: &Arc<Services>) -> Result<OnEntry, Response> {
        let (mut parts, body) = request.into_parts();
        let Visit { services: held, actor, shell } = Visit::from_request_parts(&mut parts, services).await?;
        let slug = Path::<String>::from_request_parts(&mut parts, services).await;
        let Path(slug) = slug.map_err(IntoResponse::into_response)?;
        let pairs = Form::<Pairs>::from_request(Request::from_parts(parts, body), services).await;
        let Form(pairs) = pairs.map_err(IntoResponse::into_response)?;
        Ok(OnEntry { services: held, actor, shell, slug, pairs })
    }
}

impl OnEntry {
    fn one(&self, name: &str) -> String {
        self.all(name).into_iter().next().unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    fn acting(&self) -> Acting {
        self.services.acting_on_directory(&self.actor)
    }

    /// Carries out an act, which the page and its form know as `act`, and goes on to the page that says `done`.
    async fn carry_out<V>(self, act: &'static str, done: &str, verb: V) -> Result<Response, web::Error>
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        let subject = format!("service/{}", self.slug);
        let outcome = self.services.carry_out_entry(&self.actor, &subject, verb, None).await;
        self.after(Typed { act, ..Typed::default() }, done, outcome.map(drop)).await
    }

    /// On to the entry's page, saying what was done; or the page again with what was typed.
    async fn after(
        self,
        typed: Typed,
        done: &str,
        outcome: Result<(), Failure>,
    ) -> Result<Response, web::Error> {
        let refusal = match outcome {
            Ok(()) => return Ok(see_other(&format!("/directory/entries/{}?done={done}", self.slug))),
            Err(failure) => failure.invalid()?,
        };
        let typed = Typed { pairs: self.pairs, refusal: Some(refusal), ..typed };
        Ok(self.services.overview(&self.actor, self.shell, &self.slug, String::new(), typed).await?)
    }

    async fn take_off(self, restore: bool) -> Result<Response, web::Error> {
        let (acting, slug, reason) = (self.acting(), self.slug.clone(), self.one("suspend-reason"));
        let done = if restore { "restored" } else { "suspended" };
        self.carry_out("suspend", done, Suspend { acting, slug, restore, reason }).await
    }
}

async fn suspend(entry: OnEntry) -> Result<Response, web::Error> {
    entry.take_off(false).await
}

async fn restore(entry: OnEntry) -> Result<Response, web::Error> {
    entry.take_off(true).await
}

async fn merge(entry: OnEntry) -> Result<Response, web::Error> {
    let verb = Merge {
        acting: entry.acting(),
        slug: entry.slug.clone(),
        into: entry.one("into"),
        reason: entry.one("merge-reason"),
    };
    entry.carry_out("merge", "merged", verb).await
}

async fn classify(entry: OnEntry) -> Result<Response, web::Error> {
    let verb = Classify {
        acting: entry.acting(),
        slug: entry.slug.clone(),
        themes: entry.all("themes"),
        life_events: entry.all("life_events"),
        audience: entry.all("audience"),
    };
    entry.carry_out("classify", "classified", verb).await
}

async fn owner(entry: OnEntry) -> Result<Response, web::Error> {
    let person = entry.one("person").parse().unwrap_or(Uuid::nil());
    let verb = NameOwner { acting: entry.acting(), slug: entry.slug.clone(), person };
    entry.carry_out("owner", "owner", verb).await
}

async fn law(entry: OnEntry) -> Result<Response, web::Error> {
    let verb = FileLegalChange {
        acting: entry.acting(),
        services: vec![entry.slug.clone()],
        reference: entry.one("reference"),
        effective_at: language::day_of(&entry.one("effective_on")).map(clock::Timestamp::midnight),
        words: entry.one("words"),
    };
    entry.carry_out("law", "filed", verb).await
}

async fn propose(
    Visit { services, actor, .. }: Visit,
    Path(slug): Path<String>,
) -> Result<Response, web::Error> {
    let clock = services.clock.clone();
    let verb = Begin { actor: actor.clone(), from: Some(slug.clone()), clock };
    let id = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await?;
    Ok(see_other(&format!("/directory/proposals/{id}")))
}

async fn answer(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, web::Error> {
    let sql = services.store.read();
    let held = duty::table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
    let slug = duty::table::slug_of(&sql, held.entry).await?.ok_or_else(Refusal::not_found)?;
    let entry = OnEntry { services: services.clone(), actor, shell, slug, pairs };
    let words = entry.one(&format!("answer-{id}"));
    let outcome = services.answer_duty(&entry.actor, id, words, None).await;
    entry.after(Typed { act: "answer", duty: Some(id), ..Typed::default() }, "answered", outcome).await
}
