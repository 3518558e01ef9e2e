//! An officer says that they are away, so that no rule gives them work; or that they are back.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{Services, task::queue::desk_bodies};

struct SayPresence {
    person: Uuid,
    bodies: Vec<Uuid>,
    away: bool,
    at: Timestamp,
}

impl Verb for SayPresence {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        for body in &self.bodies {
            match self.away {
                true => table::set_away(tx, self.person, *body, self.at).await?,
                false => table::set_present(tx, self.person, *body).await?,
            }
        }
        Ok(())
    }
}

impl Services {
    /// For every desk that the person sits at.
    pub(crate) async fn say_presence(&self, actor: &Actor, away: bool) -> Result<(), Failure> {
        let bodies = desk_bodies(actor);
        if bodies.is_empty() {
            return Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into());
        }
        let verb = SayPresence { person: actor.person, bodies, away, at: self.clock.now() };
        Ok(self.store.write(verb).await?)
    }

    pub(crate) async fn is_away(&self, actor: &Actor) -> Result<bool, Failure> {
        let bodies = desk_bodies(actor);
        let Some(body) = bodies.first() else { return Ok(false) };
        Ok(table::away(&self.store.read(), *body).await?.contains(&actor.person))
    }
}
