//! A system is taken out of use: nobody signs in there any more, and what it was given opens nothing. It stays in the list.

use authz::Failure;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{change::kept, record, table};
use crate::{authority::Acting, token};

pub(crate) struct EndClient {
    pub acting: Acting,
    pub client: Uuid,
}

impl Verb for EndClient {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut client = kept(tx, &self.acting, "end", self.client).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        (client.ended_at, client.secret_hash) = (Some(at), None);
        table::save(tx, &client).await?;
        token::table::end_of_client(tx, client.id, at).await?;
        record(tx, "openid.system_ended", &client, by, at).await
    }
}
