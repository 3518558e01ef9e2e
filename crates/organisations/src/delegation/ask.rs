//! Somebody asks to delegate powers that they hold themselves.

use authz::{Failure, Item, Refusal};
use clock::{DAY, Timestamp};
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    DELEGABLE, DELEGATION_DAYS_MAX, Delegation, INCOMPLETE, SUB_DELEGATION, TOPICS_CHARACTERS_MAX, Written,
    table,
};
use crate::{appointment, body};

/// What is missing is named item by item: `delegate`, `powers`, `topics`, `from`, `until`.
#[derive(Clone, Debug)]
pub struct AskDelegation {
    pub at: Timestamp,
    pub body: Uuid,
    pub delegator: Uuid,
    pub delegate: Option<Uuid>,
    pub powers: Vec<String>,
    pub topics: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl Verb for AskDelegation {
    type Answer = Delegation;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Delegation, Failure> {
        let body = body::table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        let own = self.own_powers(tx).await?;
        let delegate = match self.delegate.filter(|delegate| *delegate != self.delegator) {
            Some(delegate) => {
                let roles = appointment::table::roles_of(tx, delegate, self.at).await?;
                roles.iter().any(|role| role.body == body.id).then_some(delegate)
            }
            None => None,
        };
        let delegation = self.checked(&own, delegate)?;
        table::insert(tx, &delegation).await?;
        ledger::append(tx, entry("delegation.asked", &delegation, self.delegator, self.at)).await?;
        Ok(delegation)
    }
}

impl AskDelegation {
    /// The roles that the delegator holds at the body by appointment. What is held by delegation is not passed on.
    async fn own_powers(&self, tx: &Tx) -> Result<Vec<String>, Failure> {
        let held = appointment::table::roles_of(tx, self.delegator, self.at).await?;
        let own: Vec<String> =
            held.into_iter().filter(|role| role.body == self.body).map(|role| role.name).collect();
        let delegated = table::delegated_to(tx, self.delegator, self.at).await?.roles;
        let passed_on = delegated.iter().any(|role| {
            role.body == self.body && self.powers.contains(&role.name) && !own.contains(&role.name)
        });
        if passed_on { Err(SUB_DELEGATION.into()) } else { Ok(own) }
    }

    fn checked(&self, own: &[String], delegate: Option<Uuid>) -> Result<Delegation, Refusal> {
        let mut powers = self.powers.clone();
        powers.sort();
        powers.dedup();
        let held = |power: &String| own.contains(power) && DELEGABLE.contains(&power.as_str());
        let topics = self.topics.trim();
        let length = topics.chars().count();
        let longest = DAY * DELEGATION_DAYS_MAX;
        let (from, until) = (self.from.unwrap_or(self.at), self.until.unwrap_or(self.at));
        let (days, characters) = (DELEGATION_DAYS_MAX.to_string(), TOPICS_CHARACTERS_MAX.to_string());
        let none = String::new();
        let checks = [
            ("delegate", "delegate", &none, delegate.is_some()),
            ("powers", "powers", &none, !powers.is_empty() && powers.iter().all(held)),
            ("topics", "required", &none, length > 0),
            ("topics", "too_long", &characters, length <= TOPICS_CHARACTERS_MAX),
            ("from", "date", &none, self.from.is_some()),
            ("until", "date", &none, self.until.is_some()),
            ("until", "period_order", &none, self.until.is_none() || (until > from && until > self.at)),
            ("until", "delegation_days", &days, until <= from + longest && from <= self.at + longest),
        ];
        let open = checks.into_iter().filter(|(.., fits)| !fits);
        let items: Vec<Item> = open
            .map(|(field, code, detail, _)| Item {
                field: field.into(),
                code: code.into(),
                detail: detail.clone(),
            })
            .collect();
        let (Some(delegate), []) = (delegate, items.as_slice()) else {
            return Err(INCOMPLETE.with_items(items));
        };
        Ok(Delegation {
            id: Uuid::now_v7(),
            body: self.body,
            delegator: self.delegator,
            delegate,
            powers,
            topics: topics.to_owned(),
            written: Written::Asked,
            from,
            until,
            over_at: until,
            asked_at: self.at,
            decided_by: None,
            decided_at: None,
            ended_by: None,
            reason: String::new(),
        })
    }
}

/// The word for the ledger, with the powers and the period each time.
pub(super) fn entry(
    kind: &'static str,
    delegation: &Delegation,
    actor: Uuid,
    at: Timestamp,
) -> Entry<'static> {
    Entry {
        kind,
        subject: delegation.ledger_subject(),
        actor: Some(actor),
        controls: &["KW-RW-9.1.1b"],
        body: json!({
            "body": delegation.body,
            "delegator": delegation.delegator,
            "delegate": delegation.delegate,
            "powers": delegation.powers,
            "topics": delegation.topics,
            "from": delegation.from.to_string(),
            "until": delegation.over_at.to_string(),
            "reason": delegation.reason,
        }),
        at,
    }
}
