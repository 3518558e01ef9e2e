//! The Merkle tree in tiles of 256 hashes, as C2SP tlog-tiles lays them out: level 0 holds the leaf hashes,
//! each level above the roots of the full tiles below. A tile that is full never changes again, so a proof
//! reads a handful of rows however long the log is.

pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::hash::{Hash, empty_root, node_hash};

/// Hashes in a full tile.
pub const TILE_WIDTH: usize = 256;
/// Levels of the tree inside one tile.
const TILE_HEIGHT: u32 = 8;
/// Tile levels that 2^63 leaves need.
const LEVELS_MAX: u8 = 8;

/// Where a tile lies: level, then index in that level.
pub(crate) type Place = (u8, u64);

/// A tile with the nodes above its hashes: row 0 is what is stored, row 8 the root of a full tile.
/// Only perfect subtrees are kept, so appending costs one hash a leaf on average.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tile {
    rows: [Vec<Hash>; TILE_HEIGHT as usize + 1],
}

impl Tile {
    /// Reads the stored bytes; nothing when they are not whole hashes, none, or too many.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Tile> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.is_empty() || hashes.len() > TILE_WIDTH {
            return None;
        }
        let mut tile = Tile::default();
        hashes.iter().for_each(|hash| tile.push(*hash));
        Some(tile)
    }

    pub(crate) fn hashes(&self) -> &[Hash] {
        &self.rows[0]
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.rows[0].concat()
    }

    pub(crate) fn width(&self) -> usize {
        self.rows[0].len()
    }

    fn push(&mut self, hash: Hash) {
        self.rows[0].push(hash);
        let mut row = 0;
        while row < TILE_HEIGHT as usize && self.rows[row].len().is_multiple_of(2) {
            let parent = match self.rows[row].as_slice() {
                [.., left, right] => node_hash(left, right),
                _ => return,
            };
            row += 1;
            self.rows[row].push(parent);
        }
    }

    /// The root of a full tile.
    fn root(&self) -> Option<Hash> {
        self.rows[TILE_HEIGHT as usize].first().copied()
    }

    /// Roots of the perfect subtrees of a partial tile, the smallest first.
    fn peaks(&self) -> impl Iterator<Item = &Hash> {
        self.rows.iter().filter(|row| row.len() % 2 == 1).filter_map(|row| row.last())
    }
}

/// How many hashes of `level` a tree of `size` leaves has, as the index of its last, partial tile and the
/// width of that tile (0 when the level ends with a full tile).
pub(crate) fn edge_of(level: u8, size: u64) -> (u64, usize) {
    let count = size.checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0);
    (count / TILE_WIDTH as u64, (count % TILE_WIDTH as u64) as usize)
}

/// The partial tiles of a tree of `size` leaves.
pub(crate) fn edge_places(size: u64) -> BTreeSet<Place> {
    let edge = |level| {
        let (index, width) = edge_of(level, size);
        (width > 0).then_some((level, index))
    };
    (0..LEVELS_MAX).filter_map(edge).collect()
}

/// How many tiles, full and partial, a tree of `size` leaves has.
pub(crate) fn tile_count(size: u64) -> u64 {
    (0..LEVELS_MAX).map(|level| edge_of(level, size)).map(|(full, width)| full + u64::from(width > 0)).sum()
}

/// How many hashes all tiles of a tree of `size` leaves hold together.
pub(crate) fn hash_count(size: u64) -> u64 {
    (0..LEVELS_MAX)
        .map(|level| edge_of(level, size))
        .map(|(full, width)| full * TILE_WIDTH as u64 + width as u64)
        .sum()
}

/// The right edge of a tree, growing leaf by leaf.
#[derive(Clone, Debug)]
pub(crate) struct Growth {
    size: u64,
    /// The partial tile of each level, from the leaves up.
    edges: Vec<Tile>,
    /// Tiles that became full.
    full: BTreeMap<Place, Tile>,
    /// Levels whose partial tile is not what it was.
    changed: BTreeSet<u8>,
}

impl Growth {
    pub(crate) fn empty() -> Growth {
        Growth { size: 0, edges: Vec::new(), full: BTreeMap::new(), changed: BTreeSet::new() }
    }

