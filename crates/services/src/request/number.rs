//! The number that a person reads aloud on the telephone: `26-4817-2093-51`.
//!
//! Two digits of the year, eight at random, two that check the rest (ISO 7064, modulus 97), so that a slip of the
//! tongue is caught and one number says nothing about the next.

use std::{fmt, str::FromStr};

use clock::{Timestamp, civil_from_days};
use language::fold_digits;
use rand::RngExt;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestNumber(String);

#[derive(Debug, thiserror::Error)]
#[error("not a request number")]
pub struct NotANumber;

impl RequestNumber {
    pub fn random(now: Timestamp) -> RequestNumber {
        let year = civil_from_days(now.day()).0.rem_euclid(100);
        let serial = rand::rng().random_range(0..100_000_000_u64);
        RequestNumber::of(year as u64, serial)
    }

    fn of(year: u64, serial: u64) -> RequestNumber {
        let check = 98 - (year * 100_000_000 + serial) % 97 * 100 % 97;
        RequestNumber(format!("{year:02}-{:04}-{:04}-{check:02}", serial / 10_000, serial % 10_000))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Reads either digit script, with or without dashes and spaces.
impl FromStr for RequestNumber {
    type Err = NotANumber;

    fn from_str(typed: &str) -> Result<RequestNumber, NotANumber> {
        if typed.chars().count() > 40 {
            return Err(NotANumber);
        }
        let digits: String =
            fold_digits(typed).chars().filter(|c| !matches!(c, '-' | ' ' | '‑' | '–')).collect();
        if digits.len() != 12 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotANumber);
        }
        let part = |range: std::ops::Range<usize>| digits[range].parse::<u64>().map_err(|_| NotANumber);
        let number = RequestNumber::of(part(0..2)?, part(2..10)?);
        if number.0.ends_with(&digits[10..]) { Ok(number) } else { Err(NotANumber) }
    }
}

/// In paths: what is no number names nothing.
impl<'de> serde::Deserialize<'de> for RequestNumber {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<RequestNumber, D::Error> {
        let typed = std::borrow::Cow::<'de, str>::deserialize(from)?;
        typed.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_in_either_script() {
        for serial in [0, 1, 48_172_093, 99_999_999] {
            let number = RequestNumber::of(26, serial);
            assert_eq!(number.as_str().parse::<RequestNumber>().unwrap(), number);
            let arabic: String = number
                .as_str()
                .chars()
                .filter_map(|c| if c == '-' { None } else { char::from_u32(c as u32 - 0x30 + 0x660) })
                .collect();
            assert_eq!(arabic.parse::<RequestNumber>().unwrap(), number);
        }
    }

    #[test]
    fn one_wrong_digit_and_two_swapped_are_caught() {
        let number = RequestNumber::of(26, 48_172_093).to_string();
        let digits: Vec<char> = number.chars().filter(|c| *c != '-').collect();
        for place in 0..12 {
            let mut wrong = digits.clone();
            wrong[place] = if wrong[place] == '9' { '0' } else { (wrong[place] as u8 + 1) as char };
            assert!(wrong.iter().collect::<String>().parse::<RequestNumber>().is_err());
            let mut swapped = digits.clone();
            if place < 11 && swapped[place] != swapped[place + 1] {
                swapped.swap(place, place + 1);
                assert!(swapped.iter().collect::<String>().parse::<RequestNumber>().is_err());
            }
        }
        assert!("٢٦".parse::<RequestNumber>().is_err());
        assert!("x".repeat(5_000).parse::<RequestNumber>().is_err());
    }
}
