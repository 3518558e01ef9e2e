//! Recovery codes: for the day on which the app or the key is not at hand. Each opens once. They are made all at once, shown
//! once, and kept as keyed hashes, so that a copy of the database opens nothing.

pub(crate) mod make;
pub(crate) mod page;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use authz::{Failure, Refusal};
use clock::Timestamp;
use rand::RngExt;
use store::Tx;
use uuid::Uuid;

use crate::{key::SecretKey, person};

/// Codes that are made at once.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a code, written in groups of four.
const CODE_CHARACTERS: usize = 12;
const GROUP: usize = 4;
/// None that are mistaken for each other when copied by hand: together about 58 bits a code.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code, as it is shown once: `K7MQ-2XRT-9BHW`.
pub(crate) fn new_code() -> String {
    let mut random = rand::rng();
    let letters: Vec<char> =
        (0..CODE_CHARACTERS).map(|_| ALPHABET[random.random_range(0..ALPHABET.len())] as char).collect();
    letters.chunks(GROUP).map(|some| some.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The hash of what was typed, when it has the form of a recovery code. Small letters, spaces and dashes are accepted.
pub(crate) fn hash_of(key: &SecretKey, person: Uuid, typed: &str) -> Option<Vec<u8>> {
    folded(typed).map(|code| key.blind("recovery", &format!("{person} {code}")))
}

/// What was typed as it is hashed, when it has the form of a code.
pub(crate) fn folded(typed: &str) -> Option<String> {
    let folded = language::fold_digits(typed).to_ascii_uppercase();
    let code: String = folded.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let whole = code.len() == CODE_CHARACTERS && code.bytes().all(|letter| ALPHABET.contains(&letter));
    whole.then_some(code)
}

/// Uses a code up and tells its person; false when there is none of this hash any more.
pub(crate) async fn spend(tx: &Tx, person: Uuid, hash: &[u8], at: Timestamp) -> Result<bool, Failure> {
    if !table::take(tx, person, hash).await? {
        return Ok(false);
    }
    let person = person::table::person(tx, person).await?.ok_or(Refusal::not_found())?;
    person.tell(tx, "recovery-used", "/account/recovery", at).await?;
    Ok(true)
}
