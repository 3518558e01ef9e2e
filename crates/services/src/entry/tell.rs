//! Who is told of what happens to an entry: its author and owner in the verb's own transaction, stakeholders and
//! subscribers by a job, because they may be many (LY-SVC-1.09, 23.3).

use std::sync::Arc;

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::Timestamp;
use jobs::{JobError, Task, Work};
use language::{Lang, Text};
use notify::{Address, Message};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Stakeholder, table,
    version::{self, Version},
};
use crate::{Services, classification::Tree, duty, subscription, telling};

/// The kind of job that tells of a publication.
pub(crate) const KIND: &str = "services.tell_of_publication";
/// Subscribers that one transaction tells.
const SUBSCRIBERS_AT_ONCE: i64 = 200;
/// Whom a body's messages reach.
const ROLES_TOLD: [&str; 3] = ["head", "administrator", "author"];

/// Whoever answers for the entry, or its author as long as nobody does.
pub(crate) async fn owner(
    tx: &Tx,
    version: &Version,
    key: &'static str,
    words: &str,
    at: Timestamp,
) -> Result<(), Failure> {
    let owner = duty::table::owner(tx, version.entry).await?.map_or(version.author, |owner| owner.person);
    let slug = &version.card.id;
    let told = telling::message(owner, key, format!("service/{slug}"), format!("/directory/entries/{slug}"))
        .text("service", &version.card.name)
        .word("words", words);
    Ok(identity::tell(tx, told, at).await?)
}

/// Everybody at a body who answers for its services.
pub(crate) async fn body(
    tx: &Tx,
    body: Uuid,
    at: Timestamp,
    message: impl Fn(Uuid) -> Message,
) -> Result<usize, Failure> {
    let mut told: Vec<Uuid> = Vec::new();
    for role in ROLES_TOLD {
        for somebody in organisations::people_with(tx, role, body, at).await? {
            if !told.contains(&somebody) {
                identity::tell(tx, message(somebody), at).await?;
                told.push(somebody);
            }
        }
    }
    Ok(told.len())
}

/// The worker of [`KIND`].
pub struct TellOfPublication(pub Arc<Services>);

#[async_trait]
impl Work for TellOfPublication {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let slug = task.payload.get("service").and_then(|slug| slug.as_str());
        let version = task.payload.get("version").and_then(|version| version.as_i64());
        let (Some(slug), Some(version)) = (slug, version) else {
            return Err(JobError::Never("the payload names no version".into()));
        };
        self.0.tell_of(slug, version).await.map_err(JobError::of)
    }
}

impl Services {
    async fn tell_of(&self, slug: &str, version: i64) -> Result<(), Failure> {
        let versions = version::table::of_entry(&self.store.read(), slug).await?;
        let before = versions.iter().any(|it| it.version < version && it.verified_at.is_some());
        let told = versions.into_iter().find(|it| it.version == version).ok_or_else(Refusal::not_found)?;
        if before { self.tell_stakeholders(&told).await } else { self.tell_all_subscribers(&told).await }
    }

    /// A change is told to everybody whom it concerns (LY-SVC-1.09).
    async fn tell_stakeholders(&self, version: &Version) -> Result<(), Failure> {
        let at = self.clock.now();
        for (place, party) in version.card.stakeholders.iter().enumerate() {
            let told = TellParty { version: version.clone(), place, party: party.clone(), at };
            self.store.write(told).await?;
        }
        Ok(())
    }

    /// A new service is told to whoever asked to hear of its kind (LY-SVC-23.3).
    async fn tell_all_subscribers(&self, version: &Version) -> Result<(), Failure> {
        let at = self.clock.now();
        let card = &version.card;
        let themes = card.themes.iter().map(|word| (Tree::Theme, word));
        let events = card.life_events.iter().map(|word| (Tree::LifeEvent, word));
        for (tree, word) in themes.chain(events) {
            self.tell_subscribers(version, tree, word, at).await?;
        }
        Ok(())
    }

    async fn tell_subscribers(
        &self,
        version: &Version,
        tree: Tree,
        word: &str,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let mut after = Uuid::nil();
        loop {
            let sql = self.store.read();
            let people = subscription::table::of_word(&sql, tree, word, after, SUBSCRIBERS_AT_ONCE).await?;
            let Some(last) = people.last() else { return Ok(()) };
            after = *last;
            self.store.write(TellSubscribers { version: version.clone(), people, at }).await?;
        }
    }
}

/// Tells one stakeholder of a publication, once, and keeps that it was told.
struct TellParty {
    version: Version,
    place: usize,
    party: Stakeholder,
    at: Timestamp,
}

impl Verb for TellParty {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let party = format!("stakeholder/{}", self.place);
        let means = self.means();
        if !table::note_told(tx, &self.version, &party, &self.party.name, means, self.at).await? {
            return Ok(());
        }
        let slug = &self.version.card.id;
        let told = ledger::Entry {
            kind: "entry.stakeholder_told",
            subject: format!("service/{slug}"),
            actor: None,
            controls: &["LY-SVC-1.09"],
            body: json!({ "service": slug, "version": self.version.version, "place": self.place, "means": means }),
            at: self.at,
        };
        ledger::append(tx, told).await?;
        match (&self.party.body, &self.party.email) {
            (Some(slug), _) => {
                let Some(held) = organisations::body_by_slug(tx, slug).await? else { return Ok(()) };
                body(tx, held.id, self.at, |to| self.message(to)).await?;
                Ok(())
            }
            (None, Some(email)) => {
                // Nobody's inbox: the party has no account, the letter alone reaches it and its delivery is kept.
                let address = Address { email: email.clone(), language: Lang::Ar };
                notify::send(tx, self.at, self.message(Uuid::nil()), Some(address)).await?;
                Ok(())
            }
            (None, None) => Ok(()),
        }
    }
}

impl TellParty {
    fn means(&self) -> &'static str {
        match (&self.party.body, &self.party.email) {
            (Some(_), _) => "inbox",
            (None, Some(_)) => "email",
            (None, None) => "no_means",
        }
    }

    fn message(&self, to: Uuid) -> Message {
        publication(&self.version, to, "entry-changed", format!("/services/{}/history", self.version.card.id))
    }
}

/// Tells some subscribers of a service that is new to them; whoever was told before is left out.
struct TellSubscribers {
    version: Version,
    people: Vec<Uuid>,
    at: Timestamp,
}

impl Verb for TellSubscribers {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        for someone in &self.people {
            let party = format!("person/{someone}");
            let first = Text::default();
            let known = table::was_told(tx, self.version.entry, &party).await?;
            if known || !table::note_told(tx, &self.version, &party, &first, "inbox", self.at).await? {
                continue;
            }
            let link = format!("/services/{}", self.version.card.id);
            identity::tell(tx, publication(&self.version, *someone, "entry-new", link), self.at).await?;
        }
        Ok(())
    }
}

fn publication(version: &Version, to: Uuid, key: &'static str, link: String) -> Message {
    telling::message(to, key, format!("service/{}", version.card.id), link)
        .text("service", &version.card.name)
}

/// A stakeholder who was told of a version.
#[derive(Clone, Debug)]
pub struct Told {
    pub version: i64,
    pub name: Text,
    /// `inbox`, `email` or `no_means`.
    pub means: String,
    pub at: Timestamp,
}

impl Services {
    /// The stakeholders who were told of an entry's changes, the newest first.
    pub async fn stakeholders_told(&self, entry: Uuid) -> Result<Vec<Told>, Failure> {
        Ok(table::told(&self.store.read(), entry).await?)
    }
}
