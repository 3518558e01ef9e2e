//! An author begins a card: an empty one, or the next version of a service from what is registered last.

use authz::{Actor, Failure, Refusal};
use clock::Clock;
use serde_json::Value;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{Proposal, table};
use crate::entry::{reading, version};

/// A form that asks nothing yet.
const EMPTY_FORM: &str = "";

pub(crate) struct Begin {
    pub actor: Actor,
    /// The service of which it is the next version.
    pub from: Option<String>,
    pub clock: Clock,
}

impl Verb for Begin {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let (body, slug, card, form, process) = match &self.from {
            None => self.empty(tx).await?,
            Some(slug) => self.next_of(tx, slug).await?,
        };
        if !slug.is_empty()
            && let Some(open) = table::open_for(tx, body, &slug).await?
        {
            return Ok(open.id);
        }
        let at = self.clock.now();
        let proposal = Proposal {
            id: Uuid::now_v7(),
            body,
            author: self.actor.person,
            slug,
            card,
            form,
            process,
            begun_at: at,
            saved_at: at,
            revision: 1,
        };
        table::insert(tx, &proposal).await?;
        Ok(proposal.id)
    }
}

type Start = (Uuid, String, Value, String, String);

impl Begin {
    async fn empty(&self, sql: &impl Sql) -> Result<Start, Failure> {
        let held = self.actor.roles.iter().find(|role| role.name == "author");
        let body = held.ok_or_else(Refusal::not_found)?.body;
        let provider = organisations::body(sql, body).await?.ok_or_else(Refusal::not_found)?;
        let mut card = reading::blank();
        card["body"] = provider.slug.into();
        Ok((body, String::new(), card, EMPTY_FORM.to_owned(), String::new()))
    }

    async fn next_of(&self, sql: &impl Sql, slug: &str) -> Result<Start, Failure> {
        let versions = version::table::of_entry(sql, slug).await?;
        let last = versions.into_iter().next().ok_or_else(Refusal::not_found)?;
        if !self.actor.holds("author", last.body) {
            return Err(Refusal::not_found().into());
        }
        let process =
            last.process.as_ref().map(serde_json::to_string_pretty).transpose()?.unwrap_or_default();
        Ok((last.body, slug.to_owned(), serde_json::to_value(&last.card)?, last.form, process))
    }
}
