//! The owning unit publishes what its head approved: it is in force from a day, and whom it binds is asked to acknowledge it.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use compliance::Packs;
use language::day_of;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{NO_DRAFT, Version, table};
use crate::{
    assignment::assign,
    authority::{About, Acting},
    policy::{Policy, PolicyKind, table as policies},
    review::review_due,
};

const METADATA_MISSING: Refusal = Refusal::new(Kind::Invalid, "policy.metadata_missing", &["OM-SOC-0.1"]);
const REVIEW_LOG_MISSING: Refusal = Refusal::new(Kind::Invalid, "policy.review_log_missing", &["OM-SOC-0.2"]);
const NOT_APPROVED: Refusal = Refusal::new(Kind::Conflict, "policy.not_approved", &["OM-SOC-0.3"]);
const NOT_CONSULTED: Refusal = Refusal::new(Kind::Conflict, "vpn.consultation_missing", &["LY-MAIL-2.01f"]);
const TEXT_MISSING: Refusal = Refusal::new(Kind::Invalid, "policy.text_missing", &[]);

pub(crate) struct Publish {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub policy: Uuid,
    /// The first day: `2026-03-01`.
    pub from: String,
    /// Whether those whom it binds are told (OM-SOC-R.4a).
    pub notifies: bool,
    /// The day of the next review; nothing for the latest that is allowed.
    pub next_review: String,
}

impl Verb for Publish {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "revise", About::of(&policy)).await?;
        let draft = table::draft(tx, policy.id).await?.ok_or(NO_DRAFT)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let calendar = organisations::calendar(tx, policy.body).await?;
        let in_force_at = match self.first_day(&draft, calendar.day_of(at))? {
            day if day == calendar.day_of(at) => at,
            day => calendar.at(day, 0),
        };
        self.ready(tx, &policy, &draft).await?;
        if !table::publish(tx, draft.id, (in_force_at, self.notifies), by, at).await? {
            return Err(NO_DRAFT.into());
        }
        if policy.next_review_at.is_none() {
            // Nothing was reviewed before the first version, so its day begins the count.
            let next = review_due(tx, &self.packs, &policy, in_force_at, &self.next_review).await?;
            policies::reviewed(tx, policy.id, in_force_at, next).await?;
            policy.next_review_at = Some(next);
        }
        let entry = ledger::Entry {
            kind: "policy.published",
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["OM-SOC-0.1", "OM-SOC-0.2", "OM-SOC-R.4a"],
            body: json!({ "body": policy.body, "version": draft.number, "in_force_at": in_force_at.0,
                "notifies": self.notifies, "sha256": draft.content.hash(),
                "next_review_at": policy.next_review_at.map(Timestamp::micros) }),
            at,
        };
        ledger::append(tx, entry).await?;
        assign::order(tx, draft.id, in_force_at).await
    }
}

impl Publish {
    /// The day from which it is in force: today or later, and no metadata are missing.
    fn first_day(&self, draft: &Version, today: i64) -> Result<i64, Refusal> {
        let mut missing = draft.content.metadata_missing();
        let first = day_of(&self.from);
        if first.is_none() {
            missing.extend(METADATA_MISSING.with_item("from", "date", "").items);
        }
        match first {
            Some(first) if missing.is_empty() && first < today => {
                Err(METADATA_MISSING.with_item("from", "policy_from", ""))
            }
            Some(first) if missing.is_empty() => Ok(first),
            _ => Err(METADATA_MISSING.with_items(missing)),
        }
    }

    async fn ready(&self, tx: &Tx, policy: &Policy, draft: &Version) -> Result<(), Failure> {
        let missing = draft.content.review_log_missing();
        if !missing.is_empty() {
            return Err(REVIEW_LOG_MISSING.with_items(missing).into());
        }
        if draft.content.text_ar.trim().is_empty() || draft.content.text_en.trim().is_empty() {
            return Err(TEXT_MISSING.with_item("text_ar", "required", "").into());
        }
        let is_heard =
            policy.kind != PolicyKind::VpnUse || !table::consultations(tx, draft.id).await?.is_empty();
        if !is_heard {
            return Err(NOT_CONSULTED.into());
        }
        // A change of the draft takes its approval away, so that the entry is always about this text.
        match draft.approval_entry {
            Some(_) => Ok(()),
            None => Err(NOT_APPROVED.into()),
        }
    }
}
