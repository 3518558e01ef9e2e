//! A body asks to be let off some articles or a whole document, with its reasons (LY-SVC-19.3).

use std::sync::Arc;

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use language::day_of;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Exemption, Ruling, table};
use crate::{
    Packs,
    authority::{ANSWERERS, About, Acting, WORDS_CHARACTERS_MAX, WORDS_CHARACTERS_MIN, people_at},
    telling::{message, tell},
};

/// An exemption is for a time; longer is a change of the law.
const DAYS_MAX: i64 = 731;
const SUBJECT_CHARACTERS_MAX: usize = 200;

/// What is asked for, as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// A body's slug.
    pub body: String,
    /// A document as a whole, or nothing.
    pub pack: String,
    pub controls: Vec<String>,
    pub subject: String,
    pub justification: String,
    /// The first and the last day, `2026-03-01`.
    pub from: String,
    pub until: String,
}

pub(crate) struct AskExemption {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub wish: Wish,
}

impl Verb for AskExemption {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.wish.body).await?;
        let named = body.as_ref().map(|body| body.id);
        self.acting.check(tx, "ask_exemption", named, About::default()).await?;
        let body = body.ok_or_else(Refusal::not_found)?;
        let calendar = organisations::calendar(tx, body.id).await?;
        let at = self.acting.clock.now();
        let (controls, first, last) = self.wish.checked(&self.packs, calendar.day_of(at))?;
        let by = self.acting.actor.person;
        let exemption = Exemption {
            id: Uuid::now_v7(),
            body: body.id,
            pack: self.wish.pack.clone(),
            subject: self.wish.subject.trim().to_owned(),
            justification: self.wish.justification.trim().to_owned(),
            starts_at: calendar.at(first, 0),
            ends_at: calendar.at(last + 1, 0),
            ruling: Ruling::Asked,
            asked_by: by,
            asked_at: at,
            decided_by: None,
            decided_at: None,
            reason: String::new(),
            end_reason: String::new(),
        };
        table::insert(tx, &exemption, &controls).await?;
        record(tx, "exemption.asked", &exemption, Some(by), at).await?;
        let national = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await?;
        let deciders = match national {
            Some(national) => people_at(tx, &ANSWERERS, national, at).await?,
            None => Vec::new(),
        };
        tell(tx, &deciders, at, |to| {
            message(to, "exemption-asked", exemption.ledger_subject(), exemption.href())
                .text("body", &body.name)
                .word("words", exemption.justification.clone())
        })
        .await?;
        Ok(exemption.id)
    }
}

impl Wish {
    /// The controls that are meant and the days, or everything that is missing at once.
    fn checked(&self, packs: &Packs, today: i64) -> Result<(Vec<String>, i64, i64), Refusal> {
        let controls: Vec<String> = match self.pack.as_str() {
            "" => self.controls.clone(),
            pack => packs.all().iter().filter(|it| it.pack == pack).map(|it| it.id.clone()).collect(),
        };
        let (first, last) = (day_of(&self.from), day_of(&self.until));
        let characters = self.justification.trim().chars().count();
        let known = !controls.is_empty() && controls.iter().all(|id| packs.control(id).is_some());
        let ends = match (first, last) {
            (Some(first), Some(last)) => last >= first && last >= today && last - first < DAYS_MAX,
            _ => last.is_some(),
        };
        let (fewest, most) = (WORDS_CHARACTERS_MIN.to_string(), WORDS_CHARACTERS_MAX.to_string());
        let gaps = [
            ("justification", "too_short", characters >= WORDS_CHARACTERS_MIN, fewest),
            ("justification", "too_long", characters <= WORDS_CHARACTERS_MAX, most),
            ("controls", "exemption_scope", known, String::new()),
            ("subject", "too_long", self.subject.chars().count() <= SUBJECT_CHARACTERS_MAX, "200".into()),
            ("from", "date", first.is_some(), String::new()),
            ("until", "exemption_period", ends, DAYS_MAX.to_string()),
        ];
        let open = gaps.into_iter().filter(|(_, _, fits, _)| !fits);
        let items: Vec<Item> = open
            .map(|(field, code, _, detail)| Item { field: field.into(), code: code.into(), detail })
            .collect();
        match (first, last, items.as_slice()) {
            (Some(first), Some(last), []) => Ok((controls, first, last)),
            (_, _, [first, ..]) if first.field == "justification" => {
                Err(Refusal::new(Kind::Invalid, "exemption.justification_missing", &["LY-SVC-19.3"])
                    .with_items(items))
            }
            _ => Err(Refusal::new(Kind::Invalid, "exemption.incomplete", &["LY-SVC-5.e"]).with_items(items)),
        }
    }
}

/// Each step of an exemption in the ledger.
pub(super) async fn record(
    tx: &Tx,
    kind: &str,
    exemption: &Exemption,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: exemption.ledger_subject(),
        actor: by,
        controls: &["LY-SVC-5.e", "LY-SVC-19.3"],
        body: json!({ "body": exemption.body, "from": exemption.starts_at.0, "until": exemption.ends_at.0,
            "reason": exemption.reason }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Wish), expected: &[(&str, &str)]) {
        let mut wish = Wish {
            body: "civil-registry".into(),
            controls: vec!["LY-SVC-20.1b".into()],
            justification: "الأرشيف المركزي تحت الصيانة.".into(),
            from: "2026-03-01".into(),
            until: "2026-06-30".into(),
            ..Wish::default()
        };
        change(&mut wish);
        let today = day_of("2026-03-10").expect("a day");
        let refusal = wish.checked(&crate::packs::shared(), today).err();
        let items: Vec<(String, String)> =
            refusal.into_iter().flat_map(|it| it.items).map(|item| (item.field, item.code)).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect();
        assert_eq!(items, expected);
    }

    #[test]
    fn a_wish_names_articles_reasons_and_days() {
        check(|_| {}, &[]);
        check(|wish| wish.justification = "لا".into(), &[("justification", "too_short")]);
        check(|wish| wish.controls.clear(), &[("controls", "exemption_scope")]);
        check(|wish| wish.controls = vec!["LY-SVC-99".into()], &[("controls", "exemption_scope")]);
        check(|wish| wish.from = "soon".into(), &[("from", "date")]);
        check(|wish| wish.until = "2026-02-01".into(), &[("until", "exemption_period")]);
        check(|wish| wish.until = "2026-03-10".into(), &[]);
        check(|wish| wish.until = "2026-03-09".into(), &[("until", "exemption_period")]);
        check(|wish| wish.until = "2028-02-29".into(), &[]);
        check(|wish| wish.until = "2028-03-01".into(), &[("until", "exemption_period")]);
        check(
            |wish| {
                wish.controls.clear();
                wish.pack = "ly-services".into();
            },
            &[],
        );
    }
}
