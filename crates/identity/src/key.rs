//! The key file of this crate: it seals the secrets of second factors and blinds identifiers in counters and
//! in the ledger. Without the file, a copy of the database yields neither.

use std::{
    fs::OpenOptions,
    io::{Error, Read, Write},
    path::Path,
};

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

#[derive(Clone)]
pub struct SecretKey([u8; KEY_BYTES]);

impl SecretKey {
    /// Reads the key, or makes one that only this user can read when there is no file yet.
    pub fn load_or_create(path: &Path) -> Result<SecretKey, Error> {
        use std::os::unix::fs::OpenOptionsExt;
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let key = SecretKey::random();
                file.write_all(&key.0)?;
                file.sync_all()?;
                Ok(key)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => SecretKey::load(path),
            Err(error) => Err(error),
        }
    }

    fn load(path: &Path) -> Result<SecretKey, Error> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(KEY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        let key = <[u8; KEY_BYTES]>::try_from(bytes.as_slice());
        key.map(SecretKey).map_err(|_| Error::other("the key file of identity does not hold 32 bytes"))
    }

    pub fn random() -> SecretKey {
        SecretKey(rand::random())
    }

    /// Nonce and ciphertext. Bound to its owner (a person, or what else has an id), so that a row moved elsewhere opens nothing.
    pub fn seal(&self, owner: Uuid, secret: &str) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload { msg: secret.as_bytes(), aad: owner.as_bytes() };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::other("a secret could not be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, owner: Uuid, sealed: &[u8]) -> Result<String, Error> {
        let broken = || Error::other("a sealed secret does not open under this key file");
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(broken)?;
        let nonce = <[u8; NONCE_BYTES]>::try_from(nonce).map_err(|_| broken())?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        let secret = self.cipher().decrypt(&Nonce::from(nonce), payload).map_err(|_| broken())?;
        String::from_utf8(secret).map_err(|_| broken())
    }

    /// A hash that only this key can make: a national number has too few digits for a plain one.
    pub(crate) fn blind(&self, label: &str, text: &str) -> Vec<u8> {
        let inner =
            Sha256::new_with_prefix(self.derived("blind inner")).chain_update(label).chain_update([0]);
        let inner = inner.chain_update(text).finalize();
        Sha256::new_with_prefix(self.derived("blind outer")).chain_update(inner).finalize().to_vec()
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.derived("seal").into())
    }

    /// A key of its own for each use.
    fn derived(&self, r#use: &str) -> [u8; KEY_BYTES] {
        Sha256::new_with_prefix("diwan identity ")
            .chain_update(r#use)
            .chain_update([0])
            .chain_update(self.0)
            .finalize()
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_for_its_person_under_its_key_only() {
        let (key, person) = (SecretKey::random(), Uuid::now_v7());
        let sealed = key.seal(person, "JBSWY3DP").unwrap();
        assert_eq!(key.open(person, &sealed).unwrap(), "JBSWY3DP");
        assert!(key.open(Uuid::now_v7(), &sealed).is_err());
        assert!(SecretKey::random().open(person, &sealed).is_err());
        assert!(key.open(person, &sealed[..5]).is_err());
        let mut changed = sealed;
        changed[20] ^= 1;
        assert!(key.open(person, &changed).is_err());
    }

    #[test]
    fn a_blind_hash_depends_on_key_label_and_text() {
        let key = SecretKey::random();
        assert_eq!(key.blind("identifier", "1"), key.blind("identifier", "1"));
        assert_ne!(key.blind("identifier", "1"), key.blind("address", "1"));
        assert_ne!(key.blind("identifier", "1"), SecretKey::random().blind("identifier", "1"));
    }

    #[test]
    fn the_key_file_is_made_once_and_private() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("diwan-identity-{}.key", Uuid::now_v7()));
        let made = SecretKey::load_or_create(&path).unwrap();
        assert_eq!(SecretKey::load_or_create(&path).unwrap().0, made.0);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, b"short").unwrap();
        assert!(SecretKey::load_or_create(&path).is_err());
        std::fs::remove_file(&path).unwrap();
    }
}
