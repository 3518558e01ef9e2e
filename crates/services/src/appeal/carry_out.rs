//! From a call to a verb: what appeals need is looked up before their transaction.

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use store::OnceKey;
use uuid::Uuid;

use super::{
    Appeal,
    decide::{DecideAppeal, Outcome},
    file::File,
    resource, table,
};
use crate::{
    Services,
    request::{self, Request, act::Acting},
};

impl Services {
    pub async fn file_appeal(
        &self,
        acting: Acting,
        grounds: String,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let request = self.seen_by(&acting.actor, &acting.number).await?;
        let entry = self.entry_of(&request).await?;
        let telling = self.telling_of(&request).await?;
        let verb = File { acting: acting.clone(), entry, grounds, telling };
        self.on_request(acting, verb, key).await
    }

    /// An appeal with its request, for whoever sits at the head's desk; to others there is none.
    pub(crate) async fn appeal_seen(&self, actor: &Actor, id: Uuid) -> Result<(Appeal, Request), Failure> {
        let sql = self.store.read();
        let appeal = table::by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let request = request::table::by_id(&sql, appeal.request).await?.ok_or_else(Refusal::not_found)?;
        if !self.policies.decide("services", actor, "see_appeal", &resource(&request)).permitted {
            return Err(Refusal::not_found().into());
        }
        Ok((appeal, request))
    }

    pub async fn decide_appeal(
        &self,
        actor: &Actor,
        appeal: Uuid,
        outcome: Outcome,
        reasons: String,
        key: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let (_, request) = self.appeal_seen(actor, appeal).await?;
        let verb = DecideAppeal {
            actor: actor.clone(),
            appeal,
            outcome,
            reasons,
            entry: self.entry_of(&request).await?,
            provider: self.directory.provider(request.body).ok_or_else(Refusal::not_found)?,
            policies: self.policies.clone(),
            clock: self.clock.clone(),
            telling: self.telling_of(&request).await?,
        };
        self.carry_out(actor, &request.subject(), verb, key).await
    }
}
