//! Every registered body, the worst first (LY-SVC-3.1).

use std::collections::HashMap;

use authz::Failure;
use uuid::Uuid;

use super::{BodyLine, Place};
use crate::{
    Compliance, assignment, attestation,
    authority::{About, Acting, Sight},
    exemption, finding,
};

impl Compliance {
    /// What this person may see of the bodies; nobody without a desk that sees any.
    pub(crate) async fn overseen(&self, acting: &Acting) -> Result<Sight, Failure> {
        let sql = self.store.read();
        let sight = acting.sight(&sql).await?;
        if !sight.all && sight.bodies.is_empty() {
            acting.check(&sql, "see_all", None, About::default()).await?;
        }
        Ok(sight)
    }

    /// The bodies after a place, at most `limit`. Some hundred bodies at most: they are counted in the database by body, and
    /// put in order here.
    pub(crate) async fn body_lines(
        &self,
        sight: &Sight,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<BodyLine>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let findings: HashMap<Uuid, _> = finding::table::by_body(&sql, now).await?.into_iter().collect();
        let attested: HashMap<Uuid, _> = attestation::table::by_body(&sql, now).await?.into_iter().collect();
        let exempt: HashMap<Uuid, i64> = exemption::table::by_body(&sql, now).await?.into_iter().collect();
        let assigned = assignment::table::all(&sql).await?;
        let line = |body: organisations::Body| {
            let own = || assigned.iter().filter(|it| it.body == body.id);
            BodyLine {
                findings: findings.get(&body.id).copied().unwrap_or_default(),
                attestations: attested.get(&body.id).copied().unwrap_or_default(),
                exemptions: exempt.get(&body.id).copied().unwrap_or_default(),
                packs: own().filter(|it| it.from_at <= now).count(),
                is_gap: own().next().is_none() && (self.provides)(body.id),
                body,
            }
        };
        let bodies = organisations::bodies(&sql).await?.into_iter().filter(|body| sight.sees(body.id));
        let mut lines: Vec<(Place, BodyLine)> = bodies.map(line).map(|line| (line.place(), line)).collect();
        lines.sort_by(|one, other| one.0.cmp(&other.0));
        let later = lines.into_iter().filter(|(place, _)| after.as_ref().is_none_or(|after| place > after));
        Ok(later.map(|(_, line)| line).take(limit).collect())
    }
}
