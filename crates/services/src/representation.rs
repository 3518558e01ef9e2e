//! Who may act for a legal entity, as the entity itself sees it: whoever stands for all of it sees every mandate, and takes one
//! back after seeing every request that was made under it (LY-SVC-1.12).

pub(crate) mod page;
mod withdraw;

use authz::{Actor, Attribute, Failure, Refusal, Resource};
use identity::{LegalEntity, Mandate, Person};
use uuid::Uuid;

use crate::{
    Services,
    request::table::{self, Line},
};

pub(crate) use page::routes as page_routes;

/// Mandates of one entity that are shown.
const MANDATES_MAX: i64 = 200;

/// A mandate with everybody whom it concerns.
pub(crate) struct Represented {
    pub mandate: Mandate,
    pub entity: LegalEntity,
    pub holder: Person,
}

impl Services {
    /// The mandates of every entity for all of which this person stands, and the person's own.
    pub(crate) async fn representations(&self, actor: &Actor) -> Result<Vec<Represented>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut found: Vec<(Mandate, LegalEntity)> = Vec::new();
        for (own, entity) in identity::mandates(&sql, actor.person, now).await? {
            if own.scope != identity::SCOPE_ALL {
                found.push((own, entity));
                continue;
            }
            let all = identity::mandates_of(&sql, entity.id, now, MANDATES_MAX).await?;
            let is_new = |one: &Mandate| !found.iter().any(|(known, _)| known.id == one.id);
            let new: Vec<Mandate> = all.into_iter().filter(is_new).collect();
            found.extend(new.into_iter().map(|one| (one, entity.clone())));
        }
        let holders: Vec<Uuid> = found.iter().map(|(mandate, _)| mandate.person).collect();
        let holders = identity::persons(&sql, &holders).await?;
        let of = |id: Uuid| holders.iter().find(|person| person.id == id).cloned();
        let all = found.into_iter();
        Ok(all
            .filter_map(|(mandate, entity)| {
                Some(Represented { holder: of(mandate.person)?, mandate, entity })
            })
            .collect())
    }

    /// A mandate that this person may take back; to others it does not exist.
    pub(crate) async fn represented(&self, actor: &Actor, id: Uuid) -> Result<Represented, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mandate = identity::mandate(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let keepers = identity::mandates_of(&sql, mandate.entity, now, MANDATES_MAX).await?;
        let keepers = keepers.iter().filter(|one| one.scope == identity::SCOPE_ALL);
        let resource = resource(&mandate, keepers.map(|one| one.person.to_string()).collect());
        if !self.policies.decide("services", actor, "withdraw_mandate", &resource).permitted {
            return Err(Refusal::not_found().into());
        }
        let entity = identity::entity(&sql, mandate.entity).await?.ok_or_else(Refusal::not_found)?;
        let holder = identity::person(&sql, mandate.person).await?.ok_or_else(Refusal::not_found)?;
        Ok(Represented { mandate, entity, holder })
    }

    /// One page of the requests that a mandate's holder made for its entity, the newest first, whoever looks at them.
    pub(crate) async fn made_under(
        &self,
        mandate: &Mandate,
        before: Uuid,
        limit: i64,
    ) -> Result<Vec<Line>, Failure> {
        let since = mandate.from;
        Ok(table::of_mandate(&self.store.read(), mandate.person, mandate.entity, since, before, limit)
            .await?)
    }
}

fn resource(mandate: &Mandate, keepers: Vec<String>) -> Resource {
    Resource {
        kind: "Mandate",
        id: mandate.id.to_string(),
        attributes: vec![
            ("holder", Attribute::Word(mandate.person.to_string())),
            ("keepers", Attribute::Words(keepers)),
        ],
    }
}
