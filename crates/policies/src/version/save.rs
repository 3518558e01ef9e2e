//! The owning unit writes a draft. It may be incomplete until it is published; what was approved is no longer once it changes.

use authz::{Failure, Item, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{CHANGED, CLASSIFICATIONS, NO_DRAFT, PolicyContent, table};
use crate::{
    authority::{About, Acting, WORDS_CHARACTERS_MAX},
    clauses,
    policy::{Policy, register::TITLE_CHARACTERS_MAX, table as policies},
};

/// The longest that somebody may have to acknowledge, and the longest until they are asked again.
const DUE_DAYS_MAX: i64 = 90;
const REPEAT_MONTHS_MAX: i64 = 36;

const INVALID: Refusal = Refusal::new(Kind::Invalid, "policy.draft_invalid", &[]);

pub(crate) struct SaveDraft {
    pub acting: Acting,
    pub policy: Uuid,
    pub content: PolicyContent,
    /// The hash of what the writer saw; another one was saved since by somebody else.
    pub seen: String,
}

impl Verb for SaveDraft {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "revise", About::of(&policy)).await?;
        let draft = table::draft(tx, policy.id).await?.ok_or(NO_DRAFT)?;
        let mut items = faults(&self.content);
        items.extend(self.strange_units(tx, &policy).await?);
        if !items.is_empty() {
            return Err(INVALID.with_items(items).into());
        }
        if !self.seen.is_empty() && self.seen != draft.content.hash() {
            return Err(CHANGED.into());
        }
        let hash = self.content.hash();
        if hash == draft.content.hash() {
            return Ok(());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::write(tx, draft.id, &self.content, by, at).await? {
            return Err(NO_DRAFT.into());
        }
        let entry = ledger::Entry {
            kind: "policy.drafted",
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["OM-SOC-R.1"],
            body: json!({ "body": policy.body, "version": draft.number, "sha256": hash }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl SaveDraft {
    /// A unit that is named is of the body; where the policy binds all bodies, none can be.
    async fn strange_units(&self, tx: &Tx, policy: &Policy) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        let named = [("audience_unit", self.content.audience_unit), ("extra_unit", self.content.extra_unit)];
        for (field, unit) in named {
            let Some(unit) = unit else { continue };
            let found = organisations::unit(tx, unit).await?;
            if policy.is_everywhere || found.is_none_or(|unit| unit.body != policy.body) {
                items.push(Item { field: field.into(), code: "enum".into(), detail: String::new() });
            }
        }
        Ok(items)
    }
}

fn faults(it: &PolicyContent) -> Vec<Item> {
    let item =
        |field: &str, code: &str, detail: String| Item { field: field.into(), code: code.into(), detail };
    let mut items =
        clauses::faults(&it.text_ar, &it.text_en, [("separate", &it.separate), ("extra", &it.extra)]);
    let short = [
        ("title_ar", &it.title_ar),
        ("title_en", &it.title_en),
        ("subject_ar", &it.subject_ar),
        ("subject_en", &it.subject_en),
        ("preparer", &it.preparer),
        ("issue", &it.issue),
        ("storage_place", &it.storage_place),
        ("modified_by", &it.modified_by),
        ("reviewer", &it.reviewer),
        ("separate", &it.separate),
        ("extra", &it.extra),
    ];
    let long = [("reasons", &it.reasons), ("parts", &it.parts)];
    let fields = short.map(|it| (it, TITLE_CHARACTERS_MAX)).into_iter();
    for ((field, text), most) in fields.chain(long.map(|it| (it, WORDS_CHARACTERS_MAX))) {
        if text.chars().count() > most {
            items.push(item(field, "too_long", most.to_string()));
        }
    }
    if !it.classification.is_empty() && !CLASSIFICATIONS.contains(&it.classification.as_str()) {
        items.push(item("classification", "enum", String::new()));
    }
    if !it.reviewed_on.is_empty() && language::day_of(&it.reviewed_on).is_none() {
        items.push(item("reviewed_on", "date", String::new()));
    }
    if !it.audience_role.is_empty() && !organisations::ROLES.contains(&it.audience_role.as_str()) {
        items.push(item("audience_role", "enum", String::new()));
    }
    if !it.extra.is_empty() && it.extra_unit.is_none() {
        items.push(item("extra_unit", "required", String::new()));
    }
    if !(1..=DUE_DAYS_MAX).contains(&it.due_days) {
        items.push(item("due_days", "policy_days", DUE_DAYS_MAX.to_string()));
    }
    if !(0..=REPEAT_MONTHS_MAX).contains(&it.repeat_months) {
        items.push(item("repeat_months", "policy_months", REPEAT_MONTHS_MAX.to_string()));
    }
    items
}
