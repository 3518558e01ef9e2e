//! A provider proposes where its documents are kept (LY-SVC-20.1b).

use authz::{Attribute, Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Agreement, Standing, Terms, table};
use crate::{Services, entry::authority::Acting};

/// Roles at a provider that speak for it here.
const PROVIDER_ROLES: [&str; 3] = ["author", "head", "administrator"];

pub struct ProposeStorage {
    pub(crate) acting: Acting,
    pub body: Uuid,
    pub terms: Terms,
    /// Names of storage that this body may choose from.
    pub places: Vec<String>,
}

impl Verb for ProposeStorage {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check_provider(tx, "propose_storage", self.body).await?;
        self.terms.check(&self.places)?;
        if table::is_of_another(tx, &self.terms.location, self.body).await? {
            return Err(of_another().into());
        }
        let at = self.acting.clock.now();
        table::drop_proposals(tx, self.body, at).await?;
        let agreement = Agreement {
            id: Uuid::now_v7(),
            body: self.body,
            terms: self.terms.clone(),
            standing: Standing::Proposed,
            proposed_by: self.acting.actor.person,
            proposed_at: at,
            approved_at: None,
            ended_at: None,
            note: String::new(),
        };
        table::insert(tx, &agreement).await?;
        let recorded = ledger::Entry {
            kind: "storage.proposed",
            subject: format!("storage/{}", agreement.id),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-20.1b"],
            body: json!({ "body": self.body, "terms": self.terms }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(agreement.id)
    }
}

/// No storage is shared: what one provider keeps, another's storage never holds (LY-SVC-20.1a).
pub(super) fn of_another() -> Refusal {
    Refusal::new(Kind::Conflict, "storage.of_another_body", &["LY-SVC-20.1a"]).with_item(
        "location",
        "storage_of_another",
        "",
    )
}

impl Acting {
    /// Whether this person speaks for a provider towards the competent administration.
    pub(crate) async fn check_provider(
        &self,
        sql: &impl store::Sql,
        act: &'static str,
        body: Uuid,
    ) -> Result<(), Failure> {
        let desks = PROVIDER_ROLES.map(|role| format!("{role}@{body}"));
        let provider = ("provider_desks", Attribute::Words(desks.to_vec()));
        self.check_with(sql, "Storage", act, vec![provider]).await
    }
}

impl Services {
    /// What a body may choose from: storage that was connected, and an area of its own at the portal.
    pub(crate) fn places_for(&self, slug: &str) -> Vec<String> {
        let own = slug.to_owned();
        let mut places = self.documents.places();
        places.retain(|place| *place != own && self.directory.provider_by_slug(place).is_none());
        places.insert(0, own);
        places
    }

    /// Proposes where a body's documents are kept.
    pub async fn propose_storage(
        &self,
        actor: &authz::Actor,
        body: Uuid,
        terms: Terms,
    ) -> Result<Uuid, Failure> {
        let held = organisations::body(&self.store.read(), body).await?.ok_or_else(Refusal::not_found)?;
        let places = self.places_for(&held.slug);
        let verb = ProposeStorage { acting: self.acting_on_directory(actor), body, terms, places };
        self.carry_out_entry(actor, "directory/storage", verb, None).await
    }
}
