//! How long it will take, told by how long it takes now.
//!
//! An average is read as a promise and holds for half of the people; so a range is told: half of the cases end within
//! the first figure, nine in ten within the second. The estimate is a life table of the last weeks: at each age, how
//! many of the cases that were so old then ended. A case that is still open thus counts for as long as it has lasted,
//! and old files that are cleared together change the table at their own age only, and frighten nobody who comes today.
//! The second figure is then corrected by how the earlier ones came true (conformal prediction), so that it keeps its
//! word while the load moves.

mod curve;
#[cfg(test)]
mod tests;

use std::time::Duration;

use clock::{DAY, Timestamp};
use curve::{Curve, Stay};

/// Newest ended cases that are worth reading; more would only be slower to notice a change.
pub const ENDED_MAX: usize = 2_000;
/// Open cases that are read beside them. The oldest say most about the slow ones, so this is far above what a service
/// has open in a usual month; were they left out, the slow cases would look rarer than they are.
pub const OPEN_MAX: usize = 20_000;
/// Cases that must have ended before anything is told.
pub const ENDED_MIN: usize = 20;

const HALF: f64 = 0.5;
const MOST: f64 = 0.9;
/// Days that are looked back on: the fewest in which enough cases ended.
const WINDOWS_DAYS: [u32; 7] = [4, 7, 14, 28, 60, 120, 400];
const ENDED_ENOUGH: usize = 120;
/// A case that came earlier than this before now is an old file: it does not make a window long enough.
const OLD_DAYS: u32 = 200;
/// How strongly figures that were broken too often raise the share of cases that the next must hold for.
const INSISTENCE: f64 = 0.6;
const SHARE: std::ops::RangeInclusive<f64> = 0.75..=0.985;
/// The correction stays within these factors.
const CORRECTION: std::ops::RangeInclusive<f64> = 0.4..=3.0;

/// Something that was delivered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    pub delivered_at: Timestamp,
    /// When it ended, was taken back, or began to wait for somebody else; nothing while the provider must act.
    pub left_at: Option<Timestamp>,
    /// Whether it ended by what the provider decided.
    pub ended: bool,
    /// The working time that the provider has spent on it; nobody else's time is in it.
    pub spent: Duration,
    /// What was foreseen for it at its delivery.
    pub told: Option<Told>,
}

/// What was foreseen for a case at its delivery, kept with it so that it can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The second figure as the table alone gave it ([`Foreseen::plain`]).
    pub plain: Duration,
    /// The figure that people read: corrected, and rounded up.
    pub shown: Duration,
}

/// What is foreseen for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// Half of the cases end within this time.
    pub half: Duration,
    /// Nine in ten end within this time.
    pub most: Duration,
    /// The second figure as the table alone gives it: kept with the case, so that it can be judged later.
    pub plain: Duration,
}

/// What is known of how long cases take.
#[derive(Clone, Debug)]
pub struct Outlook {
    curve: Curve,
    /// By what the table's second figure is multiplied so that it comes true.
    correction: f64,
    /// Ended cases that it rests on.
    pub ended: usize,
}

impl Outlook {
    /// From what is known of the newest cases at `now`, in any order; `None` when too few have ended. `working` measures
    /// the provider's working time between two moments.
    pub fn of(
        cases: &[Case],
        now: Timestamp,
        working: impl Fn(Timestamp, Timestamp) -> Duration,
    ) -> Option<Outlook> {
        let start = window(cases, now)?;
        let seen = cases.iter().filter(|case| case.left_at.is_none_or(|left| left >= start));
        let stays: Vec<(&Case, Stay)> = seen
            .map(|case| {
                // How old it was when the window began; what came within it was new.
                let within = working(case.delivered_at.max(start), case.left_at.unwrap_or(now));
                let age = case.spent.saturating_sub(within);
                let from = if case.delivered_at < start { age.as_secs_f64() } else { 0.0 };
                (case, Stay { from, until: case.spent.as_secs_f64(), ended: case.ended })
            })
            .collect();
        let curve = Curve::of(stays.iter().map(|(_, stay)| *stay));
        let ended = stays.iter().filter(|(_, stay)| stay.ended).count();
        Some(Outlook { curve, correction: correction(&stays), ended })
    }

    /// For a case that is delivered now.
    pub fn foreseen(&self) -> Option<Foreseen> {
        self.left_after(Duration::ZERO)
    }

    /// For a case on which so much time was spent already: how much is still to come. Nothing when no case that is
    /// known has lasted long enough to tell.
    pub fn left_after(&self, spent: Duration) -> Option<Foreseen> {
        let left = |share| {
            let end = self.curve.within(share, spent.as_secs_f64())?;
            Some(Duration::from_secs_f64(end).saturating_sub(spent))
        };
        let (half, plain) = (left(HALF)?, left(MOST)?);
        Some(Foreseen { half, most: plain.mul_f64(self.correction).max(half), plain })
    }
}

/// By what the table's second figure must be multiplied: what nine in ten of the cases needed, each measured by what was
/// foreseen for it; and somewhat more where the figures that were shown have been broken too often, or less where too
/// rarely.
fn correction(stays: &[(&Case, Stay)]) -> f64 {
    let measured = |by: fn(&Told) -> Duration| -> Vec<Stay> {
        let told = stays.iter().filter_map(|(case, stay)| Some((case.told.as_ref().map(by)?, stay)));
        told.filter(|(told, _)| !told.is_zero())
            .map(|(told, stay)| stay.measured_by(told.as_secs_f64()))
            .collect()
    };
    let needed = measured(|told| told.plain);
    let count = needed.iter().filter(|stay| stay.ended).count();
    if count < ENDED_MIN {
        return 1.0;
    }
    let broken = Curve::of(measured(|told| told.shown).into_iter()).longer_than(1.0);
    let share = MOST * (1.0 + 1.0 / count as f64) + INSISTENCE * (broken - (1.0 - MOST));
    let share = share.clamp(*SHARE.start(), *SHARE.end());
    let (least, greatest) = (*CORRECTION.start(), *CORRECTION.end());
    Curve::of(needed.into_iter()).within(share, 0.0).unwrap_or(greatest).clamp(least, greatest)
}

/// Where the window begins; `None` when too few have ended in any.
fn window(cases: &[Case], now: Timestamp) -> Option<Timestamp> {
    let young = now - DAY * OLD_DAYS;
    let ended_since = |start: Timestamp, oldest: Timestamp| {
        let counts = |case: &&Case| {
            case.ended && case.delivered_at >= oldest && case.left_at.is_some_and(|left| left >= start)
        };
        cases.iter().filter(counts).count()
    };
    let mut starts = WINDOWS_DAYS.iter().map(|days| now - DAY * *days);
    let longest = now - DAY * WINDOWS_DAYS[WINDOWS_DAYS.len() - 1];
    let start = starts
        .find(|start| ended_since(*start, young) >= ENDED_ENOUGH)
        .or_else(|| (ended_since(longest, Timestamp(i64::MIN)) >= ENDED_MIN).then_some(longest))?;
    // Before the oldest end that was read others may have ended that were not.
    let ends = cases.iter().filter(|case| case.ended).filter_map(|case| case.left_at);
    let all_read = ends.clone().count() < ENDED_MAX;
    Some(if all_read { start } else { start.max(ends.min()?) })
}
