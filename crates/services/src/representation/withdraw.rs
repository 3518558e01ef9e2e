//! VERB. A mandate is taken back: it ends now, and its holder is told. What was sent under it goes on.

use authz::{Actor, Failure};
use clock::Timestamp;
use identity::EndMandate;
use store::{Tx, Verb};
use uuid::Uuid;

use super::Represented;
use crate::{Services, telling::message};

struct WithdrawMandate {
    actor: Uuid,
    represented: Represented,
    now: Timestamp,
}

impl Verb for WithdrawMandate {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Represented { mandate, entity, holder } = &self.represented;
        if mandate.until.is_some_and(|until| until <= self.now) {
            return Ok(());
        }
        EndMandate { actor: Some(self.actor), at: self.now, mandate: mandate.id }.apply(tx).await?;
        let subject = format!("entity/{}", entity.id);
        let told =
            message(holder.id, "mandate-ended", subject, "/account".to_owned()).text("entity", &entity.name);
        notify::send(tx, self.now, told, holder.address()).await?;
        Ok(())
    }
}

impl Services {
    pub(crate) async fn withdraw_mandate(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        let represented = self.represented(actor, id).await?;
        let verb = WithdrawMandate { actor: actor.person, represented, now: self.clock.now() };
        self.store.write(verb).await?;
        self.ledger.wake();
        Ok(())
    }
}
