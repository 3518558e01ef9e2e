//! C2SP signed notes: a text, a blank line, and a line for each signature, `— name base64(key id ‖ signature)`.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::error::{Part, Tampered};
use crate::keys::{Keys, VerifyingKeys};

/// Most signature lines that a note may carry.
pub const NOTE_SIGNATURES_MAX: usize = 100;

/// `text` ends with a line feed and holds no blank line.
pub(crate) fn sign(text: &str, keys: &Keys) -> String {
    let signed = keys.sign(|_| text.as_bytes().to_vec());
    let line = [signed.key.key_id().as_slice(), signed.signature.as_slice()].concat();
    format!("{text}\n— {} {}\n", signed.key.name(), STANDARD.encode(line))
}

/// The text of a note that at least one known key has signed. Signatures of unknown keys are passed over, as
/// the format says; one of a known key that does not hold condemns the note.
pub(crate) fn open<'a>(note: &'a str, keys: &VerifyingKeys) -> Result<&'a str, Tampered> {
    let broken = |what: &str| Tampered::new(Part::Checkpoint, format!("The note of the checkpoint {what}."));
    let end = note.rfind("\n\n").ok_or_else(|| broken("has no signatures"))?;
    let (text, lines) = (&note[..end + 1], &note[end + 2..]);
    let lines = lines.strip_suffix('\n').ok_or_else(|| broken("does not end with a line feed"))?;
    let mut known = 0;
    for (position, line) in lines.split('\n').enumerate() {
        let (name, bytes) = signature_of(line).ok_or_else(|| broken("has a line that is not a signature"))?;
        if position >= NOTE_SIGNATURES_MAX {
            return Err(broken("has too many signatures"));
        }
        let (key_id, signature) = bytes.split_at(4);
        let Some(key) = keys.find(name, key_id) else { continue };
        if !key.verifies(text.as_bytes(), signature) {
            return Err(broken(&format!("has a signature of {name} that does not hold")));
        }
        known += 1;
    }
    if known == 0 {
        return Err(Tampered::new(Part::Key, "No known key has signed the note of the checkpoint."));
    }
    Ok(text)
}

fn signature_of(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    (bytes.len() > 4 && !name.is_empty()).then_some((name, bytes))
}
