//! A security key: something that a person holds and that answers a question of this site alone (WebAuthn), so that no
//! other site can ask it in our name. It comes besides the password, several a person, each with a name.
//!
//! Absent on purpose: signing in with a key and no password, which LY-MAIL-2.02a does not admit.

pub(crate) mod add;
pub(crate) mod answer;
pub(crate) mod challenge;
pub(crate) mod page;
pub(crate) mod remove;
pub(crate) mod rename;
pub(crate) mod site;
#[cfg(test)]
mod soft;
pub(crate) mod stop;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use std::time::Duration;

use authz::{Kind, Refusal};
use clock::Timestamp;
use language::clean_name;
use uuid::Uuid;

/// Keys that one person may have.
pub const KEYS_MAX: usize = 10;
pub const KEY_NAME_CHARACTERS_MAX: usize = 60;
/// How long a question waits for the answer of a key.
pub const CHALLENGE_LIFE: Duration = Duration::from_secs(5 * 60);

/// The answer of a key was not one to the question that was asked here and now.
pub(crate) const KEY_INVALID: Refusal =
    Refusal::new(Kind::NotIdentified, "auth.key_invalid", &["LY-MAIL-2.02c"]);
pub(crate) const KEY_NOT_ADDED: Refusal =
    Refusal::new(Kind::Invalid, "auth.key_not_added", &["LY-MAIL-2.02c"]);
pub(crate) const KEYS_TOO_MANY: Refusal = Refusal::new(Kind::Conflict, "auth.keys_too_many", &[]);
/// The site is reached by a number instead of a name, and keys know sites by name.
pub(crate) const KEYS_WITHOUT_NAME: Refusal = Refusal::new(Kind::Unavailable, "auth.keys_without_name", &[]);
const NAME_INVALID: Refusal = Refusal::new(Kind::Invalid, "auth.key_name_invalid", &[]);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecurityKey {
    pub id: Uuid,
    pub person: Uuid,
    pub name: String,
    /// As the key names itself.
    pub credential: Vec<u8>,
    /// Its public part, as the library keeps it.
    pub public_part: String,
    pub added_at: Timestamp,
    pub used_at: Option<Timestamp>,
    /// There are two of it; it opens nothing any more.
    pub stopped_at: Option<Timestamp>,
}

impl SecurityKey {
    pub fn is_good(&self) -> bool {
        self.stopped_at.is_none()
    }
}

/// The name that was typed for a key.
pub(crate) fn name(typed: &str) -> Result<String, Refusal> {
    let name = clean_name(typed);
    match name.chars().count() {
        0 => Err(NAME_INVALID.with_item("name", "required", "")),
        count if count > KEY_NAME_CHARACTERS_MAX => {
            Err(NAME_INVALID.with_item("name", "too_long", &KEY_NAME_CHARACTERS_MAX.to_string()))
        }
        _ => Ok(name),
    }
}
