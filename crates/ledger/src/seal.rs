//! A seal makes a document verifiable by anyone who has the public keys, without asking us: what was recorded,
//! its commitment, its place in the log, the hash of the file, and a signature over all of it.
//!
//! As a document of its own it is canonical JSON and a line feed. In a PDF it lies behind the end of the file.

mod pdf;
mod verify;

pub use verify::{Form, Verified, verify_file, verify_handed_in};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical;
use crate::entry::Statement;
use crate::hash::{Hash, hex_text, sha256};
use crate::inclusion::Inclusion;
use crate::keys::Keys;

/// The only version there is.
const VERSION: u32 = 1;
/// What a signature of a seal begins with, so that it can never be taken for that of a note.
const CONTEXT: &[u8] = b"ledger seal v1\n";
/// Largest seal, in bytes of its JSON.
pub const SEAL_BYTES_MAX: usize = 1_048_576;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    pub version: u32,
    /// The entry, with its salt.
    pub statement: Statement,
    #[serde(with = "hex_text")]
    pub commitment: Hash,
    /// Nothing when the document was sealed before the log was sequenced.
    pub inclusion: Option<Inclusion>,
    /// SHA-256 of the file without its seal, in hexadecimal; nothing when the seal is the document.
    pub file_sha256: Option<String>,
    /// `name+hash` of the key that signed.
    pub key_id: String,
    /// Ed25519 over the canonical JSON of all other members, in hexadecimal.
    pub signature: String,
}

impl Seal {
    pub(crate) fn signed(
        statement: Statement,
        inclusion: Option<Inclusion>,
        file: Option<&[u8]>,
        keys: &Keys,
    ) -> Seal {
        let mut seal = Seal {
            version: VERSION,
            commitment: statement.commitment(),
            statement,
            inclusion,
            file_sha256: file.map(file_hash),
            key_id: String::new(),
            signature: String::new(),
        };
        let signed = keys.sign(|key| {
            seal.key_id = key.id();
            seal.signed_bytes()
        });
        seal.signature = hex::encode(signed.signature);
        seal
    }

    /// The document: one value has exactly one text.
    pub fn to_json(&self) -> String {
        let mut text = canonical::write(&self.to_value());
        text.push('\n');
        text
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let mut value = self.to_value();
        if let Value::Object(members) = &mut value {
            members.remove("signature");
        }
        [CONTEXT, canonical::write(&value).as_bytes()].concat()
    }

    fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a seal has text keys only, which is all that could fail")
    }
}

fn file_hash(file: &[u8]) -> String {
    hex::encode(sha256(&[file]))
}
