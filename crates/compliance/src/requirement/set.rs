//! A body's head or administrator sets a stricter number or a further duty; the competent administration attaches one.

use std::sync::Arc;

use authz::{Failure, Item, Refusal};
use clock::Timestamp;
use language::day_of;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{INVALID, Requirement, table};
use crate::{
    Packs,
    authority::{ANSWERERS, About, Acting, WORDS_CHARACTERS_MAX, people_at, words},
    telling::{message, tell},
};

/// What is required, as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequirementWish {
    /// A body's slug.
    pub body: String,
    /// A number of the documents, or nothing for a duty in words.
    pub parameter: String,
    pub value: String,
    pub duty: String,
    pub reason: String,
    /// The first day: `2026-03-01`.
    pub from: String,
}

pub(crate) struct SetRequirement {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub wish: RequirementWish,
}

impl Verb for SetRequirement {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.wish.body).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "set_requirement", Some(body.id), About::default()).await?;
        let calendar = organisations::calendar(tx, body.id).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let (value, first) = self.wish.checked(&self.packs, calendar.day_of(at))?;
        if table::open_count(tx, body.id).await? >= table::OPEN_MAX {
            let most = table::OPEN_MAX.to_string();
            return Err(INVALID.with_item("parameter", "too_many", &most).into());
        }
        let requirement = Requirement {
            id: Uuid::now_v7(),
            body: body.id,
            parameter: self.wish.parameter.clone(),
            value,
            duty: self.wish.duty.trim().to_owned(),
            reason: self.wish.reason.trim().to_owned(),
            // Today's begins now, so that nothing is judged by it that was done before.
            from_at: if first == calendar.day_of(at) { at } else { calendar.at(first, 0) },
            is_national: !ANSWERERS.iter().any(|role| self.acting.actor.holds(role, body.id)),
            set_by: by,
            ended_at: None,
            end_reason: String::new(),
        };
        table::insert(tx, &requirement, at).await?;
        record(tx, "requirement.set", &requirement, by, at).await?;
        if requirement.is_national {
            let link = format!("/compliance/bodies/{}/requirements", body.slug);
            tell(tx, &people_at(tx, &ANSWERERS, body.id, at).await?, at, |to| {
                message(to, "requirement-set", requirement.ledger_subject(), link.clone())
                    .text("body", &body.name)
                    .word("words", &requirement.reason)
                    .moment("from_on", requirement.from_at)
            })
            .await?;
        }
        Ok(requirement.id)
    }
}

impl RequirementWish {
    /// The value as it is kept and the first day, or everything that is wrong at once. A weaker value is refused by its
    /// articles before anything else is said.
    fn checked(&self, packs: &Packs, today: i64) -> Result<(String, i64), Refusal> {
        let value = match self.parameter.as_str() {
            "" => String::new(),
            id => match packs.parameter(id) {
                None => return Err(INVALID.with_item("parameter", "enum", "")),
                Some(baseline) => {
                    let own = baseline.tighten(&self.value).map_err(|mut refusal| {
                        refusal.items.iter_mut().for_each(|item| item.field = "value".into());
                        refusal
                    })?;
                    if !own.tightened {
                        let baseline = baseline.value.to_string();
                        return Err(INVALID.with_item("value", "requirement_equal", &baseline));
                    }
                    own.value.to_string()
                }
            },
        };
        let item =
            |field: &str, code: &str, detail: String| Item { field: field.into(), code: code.into(), detail };
        let mut items = Vec::new();
        if self.parameter.is_empty() && self.duty.trim().is_empty() {
            items.push(item("duty", "requirement_empty", String::new()));
        }
        if self.duty.trim().chars().count() > WORDS_CHARACTERS_MAX {
            items.push(item("duty", "too_long", WORDS_CHARACTERS_MAX.to_string()));
        }
        items.extend(words("reason", &self.reason, INVALID).err().into_iter().flat_map(|it| it.items));
        let first = day_of(&self.from);
        match first {
            None => items.push(item("from", "date", String::new())),
            Some(first) if first < today => items.push(item("from", "requirement_from", String::new())),
            Some(_) => {}
        }
        match first {
            Some(first) if items.is_empty() => Ok((value, first)),
            _ => Err(INVALID.with_items(items)),
        }
    }
}

/// Each step of a requirement in the ledger.
pub(super) async fn record(
    tx: &Tx,
    kind: &str,
    it: &Requirement,
    by: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: it.ledger_subject(),
        actor: Some(by),
        controls: &["LY-MAIL-2.04b", "IQ-SOC-2.3"],
        body: json!({ "body": it.body, "parameter": it.parameter, "value": it.value, "duty": it.duty,
            "reason": it.reason, "from": it.from_at.0, "national": it.is_national, "ended_for": it.end_reason }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
