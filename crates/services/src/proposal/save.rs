//! Keeps what was typed, whatever it is: nothing is lost, and nobody overwrites what another author typed meanwhile.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Clock;
use serde_json::Value;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{Proposal, table};
use crate::entry::table as table_of_entries;

/// Characters of a card as JSON.
const CARD_CHARACTERS_MAX: usize = 400_000;

pub(crate) struct Save {
    pub actor: Actor,
    pub id: Uuid,
    pub card: Value,
    pub form: String,
    pub process: String,
    /// The revision on the page; `None` accepts the current one.
    pub revision: Option<i64>,
    pub clock: Clock,
}

impl Verb for Save {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        let known = own(table::find(tx, self.id).await?, &self.actor)?;
        if self.revision.is_some_and(|seen| seen != known.revision) {
            return Err(CHANGED.into());
        }
        if serde_json::to_string(&self.card)?.len() > CARD_CHARACTERS_MAX {
            return Err(Refusal::new(Kind::TooLarge, "directory.card_too_large", &["LY-SVC-24.1b"]).into());
        }
        let slug = self.slug(tx, &known).await?;
        let saved = Proposal {
            slug,
            card: self.card.clone(),
            form: self.form.clone(),
            process: self.process.clone(),
            saved_at: self.clock.now(),
            ..known.clone()
        };
        match table::update(tx, &saved).await? {
            true => Ok(known.revision + 1),
            false => Err(CHANGED.into()),
        }
    }
}

impl Save {
    /// The service that the card is a version of. The id of one that is registered stands: another one would leave the
    /// service without its next version and make a second service of it.
    async fn slug(&self, tx: &Tx, known: &Proposal) -> Result<String, Failure> {
        let typed = self.card["id"].as_str().unwrap_or_default().trim();
        if is_registered(tx, known).await? {
            return match typed == known.slug {
                true => Ok(known.slug.clone()),
                false => Err(ID_REGISTERED.with_item("id", "id_registered", &known.slug).into()),
            };
        }
        // An id that somebody has already can still be typed anew.
        let taken = table_of_entries::latest(tx, typed).await?.is_some();
        Ok(if taken { String::new() } else { typed.to_owned() })
    }
}

const ID_REGISTERED: Refusal = Refusal::new(Kind::Conflict, "directory.id_registered", &["LY-SVC-25.2"]);

/// Whether the service that it is a version of stands in the register.
pub(crate) async fn is_registered(sql: &impl Sql, proposal: &Proposal) -> Result<bool, Failure> {
    Ok(!proposal.slug.is_empty() && table_of_entries::latest(sql, &proposal.slug).await?.is_some())
}

/// A proposal belongs to the authors of its body; to everybody else it does not exist.
pub(crate) fn own(found: Option<Proposal>, actor: &Actor) -> Result<Proposal, Refusal> {
    found.filter(|proposal| actor.holds("author", proposal.body)).ok_or_else(Refusal::not_found)
}

pub(crate) const CHANGED: Refusal = Refusal::new(Kind::Conflict, "directory.proposal_changed", &[]);
