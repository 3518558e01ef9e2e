//! The share of cases that last longer than a given time, where each was watched for a part of its life only.

/// A hazard that fewer cases than this speak for is chance.
const AT_RISK_MIN: f64 = 8.0;

/// The part of a case's life that was watched, on its own axis of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stay {
    pub from: f64,
    pub until: f64,
    /// It ended at `until`, and was not merely lost from sight there.
    pub ended: bool,
}

impl Stay {
    pub(crate) fn measured_by(self, unit: f64) -> Stay {
        Stay { from: self.from / unit, until: self.until / unit, ended: self.ended }
    }
}

/// Falls with each end; between the ends it is level.
#[derive(Clone, Debug, Default)]
pub(crate) struct Curve {
    /// Moment of an end, and the share that lasts longer.
    steps: Vec<(f64, f64)>,
}

impl Curve {
    /// Kaplan and Meier's estimate with late entries.
    pub(crate) fn of(stays: impl Iterator<Item = Stay>) -> Curve {
        let (mut entries, mut exits): (Vec<f64>, Vec<(f64, bool)>) =
            stays.map(|stay| (stay.from, (stay.until, stay.ended))).unzip();
        entries.sort_by(f64::total_cmp);
        exits.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut entered = entries.iter().peekable();
        let (mut at_risk, mut lasting, mut curve) = (0.0, 1.0, Curve::default());
        for moment in exits.chunk_by(|a, b| a.0 == b.0) {
            let at = moment[0].0;
            while entered.next_if(|entry| **entry < at || (at == 0.0 && **entry <= at)).is_some() {
                at_risk += 1.0;
            }
            let ended = moment.iter().filter(|(_, ended)| *ended).count() as f64;
            if ended > 0.0 {
                lasting *= (1.0 - ended / f64::max(at_risk, AT_RISK_MIN)).max(0.0);
                curve.steps.push((at, lasting));
            }
            at_risk -= moment.len() as f64;
        }
        curve
    }

    /// The share that lasts longer than `at`.
    pub(crate) fn longer_than(&self, at: f64) -> f64 {
        match self.steps.partition_point(|(step, _)| *step <= at) {
            0 => 1.0,
            passed => self.steps[passed - 1].1,
        }
    }

    /// The moment by which `share` of those that last longer than `after` have ended; nothing where the cases that were
    /// watched do not reach so far.
    pub(crate) fn within(&self, share: f64, after: f64) -> Option<f64> {
        let passed = self.steps.partition_point(|(at, _)| *at <= after);
        let wanted = self.longer_than(after) * (1.0 - share) + 1e-9;
        let reached = self.steps.partition_point(|(_, lasting)| *lasting > wanted).max(passed);
        self.steps.get(reached).map(|(at, _)| *at)
    }
}
