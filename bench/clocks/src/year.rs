//! The year, morning by morning: what people are told when they come, and whether it came true.

use std::time::Duration;

use clock::{DAY, Timestamp};
use outlook::{Case, ENDED_MAX, OPEN_MAX, Outlook};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde::Serialize;

use crate::service::{Service, YEAR_DAYS, begin};

const MONTHS: usize = 12;

pub struct Plan {
    pub cases: usize,
    pub services: usize,
    pub seed: u64,
}

/// What came true.
#[derive(Debug, Default, Serialize)]
pub struct Told {
    pub cases: usize,
    /// Told a figure from outcomes, and ended.
    pub judged: usize,
    /// Ended within the figure, of all that were judged.
    pub most_true: f64,
    /// Ended within the first figure.
    pub half_true: f64,
    /// Told what the directory promises, because there were too few outcomes.
    pub promised: usize,
    /// Never ended, because the applicant never answered.
    pub forsaken: usize,
    pub service_worst: f64,
    pub service_best: f64,
    pub months: Vec<f64>,
    /// Working days of the second figure, on average: a figure that always holds by being huge is worth nothing.
    pub most_days_mean: f64,
    /// What a perfect eye that knows the whole year's cases of a service would have told, on average.
    pub hindsight_days_mean: f64,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    judged: usize,
    most: usize,
    half: usize,
}

impl Tally {
    fn share(self) -> f64 {
        self.most as f64 / self.judged.max(1) as f64
    }
}

pub fn live(plan: &Plan) -> Told {
    let mut rng = StdRng::seed_from_u64(plan.seed);
    let sizes = sizes(&mut rng, plan);
    let mut told = Told { cases: plan.cases, service_worst: 1.0, ..Told::default() };
    let (mut all, mut months, mut days, mut hindsight) =
        (Tally::default(), [Tally::default(); MONTHS], 0.0, 0.0);
    for (number, size) in sizes.into_iter().enumerate() {
        let mut service = Service::draw(&mut rng, size, number);
        let mut own = Tally::default();
        service.live(&mut told, &mut |month, most, half, most_days| {
            days += most_days;
            for tally in [&mut all, &mut own, &mut months[month]] {
                tally.judged += 1;
                tally.most += usize::from(most);
                tally.half += usize::from(half);
            }
        });
        hindsight += service.hindsight_days() * own.judged as f64;
        if own.judged > 500 {
            told.service_worst = told.service_worst.min(own.share());
            told.service_best = told.service_best.max(own.share());
        }
    }
    told.judged = all.judged;
    told.most_true = all.share();
    told.half_true = all.half as f64 / all.judged.max(1) as f64;
    told.months = months.iter().map(|month| month.share()).collect();
    told.most_days_mean = days / all.judged.max(1) as f64;
    told.hindsight_days_mean = hindsight / all.judged.max(1) as f64;
    told
}

/// What the product would read: the newest ended cases and the newest open ones.
#[derive(Default)]
struct Known {
    delivered: usize,
    open: Vec<usize>,
    /// By the moment of their end.
    ended: Vec<usize>,
}

impl Known {
    fn settle(&mut self, service: &Service, delivered: usize, now: Timestamp) {
        self.open.extend(self.delivered..delivered);
        self.delivered = delivered;
        let mut ended: Vec<usize> =
            self.open.extract_if(.., |place| service.cases[*place].has_ended(now)).collect();
        ended.sort_by_key(|place| service.cases[*place].ended_at);
        self.ended.extend(ended);
    }

    fn cases(&self, service: &Service, now: Timestamp) -> Vec<Case> {
        let open = self.open.iter().rev().take(OPEN_MAX);
        let ended = self.ended.iter().rev().take(ENDED_MAX);
        open.chain(ended).map(|place| service.cases[*place].seen(&service.calendar, now)).collect()
    }
}

/// A few services are asked for by everybody, many by few.
fn sizes(rng: &mut StdRng, plan: &Plan) -> Vec<usize> {
    let weights: Vec<f64> =
        (0..plan.services).map(|place| rng.random_range(0.5..1.5) / (place as f64 + 2.0)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| (plan.cases as f64 * weight / sum).round() as usize).collect()
}

impl Service {
    fn live(&mut self, told: &mut Told, judge: &mut impl FnMut(usize, bool, bool, f64)) {
        let length = self.calendar.working_day();
        let whole = |time: Duration| (time.as_secs_f64() / length.as_secs_f64()).ceil().max(1.0);
        let (mut next, mut known) = (0, Known::default());
        for day in 0..YEAR_DAYS {
            let (morning, evening) = (begin() + DAY * day, begin() + DAY * (day + 1));
            known.settle(self, next, morning);
            let cases = known.cases(self, morning);
            let outlook = Outlook::of(&cases, morning, |from, to| self.calendar.working_between(from, to));
            let foreseen = outlook.and_then(|outlook| outlook.foreseen());
            while let Some(case) = self.cases.get_mut(next).filter(|case| case.delivered_at < evening) {
                next += 1;
                if case.delivered_at < begin() {
                    continue;
                }
                let Some(foreseen) = foreseen else {
                    told.promised += 1;
                    continue;
                };
                let shown = length.mul_f64(whole(foreseen.most));
                case.told = Some(outlook::Told { plain: foreseen.plain, shown });
                if case.ended_at.is_none() {
                    told.forsaken += 1;
                    continue;
                }
                let within = |figure| case.total <= length.mul_f64(whole(figure));
                let month = day as usize * MONTHS / YEAR_DAYS as usize;
                judge(month, within(foreseen.most), within(foreseen.half), whole(foreseen.most));
            }
        }
    }

    fn hindsight_days(&self) -> f64 {
        let mut totals: Vec<f64> = self
            .cases
            .iter()
            .filter(|case| case.delivered_at >= begin() && case.ended_at.is_some())
            .map(|case| case.total.as_secs_f64())
            .collect();
        totals.sort_by(f64::total_cmp);
        let at = totals.len() * 9 / 10;
        totals.get(at).copied().unwrap_or_default() / self.calendar.working_day().as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A smaller year with every run of the tests: nine in ten, within two in a hundred.
    #[test]
    fn what_people_are_told_comes_true_in_nine_of_ten_cases() {
        let told = live(&Plan { cases: 30_000, services: 8, seed: 7 });
        assert!(told.judged > 25_000, "{told:?}");
        assert!((0.88..=0.92).contains(&told.most_true), "{told:?}");
        assert!(told.most_days_mean < told.hindsight_days_mean * 1.5, "{told:?}");
    }
}
