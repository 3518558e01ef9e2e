//! What can go wrong with the log, and what a verifier says of something that was changed.

use store::StoreError;

/// Ours to mend: the log could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the tables of the log contradict each other: {0}")]
    Corrupt(String),
    #[error("a tree of {size} leaves has no proof for {asked}")]
    OutOfRange { asked: u64, size: u64 },
}

/// Which part of what was verified is not as it was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The document is not a seal, or not written as seals are.
    Form,
    /// The file is not the one that was sealed.
    File,
    /// What the seal says is not what was committed to.
    Statement,
    /// The inclusion proof does not lead to the root.
    Proof,
    /// The signed note of the checkpoint.
    Checkpoint,
    /// Nobody that the verifier knows has signed.
    Key,
    /// The signature over the seal.
    Signature,
    /// A row of the entries.
    Entry,
    /// A row of the tiles.
    Tile,
    /// The row that says how long the log is.
    Head,
    /// The log could not be read to its end.
    Unreadable,
}

impl Part {
    /// A stable word for texts in any language: `file`, `statement`, `proof` …
    pub fn code(self) -> &'static str {
        match self {
            Part::Form => "form",
            Part::File => "file",
            Part::Statement => "statement",
            Part::Proof => "proof",
            Part::Checkpoint => "checkpoint",
            Part::Key => "key",
            Part::Signature => "signature",
            Part::Entry => "entry",
            Part::Tile => "tile",
            Part::Head => "head",
            Part::Unreadable => "unreadable",
        }
    }
}

/// Something is not as it was signed. The sentence names what differs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Tampered {
    pub part: Part,
    /// One English sentence.
    pub sentence: String,
}

impl Tampered {
    pub(crate) fn new(part: Part, sentence: impl Into<String>) -> Tampered {
        Tampered { part, sentence: sentence.into() }
    }
}