    /// Continues a tree of `size` leaves from its partial tiles; nothing when one is missing or has another
    /// width than the size demands.
    pub(crate) fn from_tiles(size: u64, tiles: &mut Tiles) -> Option<Growth> {
        let mut edges = Vec::new();
        for level in 0..LEVELS_MAX {
            let (index, width) = edge_of(level, size);
            if width == 0 {
                edges.push(Tile::default());
                continue;
            }
            let tile = tiles.0.remove(&(level, index))?;
            if tile.width() != width {
                return None;
            }
            edges.push(tile);
        }
        Some(Growth { size, edges, ..Growth::empty() })
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf.
    pub(crate) fn push(&mut self, leaf: Hash) {
        self.push_at(0, leaf);
        self.size += 1;
    }

    fn push_at(&mut self, level: u8, hash: Hash) {
        let position = usize::from(level);
        if self.edges.len() <= position {
            self.edges.push(Tile::default());
        }
        self.edges[position].push(hash);
        self.changed.insert(level);
        if let Some(root) = self.edges[position].root() {
            let full = std::mem::take(&mut self.edges[position]);
            self.changed.remove(&level);
            self.full.insert((level, edge_of(level, self.size).0), full);
            self.push_at(level + 1, root);
        }
    }

    /// The root of the whole tree: its perfect subtrees folded from the smallest to the largest.
    pub(crate) fn root(&self) -> Hash {
        let peaks = self.edges.iter().flat_map(Tile::peaks);
        peaks.fold(None, |right, left| Some(fold(left, right))).unwrap_or_else(empty_root)
    }

    /// Hands over the tiles that became full since the last call.
    pub(crate) fn take_full(&mut self) -> BTreeMap<Place, Tile> {
        std::mem::take(&mut self.full)
    }

    /// The partial tiles as they are now.
    pub(crate) fn partial(&self) -> impl Iterator<Item = (Place, &Tile)> {
        let placed = |(level, tile)| ((level, edge_of(level, self.size).0), tile);
        (0..).zip(&self.edges).map(placed).filter(|(_, tile)| tile.width() > 0)
    }

    /// Tiles that must be written, because they are new or grew.
    pub(crate) fn written(&self) -> Vec<(Place, &Tile)> {
        let grown = self.partial().filter(|((level, _), _)| self.changed.contains(level));
        self.full.iter().map(|(place, tile)| (*place, tile)).chain(grown).collect()
    }

    /// Everything at hand, enough for the proof of any leaf that was added.
    pub(crate) fn into_tiles(mut self) -> Tiles {
        let partial: Vec<_> = self.partial().map(|(place, tile)| (place, tile.clone())).collect();
        Tiles(self.take_full().into_iter().chain(partial).collect())
    }
}

fn fold(left: &Hash, right: Option<Hash>) -> Hash {
    right.map_or(*left, |right| node_hash(left, &right))
}

/// Some tiles of a tree, enough for what is asked of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tiles(pub(crate) BTreeMap<Place, Tile>);

impl Tiles {
    /// The hash of a range of leaves that RFC 6962 takes as one subtree; nothing when a tile is missing.
    pub(crate) fn range(&self, leaves: &Range<u64>) -> Option<Hash> {
        let mut right = None;
        for (height, index) in perfect_subtrees(leaves.clone()).into_iter().rev() {
            right = Some(fold(&self.node(height, index)?, right));
        }
        right
    }

    fn node(&self, height: u32, index: u64) -> Option<Hash> {
        let (place, row, position) = place_of(height, index);
        self.0.get(&place)?.rows[row].get(position).copied()
    }
}

/// The tiles that the hashes of these ranges are computed from.
pub(crate) fn places_of(ranges: &[Range<u64>]) -> BTreeSet<Place> {
    let subtrees = ranges.iter().cloned().flat_map(perfect_subtrees);
    subtrees.map(|(height, index)| place_of(height, index).0).collect()
}

/// Where a node lies: its tile, the row in that tile, the position in that row.
fn place_of(height: u32, index: u64) -> (Place, usize, usize) {
    let row = height % TILE_HEIGHT;
    let nodes_a_tile = TILE_WIDTH as u64 >> row;
    let place = ((height / TILE_HEIGHT) as u8, index / nodes_a_tile);
    (place, row as usize, (index % nodes_a_tile) as usize)
}

/// A range of leaves as perfect subtrees from left to right: height and index in that height.
fn perfect_subtrees(leaves: Range<u64>) -> Vec<(u32, u64)> {
    let mut subtrees = Vec::new();
    let mut start = leaves.start;
    while start < leaves.end {
        let fits = (leaves.end - start).ilog2();
        let height = start.trailing_zeros().min(fits);
        subtrees.push((height, start >> height));
        start += 1 << height;
    }
    subtrees
}
