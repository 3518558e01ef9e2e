//! A code that goes to a phone: good once, for a while, in the place where it was asked for, for a few tries. Pure.

use std::time::Duration;

use clock::{HOUR, MINUTE, Timestamp};
use uuid::Uuid;

use crate::key::SecretKey;

/// How long a code is good.
pub const TEXT_CODE_LIFE: Duration = MINUTE.saturating_mul(10);
/// Wrong codes after which one is locked; another has to be asked for.
pub const TEXT_TRIES_MAX: i64 = 3;
/// Codes to one number for one purpose in [`TEXT_WINDOW`], whoever asks: each costs money, and each disturbs its holder. Those
/// who name a number that is not theirs do not use up the codes by which its holder signs in.
pub const TEXT_CODES_PER_NUMBER_MAX: i64 = 10;
/// Codes that one person asks for in [`TEXT_WINDOW`], to whatever number.
pub const TEXT_CODES_PER_PERSON_MAX: i64 = 15;
pub const TEXT_WINDOW: Duration = HOUR;
pub(crate) const TEXT_CODE_DIGITS: usize = 6;

/// One code; what it says is stored nowhere.
#[derive(Clone, Debug)]
pub(crate) struct TextCode {
    pub id: Uuid,
    pub person: Uuid,
    pub number: String,
    pub body: Option<Uuid>,
    pub tries: i64,
    pub expires_at: Timestamp,
    pub is_open: bool,
}

impl TextCode {
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.is_open && now < self.expires_at && self.tries < TEXT_TRIES_MAX
    }

    /// Made anew from the key whenever it is needed.
    pub fn code(&self, key: &SecretKey) -> String {
        let hash = key.blind("text code", &format!("{} {}", self.id, self.number));
        let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:0width$}", number % 10_u64.pow(TEXT_CODE_DIGITS as u32), width = TEXT_CODE_DIGITS)
    }

    /// Digits of both scripts and spaces are accepted.
    pub fn is_right(&self, key: &SecretKey, typed: &str) -> bool {
        let folded: String = language::fold_digits(typed).chars().filter(|c| !c.is_whitespace()).collect();
        folded == self.code(key)
    }

    /// Under which name the message is known that carries it.
    pub fn reference(&self) -> String {
        format!("code/{}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_of_one_asking_to_one_number_under_one_key() {
        let key = SecretKey::random();
        let code = TextCode {
            id: Uuid::now_v7(),
            person: Uuid::now_v7(),
            number: "+218910000101".into(),
            body: None,
            tries: 0,
            expires_at: Timestamp(10),
            is_open: true,
        };
        let said = code.code(&key);
        assert_eq!(said.len(), TEXT_CODE_DIGITS);
        let spaced = format!("{} {}", &said[..3], &said[3..]);
        assert!(code.is_right(&key, &spaced) && !code.is_right(&key, "") && !code.is_right(&key, &said[1..]));
        assert_ne!(said, TextCode { id: Uuid::now_v7(), ..code.clone() }.code(&key));
        assert_ne!(said, TextCode { number: "+218910000102".into(), ..code.clone() }.code(&key));
        assert!(code.is_good(Timestamp(9)) && !code.is_good(Timestamp(10)));
        assert!(!TextCode { tries: TEXT_TRIES_MAX, ..code.clone() }.is_good(Timestamp(0)));
        assert!(!TextCode { is_open: false, ..code }.is_good(Timestamp(0)));
    }
}
