//! A bearer token: how a person's own programs call the API. It carries the rights of the person and the
//! assurance of the session that issued it; a token never issues another.

pub(crate) mod end;
pub(crate) mod issue;
pub(crate) mod table;

use std::time::Duration;

use authz::Assurance;
use clock::{MINUTE, Timestamp};
use uuid::Uuid;

use crate::secret;

/// What a token begins with, so that scanners of leaked secrets find it.
pub const TOKEN_PREFIX: &str = "diwan_";
pub const TOKEN_DAYS_MAX: u32 = 365;
pub const TOKEN_NAME_CHARACTERS_MAX: usize = 60;
/// Tokens that one person may have open.
pub const TOKENS_MAX: i64 = 20;
/// The moment of last use is written at most this often.
pub const USED_EVERY: Duration = Duration::from_secs(10 * MINUTE.as_secs());

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: Uuid,
    pub person: Uuid,
    pub name: String,
    pub assurance: Assurance,
    pub issued_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A new token as it is shown once, and the hash that is stored.
pub(crate) fn new_secret() -> (String, Vec<u8>) {
    let shown = format!("{TOKEN_PREFIX}{}", secret::new());
    let hash = secret::hash(&shown);
    (shown, hash)
}

/// The hash to look up, when the text has the form of a token.
pub(crate) fn hash_of(shown: &str) -> Option<Vec<u8>> {
    shown.strip_prefix(TOKEN_PREFIX).filter(|rest| secret::is_one(rest)).map(|_| secret::hash(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_a_token_is_looked_up() {
        let (shown, hash) = new_secret();
        assert_eq!(shown.len(), TOKEN_PREFIX.len() + 43);
        assert_eq!(hash_of(&shown), Some(hash));
        for bad in ["", "diwan_", &shown[1..], &format!("{shown}x"), &shown.replace("diwan_", "Diwan_")] {
            assert_eq!(hash_of(bad), None, "{bad}");
        }
    }
}
