//! A view is given up: by whoever keeps it, or, when it is everybody's, by the head.

use authz::{Actor, Failure, Refusal};
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::Services;

struct Forget(Uuid);

impl Verb for Forget {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::delete(tx, self.0).await
    }
}

impl Services {
    pub(crate) async fn forget_view(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        let view = table::find(&self.store.read(), id).await?;
        let view = view.filter(|view| match view.body {
            Some(body) => self.heads(actor, body),
            None => view.person == actor.person,
        });
        let view = view.ok_or_else(Refusal::not_found)?;
        Ok(self.store.write(Forget(view.id)).await?)
    }
}
