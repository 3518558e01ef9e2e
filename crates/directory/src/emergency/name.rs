//! VERB. Somebody is named for emergencies: with a reason, until a day.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Tx, Verb};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Emergency, HREF, table};
use crate::{
    authority::{Acting, WORDS_CHARACTERS_MAX, WORDS_CHARACTERS_MIN, guards},
    telling::message,
};

/// Whoever is needed for longer is named again.
pub(crate) const DAYS_MAX: i64 = 90;
/// People of one body who are named at the same time: an exception, not a second way in.
const NAMED_MAX: i64 = 5;

const INCOMPLETE: Refusal =
    Refusal::new(Kind::Invalid, "staff_directory.emergency_incomplete", &["KW-RW-9.5.6"]);
const FULL: Refusal = Refusal::new(Kind::Conflict, "staff_directory.emergencies_full", &["KW-RW-9.5.6"]);

/// Who is to be named, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = EmergencyWish)]
pub(crate) struct EmergencyWish {
    /// The national number of somebody who works for the body.
    #[schema(max_length = 40, example = "119840193527")]
    pub person: String,
    /// The last day, at most 90 days from now.
    #[schema(example = "2026-03-31")]
    pub until: String,
    /// At least ten characters: what for.
    #[schema(max_length = 2000)]
    pub reason: String,
}

pub(crate) struct NameForEmergency {
    pub acting: Acting,
    pub body: Uuid,
    pub wish: EmergencyWish,
}

impl Verb for NameForEmergency {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        // Before anybody is looked up: whoever may not name learns of nobody.
        self.acting.check("name", self.body, None)?;
        let person = self.member(tx, at).await?;
        self.acting.check("name", self.body, person)?;
        let (person, until) = self.checked(tx, person, at).await?;
        if table::count(tx, self.body, at).await? >= NAMED_MAX {
            return Err(FULL.into());
        }
        let new = Emergency {
            id: Uuid::now_v7(),
            body: self.body,
            person,
            reason: self.wish.reason.trim().to_owned(),
            named_by: by,
            named_at: at,
            until,
            ended_at: None,
            uses: 0,
            used_at: None,
        };
        table::insert(tx, &new).await?;
        record(tx, "staff_directory.emergency_named", &new, Some(by), at).await?;
        self.tell(tx, &new, at).await?;
        Ok(new.id)
    }
}

impl NameForEmergency {
    /// The person with this number, when they work for the body.
    async fn member(&self, tx: &Tx, at: Timestamp) -> Result<Option<Uuid>, Failure> {
        let Some(number) = identity::identifier(&self.wish.person) else { return Ok(None) };
        let Some(person) = identity::person_by_identifier(tx, &number).await? else { return Ok(None) };
        let roles = organisations::roles_of(tx, person.id, at).await?;
        Ok(roles.iter().any(|role| role.body == self.body).then_some(person.id))
    }

    /// Who and until when, or everything that is missing at once.
    async fn checked(
        &self,
        tx: &Tx,
        person: Option<Uuid>,
        at: Timestamp,
    ) -> Result<(Uuid, Timestamp), Failure> {
        let calendar = organisations::calendar(tx, self.body).await?;
        let today = calendar.day_of(at);
        let day = language::day_of(&self.wish.until).filter(|day| (today..=today + DAYS_MAX).contains(day));
        let reason = self.wish.reason.trim().chars().count();
        let (fewest, most) = (WORDS_CHARACTERS_MIN.to_string(), WORDS_CHARACTERS_MAX.to_string());
        let checks = [
            ("person", "staff_directory_member", person.is_some(), String::new()),
            ("until", "staff_directory_until", day.is_some(), DAYS_MAX.to_string()),
            ("reason", "too_short", reason >= WORDS_CHARACTERS_MIN, fewest),
            ("reason", "too_long", reason <= WORDS_CHARACTERS_MAX, most),
        ];
        let open = checks.into_iter().filter(|(_, _, fits, _)| !fits);
        let items: Vec<Item> = open
            .map(|(field, code, _, detail)| Item { field: field.into(), code: code.into(), detail })
            .collect();
        match (person, day, items.is_empty()) {
            (Some(person), Some(day), true) => Ok((person, calendar.at(day + 1, 0))),
            _ => Err(INCOMPLETE.with_items(items).into()),
        }
    }

    /// Whoever is named, and whoever answers for security.
    async fn tell(&self, tx: &Tx, new: &Emergency, at: Timestamp) -> Result<(), Failure> {
        let Some(person) = identity::person(tx, new.person).await? else { return Ok(()) };
        let mut people = guards(tx, new.body, at).await?;
        people.retain(|to| *to != new.person);
        people.push(new.person);
        compliance::tell(tx, &people, at, |to| {
            let link = if to == new.person { "/account" } else { HREF };
            message(to, "emergency-named", new.ledger_subject(), link.into())
                .text("person", &person.name)
                .moment("until_on", new.until - clock::SECOND)
                .word("words", &new.reason)
        })
        .await
    }
}

/// Each step in the ledger.
pub(super) async fn record(
    tx: &Tx,
    kind: &'static str,
    of: &Emergency,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: of.ledger_subject(),
        actor: by,
        controls: &["KW-RW-9.5.6"],
        body: json!({ "body": of.body, "person": of.person, "until": of.until.to_string(),
            "reason": of.reason }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
