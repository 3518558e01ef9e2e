//! The delay report: every request whose promise was found to be broken, for the head of the body and for the competent
//! administration (LY-SVC-16.3c). A line comes in the moment in which the applicant is told the new day, and stays.

pub(crate) mod api;
pub(crate) mod page;

use authz::{Actor, Attribute, Failure, Kind, Refusal, Resource};
use clock::{DAY, Timestamp};
use organisations::COMPETENT_ADMINISTRATION;
use store::{Sql, StoreError};
use uuid::Uuid;

use super::table::{self, After, Delay, Narrowed};
use crate::Services;

/// Roles at the competent administration that see the delays of every body.
const WATCHING: [&str; 4] = ["head", "verifier", "auditor", "administrator"];
/// A service is late repeatedly when of the requests of so many days so many, and so large a share, were late.
const REPEATED_DAYS: u32 = 90;
const REPEATED_MIN: i64 = 5;
const REPEATED_PERCENT: i64 = 20;

/// What somebody asks to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Slugs; empty asks for all.
    pub body: String,
    pub service: String,
    pub open: Option<bool>,
}

/// Before the first page.
pub(crate) const NEWEST: After = (i64::MAX, Uuid::max());

impl Services {
    /// One page of the report. Whoever may see one body only sees that one.
    pub(crate) async fn delays(
        &self,
        actor: &Actor,
        wanted: &Wanted,
        before: After,
        limit: i64,
    ) -> Result<Vec<Delay>, Failure> {
        let body = self.delays_body(actor, &wanted.body).await?;
        let entry = self.directory.entry(&wanted.service).map(|entry| entry.id);
        if entry.is_none() && !wanted.service.is_empty() {
            return Ok(Vec::new());
        }
        let narrowed = Narrowed { body, entry, open: wanted.open };
        Ok(table::delays(&self.store.read(), narrowed, before, limit).await?)
    }

    /// The body to which the report is narrowed; nothing for those who see all of them and asked for none.
    async fn delays_body(&self, actor: &Actor, slug: &str) -> Result<Option<Uuid>, Failure> {
        let authority = organisations::holder_of(&self.store.read(), COMPETENT_ADMINISTRATION).await?;
        let asked = self.directory.providers().into_iter().find(|provider| provider.slug == slug);
        let body = match asked {
            Some(provider) => Some(provider.id),
            None if slug.is_empty() && self.may_see(actor, None, authority) => None,
            None => {
                let heads = actor.roles.iter().find(|role| role.name == "head");
                Some(heads.ok_or(NOT_YOURS)?.body)
            }
        };
        if self.may_see(actor, body, authority) { Ok(body) } else { Err(NOT_YOURS.into()) }
    }

    fn may_see(&self, actor: &Actor, body: Option<Uuid>, authority: Option<Uuid>) -> bool {
        let watching = authority.into_iter().flat_map(|body| WATCHING.map(|role| format!("{role}@{body}")));
        let head = body.map(|body| format!("head@{body}"));
        let resource = Resource {
            kind: "Delays",
            id: body.map_or_else(|| "all".to_owned(), |body| body.to_string()),
            attributes: vec![("desks", Attribute::Words(watching.chain(head).collect()))],
        };
        self.policies.decide("services", actor, "see_delays", &resource).permitted
    }

    /// Whether the report of every body is open to this person, who may then choose one.
    pub(crate) async fn sees_all_delays(&self, actor: &Actor) -> Result<bool, Failure> {
        let authority = organisations::holder_of(&self.store.read(), COMPETENT_ADMINISTRATION).await?;
        Ok(self.may_see(actor, None, authority))
    }
}

const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "delays.not_yours", &["LY-SVC-16.3c"]);

/// Whether a service is late again and again, so that what the directory promises is due for an update (LY-SVC-25.1).
pub(crate) async fn are_repeated(sql: &impl Sql, entry: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let (all, late) = table::kept_since(sql, entry, now - DAY * REPEATED_DAYS).await?;
    Ok(late >= REPEATED_MIN && late * 100 >= all * REPEATED_PERCENT)
}
