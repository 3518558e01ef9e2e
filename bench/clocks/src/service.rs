//! One service through the year: who comes when, how long the officers need, and when each case ends.

use std::{cmp::Reverse, collections::BinaryHeap, f64::consts::TAU, time::Duration};

use clock::{DAY, HOUR, Timestamp, days_from_civil};
use organisations::{Calendar, Hours};
use outlook::{Case, Told};
use rand::{RngExt, rngs::StdRng};

pub const YEAR_DAYS: u32 = 365;
/// One case in so many waits for its applicant, and one in so many of those waits for ever.
const PAUSED_SHARE: f64 = 0.15;
const FORSAKEN_SHARE: f64 = 0.1;
const PAUSE_MEAN: Duration = Duration::from_secs(6 * 86_400);
/// What officers are busy with on a usual day.
const UTILISATION: f64 = 0.85;
/// Old files that lie in a drawer, and the day of the year on which they are cleared.
const OLD_FILES: usize = 200;
const CLEARED_DAY: u32 = 200;

/// What chance made of one service.
pub struct Service {
    pub calendar: Calendar,
    /// In the order of their delivery; old files first.
    pub cases: Vec<Life>,
}

/// A case with everything that will happen to it.
pub struct Life {
    pub delivered_at: Timestamp,
    /// The provider's working time up to where the applicant is asked; all of it where nobody is.
    before_pause: Duration,
    /// When the applicant is asked and when they answer; never, for some.
    pause: Option<(Timestamp, Option<Timestamp>)>,
    /// All of the provider's working time.
    pub total: Duration,
    pub ended_at: Option<Timestamp>,
    /// What was foreseen for it when it came.
    pub told: Option<Told>,
}

impl Life {
    /// What is known of it at `now`.
    pub fn seen(&self, calendar: &Calendar, now: Timestamp) -> Case {
        let known = |left_at, ended, spent: Duration| Case {
            delivered_at: self.delivered_at,
            left_at,
            ended,
            spent: spent.min(self.total),
            told: self.told,
        };
        match self.pause {
            _ if self.has_ended(now) => known(self.ended_at, true, self.total),
            Some((asked, answered)) if now >= asked => match answered {
                Some(answered) if now >= answered => {
                    known(None, false, self.before_pause + calendar.working_between(answered, now))
                }
                _ => known(Some(asked), false, self.before_pause),
            },
            _ => known(None, false, calendar.working_between(self.delivered_at, now)),
        }
    }

    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.ended_at.is_some_and(|ended| ended <= now)
    }
}

pub fn begin() -> Timestamp {
    Timestamp::midnight(days_from_civil(2026, 1, 1))
}

/// How a service behaves, drawn once.
struct Character {
    cases: usize,
    season: f64,
    season_phase: f64,
    rush_day: f64,
    /// Hours of an officer's attention a case.
    handling_hours: f64,
    /// Working time that passes by itself: an inspection, a committee.
    passing_hours: f64,
    reform_day: f64,
    reform: f64,
}

impl Service {
    pub fn draw(rng: &mut StdRng, cases: usize, number: usize) -> Service {
        let calendar = calendar(rng, number);
        let character = Character {
            cases,
            season: rng.random_range(0.0..0.35),
            season_phase: rng.random_range(0.0..TAU),
            rush_day: rng.random_range(0.0..350.0),
            handling_hours: rng.random_range(0.2..3.0),
            passing_hours: rng.random_range(2.0..80.0),
            reform_day: rng.random_range(60.0..330.0),
            reform: rng.random_range(0.5..1.8),
        };
        let arrivals = character.arrivals(rng);
        let mut cases = old_files(rng, &calendar);
        cases.extend(character.serve(rng, &calendar, &arrivals));
        Service { calendar, cases }
    }
}

fn calendar(rng: &mut StdRng, number: usize) -> Calendar {
    let hours = match number % 3 {
        0 => Hours { opens_minute: 9 * 60, closes_minute: 17 * 60, ..Hours::default() },
        _ => Hours::default(),
    };
    let first = days_from_civil(2024, 1, 1);
    Calendar::new(hours, (0..36).map(|_| first + rng.random_range(0..4 * i64::from(YEAR_DAYS))))
}

