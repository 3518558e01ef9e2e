//! The keys that sign: one file that only its owner may read, with the current signing key and the names of
//! all former ones, so that what they signed stays valid after a rotation.
//!
//! Beside it lies `<file>.pub`, the public half, to be published: whoever has it verifies without us.

mod file;
mod verifying;

pub use verifying::{VerifierKey, VerifyingKeys};

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use ed25519_dalek::{Signer, SigningKey};

/// The name of a key when nothing better is known than that it signs a ledger.
pub const DEFAULT_NAME: &str = "ledger";

#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("the key file {path} could not be read or written")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("the key file {path} is not one of ours: {reason}")]
    Form { path: PathBuf, reason: String },
    #[error("the key file {path} may be read or changed by others; its mode must be 0600")]
    Open { path: PathBuf },
    #[error("a key name holds no space, no plus sign, and is not empty: {0:?}")]
    Name(String),
    #[error("line {0} is not a verifier key")]
    Line(usize),
}

/// The signing key and its history.
pub struct Keys {
    path: PathBuf,
    ring: RwLock<Ring>,
}

/// What the file holds.
struct Ring {
    name: String,
    signing: SigningKey,
    former: Vec<VerifierKey>,
}

impl Ring {
    fn fresh(name: &str, former: Vec<VerifierKey>) -> Ring {
        let mut seed = [0; 32];
        rand::fill(&mut seed);
        Ring { name: name.to_owned(), signing: SigningKey::from_bytes(&seed), former }
    }

    fn current(&self) -> VerifierKey {
        VerifierKey::new(&self.name, self.signing.verifying_key())
    }

    fn verifying(&self) -> VerifyingKeys {
        VerifyingKeys::new([vec![self.current()], self.former.clone()].concat())
    }
}

/// A signature and who made it.
pub(crate) struct Signed {
    pub(crate) key: VerifierKey,
    pub(crate) signature: [u8; 64],
}

impl Keys {
    /// Reads the file, or makes it with a fresh key when it is not there. Several processes may do so at once.
    pub fn load_or_create(path: impl AsRef<Path>) -> Result<Keys, KeysError> {
        Keys::load_or_create_named(path, DEFAULT_NAME)
    }

    /// The same; a key that is made now gets `name`. Third-party tools for signed notes expect the name of the
    /// key to be the origin of the log.
    pub fn load_or_create_named(path: impl AsRef<Path>, name: &str) -> Result<Keys, KeysError> {
        let path = path.as_ref().to_owned();
        let ring = match file::read(&path)? {
            Some(ring) => ring,
            None => file::create(&path, || Ring::fresh(name, Vec::new()), name)?,
        };
        file::publish(&path, &ring.verifying());
        Ok(Keys { path, ring: RwLock::new(ring) })
    }

    /// Makes a fresh signing key; the one until now becomes a former key. Answers the new one.
    /// A process that has the file loaded signs with the former key until it starts again.
    pub fn rotate(&self) -> Result<VerifierKey, KeysError> {
        let ring = file::replace(&self.path, |now| {
            let former = [vec![now.current()], now.former.clone()].concat();
            Ring::fresh(&now.name, former)
        })?;
        file::publish(&self.path, &ring.verifying());
        let current = ring.current();
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(current)
    }

    /// The name of the signing key.
    pub fn name(&self) -> String {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).name.clone()
    }

    /// The public halves, the current one first.
    pub fn verifying(&self) -> VerifyingKeys {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).verifying()
    }

    /// The same for what is no entry of a log. A key that signs anything else signs no log: two meanings of one key could be
    /// played against each other.
    pub fn sign_as(&self, message: impl FnOnce(&VerifierKey) -> Vec<u8>) -> (VerifierKey, [u8; 64]) {
        let signed = self.sign(message);
        (signed.key, signed.signature)
    }

    /// Signs what `message` makes of the key that signs: it may name it, and a rotation cannot come between.
    pub(crate) fn sign(&self, message: impl FnOnce(&VerifierKey) -> Vec<u8>) -> Signed {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let key = ring.current();
        let signature = ring.signing.sign(&message(&key)).to_bytes();
        Signed { key, signature }
    }
}

/// Never the secret.
impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Keys").field("path", &self.path).field("verifying", &self.verifying()).finish()
    }
}
