//! A checkpoint: how long the log is and what its root is, signed as a C2SP signed note.

pub(crate) mod table;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::error::{Part, Tampered};
use crate::hash::{Hash, hash_of};
use crate::keys::{Keys, VerifyingKeys};
use crate::note;

/// What a checkpoint says: three lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log this is.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    pub root: Hash,
}

impl Checkpoint {
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    pub(crate) fn signed(&self, keys: &Keys) -> String {
        note::sign(&self.text(), keys)
    }

    /// Reads a signed note. Anything but the three lines, written as they are signed, is refused.
    pub fn verified(note: &str, keys: &VerifyingKeys) -> Result<Checkpoint, Tampered> {
        let text = note::open(note, keys)?;
        Checkpoint::parsed(text)
            .ok_or_else(|| Tampered::new(Part::Checkpoint, "The checkpoint is not three lines."))
    }

    fn parsed(text: &str) -> Option<Checkpoint> {
        let mut lines = text.lines();
        let origin = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = hash_of(&STANDARD.decode(lines.next()?).ok()?)?;
        let checkpoint = Checkpoint { origin, size, root };
        (!checkpoint.origin.is_empty() && checkpoint.text() == text).then_some(checkpoint)
    }
}
