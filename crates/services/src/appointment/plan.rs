//! When, where and how many at once: set by the head of the body, for one service at one place.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::{Clock, Timestamp};
use language::{Text, clean_text};
use organisations::Calendar;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Appointment, CONTROLS, table};

/// Minutes of one slot.
pub const SLOT_MINUTES_MIN: i64 = 5;
pub const SLOT_MINUTES_MAX: i64 = 240;
/// People who are received in one slot.
pub const CAPACITY_MAX: i64 = 200;
/// Days ahead for which slots are offered.
pub const OFFERED_DAYS: i64 = 30;
/// Characters of the name of a place.
pub const PLACE_CHARACTERS_MAX: usize = 160;
const DAY_MICROS: i64 = 86_400_000_000;
const MINUTE_MICROS: i64 = 60_000_000;
const DAY_MINUTES: i64 = 24 * 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub id: Uuid,
    pub body: Uuid,
    pub entry: Uuid,
    /// The office, as somebody finds it.
    pub place: Text,
    /// Bit 0 is Monday, bit 6 is Sunday; a set bit is a day on which people are received.
    pub days: i64,
    /// Minutes after local midnight.
    pub opens_minute: i64,
    pub closes_minute: i64,
    pub slot_minutes: i64,
    /// People in one slot.
    pub capacity: i64,
}

impl Plan {
    /// The slots of one local day: none on a holiday, at a weekend, or outside the hours of the body itself.
    pub fn slots_on(&self, day: i64, calendar: &Calendar) -> Vec<Timestamp> {
        let weekday = (day + 3).rem_euclid(7);
        if self.days & (1 << weekday) == 0 || !calendar.is_working_day(day) || self.slot_minutes <= 0 {
            return Vec::new();
        }
        let hours = &calendar.hours;
        let opens = self.opens_minute.max(i64::from(hours.opens_minute));
        let closes = self.closes_minute.min(i64::from(hours.closes_minute));
        let at = |minute: i64| {
            Timestamp(day * DAY_MICROS + (minute - i64::from(hours.offset_minutes)) * MINUTE_MICROS)
        };
        let count = ((closes - opens) / self.slot_minutes).max(0);
        (0..count).map(|place| at(opens + place * self.slot_minutes)).collect()
    }

    /// Whether the plan has a slot that begins at this moment and has not begun.
    pub fn offers(&self, starts_at: Timestamp, calendar: &Calendar, now: Timestamp) -> bool {
        let day = calendar.day_of(starts_at);
        starts_at > now
            && day <= calendar.day_of(now) + OFFERED_DAYS
            && self.slots_on(day, calendar).contains(&starts_at)
    }

    pub fn ends_of(&self, starts_at: Timestamp) -> Timestamp {
        Timestamp(starts_at.0 + self.slot_minutes * MINUTE_MICROS)
    }

    fn check(&self) -> Result<(), Refusal> {
        let place = |text: &str| text.is_empty() || text.chars().count() > PLACE_CHARACTERS_MAX;
        let hours = !(0..self.closes_minute).contains(&self.opens_minute) || self.closes_minute > DAY_MINUTES;
        let length = self.closes_minute - self.opens_minute;
        let slot = !(SLOT_MINUTES_MIN..=SLOT_MINUTES_MAX).contains(&self.slot_minutes)
            || (!hours && self.slot_minutes > length);
        let wrong = [
            ("place_ar", place(&self.place.ar)),
            ("place_en", place(&self.place.en)),
            ("days", self.days & 0x7f == 0 || self.days > 0x7f),
            ("opens", hours),
            ("slot_minutes", slot),
            ("capacity", !(1..=CAPACITY_MAX).contains(&self.capacity)),
        ];
        let refusal = Refusal::new(Kind::Invalid, "appointment.plan_invalid", CONTROLS);
        let items = wrong.iter().filter(|(_, is_wrong)| *is_wrong);
        let refusal =
            items.fold(refusal, |refusal, (field, _)| refusal.with_item(field, &format!("plan_{field}"), ""));
        if refusal.items.is_empty() { Ok(()) } else { Err(refusal) }
    }
}

