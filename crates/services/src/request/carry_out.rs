//! From a call to a verb on a request: what the verb needs is looked up before its transaction.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::{OnceKey, Verb};
use uuid::Uuid;

use super::{
    Correction, Desk, Request, RequestNumber,
    act::{Acting, visible},
    decide::{Decide, Decision},
    pass_on::PassOn,
    resubmit::Resubmit,
    send_back::SendBack,
    table,
    verify::Verify,
    withdraw::Withdraw,
};
use crate::{Services, entry::Entry, telling::Telling};

impl Services {
    /// `revision` is the one on the page that the person acted on.
    pub fn acting(&self, actor: &Actor, number: &RequestNumber, revision: Option<i64>) -> Acting {
        Acting {
            actor: actor.clone(),
            number: number.clone(),
            revision,
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        }
    }

    pub async fn verify(
        &self,
        acting: Acting,
        items: Vec<String>,
        once: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let (_, entry, _) = self.behind(&acting).await?;
        self.on_request(acting.clone(), Verify { acting, entry, items }, once).await
    }

    /// On to the next desk; `to` names it where there is more than one way.
    pub async fn pass_on(
        &self,
        acting: Acting,
        to: Option<String>,
        words: String,
        once: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let (_, entry, _) = self.behind(&acting).await?;
        self.on_request(acting.clone(), PassOn { acting, entry, to, words }, once).await
    }

    pub async fn send_back(
        &self,
        acting: Acting,
        corrections: Vec<Correction>,
        once: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let (_, entry, telling) = self.behind(&acting).await?;
        self.on_request(acting.clone(), SendBack { acting, entry, corrections, telling }, once).await
    }

    pub async fn resubmit(
        &self,
        acting: Acting,
        answers: Value,
        documents: &[(String, Uuid)],
        once: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let (_, entry, _) = self.behind(&acting).await?;
        let documents = self.supplied(&acting.actor, &entry, documents).await?;
        let provider = self.directory.provider(entry.body).ok_or_else(Refusal::not_found)?;
        let today = provider.today(self.clock.now());
        self.on_request(acting.clone(), Resubmit { acting, entry, answers, documents, today }, once).await
    }

    pub async fn decide(
        &self,
        acting: Acting,
        decision: Decision,
        once: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let verb = self.deciding(acting.clone(), decision).await?;
        self.on_request(acting, verb, once).await
    }

    /// A decision with everything that it needs, ready for a transaction.
    pub(crate) async fn deciding(&self, acting: Acting, decision: Decision) -> Result<Decide, Failure> {
        let (_, entry, telling) = self.behind(&acting).await?;
        let provider = self.directory.provider(entry.body).ok_or_else(Refusal::not_found)?;
        let today = provider.today(self.clock.now());
        Ok(Decide { acting, entry, decision, telling, today })
    }

    /// The desk that a request lies on, for whoever composes the program.
    pub async fn desk_of(&self, number: &RequestNumber) -> Result<Option<Desk>, Failure> {
        Ok(table::by_number(&self.store.read(), number).await?.and_then(|request| request.desk))
    }

    pub async fn withdraw(
        &self,
        acting: Acting,
        reason: String,
        once: Option<OnceKey>,
    ) -> Result<String, Failure> {
        let (_, _, telling) = self.behind(&acting).await?;
        self.on_request(acting.clone(), Withdraw { acting, reason, telling }, once).await
    }

    /// The request, the entry that it was made under, and how its applicant is reached.
    pub(crate) async fn behind(&self, acting: &Acting) -> Result<(Request, Arc<Entry>, Telling), Failure> {
        let sql = self.store.read();
        let request = self.seen_by(&acting.actor, &acting.number).await?;
        let entry = self.entry_of(&request).await?;
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let email = crate::contact::table::email_of(&sql, request.id).await?;
        let telling = Telling::of(&applicant, &entry).at(email);
        Ok((request, entry, telling))
    }

    /// A request, for whoever may see it; to others there is none.
    pub(crate) async fn seen_by(&self, actor: &Actor, number: &RequestNumber) -> Result<Request, Failure> {
        visible(&self.store.read(), &self.policies, actor, number).await
    }

    /// The entry that a request was made under.
    pub(crate) async fn entry_of(&self, request: &Request) -> Result<Arc<Entry>, Failure> {
        let entry = self.directory.entry_at(&self.store, request.entry, request.entry_version).await?;
        Ok(entry.ok_or_else(Refusal::not_found)?)
    }

    /// Carries out a verb on a request.
    pub(crate) async fn on_request<V>(
        &self,
        acting: Acting,
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<V::Answer, Failure>
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        self.carry_out(&acting.actor, &format!("request/{}", acting.number), verb, key).await
    }
}
