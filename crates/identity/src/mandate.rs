//! A mandate: the record that a person may act for a legal entity (LY-SVC-1.12). Ended, never deleted.

pub(crate) mod end;
pub(crate) mod grant;
pub(crate) mod table;

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use store::Sql;
use uuid::Uuid;

use crate::LegalEntity;

/// The scope of a mandate without limits.
pub const SCOPE_ALL: &str = "all";

pub(crate) const NO_MANDATE: Refusal =
    Refusal::new(Kind::NotAllowed, "identity.no_mandate", &["LY-SVC-1.12"]);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    pub id: Uuid,
    pub person: Uuid,
    pub entity: Uuid,
    /// [`SCOPE_ALL`], or the id of the one service that it covers.
    pub scope: String,
    pub from: Timestamp,
    /// The first moment at which it no longer holds; open when absent.
    pub until: Option<Timestamp>,
}

impl Mandate {
    pub fn covers(&self, service: &str) -> bool {
        self.scope == SCOPE_ALL || self.scope == service
    }
}

/// The mandate under which the person acts for the entity now, the widest first; 403 without one.
pub async fn mandate_for(
    sql: &impl Sql,
    person: Uuid,
    entity: Uuid,
    now: Timestamp,
) -> Result<(Mandate, LegalEntity), Failure> {
    let held = table::mandates(sql, person, now).await?;
    let mut of_entity: Vec<_> = held.into_iter().filter(|(mandate, _)| mandate.entity == entity).collect();
    of_entity.sort_by_key(|(mandate, _)| mandate.scope != SCOPE_ALL);
    of_entity.into_iter().next().ok_or_else(|| NO_MANDATE.into())
}
