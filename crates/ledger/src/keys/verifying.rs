//! The public halves, as text: one line a key, `name+hash+base64(0x01 ‖ public key)`, the form that tools for
//! signed notes read. The hash is the key id: the first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).

use std::{fmt, path::Path, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};

use super::KeysError;
use crate::hash::sha256;

/// The algorithm byte of Ed25519.
const ED25519: u8 = 1;

/// One public key with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

impl VerifierKey {
    pub(super) fn new(name: &str, key: VerifyingKey) -> VerifierKey {
        VerifierKey { name: name.to_owned(), key }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn key_id(&self) -> [u8; 4] {
        let hash = sha256(&[self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()]);
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// `name+hash`, by which a seal names its key.
    pub fn id(&self) -> String {
        format!("{}+{}", self.name, hex::encode(self.key_id()))
    }

    /// The public key as Ed25519 writes it.
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Strict: there is one signature for a message and a nonce, and weak keys are refused.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let signature = Signature::from_slice(signature);
        signature.is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [[ED25519].as_slice(), self.key.as_bytes()].concat();
        write!(out, "{}+{}", self.id(), STANDARD.encode(key))
    }
}

pub(super) fn check_name(name: &str) -> Result<(), KeysError> {
    let fit = !name.is_empty() && !name.contains(|letter: char| letter.is_whitespace() || letter == '+');
    if fit { Ok(()) } else { Err(KeysError::Name(name.to_owned())) }
}

impl FromStr for VerifierKey {
    type Err = KeysError;

    /// Refuses a line whose hash is not that of its key.
    fn from_str(line: &str) -> Result<VerifierKey, KeysError> {
        let mut parts = line.splitn(3, '+');
        let (Some(name), Some(_), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeysError::Line(1));
        };
        check_name(name)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| KeysError::Line(1))?;
        let Some((&ED25519, public)) = bytes.split_first() else { return Err(KeysError::Line(1)) };
        let public: [u8; 32] = public.try_into().map_err(|_| KeysError::Line(1))?;
        let key = VerifyingKey::from_bytes(&public).map_err(|_| KeysError::Line(1))?;
        let key = VerifierKey::new(name, key);
        if key.to_string() == line { Ok(key) } else { Err(KeysError::Line(1)) }
    }
}

/// Every key whose signatures count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyingKeys(Vec<VerifierKey>);

impl VerifyingKeys {
    pub(super) fn new(keys: Vec<VerifierKey>) -> VerifyingKeys {
        VerifyingKeys(keys)
    }

    /// Reads a published file of verifier keys.
    pub fn load(path: impl AsRef<Path>) -> Result<VerifyingKeys, KeysError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path)
            .map_err(|source| KeysError::Io { path: path.to_owned(), source })?;
        text.parse()
    }

    pub fn iter(&self) -> impl Iterator<Item = &VerifierKey> {
        self.0.iter()
    }

    pub(crate) fn find(&self, name: &str, key_id: &[u8]) -> Option<&VerifierKey> {
        self.0.iter().find(|key| key.name == name && key.key_id() == key_id)
    }

    pub(crate) fn find_id(&self, id: &str) -> Option<&VerifierKey> {
        self.0.iter().find(|key| key.id() == id)
    }
}

impl fmt::Display for VerifyingKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|key| writeln!(out, "{key}"))
    }
}

impl FromStr for VerifyingKeys {
    type Err = KeysError;

    /// One key a line; empty lines and lines that begin with `#` say nothing.
    fn from_str(text: &str) -> Result<VerifyingKeys, KeysError> {
        let mut keys = Vec::new();
        for (position, line) in text.lines().map(str::trim).enumerate() {
            if !line.is_empty() && !line.starts_with('#') {
                keys.push(line.parse().map_err(|_| KeysError::Line(position + 1))?);
            }
        }
        Ok(VerifyingKeys(keys))
    }
}
