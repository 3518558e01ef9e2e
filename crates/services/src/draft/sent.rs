//! `/drafts/{id}/sent`: the number, large enough to read aloud; the provider's acknowledgement (LY-SVC-15.1, 15.2); and
//! what happens next.

use std::sync::Arc;

use askama::Template;
use authz::Refusal;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use identity::Caller;
use uuid::Uuid;
use web::{Page, Path, Shell, components::Moment, see_other};

use super::table;
use crate::{
    RequestNumber, Services,
    request::follow::{Followed, Progress},
};

#[derive(Template)]
#[template(path = "draft/sent.html")]
struct SentPage {
    shell: Shell,
    followed: Followed,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let draft = table::own(&services.store.read(), actor.person, id).await?.ok_or_else(Refusal::not_found)?;
    let Some(number) = draft.sent_as else { return Ok(see_other(&format!("/drafts/{id}/summary"))) };
    let number: RequestNumber = number.parse()?;
    let followed = services.follow(&actor, &number).await?;
    Ok(Page(SentPage { shell, followed }).into_response())
}

impl SentPage {
    fn number(&self) -> String {
        self.followed.request.number.to_string()
    }

    /// The provider's words around the number, which is kept in one piece.
    fn acknowledged(&self) -> Vec<&str> {
        self.shell
            .text(&self.followed.request.acknowledgement)
            .split(self.followed.request.number.as_str())
            .collect()
    }

    /// The stages with who holds each, as they stand now.
    fn moments(&self) -> Vec<Moment> {
        let moment = |stage: &crate::request::follow::StageNow| Moment {
            state: state(stage.progress),
            title: self.shell.text(&stage.title).to_owned(),
            when: stage.at.map(|at| self.shell.moment(at)).unwrap_or_default(),
            note: self.shell.text(&stage.holder).to_owned(),
        };
        self.followed.stages.iter().map(moment).collect()
    }
}

fn state(progress: Progress) -> &'static str {
    match progress {
        Progress::Done => "done",
        Progress::Now => "now",
        Progress::NeedsYou => "needs-you",
        Progress::Next => "next",
        Progress::Refused | Progress::Withdrawn | Progress::Expired => "refused",
    }
}
