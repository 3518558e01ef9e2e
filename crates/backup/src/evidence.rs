//! What a restore proves: that every row, every document and the whole log are there as they were.

use std::{collections::BTreeMap, path::Path};

use clock::{Clock, Timestamp};
use documents::{Document, Documents, DocumentsConfig, Location, Wholeness};
use ledger::{Checkpoint, VerifyingKeys, verify_log};
use serde::Serialize;
use store::Store;

use crate::{
    BackupError, Manifest,
    manifest::{DOCUMENTS, KEYS},
    take::TAKE_TIME_MAX,
};

/// Documents that one question to the database answers.
const PAGE_DOCUMENTS: u64 = 200;
/// Faults that are told; the rest is counted.
const FAULTS_MAX: usize = 20;

/// The result of a restore.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    pub whole: bool,
    pub tables: TablesFound,
    pub documents: DocumentsFound,
    pub log: LogFound,
    /// What is not as it was, in sentences; at most a few.
    pub faults: Vec<String>,
    /// Faults beyond those.
    pub more_faults: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TablesFound {
    pub tables: u64,
    pub rows: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentsFound {
    /// Opened, with the hash of their row.
    pub whole: u64,
    /// Removed while the backup was taken, because their time had come.
    pub expired: u64,
    /// In storage of providers, which a backup does not hold.
    pub elsewhere: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LogFound {
    pub size: u64,
    /// In hexadecimal.
    pub root: String,
    /// Entries of the signed checkpoint that was newest before the backup began.
    pub checkpoint: Option<u64>,
}

impl Evidence {
    fn fault(&mut self, said: String) {
        match self.faults.len() < FAULTS_MAX {
            true => self.faults.push(said),
            false => self.more_faults += 1,
        }
    }
}

pub(crate) async fn prove(
    store: &Store,
    folder: &Path,
    manifest: &Manifest,
) -> Result<Evidence, BackupError> {
    let mut evidence = Evidence::default();
    count_rows(store, manifest, &mut evidence).await?;
    open_documents(store, folder, manifest, &mut evidence).await?;
    follow_log(store, folder, manifest, &mut evidence).await?;
    evidence.whole = evidence.faults.is_empty();
    Ok(evidence)
}

async fn count_rows(store: &Store, manifest: &Manifest, evidence: &mut Evidence) -> Result<(), BackupError> {
    let found = store.row_counts().await?;
    let tables = manifest.database.tables.iter();
    let expected: BTreeMap<String, u64> = tables.map(|table| (table.name.clone(), table.rows)).collect();
    for (name, rows) in &expected {
        match found.get(name) {
            Some(there) if there == rows => evidence.tables.rows += rows,
            Some(there) => evidence.fault(format!("Table {name} has {there} rows and had {rows}.")),
            None => evidence.fault(format!("Table {name} is missing.")),
        }
    }
    evidence.tables.tables = found.len() as u64;
    for name in found.keys().filter(|name| !expected.contains_key(*name)) {
        evidence.fault(format!("Table {name} was not in the backup."));
    }
    Ok(())
}

/// Each is opened with the key that came back too, and compared with the hash of its row.
async fn open_documents(
    store: &Store,
    folder: &Path,
    manifest: &Manifest,
    evidence: &mut Evidence,
) -> Result<(), BackupError> {
    let kept = folder.join(DOCUMENTS);
    std::fs::create_dir_all(&kept)?;
    let mut config = DocumentsConfig::in_folder(folder);
    config.location = Location::Folder(kept);
    config.master_key_file = folder.join(KEYS).join("documents.key");
    let documents = Documents::open(config, store.clone(), Clock::System).await?;
    let mut after = None;
    loop {
        let page = documents::all(&store.read(), after, PAGE_DOCUMENTS).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for document in &page {
            judge(document, documents.wholeness(document).await, manifest, evidence);
        }
    }
}

fn judge(document: &Document, found: Wholeness, manifest: &Manifest, evidence: &mut Evidence) {
    let ended = manifest.taken_at() + TAKE_TIME_MAX;
    match found {
        Wholeness::Whole => evidence.documents.whole += 1,
        Wholeness::Missing if manifest.elsewhere.contains(&document.place) => {
            evidence.documents.elsewhere += 1;
        }
        Wholeness::Missing if document.retention_until.is_some_and(|until: Timestamp| until <= ended) => {
            evidence.documents.expired += 1;
        }
        Wholeness::Missing => evidence.fault(format!("Document {} is missing.", document.id)),
        Wholeness::Changed(why) => evidence.fault(format!("Document {} was changed: {why}.", document.id)),
    }
}

/// The log is recomputed from its first entry, and holds the checkpoint that was newest before the backup began.
async fn follow_log(
    store: &Store,
    folder: &Path,
    manifest: &Manifest,
    evidence: &mut Evidence,
) -> Result<(), BackupError> {
    let keys = VerifyingKeys::load(folder.join(KEYS).join("ledger.key.pub"))?;
    match verify_log(store, &keys).await {
        Ok(report) => (evidence.log.size, evidence.log.root) = (report.size, report.root),
        Err(tampered) => tampered.iter().for_each(|line| evidence.fault(line.to_string())),
    }
    let Some(note) = &manifest.checkpoint else { return Ok(()) };
    match Checkpoint::verified(note, &keys) {
        Ok(checkpoint) => {
            evidence.log.checkpoint = Some(checkpoint.size);
            if ledger::checkpoint_of(&store.read(), checkpoint.size).await?.as_deref() != Some(note) {
                evidence.fault(format!("The log has no checkpoint of {} entries any more.", checkpoint.size));
            }
        }
        Err(tampered) => evidence.fault(tampered.to_string()),
    }
    Ok(())
}