/// Files of former years that nobody touched until somebody cleared them all in one week.
fn old_files(rng: &mut StdRng, calendar: &Calendar) -> Vec<Life> {
    let mut cases: Vec<Life> = (0..OLD_FILES)
        .map(|_| {
            let delivered_at = begin() - DAY * rng.random_range(200..700);
            let ended = begin() + DAY * CLEARED_DAY + HOUR * rng.random_range(0..120);
            let total = calendar.working_between(delivered_at, ended);
            Life { delivered_at, before_pause: total, pause: None, total, ended_at: Some(ended), told: None }
        })
        .collect();
    cases.sort_by_key(|case| case.delivered_at);
    cases
}

impl Character {
    fn load(&self, day: f64) -> f64 {
        let season = 1.0 + self.season * (TAU * day / f64::from(YEAR_DAYS) + self.season_phase).sin();
        let rush = if (self.rush_day..self.rush_day + 14.0).contains(&day) { 1.6 } else { 1.0 };
        season * rush
    }

    /// People come at every hour of the day, more when there is a season.
    fn arrivals(&self, rng: &mut StdRng) -> Vec<Timestamp> {
        let load_max = (1.0 + self.season) * 1.6;
        let mut arrivals = Vec::with_capacity(self.cases);
        while arrivals.len() < self.cases {
            let day = rng.random_range(0.0..f64::from(YEAR_DAYS));
            if rng.random_range(0.0..load_max) < self.load(day) {
                arrivals.push(begin() + DAY.mul_f64(day));
            }
        }
        arrivals.sort();
        arrivals
    }

    /// First come, first served, before as many officers as a usual day needs.
    fn serve(&self, rng: &mut StdRng, calendar: &Calendar, arrivals: &[Timestamp]) -> Vec<Life> {
        let hours_a_day = calendar.working_day().as_secs_f64() / 3_600.0;
        let needed = self.cases as f64 / 245.0 * self.handling_hours / hours_a_day / UTILISATION;
        let officers = needed.ceil().max(1.0) as usize;
        let mut free: BinaryHeap<Reverse<Duration>> =
            (0..officers).map(|_| Reverse(Duration::ZERO)).collect();
        arrivals
            .iter()
            .map(|arrival| {
                let came = calendar.working_between(begin(), *arrival);
                let Reverse(soonest) = free.pop().unwrap_or(Reverse(Duration::ZERO));
                let handled = soonest.max(came) + hours(self.handling_hours * scatter(rng, 0.5));
                free.push(Reverse(handled));
                let day = arrival.since(begin()).as_secs_f64() / DAY.as_secs_f64();
                let reform = if day > self.reform_day { self.reform } else { 1.0 };
                let passing = hours(self.passing_hours * reform * scatter(rng, 0.6));
                life(rng, calendar, *arrival, handled - came + passing)
            })
            .collect()
    }
}

fn life(rng: &mut StdRng, calendar: &Calendar, delivered_at: Timestamp, total: Duration) -> Life {
    let whole = |ended_at| Life {
        delivered_at,
        before_pause: total,
        pause: None,
        total,
        ended_at: Some(ended_at),
        told: None,
    };
    if rng.random_range(0.0..1.0) >= PAUSED_SHARE {
        return whole(calendar.add_working(delivered_at, total));
    }
    let before_pause = total.mul_f64(rng.random_range(0.05..0.95));
    let asked = calendar.add_working(delivered_at, before_pause);
    let forsaken = rng.random_range(0.0..1.0) < FORSAKEN_SHARE;
    let waited = PAUSE_MEAN.mul_f64(-rng.random_range(1e-9..1.0f64).ln());
    let answered = (!forsaken).then(|| asked + waited);
    Life {
        before_pause,
        pause: Some((asked, answered)),
        ended_at: answered.map(|answered| calendar.add_working(answered, total - before_pause)),
        ..whole(asked)
    }
}

fn hours(count: f64) -> Duration {
    Duration::from_micros((count * 3_600e6) as u64)
}

/// A factor whose mean is one: most are near, some are several times as much (log-normal, by Box and Muller).
fn scatter(rng: &mut StdRng, sigma: f64) -> f64 {
    let (a, b): (f64, f64) = (rng.random_range(1e-12..1.0), rng.random_range(0.0..1.0));
    (sigma * (-2.0 * a.ln()).sqrt() * (TAU * b).cos() - sigma * sigma / 2.0).exp()
}
