//! Every node puts in force what was decided, its own decisions at once and those of others a moment later.

use authz::{Actor, Failure, Narrowing};
use compliance::Door;
use store::OnceKey;
use uuid::Uuid;

use super::{
    NewNarrowing, decide::DecideNarrowing, propose::ProposeNarrowing, propose_end::ProposeEnd, table,
};
use crate::{Permissions, authority::Acting};

impl Permissions {
    /// Reads the narrowings in force when they have changed since they were read last.
    pub async fn follow(&self) -> Result<(), Failure> {
        let sql = self.store.read();
        let generation = table::generation(&sql).await?;
        if self.followed.is(generation) {
            return Ok(());
        }
        let held = table::in_force(&sql).await?;
        let narrowings: Vec<Narrowing> = held.into_iter().map(|held| held.narrowing).collect();
        self.policies.narrow(&narrowings);
        self.followed.set(generation);
        Ok(())
    }

    pub(crate) fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }

    pub async fn propose_narrowing(
        &self,
        actor: &Actor,
        wish: NewNarrowing,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let verb = ProposeNarrowing { acting: self.acting(actor), packs: self.packs.clone(), wish };
        self.carry_out(actor, "narrowings", verb, key).await
    }

    pub async fn decide_narrowing(
        &self,
        actor: &Actor,
        (narrowing, agrees): (Uuid, bool),
        words: String,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let verb = DecideNarrowing { acting: self.acting(actor), narrowing, agrees, words };
        self.carry_out(actor, &format!("narrowing/{narrowing}"), verb, key).await?;
        self.follow().await
    }

    pub(crate) async fn propose_end(
        &self,
        actor: &Actor,
        narrowing: Uuid,
        reason: String,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let verb = ProposeEnd { acting: self.acting(actor), narrowing, reason };
        self.carry_out(actor, &format!("narrowing/{narrowing}"), verb, key).await
    }
}
