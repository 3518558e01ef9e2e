//! What a backup says of itself, in `manifest.json`.

use std::path::Path;

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use store::DatabaseCopy;

use crate::BackupError;

/// The form that this program writes; a higher one was made by a newer program.
pub(crate) const FORM: u32 = 1;
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const SETTINGS: &str = "settings.json";
pub(crate) const DATABASE: &str = "database";
pub(crate) const DOCUMENTS: &str = "documents";
pub(crate) const KEYS: &str = "keys";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub form: u32,
    /// The version of the program that took it.
    pub program: String,
    /// Microseconds since 1970, when the copy of the database began.
    pub taken_at: i64,
    pub database: DatabaseCopy,
    /// The newest signed checkpoint of the log just before; the copy holds it and what came after.
    pub checkpoint: Option<String>,
    /// Sealed objects in it.
    pub objects: u64,
    pub object_bytes: u64,
    /// Storage of providers that is connected by name: its documents lie there and are not in it.
    pub elsewhere: Vec<String>,
}

impl Manifest {
    pub fn taken_at(&self) -> Timestamp {
        Timestamp(self.taken_at)
    }

    pub(crate) fn read(folder: &Path) -> Result<Manifest, BackupError> {
        #[derive(Deserialize)]
        struct Head {
            form: u32,
        }
        let text = std::fs::read_to_string(folder.join(MANIFEST))?;
        let not_ours = |error: serde_json::Error| BackupError::NotOurs(error.to_string());
        let head: Head = serde_json::from_str(&text).map_err(not_ours)?;
        if head.form > FORM {
            return Err(BackupError::Newer(head.form));
        }
        serde_json::from_str(&text).map_err(not_ours)
    }
}
