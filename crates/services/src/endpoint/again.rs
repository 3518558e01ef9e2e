//! A delivery that was given up is sent again, because a person asks for it: under the same id, with all its tries.

use authz::{Actor, Failure, Kind, Refusal};
use compliance::Door;
use serde_json::json;
use store::{OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{
    deliver::KIND,
    keep::{Keeper, NONE},
    table, tell,
};
use crate::Services;

struct SendAgain {
    keeper: Keeper,
    delivery: Uuid,
}

impl Verb for SendAgain {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Keeper { body, clock, .. } = &self.keeper;
        self.keeper.check()?;
        let found = table::delivery(tx, self.delivery).await?.filter(|it| it.body == *body);
        let delivery = found.ok_or_else(Refusal::not_found)?;
        if table::find(tx, *body).await?.is_none() {
            return Err(NONE.into());
        }
        if !table::open(tx, delivery.id).await? {
            return Err(Refusal::new(Kind::Conflict, "endpoint.not_failed", &["LY-SVC-7.1b"]).into());
        }
        // The job that was given up goes on; where the address was ended meanwhile, one is still open, or none is left.
        let (key, now) = (delivery.id.to_string(), clock.now());
        if !jobs::revive(tx, KIND, &key).await? && !jobs::hasten(tx, KIND, &key, now).await? {
            jobs::enqueue(tx, tell::job(delivery.id, now)).await?;
        }
        self.keeper.record(tx, "endpoint.sent_again", json!({ "delivery": delivery.id })).await
    }
}

impl Services {
    pub(crate) async fn send_delivery_again(
        &self,
        actor: &Actor,
        slug: &str,
        delivery: Uuid,
        once: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let keeper = self.keeper(actor, self.body_told(actor, slug).await?.id);
        self.carry_out(actor, &format!("endpoint/{slug}"), SendAgain { keeper, delivery }, once).await
    }
}
