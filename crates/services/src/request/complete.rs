//! A request whose receipt was not confirmed is completed by its applicant: in a draft that holds what had arrived, or by
//! one call. It keeps its number, and counts as delivered from the moment in which it is complete (LY-SVC-14.1a, 15.3).

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use serde_json::Map;
use uuid::Uuid;

use super::{Request, RequestNumber, State, act};
use crate::{
    Services,
    draft::{self, Draft},
    entry::Entry,
};

const CONFIRMED: Refusal = Refusal::new(Kind::Conflict, "request.already_received", &["LY-SVC-15.3a"]);
const EXPIRED: Refusal = Refusal::new(Kind::Conflict, "request.expired", &["LY-SVC-15.3a", "LY-SVC-15.3b"]);

impl Services {
    /// The person's own request that still waits to be completed.
    pub(crate) async fn unconfirmed(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<Request, Failure> {
        let request = act::visible(&self.store.read(), &self.policies, actor, number).await?;
        self.policies.require("services", actor, "complete", &request.resource())?;
        match request.state {
            State::ReceiptNotConfirmed => Ok(request),
            State::Expired => Err(EXPIRED.into()),
            _ => Err(CONFIRMED.into()),
        }
    }

    /// The service of a request that this person may see, as it is offered today, and for whom it is made.
    pub(crate) async fn service_of(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<(Arc<Entry>, Option<Uuid>), Failure> {
        let request = act::visible(&self.store.read(), &self.policies, actor, number).await?;
        let entry = self.directory.entry_by_id(request.entry).ok_or_else(Refusal::not_found)?;
        Ok((entry, request.entity))
    }

    /// The draft in which it is completed: the one that is open already, or what had arrived, taken up anew under the
    /// form that is in force today (LY-SVC-12.2).
    pub(crate) async fn completing_draft(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<Uuid, Failure> {
        let request = self.unconfirmed(actor, number).await?;
        let open = draft::table::completing(&self.store.read(), actor.person, number.as_str()).await?;
        if let Some(draft) = open {
            return Ok(draft);
        }
        let entry = self.directory.entry_by_id(request.entry).ok_or_else(Refusal::not_found)?;
        let given = request.answers.as_object().cloned().unwrap_or_default();
        let known = |key: &String| entry.form.field(key).is_some();
        let answers: Map<_, _> = given.into_iter().filter(|(key, _)| known(key)).collect();
        let begun = Draft::new(actor.person, &entry, request.entity, self.clock.now());
        let completes = Some(number.to_string());
        let draft = Draft { answers, documents: request.documents, completes, ..begun };
        let id = draft.id;
        self.store.write(draft::table::Save(draft)).await?;
        Ok(id)
    }
}
