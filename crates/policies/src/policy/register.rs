//! A policy is registered for a unit by one of its members; with it comes the first draft.

use authz::{Failure, Item, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Policy, PolicyKind, table};
use crate::{
    authority::{About, Acting},
    version::{PolicyContent, Version, due_days, table as versions},
};

/// Longer is no title, issuer or address.
pub(crate) const TITLE_CHARACTERS_MAX: usize = 200;
const ADDRESS_CHARACTERS_MAX: usize = 500;

const INVALID: Refusal = Refusal::new(Kind::Invalid, "policy.incomplete", &["OM-SOC-0.1"]);

/// A new policy, as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct PolicyWish {
    pub kind: String,
    pub owner_unit: Option<Uuid>,
    pub second_unit: Option<Uuid>,
    pub title_ar: String,
    pub title_en: String,
    pub is_everywhere: bool,
    pub issuer: String,
    pub address: String,
}

pub(crate) struct RegisterPolicy {
    pub acting: Acting,
    pub wish: PolicyWish,
}

impl Verb for RegisterPolicy {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let policy = self.checked(tx).await?;
        self.acting.check(tx, "register", About::of(&policy)).await?;
        table::insert(tx, &policy, by, at).await?;
        let content = PolicyContent {
            title_ar: self.wish.title_ar.trim().to_owned(),
            title_en: self.wish.title_en.trim().to_owned(),
            due_days: due_days(),
            ..PolicyContent::default()
        };
        let draft = Version {
            id: Uuid::now_v7(),
            policy: policy.id,
            number: 1,
            content,
            approved_by: None,
            approved_at: None,
            approval_entry: None,
            published_by: None,
            published_at: None,
            in_force_at: None,
            notifies: true,
        };
        versions::insert(tx, &draft, by, at).await?;
        let entry = ledger::Entry {
            kind: "policy.registered",
            subject: policy.ledger_subject(),
            actor: Some(by),
            controls: &["OM-SOC-R.1"],
            body: json!({ "body": policy.body, "kind": policy.kind.word(), "owner": policy.owner_unit,
                "second": policy.second_unit, "everywhere": policy.is_everywhere }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(policy.id)
    }
}

impl RegisterPolicy {
    /// The policy as it is kept, or everything that is wrong at once.
    async fn checked(&self, tx: &Tx) -> Result<Policy, Failure> {
        let wish = &self.wish;
        let unit = async |id: Option<Uuid>| match id {
            Some(id) => organisations::unit(tx, id).await,
            None => Ok(None),
        };
        let (owner, second) = (unit(wish.owner_unit).await?, unit(wish.second_unit).await?);
        let kind = PolicyKind::named(&wish.kind);
        let national = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await?;
        let body = owner.as_ref().map(|unit| unit.body);
        let is_external = kind == Some(PolicyKind::External);
        let strange = |id: Option<Uuid>, found: &Option<organisations::Unit>| {
            id.is_some() && (found.as_ref().map(|it| it.body) != body || id == wish.owner_unit)
        };
        let long = |text: &str, most: usize| text.chars().count() > most;
        let is_address = wish.address.starts_with("https://") && !long(&wish.address, ADDRESS_CHARACTERS_MAX);
        let most = TITLE_CHARACTERS_MAX.to_string();
        let gaps = [
            ("kind", "enum", kind.is_none(), ""),
            ("owner_unit", "enum", owner.is_none(), ""),
            ("second_unit", "policy_second_unit", strange(wish.second_unit, &second), ""),
            ("title_ar", "required", wish.title_ar.trim().is_empty(), ""),
            ("title_en", "required", wish.title_en.trim().is_empty(), ""),
            ("title_ar", "too_long", long(&wish.title_ar, TITLE_CHARACTERS_MAX), &most),
            ("title_en", "too_long", long(&wish.title_en, TITLE_CHARACTERS_MAX), &most),
            ("issuer", "required", is_external && wish.issuer.trim().is_empty(), ""),
            ("issuer", "too_long", long(&wish.issuer, TITLE_CHARACTERS_MAX), &most),
            ("address", "policy_address", (is_external || !wish.address.is_empty()) && !is_address, ""),
            ("everywhere", "policy_everywhere", wish.is_everywhere && body != national, ""),
        ];
        let open = gaps.iter().filter(|(_, _, is_wrong, _)| *is_wrong);
        let item = |(field, code, _, detail): &(&str, &str, bool, &str)| Item {
            field: (*field).into(),
            code: (*code).into(),
            detail: (*detail).into(),
        };
        let items: Vec<Item> = open.map(item).collect();
        match (owner, kind) {
            (Some(owner), Some(kind)) if items.is_empty() => Ok(Policy {
                id: Uuid::now_v7(),
                body: owner.body,
                kind,
                owner_unit: owner.id,
                second_unit: wish.second_unit,
                is_everywhere: wish.is_everywhere,
                issuer: wish.issuer.trim().to_owned(),
                address: wish.address.trim().to_owned(),
                last_review_at: None,
                next_review_at: None,
            }),
            _ => Err(INVALID.with_items(items).into()),
        }
    }
}
