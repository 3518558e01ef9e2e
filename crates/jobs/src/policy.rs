//! How often and how patiently a kind of work is tried.

use std::time::Duration;

/// Limits of one kind of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Tries in all, the first included; crashes count.
    pub attempts_max: u32,
    /// The wait after the first failure; it doubles with each further one.
    pub delay_first: Duration,
    /// The longest wait between two tries.
    pub delay_max: Duration,
    /// The share of the wait that chance may add, so that jobs that failed together do not return together.
    pub jitter_share: f64,
    /// How long one attempt may run before it counts as failed.
    pub attempt_max: Duration,
}

impl Default for Policy {
    /// Fifteen tries over about nine hours: long enough for a night's outage of another system.
    fn default() -> Policy {
        Policy {
            attempts_max: 15,
            delay_first: Duration::from_secs(2),
            delay_max: Duration::from_secs(2 * 3_600),
            jitter_share: 0.2,
            attempt_max: Duration::from_secs(5 * 60),
        }
    }
}

impl Policy {
    /// The wait after failed attempt number `attempt` (1 is the first); `jitter` lies in 0..1.
    pub fn delay(&self, attempt: u32, jitter: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let wait = self.delay_first.saturating_mul(1 << doublings).min(self.delay_max);
        wait.mul_f64(1.0 + self.jitter_share.max(0.0) * jitter.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(attempt: u32, jitter: f64, expected_seconds: f64) {
        let found = Policy::default().delay(attempt, jitter).as_secs_f64();
        assert!((found - expected_seconds).abs() < 0.001, "attempt {attempt}: {found} s");
    }

    #[test]
    fn waits_double_up_to_the_limit_and_scatter() {
        check(1, 0.0, 2.0);
        check(1, 1.0, 2.4);
        check(2, 0.0, 4.0);
        check(3, 0.5, 8.8);
        check(8, 0.0, 256.0);
        check(12, 0.0, 4_096.0);
        check(13, 0.0, 7_200.0);
        check(14, 1.0, 8_640.0);
        check(u32::MAX, 0.0, 7_200.0);
        check(0, 0.0, 2.0);
        check(1, 7.0, 2.4);
    }
}
