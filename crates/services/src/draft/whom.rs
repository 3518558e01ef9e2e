//! `/drafts/{id}/for-whom`: asked only of those who stand for an entity that the service is for (LY-SVC-1.12).

use askama::Template;
use authz::Kind;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Shell,
    components::{Choice, Field},
    see_other, stay,
};

use super::{
    frame::Frame,
    journey::Stop,
    open::Opened,
    page::{Whence, Working},
};

/// What the form posts for the person itself.
const SELF: &str = "self";

#[derive(Template)]
#[template(path = "draft/whom.html")]
struct WhomPage {
    shell: Shell,
    frame: Frame,
    opened: Opened,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    whom: String,
}

pub(super) async fn show(Working { shell, whence, opened, .. }: Working) -> Result<Response, web::Error> {
    Ok(Page(WhomPage::new(shell, opened, &whence, Vec::new())).into_response())
}

pub(super) async fn submit(
    Working { services, shell, whence, mut opened, .. }: Working,
    Form(chosen): Form<Chosen>,
) -> Result<Response, web::Error> {
    let Some(entity) = opened.chosen(&chosen.whom) else {
        let message = shell.t("draft-whom-required");
        let fault = Fault { field: "whom".into(), label: String::new(), message };
        let page = WhomPage::new(shell, opened, &whence, vec![fault]);
        return Ok(stay(Kind::Invalid, page));
    };
    opened.draft.entity = entity;
    services.save(&mut opened).await?;
    Ok(see_other(&whence.next(&opened, Stop::Whom)))
}

impl Opened {
    /// For whom it was said to be, if that is one of the answers.
    fn chosen(&self, whom: &str) -> Option<Option<Uuid>> {
        if whom == SELF {
            return self.parties.own.then_some(None);
        }
        let entity = self.parties.entity(whom.parse().ok()?)?;
        Some(Some(entity.id))
    }
}

impl WhomPage {
    fn new(shell: Shell, opened: Opened, whence: &Whence, faults: Vec<Fault>) -> WhomPage {
        WhomPage { frame: opened.frame(&shell, Stop::Whom, whence), opened, faults, shell }
    }

    fn field(&self) -> Field {
        let shell = &self.shell;
        let own = Choice::new(SELF, shell.t("draft-whom-self")).hint(shell.t("draft-whom-self-hint"));
        let entity = |entity: &identity::LegalEntity| {
            let hint =
                shell.t1("draft-whom-registration", "number", shell.in_digits(entity.registration.clone()));
            Choice::new(entity.id.to_string(), shell.text(&entity.name)).hint(hint)
        };
        let own = self.opened.parties.own.then_some(own);
        let choices = own.into_iter().chain(self.opened.parties.entities.iter().map(entity)).collect();
        let chosen = self.opened.draft.entity.map_or_else(|| SELF.to_owned(), |id| id.to_string());
        Field::radios(shell, "whom", shell.t("draft-whom-label"), choices).value(chosen).faults(&self.faults)
    }
}
