//! The gate before every check of a password or a code: how often somebody may be wrong.
//!
//! An attempt is counted before it is checked and given back when it was right, in one statement each, so that
//! a hundred guesses at the same moment on many nodes are still counted one by one.

pub(crate) mod pass;
pub(crate) mod table;

use std::{net::IpAddr, time::Duration};

use authz::{Kind, Refusal};
use clock::{MINUTE, Timestamp};

/// Failures of one identifier before it is locked.
pub const IDENTIFIER_FAILURES_MAX: i64 = 5;
/// Failures from one address before it is locked; families and offices share addresses.
pub const ADDRESS_FAILURES_MAX: i64 = 20;
/// How long failures count, and how long a lock lasts.
pub const LOCK_WINDOW: Duration = Duration::from_secs(15 * 60);

pub(crate) const LOCKED: Refusal = Refusal::new(Kind::TooMany, "auth.locked", &["LY-SVC-8.1"]);

/// One counter: whose failures, and how many it bears.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) key: Vec<u8>,
    pub(crate) failures_max: i64,
    /// `identifier` or `address`, for the ledger.
    pub(crate) what: &'static str,
    /// The network behind a counter of an address; empty for an identifier, which nobody is to read.
    pub(crate) network: String,
}

/// What a counter says after this attempt was counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    pub(crate) failures: i64,
    pub(crate) since: Timestamp,
}

impl Count {
    pub(crate) fn is_locked(&self, gate: &Gate) -> bool {
        self.failures > gate.failures_max
    }

    /// The attempt that found the gate locked for the first time; the ledger hears of that one.
    pub(crate) fn locks_now(&self, gate: &Gate) -> bool {
        self.failures == gate.failures_max + 1
    }
}

/// The refusal, with the minutes that are left.
pub(crate) fn locked(until: Timestamp, now: Timestamp) -> Refusal {
    let minutes = until.since(now).as_secs().div_ceil(MINUTE.as_secs()).max(1);
    LOCKED.with_item("identifier", "auth_locked", &minutes.to_string())
}

/// The part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6.
pub(crate) fn subscriber(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_counter() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(subscriber(address.parse().unwrap()), counted);
        }
    }

    #[test]
    fn the_minutes_left_are_rounded_up() {
        let now = Timestamp(0);
        assert_eq!(locked(now + Duration::from_secs(61), now).items[0].detail, "2");
        assert_eq!(locked(now, now).items[0].detail, "1");
    }
}
