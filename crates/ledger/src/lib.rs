//! The log that nobody can change unseen: every act leaves an entry, the entries form a Merkle tree, and its
//! root is signed. See `README.md` for the format.
//!
//! [`append`] is part of the transaction of a verb; the tree is built behind it by [`Ledger::run`]. A [`Seal`]
//! carries what anyone needs to verify a document with public keys alone, by [`verify_file`].
//! This crate knows no capability and no page. Absent on purpose: witnesses, whose lines a note has room for.

mod audit;
pub mod canonical;
mod checkpoint;
mod entry;
mod error;
mod hash;
mod inclusion;
mod keys;
mod log;
mod note;
mod proof;
mod seal;
mod sequence;
#[cfg(test)]
mod tests;
mod tile;
mod waiting;

pub use audit::{FAULTS_MAX, LogReport, verify_log};
pub use checkpoint::{
    Checkpoint,
    table::{checkpoint, checkpoint_of},
};
pub use entry::{
    BODY_BYTES_MAX, BODY_DEPTH_MAX, CONTROLS_MAX, Entry, HISTORY_ENTRIES_MAX, KIND_BYTES_MAX, Leaf, Recorded,
    SUBJECT_BYTES_MAX, Statement, append, erase, find, from_index, history, statement,
};
pub use error::{LedgerError, Part, Tampered};
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use inclusion::{Inclusion, bundle, consistency, inclusion};
pub use keys::{Keys, KeysError, VerifierKey, VerifyingKeys};
pub use log::{
    Ledger, POLL, ROUND_LEAVES_QUIET, ROUND_RETRY, ROUND_SPACING, ROUND_SPACING_QUIET, Standing, TICK,
};
pub use note::NOTE_SIGNATURES_MAX;
pub use proof::{verify_consistency, verify_inclusion};
pub use seal::{Form, SEAL_BYTES_MAX, Seal, Verified, verify_file, verify_handed_in};
pub use sequence::ROUND_LEAVES_MAX;
pub use tile::{
    TILE_WIDTH,
    table::{StoredTile, tile},
};

use store::{Migration, Migrations};

/// The tables of the log.
pub const MIGRATIONS: Migrations = Migrations {
    set: "ledger",
    steps: &[Migration::same("0001_ledger", include_str!("../migrations/0001_ledger.sql"))],
};
