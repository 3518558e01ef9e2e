//! One round of sequencing: what waits gets its place in the tree, and a new checkpoint is signed.
//!
//! All in one transaction under the head's row, so any number of nodes may do it at once, and nothing is kept
//! in memory between rounds that another node could have made stale. A round reads the partial tiles of the
//! right edge, a few rows however long the log is, and first makes sure that they still have the root that
//! was signed last: over tiles that somebody changed, nothing is ever signed again.

use std::sync::Arc;

use store::{Sql, Tx, Verb};

use crate::checkpoint::{self, Checkpoint, table::Head};
use crate::entry::{self, table::Placed};
use crate::error::LedgerError;
use crate::hash::leaf_hash;
use crate::inclusion::Inclusion;
use crate::keys::Keys;
use crate::tile::{self, Growth, Tiles, edge_places};

/// Most leaves that one round takes, so that it never holds the writer for long.
pub const ROUND_LEAVES_MAX: u64 = 1_024;

pub(crate) struct Round {
    pub(crate) keys: Arc<Keys>,
    pub(crate) origin: Arc<str>,
}

/// What a round did, with all that the proofs of its leaves need.
#[derive(Debug)]
pub(crate) struct Sequenced {
    pub(crate) placed: Vec<Placed>,
    size: u64,
    note: String,
    tiles: Tiles,
}

impl Sequenced {
    pub(crate) fn inclusion(&self, index: u64) -> Option<Inclusion> {
        Inclusion::from_tiles(&self.tiles, index, self.size, &self.note)
    }
}

impl Verb for Round {
    type Answer = Option<Sequenced>;
    type Error = LedgerError;

    async fn apply(&self, tx: &Tx) -> Result<Option<Sequenced>, LedgerError> {
        let head = checkpoint::table::lock_head(tx).await?.ok_or_else(|| corrupt("the head is missing"))?;
        let mut growth = edge(tx, &head).await?;
        let placed = entry::table::assign_indexes(tx, head.size, ROUND_LEAVES_MAX).await?;
        if placed.is_empty() {
            return Ok(None);
        }
        if placed.iter().zip(head.size..).any(|(entry, index)| entry.index != index) {
            return Err(corrupt("the new indexes are not dense"));
        }
        placed.iter().for_each(|entry| growth.push(leaf_hash(&entry.commitment)));
        tile::table::write(tx, growth.written()).await?;
        let newest = placed.iter().map(|entry| entry.at).fold(head.at, i64::max);
        let head = Head { size: growth.size(), root: growth.root(), at: newest };
        let note = self.sign(&head);
        checkpoint::table::insert(tx, &head, &note).await?;
        checkpoint::table::set_head(tx, &head).await?;
        Ok(Some(Sequenced { placed, size: head.size, note, tiles: growth.into_tiles() }))
    }
}

impl Round {
    fn sign(&self, head: &Head) -> String {
        let origin = self.origin.to_string();
        Checkpoint { origin, size: head.size, root: head.root }.signed(&self.keys)
    }
}

/// The right edge of the tree that the head speaks of.
async fn edge(sql: &impl Sql, head: &Head) -> Result<Growth, LedgerError> {
    let mut tiles = tile::table::load(sql, &edge_places(head.size)).await?;
    let growth = Growth::from_tiles(head.size, &mut tiles);
    let growth =
        growth.ok_or_else(|| corrupt("a partial tile does not have the width that the head demands"))?;
    if growth.root() != head.root {
        return Err(corrupt("the tiles do not have the root that was signed last"));
    }
    Ok(growth)
}

fn corrupt(what: &str) -> LedgerError {
    LedgerError::Corrupt(what.to_owned())
}
