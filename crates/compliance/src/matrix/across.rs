//! One control at every body that it binds, as far as somebody sees them: the ones that have most to do come first.

use std::collections::{BTreeSet, HashMap};

use authz::{Actor, Failure};
use clock::Timestamp;
use organisations::Body;
use uuid::Uuid;

use super::Standing;
use crate::{
    Compliance, Control, assignment, attestation,
    evidence::{self, Evidence},
    exemption, finding,
};

/// How one body stands with the control.
pub(crate) struct Line {
    pub body: Body,
    pub standing: Standing,
    pub findings: i64,
    pub evidence: i64,
    pub due_at: Option<Timestamp>,
    /// Who is named to confirm.
    pub named: Option<Uuid>,
}

/// Where a line stands: what has to be done first, then by slug.
pub(crate) type Place = (usize, String);

impl Line {
    pub(crate) fn place(&self) -> Place {
        let rank = Standing::ALL.into_iter().position(|it| it == self.standing).unwrap_or_default();
        (rank, self.body.slug.clone())
    }
}

/// What somebody sees of a control over the bodies.
pub(crate) struct Across {
    /// Entries of the ledger over the whole platform, and the last of them.
    pub evidence: Evidence,
    pub lines: Vec<Line>,
}

impl Compliance {
    /// Nothing for whoever sees no body's standing.
    pub(crate) async fn across(&self, control: &Control, actor: &Actor) -> Result<Option<Across>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let sight = self.acting(actor).sight(&sql).await?;
        if !sight.all && sight.bodies.is_empty() {
            return Ok(None);
        }
        let assigned = assignment::table::all(&sql).await?;
        let bound: BTreeSet<Uuid> = assigned
            .iter()
            .filter(|it| it.pack == control.pack && it.from_at <= now)
            .map(|it| it.body)
            .collect();
        let found: HashMap<Uuid, _> =
            finding::table::at_bodies(&sql, &control.id, now).await?.into_iter().collect();
        let attested = attestation::table::at_bodies(&sql, &control.id).await?;
        let attested: HashMap<Uuid, _> = attested.into_iter().map(|it| (it.body, it)).collect();
        let exempt: BTreeSet<Uuid> =
            exemption::table::exempt_bodies(&sql, &control.id, now).await?.into_iter().collect();
        let mut counted: HashMap<Uuid, Evidence> =
            evidence::table::at_bodies(&sql, &control.id).await?.into_iter().collect();
        let bodies = organisations::bodies(&sql).await?.into_iter();
        let seen = bodies.filter(|body| bound.contains(&body.id) && sight.sees(body.id));
        let line = |body: Body| {
            let findings = found.get(&body.id).copied().unwrap_or_default();
            let attestation = attested.get(&body.id);
            let is_exempt = exempt.contains(&body.id);
            Line {
                standing: Standing::of(control, findings, is_exempt, attestation, now),
                findings: findings.open + findings.answered,
                evidence: counted.get(&body.id).map_or(0, |it| it.entries),
                due_at: attestation.map(|it| it.due_at),
                named: attestation.and_then(|it| it.person),
                body,
            }
        };
        let mut lines: Vec<Line> = seen.map(line).collect();
        lines.sort_by_key(Line::place);
        Ok(Some(Across { evidence: counted.remove(&Uuid::nil()).unwrap_or_default(), lines }))
    }
}
