//! From a call to a verb: what copies need is looked up and rendered before their transaction.

use authz::{Actor, Failure, Kind, Refusal};
use compliance::Door;
use language::Lang;
use print::Envelope;
use store::OnceKey;
use uuid::Uuid;

use super::{
    Address, BATCH_COPIES_MAX, CONTROLS, PaperCopy, ask::AskForCopy, dispatch::DispatchCopy,
    print_out::PrintOut, table,
};
use crate::{
    Services,
    appointment::Appointment,
    output,
    request::{self, act::Acting},
};

const NOTHING_CHOSEN: Refusal = Refusal::new(Kind::Invalid, "copy.nothing_chosen", CONTROLS);

impl Services {
    pub async fn ask_for_copy(
        &self,
        acting: Acting,
        address: Address,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let request = self.seen_by(&acting.actor, &acting.number).await?;
        let entry = self.entry_of(&request).await?;
        let verb = AskForCopy { acting: acting.clone(), entry, address };
        self.on_request(acting, verb, key).await
    }

    /// A copy, for whoever posts those of its body; to others there is none.
    pub(crate) async fn copy_seen(&self, actor: &Actor, id: Uuid) -> Result<PaperCopy, Failure> {
        let copy = table::by_id(&self.store.read(), id).await?.ok_or_else(Refusal::not_found)?;
        let desk = Appointment::desk(copy.body);
        if !self.policies.decide("services", actor, "see_collection", &desk).permitted {
            return Err(Refusal::not_found().into());
        }
        Ok(copy)
    }

    pub async fn dispatch_copy(
        &self,
        actor: &Actor,
        id: Uuid,
        carrier: String,
        tracking: String,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let copy = self.copy_seen(actor, id).await?;
        let request = request::table::by_id(&self.store.read(), copy.request).await?;
        let request = request.ok_or_else(Refusal::not_found)?;
        let verb = DispatchCopy {
            actor: actor.clone(),
            copy: id,
            carrier,
            tracking,
            policies: self.policies.clone(),
            clock: self.clock.clone(),
            telling: self.telling_of(&request).await?,
        };
        self.carry_out(actor, &request.subject(), verb, key).await
    }

    /// The chosen copies as one PDF with a cover sheet for each; rendered first, counted after.
    pub(crate) async fn print_copies(&self, actor: &Actor, ids: Vec<Uuid>) -> Result<Vec<u8>, Failure> {
        let mut ids = ids;
        ids.sort();
        ids.dedup();
        if ids.is_empty() || ids.len() > BATCH_COPIES_MAX {
            return Err(NOTHING_CHOSEN.with_item("copies", "copies", &BATCH_COPIES_MAX.to_string()).into());
        }
        let mut envelopes = Vec::with_capacity(ids.len());
        for id in &ids {
            let copy = self.copy_seen(actor, *id).await?;
            self.policies.require("services", actor, "post_copies", &Appointment::desk(copy.body))?;
            envelopes.push(self.envelope(&copy).await?);
        }
        let title = self.texts.say(Lang::Ar, "copy-batch-title", &[]);
        let pdf = print::batch(&title, envelopes, self.clock.now()).await?;
        let (policies, clock) = (self.policies.clone(), self.clock.clone());
        self.store.write(PrintOut { actor: actor.clone(), copies: ids, policies, clock }).await?;
        self.ledger.wake();
        Ok(pdf)
    }

    async fn envelope(&self, copy: &PaperCopy) -> Result<Envelope, Failure> {
        let sql = self.store.read();
        let request = request::table::by_id(&sql, copy.request).await?.ok_or_else(Refusal::not_found)?;
        let provider = self.directory.provider(copy.body).ok_or_else(Refusal::not_found)?;
        let entry = self.entry_of(&request).await?;
        let say = |key: &str| self.texts.say(Lang::Ar, key, &[]);
        let mut papers = Vec::new();
        for output in output::table::of_request(&sql, request.id).await? {
            let listed = entry.card.outputs.iter().find(|listed| listed.id == output.part);
            let title = listed.map_or_else(|| output.part.clone(), |listed| listed.title.ar.clone());
            papers.push((title, self.documents.bytes(output.document).await?.to_vec()));
        }
        let Address { recipient, street, city, phone } = &copy.address;
        let lines = [recipient, street, city, phone];
        Ok(Envelope {
            from: provider.name.clone(),
            to_word: say("copy-to"),
            address: lines.into_iter().filter(|line| !line.is_empty()).cloned().collect(),
            facts: vec![
                (say("request-service"), entry.card.name.ar.clone()),
                (say("request-number"), request.number.to_string()),
                (say("copy-papers"), papers.len().to_string()),
            ],
            note: say("copy-cover-note"),
            papers,
        })
    }
}
