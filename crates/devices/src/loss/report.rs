//! A loss is reported: by the person from any device, or by the help desk on the person's behalf. In this one transaction the
//! account is shut, its sessions, tokens and permissions for virtual private networks end, and the device's key opens nothing
//! any more (KW-RW-9.5.5a, 9.5.5b).
//!
//! Who reports an own loss signs in, and is not asked for the second factor again: it may be on the device that is gone, and
//! all that the report can do is shut the account. Who cannot sign in calls the help desk, where a person is asked.

use authz::{Failure, Item, Kind, Refusal};
use clock::{DAY, MINUTE, Timestamp};
use identity::Person;
use language::Offset;
use serde::Deserialize;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Loss, table};
use crate::{
    authority::{About, Acting, WORDS_CHARACTERS_MAX, bodies_of, keepers_of},
    device::{self, Device, State},
    permission::{self, end::Ending},
    telling::message,
};

/// Nobody reports a loss from before this many days.
const DAYS_BACK_MAX: u32 = 366;
/// How far the clock of whoever types may be ahead.
const AHEAD_MINUTES_MAX: u32 = 5;
/// Devices of one person that a report looks at.
const DEVICES_MAX: i64 = 200;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "device.loss_incomplete", &["KW-RW-9.5.5a"]);

/// A report as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LossWish {
    /// The national number; empty for whoever calls.
    pub person: String,
    /// The device's id; empty where it is not in the inventory.
    pub device: String,
    /// `2026-03-01`, local.
    pub lost_on: String,
    /// `14:30`, local.
    pub lost_at: String,
    pub words: String,
}

pub(crate) struct ReportLoss {
    pub acting: Acting,
    pub offset: Offset,
    pub wish: LossWish,
}

impl Verb for ReportLoss {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let at = self.acting.clock.now();
        let person = self.person(tx).await?;
        let bodies = match &person {
            Some(person) => bodies_of(tx, person.id, at).await?,
            None => Vec::new(),
        };
        // A number that nobody has is said to be wrong only to those who may report for others at all.
        let holder = person.as_ref().map(|person| person.id);
        self.acting.check(tx, "report_loss", &About { bodies: bodies.clone(), holder }).await?;
        let held = match &person {
            Some(person) => device::table::of_holder(tx, person.id, DEVICES_MAX).await?,
            None => Vec::new(),
        };
        let (person, lost, lost_at) = self.checked(person, &held, at)?;
        let loss = Loss {
            id: Uuid::now_v7(),
            person: person.id,
            device: lost.map(|device| device.id),
            lost_at,
            reported_at: at,
            reported_by: self.acting.actor.person,
            words: self.wish.words.trim().to_owned(),
            enabled_at: None,
            enabled_by: None,
            reason: String::new(),
        };
        table::insert(tx, &loss).await?;
        identity::disable(tx, person.id, loss.reported_by, at).await?;
        take_keys(tx, &loss, held).await?;
        let ending = Ending { by: Some(loss.reported_by), why: "loss", at };
        permission::end::end_of_person(tx, person.id, &ending).await?;
        record(tx, &loss).await?;
        let mut keepers = keepers_of(tx, &bodies, at).await?;
        keepers.retain(|keeper| *keeper != loss.reported_by && *keeper != person.id);
        compliance::tell(tx, &keepers, at, |to| {
            message(to, "device-lost", loss.ledger_subject(), loss.href())
                .text("person", &person.name)
                .moment("lost_on", lost_at)
        })
        .await?;
        Ok(loss.id)
    }
}

impl ReportLoss {
    async fn person(&self, tx: &Tx) -> Result<Option<Person>, Failure> {
        let typed = self.wish.person.trim();
        if typed.is_empty() {
            return Ok(identity::person(tx, self.acting.actor.person).await?);
        }
        let Some(number) = identity::identifier(typed) else { return Ok(None) };
        Ok(identity::person_by_identifier(tx, &number).await?)
    }

