//! Who answers for an entry. The first author does until the body names another of its authors (LY-SVC-23.5).

use authz::{Attribute, Failure, Kind, Refusal, Resource};
use clock::{DAY, Timestamp};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Owner, table};
use crate::{
    entry::{
        authority::Acting,
        version::{self, Version},
    },
    rulebook::Rules,
};

/// A publication is a confirmation; whoever owned the entry goes on owning it.
pub(crate) async fn keep(tx: &Tx, published: &Version, rules: &Rules, at: Timestamp) -> Result<(), Failure> {
    let known = table::owner(tx, published.entry).await?;
    let owner = Owner {
        person: known.as_ref().map_or(published.author, |owner| owner.person),
        since: known.map_or(at, |owner| owner.since),
        confirmed_at: at,
        confirm_due_at: at + DAY * rules.confirm_every_days,
    };
    Ok(table::put_owner(tx, published.entry, &owner).await?)
}

/// The desks of the body that provides a service, as the policies see them.
pub(crate) fn resource(version: &Version, owner: Uuid) -> Resource {
    let desks = ["author", "head", "administrator"].map(|role| format!("{role}@{}", version.body));
    Resource {
        kind: "OwnedEntry",
        id: version.card.id.clone(),
        attributes: vec![
            ("owner", Attribute::Word(owner.to_string())),
            ("provider_desks", Attribute::Words(desks.to_vec())),
        ],
    }
}

/// The body names another of its people as the owner of an entry.
pub(crate) struct NameOwner {
    pub acting: Acting,
    pub slug: String,
    pub person: Uuid,
}

impl Verb for NameOwner {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let version = version::leading(tx, &self.slug).await?;
        let known = table::owner(tx, version.entry).await?;
        let person = known.as_ref().map_or(version.author, |owner| owner.person);
        self.acting.policies.require(
            "services",
            &self.acting.actor,
            "name_owner",
            &resource(&version, person),
        )?;
        let at = self.acting.clock.now();
        let authors = organisations::people_with(tx, "author", version.body, at).await?;
        if !authors.contains(&self.person) {
            let refusal = Refusal::new(Kind::Invalid, "directory.owner_unknown", &["LY-SVC-23.5"]);
            return Err(refusal.with_item("person", "choice", "").into());
        }
        let confirmed = known.unwrap_or(Owner {
            person,
            since: at,
            confirmed_at: version.verified_at.unwrap_or(at),
            confirm_due_at: at,
        });
        table::put_owner(tx, version.entry, &Owner { person: self.person, since: at, ..confirmed }).await?;
        table::hand_over(tx, version.entry, self.person).await?;
        let recorded = ledger::Entry {
            kind: "entry.owner_named",
            subject: format!("service/{}", self.slug),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-23.5"],
            body: json!({ "service": self.slug, "owner": self.person }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
