//! Applying again: what was sent before becomes a new draft, as far as it still fits the service as it is today.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Request, RequestNumber, Supplied};
use crate::{
    Services,
    draft::{Draft, table::Save},
    entry::Entry,
};

const STILL_OPEN: Refusal = Refusal::new(Kind::Conflict, "request.still_open", &[]);
const GONE: Refusal = Refusal::new(Kind::NotFound, "directory.unknown", &[]);

/// What a new request would begin with.
pub(crate) struct Again {
    pub request: Request,
    /// The service as it is offered today.
    pub entry: Arc<Entry>,
    pub answers: Map<String, Value>,
    pub documents: Vec<Supplied>,
    /// Fields and documents (`document.lease`) of the old request that have no place any more, or no valid value.
    pub left_out: Vec<String>,
}

impl Again {
    fn of(request: Request, entry: Arc<Entry>, today: i64) -> Again {
        let given = request.answers.as_object().cloned().unwrap_or_default();
        let wrong: Vec<String> =
            entry.form.check(&request.answers, today).into_iter().map(|item| item.field).collect();
        let fits = |key: &str| entry.form.field(key).is_some() && !wrong.iter().any(|field| field == key);
        let listed =
            |supplied: &Supplied| entry.card.documents.iter().any(|listed| listed.id == supplied.evidence);
        let mut left_out: Vec<String> = given.keys().filter(|key| !fits(key)).cloned().collect();
        let gone = request.documents.iter().filter(|supplied| !listed(supplied));
        left_out.extend(gone.map(|supplied| format!("document.{}", supplied.evidence)));
        let answers = given.into_iter().filter(|(key, _)| fits(key)).collect();
        let documents = request.documents.iter().filter(|supplied| listed(supplied)).cloned().collect();
        Again { request, entry, answers, documents, left_out }
    }
}

impl Services {
    /// What a closed request of this person would give a new one.
    pub(crate) async fn again(&self, actor: &Actor, number: &RequestNumber) -> Result<Again, Failure> {
        let request = super::act::visible(&self.store.read(), &self.policies, actor, number).await?;
        if request.applicant != actor.person {
            return Err(Refusal::not_found().into());
        }
        if !request.state.is_closed() {
            return Err(STILL_OPEN.into());
        }
        let entry = self.directory.entry_by_id(request.entry).ok_or(GONE)?;
        let provider = self.directory.provider(request.body).ok_or(GONE)?;
        Ok(Again::of(request, entry, provider.today(self.clock.now())))
    }

    /// The new draft. Nothing reaches the provider before it is sent like any other.
    pub(crate) async fn apply_again(&self, actor: &Actor, number: &RequestNumber) -> Result<Uuid, Failure> {
        let again = self.again(actor, number).await?;
        let begun = Draft::new(actor.person, &again.entry, again.request.entity, self.clock.now());
        let draft = Draft { answers: again.answers, documents: again.documents, ..begun };
        let id = draft.id;
        self.store.write(Save(draft)).await?;
        Ok(id)
    }
}
