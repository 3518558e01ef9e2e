//! Filing an appeal: against what, until when, and why, on one page.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, response::Response, routing::get};
use serde::Deserialize;
use web::{
    Fault, Form, Path, Shell,
    components::{self, Field},
    see_other, stay,
};

use crate::{
    Services,
    appeal::{AppealState, possible, table},
    call::Visit,
    request::{RequestNumber, decide::WORDS_CHARACTERS_MAX, follow::Followed, page::about::About},
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/appeal", get(show).post(file))
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    grounds: String,
}

/// What the page of a request says of its appeals.
#[derive(Default)]
pub(crate) struct AppealNow {
    /// `open`, `upheld`, `rejected`, or nothing.
    pub state: &'static str,
    pub filed: String,
    pub due: String,
    pub reasons: String,
    pub remedy: String,
    /// Where an appeal can be filed now, and the last day for it.
    pub href: String,
    pub until: String,
}

#[derive(Template)]
#[template(path = "appeal/page/file.html")]
struct FilePage {
    about: About,
    decision: String,
    against: &'static str,
    until: String,
    field: Field,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    Ok(services.appeal_page(&actor, shell, &number, Typed::default(), None).await?)
}

async fn file(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let acting = services.acting(&actor, &number, None);
    let refusal = match services.file_appeal(acting, typed.grounds.clone(), None).await {
        Ok(_) => return Ok(see_other(&format!("/requests/{number}"))),
        Err(failure) => failure.mendable()?,
    };
    Ok(services.appeal_page(&actor, shell, &number, typed, Some(refusal)).await?)
}

impl Services {
    async fn appeal_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> Result<Response, Failure> {
        let followed = self.follow(actor, number).await?;
        if followed.request.applicant != actor.person {
            return Err(Refusal::not_found().into());
        }
        let now = self.appeal_now(&shell, &followed).await?;
        // There is nothing to file: the page of the request says how it stands.
        if now.href.is_empty() && refusal.is_none() {
            return Ok(see_other(&format!("/requests/{number}")));
        }
        let kind = refusal.as_ref().map(|refusal| refusal.kind);
        let page = self.filing(shell, &followed, &now, typed, refusal);
        Ok(stay(kind, page))
    }

    fn filing(
        &self,
        shell: Shell,
        followed: &Followed,
        now: &AppealNow,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> FilePage {
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let field = Field::area(&shell, "grounds", shell.t("appeal-grounds"))
            .hint(shell.t("appeal-grounds-hint"))
            .attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string())
            .value(typed.grounds)
            .faults(&faults);
        let request = &followed.request;
        let against = possible(request, &followed.entry.card, self.clock.now());
        FilePage {
            about: About::of(&shell, followed, "appeal-title"),
            decision: request.checks.decision.clone(),
            against: against.map_or("refusal", |(against, _)| against.word()),
            until: now.until.clone(),
            faults: components::named(faults, std::slice::from_ref(&field)),
            field,
            refusal,
            shell,
        }
    }

    /// How appeals of a request stand, and what is possible now.
    pub(crate) async fn appeal_now(&self, shell: &Shell, followed: &Followed) -> Result<AppealNow, Failure> {
        let appeals = table::of_request(&self.store.read(), followed.request.id).await?;
        let now = self.clock.now();
        let possible = possible(&followed.request, &followed.entry.card, now);
        let possible = possible.filter(|(_, until)| until.is_none_or(|until| now <= until));
        let possible = possible.filter(|(against, _)| appeals.iter().all(|it| it.against != *against));
        let newest = appeals.first();
        let open = newest.is_some_and(|appeal| appeal.state == AppealState::Open);
        Ok(AppealNow {
            state: newest.map_or("", |appeal| appeal.state.word()),
            filed: newest.map(|appeal| shell.day(appeal.filed_at)).unwrap_or_default(),
            due: newest.map(|appeal| shell.day(appeal.due_at)).unwrap_or_default(),
            reasons: newest.map(|appeal| appeal.reasons.clone()).unwrap_or_default(),
            remedy: newest.map(|appeal| appeal.remedy.clone()).unwrap_or_default(),
            href: match possible {
                Some(_) if !open => format!("/requests/{}/appeal", followed.request.number),
                _ => String::new(),
            },
            until: possible.and_then(|(_, until)| until).map(|until| shell.date(until)).unwrap_or_default(),
        })
    }
}
