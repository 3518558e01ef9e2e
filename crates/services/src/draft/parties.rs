//! For whom a person may make a request of a service: for itself, or for the entities that it stands for.

use authz::{Actor, Assurance, Failure, Kind, Refusal};
use identity::LegalEntity;
use uuid::Uuid;

use crate::{
    Services,
    entry::{Entry, NOT_ELECTRONIC},
};

#[derive(Clone, Debug)]
pub(crate) struct Parties {
    /// The person's own kind of beneficiary is among those whom the service is for.
    pub own: bool,
    pub entities: Vec<LegalEntity>,
}

impl Services {
    /// Whether the person may apply at all, asked before anything is typed: is the service for it (LY-SVC-1.03),
    /// and was it identified surely enough (LY-SVC-8.1)?
    pub(crate) async fn may_apply(&self, actor: &Actor, entry: &Entry) -> Result<Parties, Failure> {
        if !entry.card.is_electronic() {
            return Err(NOT_ELECTRONIC.into());
        }
        let parties = self.parties(actor, entry).await?;
        if !parties.own && parties.entities.is_empty() {
            return Err(Refusal::new(Kind::NotAllowed, "request.not_eligible", &["LY-SVC-1.03"]).into());
        }
        let needed = Assurance::named(&entry.card.assurance).unwrap_or(Assurance::High);
        identity::require(actor, needed)?;
        Ok(parties)
    }

    /// The mandates that cover this service, for the kinds of entity that it is for (LY-SVC-1.12).
    pub(crate) async fn parties(&self, actor: &Actor, entry: &Entry) -> Result<Parties, Failure> {
        let card = &entry.card;
        let admits = |kind: &str| card.audience.iter().any(|known| known == kind);
        let held = identity::mandates(&self.store.read(), actor.person, self.clock.now()).await?;
        let mut entities: Vec<LegalEntity> = held
            .into_iter()
            .filter(|(mandate, entity)| mandate.covers(&card.id) && admits(entity.kind.word()))
            .map(|(_, entity)| entity)
            .collect();
        entities.dedup_by_key(|entity| entity.id);
        Ok(Parties { own: admits(&actor.kind), entities })
    }
}

impl Parties {
    /// A question is asked only of those who can answer it in two ways.
    pub fn is_choice(&self) -> bool {
        self.entities.len() + usize::from(self.own) > 1
    }

    /// For whom it is when nobody is asked.
    pub fn suggested(&self) -> Option<Uuid> {
        if self.own { None } else { self.entities.first().map(|entity| entity.id) }
    }

    pub fn entity(&self, id: Uuid) -> Option<&LegalEntity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}
