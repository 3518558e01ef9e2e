//! The second factor: a code of six digits that changes every 30 seconds (RFC 6238).
//!
//! A code is good once: the step at which it was used is remembered, and only later steps count.

pub(crate) mod confirm;
pub(crate) mod enrol;
pub(crate) mod page;
pub(crate) mod remove;
pub(crate) mod start;
pub(crate) mod table;

use std::time::Duration;

use clock::Timestamp;
use totp_rs::{Builder, Secret, Totp};

pub const CODE_DIGITS: u8 = 6;
pub const STEP_SECONDS: u64 = 30;
/// Steps before and after the present one that are accepted: clocks of phones drift.
pub const SKEW_STEPS: u16 = 1;

/// How long a new secret waits for the first code of the app.
pub const ENROLMENT_LIFE: Duration = Duration::from_secs(15 * 60);

/// A new secret in Base32, as authenticator apps take it.
pub fn new_secret() -> String {
    Secret::generate().to_base32()
}

/// The step that this code belongs to, when it is right about now. Digits of both scripts and spaces are accepted.
pub(crate) fn step_of(secret: &str, typed: &str, now: Timestamp) -> Option<i64> {
    let code: String = language::fold_digits(typed).chars().filter(|c| !c.is_whitespace()).collect();
    let six_digits = code.len() == usize::from(CODE_DIGITS) && code.bytes().all(|byte| byte.is_ascii_digit());
    if !six_digits {
        return None;
    }
    let step = totp(secret)?.check(&code, seconds(now))?;
    i64::try_from(step).ok()
}

/// What an authenticator app reads from the picture: `otpauth://totp/…`.
pub(crate) fn address(secret: &str, issuer: &str, account: &str) -> Option<String> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let builder = Builder::new().with_digits(CODE_DIGITS).with_step_duration(STEP_SECONDS);
    let totp =
        builder.with_secret(secret).with_issuer(Some(issuer)).with_account_name(account).build().ok()?;
    totp.to_url().ok()
}

/// The code of this moment: for tests, and for the sign-in page of a demo.
pub fn code_at(secret: &str, now: Timestamp) -> Option<String> {
    Some(totp(secret)?.generate(seconds(now)).to_string())
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let builder =
        Builder::new().with_digits(CODE_DIGITS).with_step_duration(STEP_SECONDS).with_skew(SKEW_STEPS);
    builder.with_secret(secret).build().ok()
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.seconds()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, "12345678901234567890" in Base32.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(RFC, Timestamp(second * 1_000_000)).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_code_counts_one_step_before_and_after() {
        let now = Timestamp(1_111_111_109_000_000);
        for (typed, at, step) in [
            ("081804", 0, Some(37_037_036)),
            ("٠٨١٨٠٤", 0, Some(37_037_036)),
            ("081 804", 0, Some(37_037_036)),
            ("081804", 30, Some(37_037_036)),
            ("081804", -30, Some(37_037_036)),
            ("081804", 61, None),
            ("081805", 0, None),
            ("81804", 0, None),
            ("", 0, None),
        ] {
            assert_eq!(step_of(RFC, typed, Timestamp(now.0 + at * 1_000_000)), step, "{typed} {at}");
        }
        assert_eq!(step_of("not base32!", "081804", now), None);
    }
}
