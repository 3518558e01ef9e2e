//! Verifies the whole log: every commitment from its row, every leaf hash, tile and root, every checkpoint.
//!
//! Each link is checked between two things that are stored, so that one changed value is reported where it is
//! and not in everything that depends on it; together the links leave nothing that could change unseen. What
//! is added while this runs is younger than the head that was read first, and is left to the next time.

use std::collections::VecDeque;

use serde::Serialize;
use store::{Reader, Store, StoreError};
use uuid::Uuid;

use crate::checkpoint::{
    self, Checkpoint,
    table::{Head, StoredCheckpoint, Totals},
};
use crate::entry::{Committed, id_in, table as entries, table::RawEntry};
use crate::error::{Part, Tampered};
use crate::hash::{Hash, hash_of, leaf_hash};
use crate::keys::VerifyingKeys;
use crate::tile::{self, Growth, Place, Tile, hash_count, table::StoredTile, tile_count};
use crate::{canonical, hash::empty_root};

/// Rows that are read at once.
const PAGE_ROWS: u64 = 512;
/// Most faults that are reported; the rest is counted.
pub const FAULTS_MAX: usize = 100;

/// A log without a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogReport {
    /// Entries in the tree.
    pub size: u64,
    /// The root, in hexadecimal.
    pub root: String,
    /// Entries whose body was erased: only their commitment could be verified.
    pub erased: u64,
    /// Entries that are not in the tree yet.
    pub waiting: u64,
    pub checkpoints: u64,
    pub tiles: u64,
}

/// Verifies the log as it was when this was called, or says what differs.
pub async fn verify_log(store: &Store, keys: &VerifyingKeys) -> Result<LogReport, Vec<Tampered>> {
    let mut audit = Audit::new(store.read(), keys);
    if let Err(error) = audit.run().await {
        audit.fault(Part::Unreadable, format!("The log could not be read to its end: {error}."));
    }
    audit.conclude()
}

/// How an entry stands by itself.
#[derive(Clone, Copy, PartialEq)]
enum Soundness {
    Sound,
    Erased,
    Broken,
}

struct Audit<'a> {
    sql: Reader<'a>,
    keys: &'a VerifyingKeys,
    tree: Growth,
    /// The stored tile of the leaf hashes at hand.
    leaves: Option<StoredTile>,
    /// Checkpoints that were read ahead, and the size up to which they were.
    ahead: VecDeque<StoredCheckpoint>,
    read_up_to: i64,
    newest_at: i64,
    roots_differ: u64,
    last: Option<StoredCheckpoint>,
    faults: Vec<Tampered>,
    more_faults: u64,
    report: LogReport,
}

