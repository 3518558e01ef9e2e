//! That an entry is in the log: its index, the path from its leaf to the root, and the signed checkpoint.

use serde::{Deserialize, Serialize};
use store::Sql;
use uuid::Uuid;

use crate::checkpoint::{self, Checkpoint};
use crate::entry;
use crate::error::{LedgerError, Part, Tampered};
use crate::hash::{Hash, hex_texts, leaf_hash};
use crate::keys::VerifyingKeys;
use crate::proof::{consistency_ranges, inclusion_ranges, verify_inclusion};
use crate::tile::{self, Tiles, places_of};

/// Proves, with the commitment and a public key, that an entry is in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// The place of the leaf.
    pub index: u64,
    /// How many leaves the log had at the checkpoint.
    pub size: u64,
    /// The hashes beside the path, from the leaf up.
    #[serde(with = "hex_texts")]
    pub proof: Vec<Hash>,
    /// The signed note.
    pub checkpoint: String,
}

impl Inclusion {
    /// Nothing when the tiles at hand do not suffice.
    pub(crate) fn from_tiles(tiles: &Tiles, index: u64, size: u64, checkpoint: &str) -> Option<Inclusion> {
        let proof =
            inclusion_ranges(index, size).iter().map(|range| tiles.range(range)).collect::<Option<_>>()?;
        Some(Inclusion { index, size, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Checks the note, then the path from the commitment to the root that the note names.
    pub fn verify(&self, commitment: &Hash, keys: &VerifyingKeys) -> Result<Checkpoint, Tampered> {
        let checkpoint = Checkpoint::verified(&self.checkpoint, keys)?;
        if checkpoint.size != self.size {
            let sentence = format!(
                "The proof is for a log of {} entries, and the checkpoint for one of {}.",
                self.size, checkpoint.size
            );
            return Err(Tampered::new(Part::Proof, sentence));
        }
        if !verify_inclusion(self.index, self.size, &leaf_hash(commitment), &self.proof, &checkpoint.root) {
            let sentence = "The inclusion proof does not lead from the entry to the root of the checkpoint.";
            return Err(Tampered::new(Part::Proof, sentence));
        }
        Ok(checkpoint)
    }
}

/// The inclusion of an entry in the newest checkpoint; nothing while it waits, or when there is no such entry.
pub async fn inclusion(sql: &impl Sql, entry_id: Uuid) -> Result<Option<Inclusion>, LedgerError> {
    let Some(index) = entry::table::index_of(sql, entry_id).await? else { return Ok(None) };
    let Some(newest) = checkpoint::table::latest(sql).await? else { return Ok(None) };
    if index >= newest.size {
        return Err(LedgerError::Corrupt(format!(
            "index {index} lies beyond the checkpoint of {}",
            newest.size
        )));
    }
    let ranges = inclusion_ranges(index, newest.size);
    let tiles = tile::table::load(sql, &places_of(&ranges)).await?;
    let found = Inclusion::from_tiles(&tiles, index, newest.size, &newest.note);
    found.map(Some).ok_or_else(|| missing_tile(newest.size))
}

/// The proof that the log of `old` entries is the beginning of the log of `new` entries.
pub async fn consistency(sql: &impl Sql, old: u64, new: u64) -> Result<Vec<Hash>, LedgerError> {
    let size = checkpoint::table::latest(sql).await?.map_or(0, |newest| newest.size);
    if old > new || new > size {
        return Err(LedgerError::OutOfRange { asked: old.max(new), size: new.min(size) });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let ranges = consistency_ranges(old, new);
    let tiles = tile::table::load(sql, &places_of(&ranges)).await?;
    ranges.iter().map(|range| tiles.range(range)).collect::<Option<_>>().ok_or_else(|| missing_tile(new))
}

fn missing_tile(size: u64) -> LedgerError {
    LedgerError::Corrupt(format!("a tile of the tree of {size} leaves is missing"))
}

/// The entry bundle that `/tile/entries/<index>` serves: up to 256 commitments, each after its length in two
/// bytes. Nothing beyond the newest checkpoint.
pub async fn bundle(sql: &impl Sql, index: u64) -> Result<Option<Vec<u8>>, LedgerError> {
    let size = checkpoint::table::latest(sql).await?.map_or(0, |newest| newest.size);
    let first = index.saturating_mul(tile::TILE_WIDTH as u64);
    if first >= size {
        return Ok(None);
    }
    let end = size.min(first + tile::TILE_WIDTH as u64);
    let commitments = entry::table::commitments(sql, first, end).await?;
    let prefixed = |data: Vec<u8>| [(data.len() as u16).to_be_bytes().to_vec(), data].concat();
    Ok(Some(commitments.into_iter().flat_map(prefixed).collect()))
}
