//! The way back for somebody whose password was ended: a code that an officer hands over in person, after looking at a
//! document. It sets a new password once; it opens no session, so the second factor is asked for as ever. It never travels by
//! e-mail, since whoever guessed a password may read that too.

pub(crate) mod enter;
pub(crate) mod page;
pub(crate) mod table;

use std::time::Duration;

use clock::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::{Identity, recovery};

/// How long a code waits for its person.
pub const ENTRY_CODE_LIFE: Duration = Duration::from_secs(24 * 3_600);

/// A new code: what is shown once, and what is kept. Not `Debug`: it holds the code.
pub struct EntryCode {
    pub code: String,
    pub hash: Vec<u8>,
}

impl Identity {
    pub fn new_entry_code(&self, person: Uuid) -> EntryCode {
        let code = recovery::new_code();
        let hash = self.entry_hash(person, &code).unwrap_or_default();
        EntryCode { code, hash }
    }

    /// The hash of what was typed, when it has the form of a code.
    fn entry_hash(&self, person: Uuid, typed: &str) -> Option<Vec<u8>> {
        recovery::folded(typed).map(|code| self.key.blind("entry", &format!("{person} {code}")))
    }
}

/// Keeps a code for its person; one that was handed over before is void.
pub async fn keep_entry_code(
    tx: &Tx,
    person: Uuid,
    hash: &[u8],
    by: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    table::put(tx, person, hash, by, (at, at + ENTRY_CODE_LIFE)).await
}
