//! What a system says of itself changes. What people agreed to stays what they agreed to: where it wants more, they are asked.

use authz::{Failure, Kind, Refusal};
use courier::Reach;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Client, record, table, wish::ClientWish};
use crate::authority::Acting;

pub(super) const OVER: Refusal = Refusal::new(Kind::Conflict, "openid.over", &["LY-SVC-8.1"]);

pub(crate) struct ChangeClient {
    pub acting: Acting,
    pub reach: Reach,
    pub client: Uuid,
    /// Its body stays what it is.
    pub wish: ClientWish,
}

impl Verb for ChangeClient {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut client = kept(tx, &self.acting, "change", self.client).await?;
        self.wish.checked(true, &self.reach)?.put_into(&mut client);
        table::save(tx, &client).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        record(tx, "openid.system_changed", &client, by, at).await
    }
}

/// A system that is still in use and that this person may act on; to anybody else it is not there.
pub(super) async fn kept(tx: &Tx, acting: &Acting, act: &'static str, id: Uuid) -> Result<Client, Failure> {
    let client = table::find(tx, id).await?.ok_or_else(Refusal::not_found)?;
    acting.check("see", client.body).map_err(|_| Refusal::not_found())?;
    acting.check(act, client.body)?;
    if client.ended_at.is_some() {
        return Err(OVER.into());
    }
    Ok(client)
}
