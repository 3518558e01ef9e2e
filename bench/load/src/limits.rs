//! How far this tool goes: enough for a benchmark, not enough to be a weapon.

use clap::builder::{RangedI64ValueParser, RangedU64ValueParser};

const CLIENTS_MAX: u64 = 512;
const SECONDS_MAX: u64 = 3_600;
const RATE_PER_SECOND_MAX: u64 = 20_000;
const ROUNDS_MAX: i64 = 2_000;
/// How long one call may take before it counts as unanswered.
pub const CALL_SECONDS_MAX: u64 = 30;
/// Calls at once while checking.
pub const CHECKS_AT_ONCE: usize = 16;
/// Pages of "my requests" that are read for each token.
pub const LIST_PAGES_MAX: usize = 20_000;

pub fn clients() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=CLIENTS_MAX)
}

pub fn seconds() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(0..=SECONDS_MAX)
}

pub fn rate() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=RATE_PER_SECOND_MAX)
}

pub fn rounds() -> RangedI64ValueParser<u32> {
    RangedI64ValueParser::new().range(1..=ROUNDS_MAX)
}
