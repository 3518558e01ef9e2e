//! The competent administration says that a document binds a body, and from which day.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{Assignment, table};
use crate::{
    Packs,
    authority::{About, Acting},
};

pub(crate) struct AssignPack {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub pack: String,
    /// A body's slug.
    pub body: String,
    /// The first day: `2026-03-01`.
    pub from: String,
}

impl Verb for AssignPack {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?;
        self.acting.check(tx, "assign_pack", body.as_ref().map(|it| it.id), About::default()).await?;
        let pack = self.packs.pack(&self.pack);
        let refusal = Refusal::new(Kind::Invalid, "compliance.assignment_incomplete", &["LY-SVC-3.1"]);
        let refusal = match (&body, pack, language::day_of(&self.from)) {
            (Some(body), Some(pack), Some(from)) => {
                let calendar = organisations::calendar(tx, body.id).await?;
                let assigned =
                    Assignment { pack: pack.id.clone(), body: body.id, from_at: calendar.at(from, 0) };
                return self.put(tx, &assigned).await;
            }
            (None, _, _) => refusal.with_item("body", "choice", ""),
            (_, None, _) => refusal.with_item("pack", "choice", ""),
            (_, _, None) => refusal.with_item("from", "date", ""),
        };
        Err(refusal.into())
    }
}

impl AssignPack {
    async fn put(&self, tx: &Tx, assigned: &Assignment) -> Result<(), Failure> {
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        table::put(tx, assigned, Some(by), at).await?;
        let recorded = ledger::Entry {
            kind: "pack.assigned",
            subject: format!("pack/{}", assigned.pack),
            actor: Some(by),
            controls: &["LY-SVC-3.1", "KW-RW-5.1"],
            body: json!({ "body": assigned.body, "pack": assigned.pack, "from": assigned.from_at.0 }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
