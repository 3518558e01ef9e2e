//! How far services have come from paper to the screen, and since when (LY-SVC-1.07).

pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

pub(crate) const LEVELS: [&str; 3] = ["fully_digital", "partly_digital", "manual"];

/// A version that set the level of its service.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub entry: Uuid,
    pub maturity: String,
    pub since: Timestamp,
}

/// How many services stood at each level of [`LEVELS`] at a moment.
pub(crate) fn counted(steps: &[Step], at: Timestamp) -> [usize; 3] {
    let mut last: std::collections::HashMap<Uuid, &Step> = std::collections::HashMap::new();
    for step in steps.iter().filter(|step| step.since <= at) {
        let known = last.entry(step.entry).or_insert(step);
        if known.since <= step.since {
            *known = step;
        }
    }
    LEVELS.map(|level| last.values().filter(|step| step.maturity == level).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_step_before_the_moment_counts() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let step =
            |entry, maturity: &str, since| Step { entry, maturity: maturity.into(), since: Timestamp(since) };
        let steps =
            [step(one, "manual", 10), step(one, "fully_digital", 30), step(other, "partly_digital", 20)];
        let check =
            |at, expected: [usize; 3]| assert_eq!(counted(&steps, Timestamp(at)), expected, "at {at}");
        check(5, [0, 0, 0]);
        check(10, [0, 0, 1]);
        check(25, [0, 1, 1]);
        check(30, [1, 1, 0]);
    }
}
