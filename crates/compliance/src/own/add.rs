//! The body asks a control of itself, names who follows it up and how often. Its first confirmation is asked for at once.

use authz::{Failure, Item, Kind, Refusal};
use clock::DAY;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OwnControl, PREFIX, table};
use crate::{
    attestation,
    authority::{About, Acting, words},
};

/// Longer is no title.
const TITLE_CHARACTERS_MAX: usize = 160;
const SUBJECT_CHARACTERS_MAX: usize = 200;
/// A follow-up that comes less often than every two years is none.
const CADENCE_DAYS_MAX: i64 = 730;

pub(crate) const INVALID: Refusal =
    Refusal::new(Kind::Invalid, "own_control.incomplete", &["KW-RW-7.2.g4", "KW-RW-9.2.6d"]);
const TOO_MANY: Refusal = Refusal::new(Kind::Conflict, "own_control.too_many", &["KW-RW-7.2.g4"]);

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    pub title: String,
    pub duty: String,
    /// What it is limited to, as the ledger names it; may be empty.
    pub subject: String,
    pub cadence_days: String,
    /// Who follows it up: somebody who holds a role at the body.
    pub owner: Option<Uuid>,
}

pub(crate) struct AddOwnControl {
    pub acting: Acting,
    /// A body's slug.
    pub body: String,
    pub wish: Wish,
}

impl Verb for AddOwnControl {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "keep_own_controls", Some(body.id), About::default()).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let works_there = match self.wish.owner {
            None => false,
            Some(owner) => {
                organisations::roles_of(tx, owner, at).await?.iter().any(|role| role.body == body.id)
            }
        };
        let (duty, cadence_days) = self.wish.checked(works_there)?;
        let number = table::newest(tx, body.id).await? + 1;
        if number > table::OWN_MAX {
            return Err(TOO_MANY.into());
        }
        let own = OwnControl {
            id: format!("{PREFIX}{}-{number}", self.body),
            body: body.id,
            number,
            title: self.wish.title.trim().to_owned(),
            duty,
            subject: self.wish.subject.trim().to_owned(),
            cadence_days,
            added_by: by,
            added_at: at,
            ended_at: None,
        };
        table::insert(tx, &own).await?;
        let first = own.cadence().min(DAY * attestation::FIRST_DAYS);
        attestation::table::open(tx, body.id, &own.id, at, at + first).await?;
        attestation::table::name(tx, body.id, Some(&own.id), self.wish.owner).await?;
        let recorded = ledger::Entry {
            kind: "own_control.added",
            subject: own.ledger_subject(),
            actor: Some(by),
            controls: &["KW-RW-7.2.g4", "KW-RW-9.2.6d", own.id.as_str()],
            body: json!({
                "body": body.id, "title": own.title, "subject": own.subject,
                "cadence_days": own.cadence_days, "owner": self.wish.owner,
            }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(own.id)
    }
}

impl Wish {
    /// The duty and the cadence, or everything that is wrong at once.
    fn checked(&self, works_there: bool) -> Result<(String, i64), Refusal> {
        let duty = words("duty", &self.duty, INVALID);
        let title = self.title.trim();
        let days = language::fold_digits(self.cadence_days.trim()).parse::<i64>();
        let days = days.ok().filter(|days| (1..=CADENCE_DAYS_MAX).contains(days));
        let gaps = [
            ("title", "required", title.is_empty(), String::new()),
            (
                "title",
                "too_long",
                title.chars().count() > TITLE_CHARACTERS_MAX,
                TITLE_CHARACTERS_MAX.to_string(),
            ),
            (
                "subject",
                "too_long",
                self.subject.trim().chars().count() > SUBJECT_CHARACTERS_MAX,
                SUBJECT_CHARACTERS_MAX.to_string(),
            ),
            ("cadence_days", "own_control_cadence", days.is_none(), CADENCE_DAYS_MAX.to_string()),
            ("owner", "choice", !works_there, String::new()),
        ];
        let wrong = gaps.into_iter().filter(|(_, _, is_wrong, _)| *is_wrong);
        let mut items: Vec<Item> = wrong
            .map(|(field, code, _, detail)| Item { field: field.into(), code: code.into(), detail })
            .collect();
        items.extend(duty.as_ref().err().map(|refusal| refusal.items.clone()).unwrap_or_default());
        match (duty, days) {
            (Ok(duty), Some(days)) if items.is_empty() => Ok((duty, days)),
            _ => Err(INVALID.with_items(items)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_control_has_words_a_cadence_and_an_owner() {
        let check = |change: &dyn Fn(&mut Wish), works_there: bool, expected: &[&str]| {
            let mut wish = Wish {
                title: "جرد شهري".into(),
                duty: "تُجرد الأجهزة المعارة كل شهر.".into(),
                cadence_days: "٣٠".into(),
                ..Wish::default()
            };
            change(&mut wish);
            let wrong = wish.checked(works_there).err().map(|refusal| refusal.items).unwrap_or_default();
            let wrong: Vec<&str> = wrong.iter().map(|item| item.field.as_ref()).collect();
            assert_eq!(wrong, expected);
        };
        check(&|_| {}, true, &[]);
        check(&|_| {}, false, &["owner"]);
        check(&|wish| wish.cadence_days = "0".into(), true, &["cadence_days"]);
        check(&|wish| wish.cadence_days = "730".into(), true, &[]);
        check(&|wish| wish.cadence_days = "731".into(), true, &["cadence_days"]);
        check(&|wish| wish.duty = "قصير".into(), true, &["duty"]);
        check(&|wish| *wish = Wish::default(), false, &["title", "cadence_days", "owner", "duty"]);
    }
}
