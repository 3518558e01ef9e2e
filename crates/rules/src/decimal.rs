//! Numbers without drift: whole millionths in an integer.
//!
//! Twelve places before the point and six after it: enough for the money of a state in thousandths, for areas and for
//! rates. Everything is exact but multiplication and division, which round half away from zero at the sixth place. What
//! does not fit has no value, it never wraps. `rules.js` does the same with `BigInt`.

/// Places after the point.
const PLACES: usize = 6;
/// One, in millionths.
pub(crate) const ONE: i64 = 1_000_000;
/// The first number that does not fit, in millionths.
const MILLIONTHS_END: i128 = 1_000_000_000_000 * ONE as i128;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i64);

impl Decimal {
    pub const ZERO: Decimal = Decimal(0);

    pub fn whole(number: i64) -> Option<Decimal> {
        fitting(i128::from(number) * i128::from(ONE))
    }

    /// `12`, `-0.5`, `1.25e-3`: digits of the seventh place round the sixth.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match digits.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (digits, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(part) || exponent.abs() > 40 || whole.len() + part.len() > 60 {
            return None;
        }
        fitting(sign * millionths(whole, part, exponent)?)
    }

    pub fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// The part before the point.
    pub fn trunc(self) -> i64 {
        self.0 / ONE
    }

    pub(crate) fn plus(self, other: Decimal) -> Option<Decimal> {
        fitting(i128::from(self.0) + i128::from(other.0))
    }

    pub(crate) fn minus(self, other: Decimal) -> Option<Decimal> {
        fitting(i128::from(self.0) - i128::from(other.0))
    }

    pub(crate) fn times(self, other: Decimal) -> Option<Decimal> {
        fitting(quotient(i128::from(self.0) * i128::from(other.0), i128::from(ONE)))
    }

    pub(crate) fn over(self, other: Decimal) -> Option<Decimal> {
        if other.0 == 0 {
            return None;
        }
        fitting(quotient(i128::from(self.0) * i128::from(ONE), i128::from(other.0)))
    }

    /// How often `other` goes into it, without the rest.
    pub(crate) fn into_whole(self, other: Decimal) -> Option<Decimal> {
        Decimal::whole(self.0.checked_div(other.0)?)
    }

    pub(crate) fn rest(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_rem(other.0).map(Decimal)
    }

    pub(crate) fn negated(self) -> Decimal {
        Decimal(-self.0)
    }

    pub(crate) fn size(self) -> Decimal {
        Decimal(self.0.abs())
    }

    /// Half away from zero, at a place from 0 to 6.
    pub(crate) fn rounded(self, places: i64) -> Option<Decimal> {
        let places = u32::try_from(places).ok().filter(|places| *places <= PLACES as u32)?;
        let unit = 10_i128.pow(PLACES as u32 - places);
        fitting(quotient(i128::from(self.0), unit) * unit)
    }

    pub(crate) fn floor(self) -> Option<Decimal> {
        Decimal::whole(self.0.div_euclid(ONE))
    }

    pub(crate) fn ceiling(self) -> Option<Decimal> {
        Decimal::whole(-(-self.0).div_euclid(ONE))
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / ONE as u64, self.0.unsigned_abs() % ONE as u64);
        let sign = if self.0 < 0 { "-" } else { "" };
        if part == 0 {
            return write!(out, "{sign}{whole}");
        }
        let part = format!("{part:06}");
        write!(out, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

fn millionths(whole: &str, part: &str, exponent: i32) -> Option<i128> {
    // The digits as one number, and where its point is.
    let digits = format!("{whole}{part}");
    let digits = digits.trim_start_matches('0');
    let shift = PLACES as i32 + exponent - part.len() as i32;
    if digits.is_empty() {
        return Some(0);
    }
    if digits.len() as i32 + shift > 20 {
        return None;
    }
    if shift >= 0 {
        return Some(digits.parse::<i128>().ok()? * 10_i128.pow(shift as u32));
    }
    let kept = digits.len() as i32 + shift;
    if kept < 0 {
        return Some(0);
    }
    let (before, after) = digits.split_at(kept as usize);
    let before: i128 = if before.is_empty() { 0 } else { before.parse().ok()? };
    Some(before + i128::from(after.as_bytes().first().is_some_and(|digit| *digit >= b'5')))
}

/// Half away from zero.
fn quotient(number: i128, by: i128) -> i128 {
    let (whole, rest) = (number / by, number % by);
    let away = if (number < 0) == (by < 0) { 1 } else { -1 };
    if rest.abs() * 2 >= by.abs() { whole + away } else { whole }
}

fn fitting(millionths: i128) -> Option<Decimal> {
    (millionths.abs() < MILLIONTHS_END).then_some(Decimal(millionths as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_rounded_and_written() {
        let check = |typed: &str, expected: &str| {
            let read = Decimal::parse(typed).map_or_else(|| "none".to_owned(), |number| number.to_string());
            assert_eq!(read, expected, "{typed}");
        };
        check("12", "12");
        check("-0.50", "-0.5");
        check("0.1234565", "0.123457");
        check("-0.0000005", "-0.000001");
        check("0.00000049", "0");
        check("1e3", "1000");
        check("1.5e-7", "0");
        check("5e-7", "0.000001");
        check("999999999999.999999", "999999999999.999999");
        check("1000000000000", "none");
        check("1e400", "none");
        for wrong in ["", ".5", "5.", "1,5", "--1", "0x1", "inf"] {
            check(wrong, "none");
        }
    }

    #[test]
    fn arithmetic_does_not_drift() {
        let of = |text: &str| Decimal::parse(text).expect("a number");
        assert_eq!(of("0.1").plus(of("0.2")), Some(of("0.3")));
        assert_eq!(of("1").over(of("3")), Some(of("0.333333")));
        assert_eq!(of("-2").over(of("3")), Some(of("-0.666667")));
        assert_eq!(of("999999999999").times(of("2")), None);
        assert_eq!(of("2.5").rounded(0), Some(of("3")));
        assert_eq!(of("-2.5").rounded(0), Some(of("-3")));
        assert_eq!(of("-0.1").floor(), Some(of("-1")));
        assert_eq!(of("-0.1").ceiling(), Some(of("0")));
        assert_eq!(of("7").into_whole(of("-2")), Some(of("-3")));
    }
}
