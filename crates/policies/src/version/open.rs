//! The owning unit opens a revision: a draft that begins with the text in force.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{PolicyContent, Version, table};
use crate::{
    authority::{About, Acting},
    policy::table as policies,
};

const DRAFT_OPEN: Refusal = Refusal::new(Kind::Conflict, "policy.draft_open", &[]);

pub(crate) struct OpenRevision {
    pub acting: Acting,
    pub policy: Uuid,
}

impl Verb for OpenRevision {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        let policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "revise", About::of(&policy)).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if table::draft(tx, policy.id).await?.is_some() {
            return Err(DRAFT_OPEN.into());
        }
        let last = table::of_policy(tx, policy.id).await?.pop().ok_or_else(Refusal::not_found)?;
        // The line of the review log belongs to one version, so the next one begins without it.
        let content = PolicyContent {
            issue: String::new(),
            reviewed_on: String::new(),
            modified_by: String::new(),
            reviewer: String::new(),
            reasons: String::new(),
            parts: String::new(),
            ..last.content
        };
        let number = last.number + 1;
        let draft = Version {
            id: Uuid::now_v7(),
            policy: policy.id,
            number,
            content,
            approved_by: None,
            approved_at: None,
            approval_entry: None,
            published_by: None,
            published_at: None,
            in_force_at: None,
            notifies: true,
        };
        table::insert(tx, &draft, by, at).await?;
        let entry = ledger::Entry {
            kind: "policy.revision_opened",
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["OM-SOC-R.1"],
            body: json!({ "body": policy.body, "version": number }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(number)
    }
}
