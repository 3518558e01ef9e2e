//! `/services/{slug}/apply`: the button on the card. It opens a draft, or takes up the one that is open.
//!
//! GET is where somebody comes out who had to sign in first: it shows what lies ahead and changes nothing.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{extract::State, response::Response};
use identity::Caller;
use uuid::Uuid;
use web::{Page, Path, Shell, see_other};

use super::{DRAFTS_PER_PERSON_MAX, Draft, parties::Parties, table};
use crate::{
    Services,
    entry::{Entry, words},
};

#[derive(Template)]
#[template(path = "draft/apply.html")]
pub(super) struct StartPage {
    shell: Shell,
    entry: Arc<Entry>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Page<StartPage>, web::Error> {
    let entry = services.directory.entry(&slug).ok_or_else(Refusal::not_found)?;
    services.may_apply(&actor, &entry).await?;
    Ok(Page(StartPage { shell, entry }))
}

pub(super) async fn submit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
) -> Result<Response, web::Error> {
    let entry = services.directory.entry(&slug).ok_or_else(Refusal::not_found)?;
    let parties = services.may_apply(&actor, &entry).await?;
    let id = services.begin(&actor, &entry, &parties).await?;
    let opened = services.open_draft(&actor, id).await?;
    Ok(see_other(&opened.href(opened.resumes_at())))
}

impl Services {
    /// The draft that is open for this service, or a new one.
    async fn begin(&self, actor: &Actor, entry: &Entry, parties: &Parties) -> Result<Uuid, Failure> {
        if let Some(open) = table::open_for(&self.store.read(), actor.person, entry.id).await? {
            return Ok(open.id);
        }
        self.make_room(actor).await?;
        let mut draft = Draft::new(actor.person, entry, parties.suggested(), self.clock.now());
        self.fill_known(actor, entry, &mut draft).await?;
        let id = draft.id;
        self.store.write(table::Save(draft)).await?;
        Ok(id)
    }

    /// At the limit the draft that was left alone for longest gives way.
    async fn make_room(&self, actor: &Actor) -> Result<(), Failure> {
        let drafts = table::of_person(&self.store.read(), actor.person).await?;
        if let Some(oldest) = drafts.last().filter(|_| drafts.len() as i64 >= DRAFTS_PER_PERSON_MAX) {
            self.store.write(table::Discard { person: actor.person, id: oldest.id }).await?;
        }
        Ok(())
    }
}

impl StartPage {
    fn steps(&self) -> usize {
        self.entry.form.steps().len()
    }

    fn fee(&self) -> String {
        words::fee(&self.shell, self.entry.card.fee_milli())
    }
}