    /// Whose it is, which device, and when it was lost; or everything that is missing at once.
    fn checked<'d>(
        &self,
        person: Option<Person>,
        held: &'d [Device],
        now: Timestamp,
    ) -> Result<(Person, Option<&'d Device>, Timestamp), Refusal> {
        let lost_at = moment(&self.wish.lost_on, &self.wish.lost_at, self.offset);
        let (earliest, latest) = (now - DAY * DAYS_BACK_MAX, now + MINUTE * AHEAD_MINUTES_MAX);
        let lost_at = lost_at.filter(|at| (earliest..=latest).contains(at));
        let named = self.wish.device.trim();
        let device = held.iter().find(|device| device.id.to_string() == named);
        let checks = [
            ("person", "device_holder", person.is_some()),
            ("device", "choice", named.is_empty() || device.is_some()),
            ("lost_on", "device_lost_at", lost_at.is_some()),
            ("words", "too_long", self.wish.words.chars().count() <= WORDS_CHARACTERS_MAX),
        ];
        let open = checks.into_iter().filter(|(_, _, fits)| !fits);
        let detail =
            |code: &str| if code == "too_long" { WORDS_CHARACTERS_MAX.to_string() } else { String::new() };
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item { field: field.into(), code: code.into(), detail: detail(code) })
            .collect();
        match (person, lost_at, items.as_slice()) {
            (Some(person), Some(lost_at), []) => Ok((person, device, lost_at)),
            _ => Err(INCOMPLETE.with_items(items)),
        }
    }
}

/// The moment that somebody means by a local day and time, in digits of either script.
fn moment(day: &str, time: &str, offset: Offset) -> Option<Timestamp> {
    let (day, time) = (language::fold_digits(day.trim()), language::fold_digits(time.trim()));
    let local: Timestamp = format!("{day}T{time:0>5}:00Z").parse().ok()?;
    Some(Timestamp(local.0 - i64::from(offset.minutes) * 60_000_000))
}

/// The lost device is lost for good. Where it is not known which one it was, every device of the person has to be enrolled
/// anew.
async fn take_keys(tx: &Tx, loss: &Loss, held: Vec<Device>) -> Result<(), Failure> {
    for mut device in held.into_iter().filter(|device| !device.state.is_over()) {
        match loss.device {
            Some(lost) if lost == device.id => device.close(State::Lost, &loss.words),
            Some(_) => continue,
            None => {
                device.take_key();
                device.settle(device.refused_from.is_some(), loss.reported_at);
            }
        }
        device::table::save(tx, &device).await?;
        let by = Some(loss.reported_by);
        device::register::record(tx, "device.key_taken", &device, by, loss.reported_at).await?;
    }
    Ok(())
}

async fn record(tx: &Tx, loss: &Loss) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind: "device.loss_reported",
        subject: loss.ledger_subject(),
        actor: Some(loss.reported_by),
        controls: &["KW-RW-9.5.5a", "KW-RW-9.5.5b"],
        body: json!({ "person": loss.person, "device": loss.device, "lost_at": loss.lost_at.0,
            "reported_at": loss.reported_at.0, "words": loss.words }),
        at: loss.reported_at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_the_clock_on_the_wall_showed_it() {
        let check = |day: &str, time: &str, expected: Option<&str>| {
            let read = moment(day, time, Offset { minutes: 120 });
            assert_eq!(read, expected.map(|at| at.parse().expect("a moment")), "{day} {time}");
        };
        check("2026-03-01", "14:30", Some("2026-03-01T12:30:00Z"));
        check("٢٠٢٦-٠٣-٠١", "١٤:٣٠", Some("2026-03-01T12:30:00Z"));
        check("2026-03-01", "9:05", Some("2026-03-01T07:05:00Z"));
        check("2026-03-01", "", None);
        check("2026-02-30", "10:00", None);
        check("yesterday", "10:00", None);
    }
}
