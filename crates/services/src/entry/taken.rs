//! How long a service really takes, told by its own outcomes: what is promised stands on the card, what happens beside it.

use authz::Failure;
use clock::Timestamp;
use organisations::Calendar;
use store::Sql;
use uuid::Uuid;

use crate::request;

/// Outcomes that are looked at, the newest.
const OUTCOMES_READ: i64 = 200;
/// Fewer outcomes than this say nothing.
const OUTCOMES_MIN: usize = 5;

/// Working days that most requests took: one in ten was faster, one in ten slower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub from: u32,
    pub to: u32,
}

pub(crate) async fn taken(
    sql: &impl Sql,
    entry: Uuid,
    calendar: &Calendar,
) -> Result<Option<Taken>, Failure> {
    let outcomes = request::table::outcomes_of(sql, entry, OUTCOMES_READ).await?;
    let days = outcomes.into_iter().map(|(delivered, closed)| working_days(calendar, delivered, closed));
    Ok(range(days.collect()))
}

/// Working days after the one on which it was delivered; finished on the same day counts as none.
fn working_days(calendar: &Calendar, delivered: Timestamp, closed: Timestamp) -> u32 {
    let days = calendar.day_of(delivered) + 1..=calendar.day_of(closed);
    days.filter(|day| calendar.is_working_day(*day)).count().try_into().unwrap_or(u32::MAX)
}

fn range(mut days: Vec<u32>) -> Option<Taken> {
    if days.len() < OUTCOMES_MIN {
        return None;
    }
    days.sort_unstable();
    let at = |tenths: usize| days[(days.len() - 1) * tenths / 10];
    Some(Taken { from: at(1), to: at(9).max(1) })
}

#[cfg(test)]
mod tests {
    use clock::{DAY, days_from_civil};

    use super::*;

    #[test]
    fn the_range_leaves_out_the_fastest_and_the_slowest() {
        let check = |days: &[u32], expected: Option<(u32, u32)>| {
            assert_eq!(range(days.to_vec()).map(|taken| (taken.from, taken.to)), expected, "{days:?}");
        };
        check(&[1, 2, 3, 4], None);
        check(&[2, 1, 3, 1, 2, 2, 3, 1, 40, 0, 2], Some((1, 3)));
        check(&[0, 0, 0, 0, 0], Some((0, 1)));
        check(&[4, 4, 4, 4, 4], Some((4, 4)));
    }

    #[test]
    fn weekends_do_not_count() {
        let noon = |day: u8| Timestamp(days_from_civil(2026, 11, day) * DAY.as_micros() as i64) + DAY / 2;
        let calendar = Calendar::default();
        // 19 November 2026 is a Thursday; Friday and Saturday are days off.
        assert_eq!(working_days(&calendar, noon(19), noon(22)), 1);
        assert_eq!(working_days(&calendar, noon(22), noon(22)), 0);
        assert_eq!(working_days(&calendar, noon(22), noon(26)), 4);
    }
}
