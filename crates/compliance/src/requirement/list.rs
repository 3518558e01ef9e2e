//! What one body has to keep beyond the documents, for page and API alike.

use std::collections::BTreeMap;

use authz::{Actor, Failure, Refusal};
use organisations::Body;
use uuid::Uuid;
use web::Cursor;

use super::{Requirement, all_effective, table};
use crate::{Compliance, Resolved, authority::About};

pub(crate) struct RequirementsListed {
    pub body: Body,
    pub held: Vec<Requirement>,
    pub next: String,
    /// The numbers that are stricter for this body than in the documents.
    pub effective: BTreeMap<String, Resolved>,
    pub may_set: bool,
}

impl Compliance {
    pub(crate) async fn requirements(
        &self,
        actor: &Actor,
        slug: &str,
        cursor: &str,
        page: usize,
    ) -> Result<RequirementsListed, Failure> {
        let (sql, acting) = (self.store.read(), self.acting(actor));
        let body = organisations::body_by_slug(&sql, slug).await?.ok_or_else(Refusal::not_found)?;
        acting.check(&sql, "see_body", Some(body.id), About::default()).await?;
        let before = Cursor::decode_given(Some(cursor))?.unwrap_or(Uuid::max());
        let mut held = table::listed(&sql, body.id, before, page as i64 + 1).await?;
        let next = Cursor::cut(&mut held, page, |last| last.id)?.unwrap_or_default();
        let in_force = table::in_force(&sql, body.id, self.clock.now()).await?;
        let effective = all_effective(&self.packs, &in_force);
        let may_set = acting.may(&sql, "set_requirement", Some(body.id), About::default()).await?;
        Ok(RequirementsListed { body, held, next, effective, may_set })
    }
}
