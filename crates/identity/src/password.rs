//! Passwords: Argon2id, outside every transaction, and never more hashes at once than the machine can carry.
//!
//! A verb receives a [`PasswordHash`], so that no verb hashes. An unknown identifier costs the same hash as a
//! known one.

pub(crate) mod change;
mod guess;
mod own;
pub(crate) mod page;
pub(crate) mod set;
pub(crate) mod table;

use std::{sync::Arc, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc},
};
use authz::{Failure, Kind, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

use crate::Person;

/// Memory of one hash in KiB, its passes and lanes: the first choice of the OWASP sheet for Argon2id.
pub const HASH_MEMORY_KIB: u32 = 19 * 1_024;
pub const HASH_PASSES: u32 = 2;
pub const HASH_LANES: u32 = 1;
/// Hashes that are computed at the same moment; others wait.
pub const HASHES_AT_ONCE_MAX: usize = 4;
/// How long a sign-in waits for its hash before it is told to come again.
pub const HASH_WAIT_MAX: Duration = Duration::from_secs(5);

pub const PASSWORD_CHARACTERS_MIN: usize = 12;
pub const PASSWORD_CHARACTERS_MAX: usize = 128;

/// Stands in for the hash of an unknown identifier: the same parameters, a password that nobody has.
const NOBODYS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBub2JvZHkh$Hk4ZJtYpgK0mXo3r1UqLwz2f8sBvNcE7aDx5RyTi9Oc";

pub(crate) const PASSWORD_WEAK: Refusal =
    Refusal::new(Kind::Invalid, "identity.password_weak", &["LY-SVC-8.1"]);
const BUSY: Refusal = Refusal::new(Kind::Unavailable, "auth.busy", &[]);

/// A hash in the PHC form, ready to be stored.
#[derive(Clone)]
pub struct PasswordHash(pub(crate) String);

/// Where hashes are computed. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords { places: Arc::new(Semaphore::new(HASHES_AT_ONCE_MAX)) }
    }
}

impl Passwords {
    /// Hashes a new password; one that is too short, too long, soon guessed or made of what is known of the person is
    /// refused.
    pub(crate) async fn hash(&self, password: &str, person: &Person) -> Result<PasswordHash, Failure> {
        check(password, &own::Words::of(person))?;
        let (password, identifier) = (normal(password), person.identifier.clone());
        let place = self.place().await?;
        let hashed = tokio::task::spawn_blocking(move || {
            let _place = place;
            if guess::is_guessed_soon(&password, &identifier) {
                return Ok(None);
            }
            let hashed: Result<phc::PasswordHash, _> = argon2().hash_password(password.as_bytes());
            hashed.map(|hash| Some(hash.to_string()))
        });
        let hashed = hashed.await?.map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(PasswordHash(hashed.ok_or_else(|| PASSWORD_WEAK.with_item("password", "password_guessed", ""))?))
    }

    /// Whether this is the password behind the hash; without a hash it costs the same and is false.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, Failure> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS_HASH.to_owned());
        let password = normal(&password.chars().take(PASSWORD_CHARACTERS_MAX + 1).collect::<String>());
        let place = self.place().await?;
        let verified = tokio::task::spawn_blocking(move || {
            let verified = phc::PasswordHash::new(&hash)
                .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok());
            drop(place);
            verified
        });
        Ok(verified.await? && known)
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let waiting = self.places.clone().acquire_owned();
        let place = tokio::time::timeout(HASH_WAIT_MAX, waiting).await.map_err(|_| Failure::from(BUSY))?;
        Ok(place?)
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(HASH_MEMORY_KIB, HASH_PASSES, HASH_LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The same letters typed on another keyboard are the same password (NIST SP 800-63B).
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

fn check(password: &str, own: &own::Words) -> Result<(), Refusal> {
    let characters = password.chars().count();
    let (code, detail) = match () {
        () if characters < PASSWORD_CHARACTERS_MIN => ("too_short", PASSWORD_CHARACTERS_MIN),
        () if characters > PASSWORD_CHARACTERS_MAX => ("too_long", PASSWORD_CHARACTERS_MAX),
        () if own.are_in(password) => ("password_own", 0),
        () => return Ok(()),
    };
    Err(PASSWORD_WEAK.with_item("password", code, &detail.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_verified_as_it_was_typed() {
        let passwords = Passwords::default();
        let hash = passwords.hash("كلمة مرور طويلة é", &own::tests::salma()).await.unwrap().0;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (typed, right) in [
            ("كلمة مرور طويلة é", true),
            ("كلمة مرور طويلة e\u{301}", true),
            ("كلمة مرور طويلة e", false),
            ("", false),
        ] {
            assert_eq!(passwords.verify(typed, Some(hash.clone())).await.unwrap(), right, "{typed}");
        }
        assert!(!passwords.verify("كلمة مرور طويلة é", None).await.unwrap());
    }

    #[test]
    fn the_hash_of_nobody_costs_what_any_hash_costs() {
        let hash = phc::PasswordHash::new(NOBODYS_HASH).expect("it parses");
        let params = Params::try_from(&hash).expect("it has parameters");
        assert_eq!(
            (params.m_cost(), params.t_cost(), params.p_cost()),
            (HASH_MEMORY_KIB, HASH_PASSES, HASH_LANES)
        );
        assert_eq!(hash.hash.expect("it has a hash").as_bytes().len(), 32);
    }

    #[test]
    fn weak_passwords_are_refused() {
        let own = own::Words::of(&own::tests::salma());
        for (password, word) in [
            ("short", Some("too_short")),
            ("eleven char", Some("too_short")),
            ("twelve chars", None),
            ("pass-119900000001", Some("password_own")),
            ("pass-١١٩٩٠٠٠٠٠٠٠١", Some("password_own")),
        ] {
            let refused = check(password, &own).err().map(|no| no.items[0].code.clone());
            assert_eq!(refused.as_deref(), word, "{password}");
        }
        assert!(check(&"x".repeat(PASSWORD_CHARACTERS_MAX + 1), &own).is_err());
    }
}
