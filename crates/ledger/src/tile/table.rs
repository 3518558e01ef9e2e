//! The rows of the tiles.

use std::collections::BTreeSet;

use store::{Row, Sql, StoreError, Tx, Value};

use super::{Place, TILE_WIDTH, Tile, Tiles};
use crate::hash::Hash;

/// A tile as it is stored and served: `width` hashes, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTile {
    pub level: u8,
    pub index: u64,
    pub width: usize,
    pub hashes: Vec<u8>,
}

impl StoredTile {
    /// The first `width` hashes: what a partial tile was when the tree was smaller.
    pub fn first(&self, width: usize) -> Option<&[u8]> {
        (width > 0 && width <= TILE_WIDTH).then(|| self.hashes.get(..width * size_of::<Hash>())).flatten()
    }
}

/// The tile that `/tile/<level>/<index>` serves. Readers learn the size of the tree from the checkpoint first;
/// a tile may have grown since, and its first hashes are then the ones they ask for.
pub async fn tile(sql: &impl Sql, level: u8, index: u64) -> Result<Option<StoredTile>, StoreError> {
    let question = "SELECT level, idx, width, hashes FROM ledger_tile WHERE level = $1 AND idx = $2";
    sql.find(question, vec![i64::from(level).into(), (index as i64).into()], stored).await
}

fn stored(row: &Row) -> Result<StoredTile, StoreError> {
    let shape = |what: &str| StoreError::Shape(format!("ledger_tile.{what}"));
    Ok(StoredTile {
        level: u8::try_from(row.get::<i64>("level")?).map_err(|_| shape("level"))?,
        index: u64::try_from(row.get::<i64>("idx")?).map_err(|_| shape("idx"))?,
        width: usize::try_from(row.get::<i64>("width")?).map_err(|_| shape("width"))?,
        hashes: row.get("hashes")?,
    })
}

/// Reads several tiles with one question; those that are missing are missing from the answer.
pub(crate) async fn load(sql: &impl Sql, places: &BTreeSet<Place>) -> Result<Tiles, StoreError> {
    if places.is_empty() {
        return Ok(Tiles::default());
    }
    let one = |position: usize| format!("(level = ${} AND idx = ${})", 2 * position + 1, 2 * position + 2);
    let any: Vec<String> = (0..places.len()).map(one).collect();
    let question = format!("SELECT level, idx, width, hashes FROM ledger_tile WHERE {}", any.join(" OR "));
    let mut tiles = Tiles::default();
    for row in sql.all(&question, values_of(places)).await? {
        let stored = stored(&row)?;
        let tile = Tile::from_bytes(&stored.hashes).filter(|tile| tile.width() == stored.width);
        let tile = tile.ok_or_else(|| StoreError::Shape("ledger_tile.hashes".into()))?;
        tiles.0.insert((stored.level, stored.index), tile);
    }
    Ok(tiles)
}

fn values_of(places: &BTreeSet<Place>) -> Vec<Value> {
    places.iter().flat_map(|(level, index)| [i64::from(*level).into(), (*index as i64).into()]).collect()
}

/// Writes new tiles and replaces partial ones that grew.
pub(crate) async fn write(tx: &Tx, tiles: Vec<(Place, &Tile)>) -> Result<(), StoreError> {
    let row = |at: usize| format!("(${}, ${}, ${}, ${})", 4 * at + 1, 4 * at + 2, 4 * at + 3, 4 * at + 4);
    let rows: Vec<String> = (0..tiles.len()).map(row).collect();
    let values = tiles.into_iter().flat_map(|((level, index), tile)| {
        [i64::from(level).into(), (index as i64).into(), (tile.width() as i64).into(), tile.bytes().into()]
    });
    let insert = format!(
        "INSERT INTO ledger_tile (level, idx, width, hashes) VALUES {} \
         ON CONFLICT (level, idx) DO UPDATE SET width = excluded.width, hashes = excluded.hashes",
        rows.join(", ")
    );
    tx.run(&insert, values.collect()).await.map(drop)
}
