//! A unit signs the review. Once both units have, the next one is counted from that day.

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use compliance::Packs;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Review, review_due, table};
use crate::{
    authority::{About, Acting, words},
    policy::table as policies,
};

const INVALID: Refusal = Refusal::new(Kind::Invalid, "policy.words_missing", &["OM-SOC-R.2"]);
const SIGNED: Refusal = Refusal::new(Kind::Conflict, "policy.review_signed", &["OM-SOC-R.2"]);
const NEVER_IN_FORCE: Refusal = Refusal::new(Kind::Conflict, "policy.never_in_force", &["OM-SOC-R.2"]);

pub(crate) struct SignReview {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub policy: Uuid,
    /// What was looked at.
    pub words: String,
    /// The day of the next review, for the signature that completes this one.
    pub next_review: String,
}

impl Verb for SignReview {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "sign_review", About::of(&policy)).await?;
        let last = policy.last_review_at.ok_or(NEVER_IN_FORCE)?;
        let said = words("words", &self.words, INVALID)?;
        let signed = table::of_policy(tx, policy.id).await?;
        let has_signed = |unit: Uuid| signed.iter().any(|it| it.unit == unit && it.at > last);
        let unit = self.open_unit(tx, &policy, has_signed).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        table::insert(tx, policy.id, &Review { unit, person: by, words: said, at }).await?;
        let is_complete = policy.units().into_iter().all(|one| one == unit || has_signed(one));
        let mut next = None;
        if is_complete {
            let due = review_due(tx, &self.packs, &policy, at, &self.next_review).await?;
            policies::reviewed(tx, policy.id, at, due).await?;
            next = Some(due.0);
        }
        let entry = ledger::Entry {
            kind: if is_complete { "policy.reviewed" } else { "policy.review_signed" },
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["OM-SOC-R.2"],
            body: json!({ "body": policy.body, "unit": unit, "next_review_at": next }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl SignReview {
    /// The unit for which this person signs: the first of theirs that has not.
    async fn open_unit(
        &self,
        tx: &Tx,
        policy: &crate::policy::Policy,
        has_signed: impl Fn(Uuid) -> bool,
    ) -> Result<Uuid, Failure> {
        for unit in policy.units().into_iter().filter(|unit| !has_signed(*unit)) {
            let alone = About { signing: [Some(unit), None], ..About::of(policy) };
            if self.acting.may(tx, "sign_review", alone).await? {
                return Ok(unit);
            }
        }
        Err(SIGNED.into())
    }
}
