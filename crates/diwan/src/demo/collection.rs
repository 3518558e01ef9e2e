//! What follows a decision: reception times set by the heads of bodies, appointments, copies by post, appeals.

use authz::Failure;
use clock::{Clock, DAY, HOUR, MINUTE, Timestamp};
use language::Text;
use services::{Entry, Plan, PostalAddress, RequestNumber, SetPlan, State};
use uuid::Uuid;

use super::people::Cast;
use crate::parts::Parts;

/// Sunday to Thursday; bit 0 is Monday.
const WORKING_DAYS: i64 = 0b100_1111;

/// Service, minutes of the day from and until, minutes of a slot, people in it.
const RECEPTIONS: [(&str, i64, i64, i64, i64); 3] = [
    ("residence-certificate", 9 * 60, 13 * 60, 30, 4),
    ("birth-certificate", 9 * 60, 12 * 60, 20, 2),
    ("road-damage-report", 10 * 60, 12 * 60, 30, 1),
];

pub async fn plan(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    for (service, opens_minute, closes_minute, slot_minutes, capacity) in RECEPTIONS {
        let Some(entry) = parts.services.directory.entry(service) else { continue };
        let Some(head) = cast.holder(&entry.card.body, "head") else { continue };
        let office = &entry.card.contact.address;
        let plan = Plan {
            id: Uuid::now_v7(),
            body: entry.body,
            entry: entry.id,
            place: Text::new(office.ar.clone(), office.en.clone()),
            days: WORKING_DAYS,
            opens_minute,
            closes_minute,
            slot_minutes,
            capacity,
        };
        let (policies, clock) = (parts.services.policies.clone(), parts.clock.clone());
        let actor = cast.actor(parts, &head).await?;
        parts.store.write(SetPlan { actor, plan, policies, clock }).await?;
    }
    Ok(())
}

/// How a request of the history ended, and the how many-th it was.
#[derive(Clone, Copy)]
pub struct Ended {
    pub is_refused: bool,
    pub turn: usize,
}

/// Days from today on among which a free time is looked for.
const DAYS_TRIED: u32 = 10;

/// Some applicants go on: an appeal against a refusal, an appointment, a copy by post.
pub async fn follow_up(
    parts: &Parts,
    cast: &Cast,
    applicant: &str,
    entry: &Entry,
    number: &RequestNumber,
    ended: Ended,
) -> Result<(), Failure> {
    let services = &parts.services;
    let actor = cast.actor(parts, applicant).await?;
    if ended.is_refused && cast.holder(&entry.card.body, "head").is_some() {
        let grounds = "البيانات التي قدمتها مطابقة للقيد بعد تصحيحه، وأرفقت ما يثبت ذلك.".to_owned();
        services.file_appeal(services.acting(&actor, number, None), grounds, None).await?;
        return Ok(());
    }
    let state = services.follow(&actor, number).await?.request.state;
    if state != State::Completed {
        return Ok(());
    }
    if entry.card.copy_by_post && ended.turn.is_multiple_of(2) {
        let address = PostalAddress {
            recipient: cast.member(applicant)?.file.name.ar.clone(),
            street: "شارع الاستقلال، عمارة 12، شقة 3".to_owned(),
            city: "مدينة الساحل".to_owned(),
            phone: cast.member(applicant)?.file.phone.clone(),
        };
        services.ask_for_copy(services.acting(&actor, number, None), address, None).await?;
    }
    if !RECEPTIONS.iter().any(|(service, ..)| *service == entry.card.id) {
        return Ok(());
    }
    // From the day on which the demo is loaded, so that its first lists are not empty.
    let midnight = Timestamp::midnight(Clock::System.now().day());
    for day in 0..DAYS_TRIED {
        let starts_at = midnight + DAY * day + HOUR * 8 + MINUTE * 20 * (ended.turn as u32 % 3);
        if services.book(services.acting(&actor, number, None), starts_at, None).await.is_ok() {
            break;
        }
    }
    Ok(())
}
