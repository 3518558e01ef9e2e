//! Backups of the whole installation, and back from them, proven. See `README.md` for the words.
//!
//! Start at [`take`] for what goes in, at [`restore`] for what comes out, and at [`Vault`] for where it lies.

mod evidence;
mod keep;
mod manifest;
mod password;
mod place;
mod restore;
mod scratch;
mod source;
mod take;
#[cfg(test)]
mod tests;
mod vault;

pub use evidence::{DocumentsFound, Evidence, LogFound, TablesFound};
pub use keep::Keep;
pub use manifest::Manifest;
pub use password::{Password, PasswordError};
pub use place::Place;
pub use restore::{INCOMPLETE_MARK, Target, restore};
pub use scratch::Scratch;
pub use take::{TAKE_TIME_MAX, Taking, take};
pub use vault::{Progress, Snapshot, Vault};

/// Why a backup was not taken, or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is no backup at {0} yet")]
    NoVault(String),
    #[error("the password does not open the backups at {0}")]
    WrongPassword(String),
    #[error("there is no complete backup named {0}; `diwan backup --list` names them")]
    NoSnapshot(String),
    #[error("{0}")]
    Vault(String),
    #[error("{count} parts could not be read whole, so nothing was kept; the first: {first}")]
    Unread { count: usize, first: String },
    #[error("{0} is not empty; a restore goes only where nothing is")]
    NotEmpty(String),
    #[error("the backup is of {0}; name an address of an empty database of that engine")]
    OtherEngine(&'static str),
    #[error("the backup was made by a newer program (its form is {0}); restore it with that one")]
    Newer(u32),
    #[error("what was restored is not a backup of this program: {0}")]
    NotOurs(String),
    #[error("the work was broken off")]
    BrokenOff,
    #[error("a file could not be read or written")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Documents(#[from] documents::OpenError),
    #[error(transparent)]
    Keys(#[from] ledger::KeysError),
}