impl<'a> Audit<'a> {
    fn new(sql: Reader<'a>, keys: &'a VerifyingKeys) -> Audit<'a> {
        let root = hex::encode(empty_root());
        Audit {
            sql,
            keys,
            tree: Growth::empty(),
            leaves: None,
            ahead: VecDeque::new(),
            read_up_to: -1,
            newest_at: 0,
            roots_differ: 0,
            last: None,
            faults: Vec::new(),
            more_faults: 0,
            report: LogReport { size: 0, root, erased: 0, waiting: 0, checkpoints: 0, tiles: 0 },
        }
    }

    fn fault(&mut self, part: Part, sentence: String) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Tampered::new(part, sentence));
        } else {
            self.more_faults += 1;
        }
    }

    fn conclude(mut self) -> Result<LogReport, Vec<Tampered>> {
        if self.roots_differ > 1 {
            let sentence = format!("So do the roots of {} later checkpoints.", self.roots_differ - 1);
            self.fault(Part::Checkpoint, sentence);
        }
        if self.more_faults > 0 {
            let sentence = format!("There are {} more faults like these.", self.more_faults);
            self.faults.push(Tampered::new(Part::Unreadable, sentence));
        }
        if self.faults.is_empty() { Ok(self.report) } else { Err(self.faults) }
    }

    async fn run(&mut self) -> Result<(), StoreError> {
        let Some(first) = checkpoint::table::totals(&self.sql).await? else {
            self.fault(Part::Head, "The head of the log is missing.".into());
            return Ok(());
        };
        self.checkpoints_here().await?;
        if !self.walk_to(first.head.size).await? {
            return Ok(());
        }
        for (place, tile) in self.partial_tiles() {
            self.compare(place, &tile).await?;
        }
        self.check_head(&first.head);
        self.waiting_entries().await?;
        if let Some(totals) = checkpoint::table::totals(&self.sql).await? {
            self.check_totals(&totals);
        }
        self.report.size = self.tree.size();
        self.report.root = hex::encode(self.tree.root());
        self.report.tiles = tile_count(self.tree.size());
        Ok(())
    }

    /// Level 0 was compared leaf by leaf.
    fn partial_tiles(&self) -> Vec<(Place, Tile)> {
        let partial = self.tree.partial().filter(|((level, _), _)| *level > 0);
        partial.map(|(place, tile)| (place, tile.clone())).collect()
    }

    /// Adds the leaves up to `size` to the tree. False when the way was lost.
    async fn walk_to(&mut self, size: u64) -> Result<bool, StoreError> {
        while self.tree.size() < size {
            let rows = entries::raw_placed(&self.sql, self.tree.size(), PAGE_ROWS).await?;
            if rows.is_empty() {
                self.fault(
                    Part::Entry,
                    format!("No entry has the index {} or a later one.", self.tree.size()),
                );
                return Ok(false);
            }
            for row in rows {
                let index = row.index.and_then(|index| u64::try_from(index).ok()).unwrap_or(size);
                if !self.fill_up_to(index.min(size)).await? {
                    return Ok(false);
                }
                if index >= size {
                    break;
                }
                self.leaf(&row, index).await?;
            }
        }
        Ok(true)
    }

    /// Goes on over missing entries with what the tiles say of them. False when those are missing too.
    async fn fill_up_to(&mut self, index: u64) -> Result<bool, StoreError> {
        while self.tree.size() < index {
            let missing = self.tree.size();
            self.fault(Part::Entry, format!("No entry has the index {missing}."));
            let Some(hash) = self.stored_leaf(missing).await? else { return Ok(false) };
            self.push(hash).await?;
        }
        Ok(true)
    }

    async fn leaf(&mut self, row: &RawEntry, index: u64) -> Result<(), StoreError> {
        let stored = self.stored_leaf(index).await?;
        let soundness = self.entry(row, stored.as_ref());
        self.report.erased += u64::from(soundness == Soundness::Erased);
        self.newest_at = self.newest_at.max(row.at);
        let own = leaf_hash(&row.commitment);
        let hash = match stored {
            Some(stored) if stored != own && soundness == Soundness::Sound => {
                self.fault(Part::Tile, format!("{} differs at entry {index}.", tile_name((0, index / 256))));
                own
            }
            Some(stored) if stored != own && soundness == Soundness::Erased => {
                let sentence = format!("{} and {} differ.", entry_name(row), tile_name((0, index / 256)));
                self.fault(Part::Entry, sentence);
                stored
            }
            Some(stored) => stored,
            None => own,
        };
        self.push(hash).await
    }

    async fn push(&mut self, hash: Hash) -> Result<(), StoreError> {
        self.tree.push(hash);
        for (place, tile) in self.tree.take_full() {
            if place.0 > 0 {
                self.compare(place, &tile).await?;
            }
        }
        self.checkpoints_here().await
    }

    /// What the tiles hold for the leaf at `index`, which must be the next one.
    async fn stored_leaf(&mut self, index: u64) -> Result<Option<Hash>, StoreError> {
        let place = (0, index / 256);
        let begins =
            index.is_multiple_of(256) || self.leaves.as_ref().is_none_or(|tile| tile.index != place.1);
        if begins {
            self.leaves = tile::table::tile(&self.sql, 0, place.1).await?;
            self.check_width(place);
        }
        let position = (index % 256) as usize;
        let Some(tile) = &self.leaves else { return Ok(None) };
        let hash = tile.hashes.get(position * 32..position * 32 + 32).and_then(hash_of);
        if hash.is_none() {
            self.fault(Part::Tile, format!("{} ends before entry {index}.", tile_name(place)));
        }
        Ok(hash)
    }

    fn check_width(&mut self, place: Place) {
        let sentence = match &self.leaves {
            Some(tile) if tile.hashes.len() == tile.width * 32 => return,
            Some(tile) => format!(
                "{} has the width {} and holds {} bytes.",
                tile_name(place),
                tile.width,
                tile.hashes.len()
            ),
            None => format!("{} is missing.", tile_name(place)),
        };
        self.fault(Part::Tile, sentence);
    }

    /// A partial tile may have grown since the head was read; its beginning counts.
    async fn compare(&mut self, place: Place, expected: &Tile) -> Result<(), StoreError> {
        let Some(stored) = tile::table::tile(&self.sql, place.0, place.1).await? else {
            self.fault(Part::Tile, format!("{} is missing.", tile_name(place)));
            return Ok(());
        };
        let (found, _) = stored.hashes.as_chunks::<32>();
        if stored.width < expected.width() || stored.hashes.len() != stored.width * 32 {
            let sentence = format!(
                "{} has the width {} and holds {} hashes.",
                tile_name(place),
                stored.width,
                found.len()
            );
            self.fault(Part::Tile, sentence);
        }
        let differs = expected.hashes().iter().zip(found).position(|(expected, found)| expected != found);
        if let Some(position) = differs {
            self.fault(Part::Tile, format!("{} differs at hash {position}.", tile_name(place)));
        }
        Ok(())
    }

    /// Whether the row is what was committed to.
    fn entry(&mut self, row: &RawEntry, stored: Option<&Hash>) -> Soundness {
        let (body, salt) = match (&row.body, &row.salt) {
            (None, None) => return Soundness::Erased,
            (Some(body), Some(salt)) => (body, salt),
            (Some(_), None) => return self.broken(row, "has a body and no salt"),
            (None, Some(_)) => return self.broken(row, "has a salt and no body"),
        };
        let Some(salt) = hash_of(salt) else { return self.broken(row, "has a salt that is not 32 bytes") };
        if canonical::read(body).is_err() {
            return self.broken(row, "has a body that is not canonical JSON");
        }
        if canonical::read(&row.controls).is_err() {
            return self.broken(row, "has controls that are not canonical JSON");
        }
        let commitment = committed(row, body).commitment(&salt);
        if row.commitment != commitment {
            let changed = stored == Some(&leaf_hash(&commitment));
            return self.broken(row, if changed {
                "has another commitment than the one that is in the tree"
            } else {
                "has a kind, subject, actor, controls, body, time or salt that is not the one committed to"
            });
        }
        if id_in(&salt) != row.id {
            return self.broken(row, &format!("was recorded with the id {}", id_in(&salt)));
        }
        Soundness::Sound
    }

    fn broken(&mut self, row: &RawEntry, what: &str) -> Soundness {
        self.fault(Part::Entry, format!("{} {what}.", entry_name(row)));
        Soundness::Broken
    }

    /// Checks the checkpoints of the tree as large as it is now.
    async fn checkpoints_here(&mut self) -> Result<(), StoreError> {
        loop {
            if self.ahead.is_empty() && self.read_up_to < i64::MAX {
                self.ahead = checkpoint::table::after(&self.sql, self.read_up_to, PAGE_ROWS).await?.into();
                self.read_up_to = self.ahead.back().map_or(i64::MAX, |newest| newest.size as i64);
            }
            match self.ahead.front() {
                Some(next) if next.size <= self.tree.size() => {}
                _ => return Ok(()),
            }
            if let Some(here) = self.ahead.pop_front() {
                self.checkpoint(&here);
                self.last = Some(here);
            }
        }
    }

    fn checkpoint(&mut self, stored: &StoredCheckpoint) {
        let name = format!("The checkpoint of {} entries", stored.size);
        self.report.checkpoints += 1;
        let said = match Checkpoint::verified(&stored.note, self.keys) {
            Ok(said) => said,
            Err(fault) => return self.fault(fault.part, format!("{name}: {}", fault.sentence)),
        };
        if said.size != stored.size {
            self.fault(Part::Checkpoint, format!("{name} has a note for {} entries.", said.size));
        } else if said.root != self.tree.root() {
            self.roots_differ += 1;
            if self.roots_differ == 1 {
                self.fault(Part::Checkpoint, format!("{name} has another root than the entries and tiles."));
            }
        }
        if stored.root != said.root {
            self.fault(Part::Checkpoint, format!("{name} has another root than its note."));
        }
        if stored.at != self.newest_at {
            self.fault(Part::Checkpoint, format!("{name} has another time than its newest entry."));
        }
    }

    fn check_head(&mut self, head: &Head) {
        if head.size > 0 && self.last.as_ref().is_none_or(|last| last.size != head.size) {
            self.fault(
                Part::Checkpoint,
                format!("The checkpoint of {} entries, the newest, is missing.", head.size),
            );
        }
        if head.root != self.tree.root() {
            self.fault(Part::Head, "The head has another root than the entries and tiles.".into());
        }
        if head.at != self.newest_at {
            self.fault(Part::Head, "The head has another time than the newest entry.".into());
        }
    }

    /// Nothing may lie beyond the head, nor anything be missing before it.
    fn check_totals(&mut self, totals: &Totals) {
        let size = totals.head.size;
        let counts = [
            (Part::Head, "rows of the head", totals.heads, 1),
            (Part::Entry, "entries with an index", totals.placed, size),
            (Part::Tile, "tiles", totals.tiles, tile_count(size)),
            (Part::Tile, "hashes in tiles", totals.hashes, hash_count(size)),
            (Part::Checkpoint, "entries in the newest checkpoint", totals.last_checkpoint.unwrap_or(0), size),
        ];
        for (part, what, found, expected) in counts {
            if u64::try_from(found) != Ok(expected) {
                self.fault(
                    part,
                    format!("There are {found} {what}, and by the head there should be {expected}."),
                );
            }
        }
    }

    async fn waiting_entries(&mut self) -> Result<(), StoreError> {
        let mut after = Uuid::nil();
        loop {
            let rows = entries::raw_waiting(&self.sql, after, PAGE_ROWS).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            for row in &rows {
                self.report.waiting += 1;
                self.entry(row, None);
            }
        }
    }
}

fn committed<'a>(row: &'a RawEntry, body: &'a str) -> Committed<'a> {
    Committed {
        kind: &row.kind,
        subject: &row.subject,
        actor: row.actor,
        controls: &row.controls,
        body,
        at: row.at,
    }
}

fn entry_name(row: &RawEntry) -> String {
    match row.index {
        Some(index) => format!("Entry {} at index {index}", row.id),
        None => format!("Entry {} without an index", row.id),
    }
}

fn tile_name((level, index): Place) -> String {
    format!("The tile at level {level}, index {index}")
}