/// Sets the plan of a service; the one before ends, and who booked under it keeps their time.
pub struct SetPlan {
    pub actor: Actor,
    pub plan: Plan,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for SetPlan {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut plan = self.plan.clone();
        let desk = Appointment::desk(plan.body);
        self.policies.require("services", &self.actor, "set_collection", &desk)?;
        for side in [&mut plan.place.ar, &mut plan.place.en] {
            *side = clean_text(side).trim().to_owned();
        }
        plan.check()?;
        let now = self.clock.now();
        table::end_plans(tx, plan.body, plan.entry, now).await?;
        table::insert_plan(tx, &plan, self.actor.person, now).await?;
        let entry = ledger::Entry {
            kind: "collection.planned",
            subject: format!("body/{}", plan.body),
            actor: Some(self.actor.person),
            controls: CONTROLS,
            body: json!({ "plan": plan.id, "service": plan.entry, "place": plan.place, "days": plan.days,
                "opens_minute": plan.opens_minute, "closes_minute": plan.closes_minute,
                "slot_minutes": plan.slot_minutes, "capacity": plan.capacity }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clock::{HOUR, days_from_civil};
    use organisations::Hours;

    use super::*;

    fn plan() -> Plan {
        Plan {
            id: Uuid::nil(),
            body: Uuid::nil(),
            entry: Uuid::nil(),
            place: Text::new("مكتب", "Office"),
            days: 0b0101_1111,
            opens_minute: 9 * 60,
            closes_minute: 12 * 60,
            slot_minutes: 30,
            capacity: 2,
        }
    }

    #[test]
    fn slots_stay_inside_the_working_time_of_the_body() {
        let day = |day| days_from_civil(2026, 11, day);
        let calendar = Calendar::new(Hours::default(), [day(24)]);
        let check = |day: i64, plan: &Plan, expected: usize| {
            assert_eq!(plan.slots_on(day, &calendar).len(), expected, "day {day}");
        };
        check(day(22), &plan(), 6); // a Sunday
        check(day(20), &plan(), 0); // a Friday
        check(day(21), &plan(), 0); // a Saturday, also not in the plan
        check(day(24), &plan(), 0); // a holiday
        check(day(25), &Plan { days: 1, ..plan() }, 0); // a Wednesday, the plan has Mondays
        check(day(25), &Plan { opens_minute: 0, closes_minute: 24 * 60, ..plan() }, 14); // 08:00 to 15:00
        check(day(25), &Plan { slot_minutes: 50, ..plan() }, 3); // 09:00, 09:50, 10:40
        check(day(25), &Plan { opens_minute: 16 * 60, closes_minute: 18 * 60, ..plan() }, 0);
        let first = plan().slots_on(day(22), &calendar)[0];
        assert_eq!(first.to_string(), "2026-11-22T07:00:00Z", "nine o'clock two hours east");
        assert_eq!(Hours::default().offset_minutes, 120);
    }

    #[test]
    fn a_slot_is_offered_until_it_begins_and_not_too_far_ahead() {
        let calendar = Calendar::default();
        let slots = plan().slots_on(days_from_civil(2026, 11, 22), &calendar);
        let first = slots[0];
        assert!(plan().offers(first, &calendar, first - HOUR));
        assert!(!plan().offers(first, &calendar, first), "it begins now");
        assert!(!plan().offers(first + HOUR * 24 * 5, &calendar, first), "a Friday");
        assert!(!plan().offers(Timestamp(first.0 + 1), &calendar, first - HOUR), "between two slots");
        assert!(!plan().offers(first, &calendar, first - HOUR * 24 * 31), "more than a month ahead");
    }

    #[test]
    fn a_plan_that_cannot_be_kept_is_refused() {
        let check = |plan: Plan, expected: &str| {
            let refusal = plan.check().expect_err(expected);
            let fields: Vec<&str> = refusal.items.iter().map(|item| item.field.as_str()).collect();
            assert_eq!(fields, [expected]);
        };
        assert!(plan().check().is_ok());
        check(Plan { place: Text::new("", "Office"), ..plan() }, "place_ar");
        check(Plan { place: Text::new("مكتب", "x".repeat(161)), ..plan() }, "place_en");
        check(Plan { days: 0, ..plan() }, "days");
        check(Plan { days: 0x80, ..plan() }, "days");
        check(Plan { opens_minute: 13 * 60, ..plan() }, "opens");
        check(Plan { closes_minute: 25 * 60, ..plan() }, "opens");
        check(Plan { slot_minutes: 4, ..plan() }, "slot_minutes");
        check(Plan { slot_minutes: 200, ..plan() }, "slot_minutes");
        check(Plan { capacity: 0, ..plan() }, "capacity");
        check(Plan { capacity: 201, ..plan() }, "capacity");
    }
}
