//! Whether a sealed document is as it was sealed. Pure: it needs the bytes and the public keys.
//!
//! Each link is checked on its own, from the file inwards, so that the first one that fails names what was
//! changed. A text that means the same but is written otherwise is refused: every byte counts.

use serde::Serialize;

use super::{SEAL_BYTES_MAX, Seal, VERSION, file_hash};
use crate::canonical;
use crate::error::{Part, Tampered};
use crate::keys::VerifyingKeys;

/// In which form the document came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The seal is the document.
    Json,
    /// The seal lies behind a PDF.
    Pdf,
}

/// An untouched document.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub form: Form,
    pub seal: Seal,
}

/// Verifies a sealed PDF or a seal that is a document of its own.
pub fn verify_file(bytes: &[u8], keys: &VerifyingKeys) -> Result<Verified, Tampered> {
    if bytes.starts_with(b"{") {
        let seal = Seal::from_json(bytes)?;
        seal.verify(None, keys)?;
        return Ok(Verified { form: Form::Json, seal });
    }
    let (pdf, seal) = Seal::split_pdf(bytes)?;
    seal.verify(Some(pdf), keys)?;
    Ok(Verified { form: Form::Pdf, seal })
}

/// The same for a document that a person hands in: a JSON seal may have been laid out anew (indented, its members in
/// another order, letters escaped) by the program that saved it. What it says must still be what was sealed.
pub fn verify_handed_in(bytes: &[u8], keys: &VerifyingKeys) -> Result<Verified, Tampered> {
    let strict = verify_file(bytes, keys);
    if strict.is_ok() || bytes.len() > SEAL_BYTES_MAX || !bytes.starts_with(b"{") {
        return strict;
    }
    let Ok(value) = serde_json::from_slice(bytes) else { return strict };
    let mut relaid = canonical::write(&value);
    relaid.push('\n');
    verify_file(relaid.as_bytes(), keys)
}

impl Seal {
    /// Reads the one text that [`Seal::to_json`] writes.
    pub fn from_json(bytes: &[u8]) -> Result<Seal, Tampered> {
        let refused = |what: String| Tampered::new(Part::Form, format!("The seal {what}."));
        if bytes.len() > SEAL_BYTES_MAX {
            return Err(refused(format!("is larger than {SEAL_BYTES_MAX} bytes")));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| refused("is not UTF-8".into()))?;
        let line = text.strip_suffix('\n').ok_or_else(|| refused("does not end with a line feed".into()))?;
        let value = canonical::read(line).map_err(|fault| refused(format!("is {fault}")))?;
        let seal: Seal =
            serde_json::from_value(value).map_err(|fault| refused(format!("is no seal: {fault}")))?;
        if seal.to_json() != text {
            return Err(refused("is not written as seals are".into()));
        }
        Ok(seal)
    }

    /// Verifies the seal, and `file` with it: the bytes that were sealed, without the seal.
    pub fn verify(&self, file: Option<&[u8]>, keys: &VerifyingKeys) -> Result<(), Tampered> {
        if self.version != VERSION {
            return Err(Tampered::new(Part::Form, format!("The seal is of version {}.", self.version)));
        }
        self.verify_file_hash(file)?;
        if self.statement.commitment() != self.commitment {
            let sentence = "The statement (kind, subject, actor, controls, body, time or salt) \
                            is not the one that was committed to.";
            return Err(Tampered::new(Part::Statement, sentence));
        }
        if let Some(inclusion) = &self.inclusion {
            inclusion.verify(&self.commitment, keys)?;
        }
        self.verify_signature(keys)
    }

    fn verify_file_hash(&self, file: Option<&[u8]>) -> Result<(), Tampered> {
        let sentence = match (&self.file_sha256, file.map(file_hash)) {
            (sealed, found) if *sealed == found => return Ok(()),
            (Some(sealed), Some(found)) => {
                format!("The file has the SHA-256 hash {found}, and what was sealed has {sealed}.")
            }
            (Some(sealed), None) => {
                format!("The seal is for a file with the SHA-256 hash {sealed}, which is not here.")
            }
            (None, _) => "The seal is a document of its own and not for a file.".to_owned(),
        };
        Err(Tampered::new(Part::File, sentence))
    }

    fn verify_signature(&self, keys: &VerifyingKeys) -> Result<(), Tampered> {
        let key = keys.find_id(&self.key_id).ok_or_else(|| {
            Tampered::new(Part::Key, format!("The key {} that signed the seal is not known.", self.key_id))
        })?;
        // Written in capitals it would be the same signature, and still not the same document.
        let signature = hex::decode(&self.signature).unwrap_or_default();
        let as_written = hex::encode(&signature) == self.signature;
        if !as_written || !key.verifies(&self.signed_bytes(), &signature) {
            return Err(Tampered::new(Part::Signature, "The signature over the seal does not hold."));
        }
        Ok(())
    }
}
