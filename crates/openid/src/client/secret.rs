//! A confidential system gets a secret. The one before is void from this moment on, so that a secret that leaked is of no use.

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{ClientKind, change::kept, record, table};
use crate::authority::Acting;

const PUBLIC: Refusal = Refusal::new(Kind::Conflict, "openid.public", &["LY-SVC-8.1"]);

pub(crate) struct RenewSecret {
    pub acting: Acting,
    pub client: Uuid,
    pub hash: Vec<u8>,
}

impl Verb for RenewSecret {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut client = kept(tx, &self.acting, "renew_secret", self.client).await?;
        if client.kind == ClientKind::Public {
            return Err(PUBLIC.into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        (client.secret_hash, client.secret_at) = (Some(self.hash.clone()), Some(at));
        table::save(tx, &client).await?;
        record(tx, "openid.secret_renewed", &client, by, at).await
    }
}
