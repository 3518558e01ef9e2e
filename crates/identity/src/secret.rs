//! What a browser or a program shows to be recognised: 32 random bytes, of which only the SHA-256 is stored.
//!
//! A plain hash is enough here, unlike for passwords: nobody guesses 256 random bits.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Characters of a secret as it travels: 32 bytes in base64url.
pub(crate) const SECRET_CHARACTERS: usize = 43;

/// A new secret, as it is handed out once.
pub fn new() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What is stored, and found again by.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Whether it has the form of a secret; anything else need not be looked up.
pub fn is_one(text: &str) -> bool {
    text.len() == SECRET_CHARACTERS
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
