//! The slots that a person may choose from: only those with a place left, day by day.

use authz::Failure;
use clock::{DAY, Timestamp};
use organisations::Calendar;
use store::Sql;

use super::{Plan, plan::OFFERED_DAYS, table};

/// Free slots that a refusal names.
const NEXT_FREE_NAMED: usize = 3;

/// A slot with a place left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Places left.
    pub free: i64,
}

/// The free slots of one local day.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    pub slots: Vec<Slot>,
}

/// Up to `days` days with free slots, from a local day on, and the day on which the rest begins.
pub(crate) async fn free_days(
    sql: &impl Sql,
    plan: &Plan,
    calendar: &Calendar,
    from_day: Option<i64>,
    now: Timestamp,
    days: usize,
) -> Result<(Vec<Day>, Option<i64>), Failure> {
    let today = calendar.day_of(now);
    let from = from_day.unwrap_or(today).clamp(today, today + OFFERED_DAYS);
    let until = now + DAY * (OFFERED_DAYS as u32 + 2);
    let taken = table::taken_between(sql, plan.id, now, until).await?;
    let mut found = Vec::new();
    for day in from..=today + OFFERED_DAYS {
        let slots = plan.slots_on(day, calendar).into_iter().filter(|starts_at| *starts_at > now);
        let slots = slots.map(|starts_at| Slot {
            starts_at,
            ends_at: plan.ends_of(starts_at),
            free: plan.capacity - taken.get(&starts_at).copied().unwrap_or_default(),
        });
        let slots: Vec<Slot> = slots.filter(|slot| slot.free > 0).collect();
        if slots.is_empty() {
            continue;
        }
        if found.len() == days {
            return Ok((found, Some(day)));
        }
        found.push(Day { slots });
    }
    Ok((found, None))
}

/// The next free slots from a moment on, for whoever came too late.
pub(crate) async fn next_free(
    sql: &impl Sql,
    plan: &Plan,
    calendar: &Calendar,
    from: Timestamp,
    now: Timestamp,
) -> Result<Vec<Slot>, Failure> {
    let (days, _) = free_days(sql, plan, calendar, Some(calendar.day_of(from)), now, NEXT_FREE_NAMED).await?;
    let slots = days.into_iter().flat_map(|day| day.slots).filter(|slot| slot.starts_at > from);
    Ok(slots.take(NEXT_FREE_NAMED).collect())
}
