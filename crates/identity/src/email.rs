//! The address that letters go to, and how a person changes it: a code goes to the new address and a warning to the old one,
//! and only with the code does the new one count. Whoever sits at a computer that was left open gains nothing by it.

mod ask;
mod confirm;
pub(crate) mod page;
mod prove;
pub(crate) mod provider;
pub(crate) mod report;
mod table;

use std::time::Duration;

use clock::{DAY, HOUR, Timestamp};
use uuid::Uuid;

use crate::key::SecretKey;

pub use prove::ProveEmail;

/// How long a code is good.
pub const EMAIL_CODE_LIFE: Duration = HOUR.saturating_mul(2);
/// Wrong codes after which the change is dropped.
pub const EMAIL_TRIES_MAX: i64 = 5;
/// Codes that one person may ask for in [`ASKED_WINDOW`].
pub const EMAIL_CODES_MAX: i64 = 5;
const ASKED_WINDOW: Duration = DAY;
const CODE_DIGITS: usize = 8;
/// RFC 5321 has no longer ones.
const EMAIL_CHARACTERS_MAX: usize = 254;

/// A change that waits for its code.
#[derive(Clone, Debug)]
pub(crate) struct EmailChange {
    pub id: Uuid,
    pub person: Uuid,
    pub email: String,
    pub tries: i64,
    pub expires_at: Timestamp,
    pub asked: i64,
    pub asked_since: Timestamp,
    pub is_open: bool,
}

impl EmailChange {
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.is_open && now < self.expires_at && self.tries < EMAIL_TRIES_MAX
    }

    /// The code, made anew from the key whenever it is needed, so that it is stored nowhere.
    pub fn code(&self, key: &SecretKey) -> String {
        let hash = key.blind("email", &format!("{} {}", self.id, self.email));
        let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:0width$}", number % 10_u64.pow(CODE_DIGITS as u32), width = CODE_DIGITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_of_one_change_to_one_address_under_one_key() {
        let key = SecretKey::random();
        let change = EmailChange {
            id: Uuid::now_v7(),
            person: Uuid::now_v7(),
            email: "salma@mail.example".into(),
            tries: 0,
            expires_at: Timestamp(10),
            asked: 1,
            asked_since: Timestamp(0),
            is_open: true,
        };
        let code = change.code(&key);
        assert_eq!((code.len(), &code), (CODE_DIGITS, &change.code(&key)));
        assert_ne!(code, change.code(&SecretKey::random()));
        assert_ne!(code, EmailChange { email: "other@mail.example".into(), ..change.clone() }.code(&key));
        assert_ne!(code, EmailChange { id: Uuid::now_v7(), ..change.clone() }.code(&key));
        assert!(change.is_good(Timestamp(9)) && !change.is_good(Timestamp(10)));
        assert!(!EmailChange { tries: EMAIL_TRIES_MAX, ..change }.is_good(Timestamp(0)));
    }
}
