//! One backup: a copy of the database as of one moment, then the documents, the keys and the settings without secrets.
//!
//! The order matters: documents are never changed once they are there, so what the copy of the database names is still
//! in the object store afterwards. An object that is moved while it is read (an upload that finds its place) makes the
//! backup begin again, which costs little, because what was read is kept.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use clock::{Clock, HOUR, Timestamp};
use documents::Documents;
use serde_json::Value;
use store::Store;

use crate::{
    BackupError, Manifest, Scratch, Snapshot, Vault,
    manifest::{DATABASE, FORM, KEYS, MANIFEST, SETTINGS},
    source::Source,
};

/// The longest time that a backup may take.
pub const TAKE_TIME_MAX: Duration = HOUR;
/// How often a backup begins again because objects were moved meanwhile.
const ATTEMPTS_MAX: u32 = 3;

/// What is taken.
pub struct Taking {
    pub store: Store,
    pub documents: Documents,
    pub clock: Clock,
    /// The folder with the keys of this installation.
    pub keys: PathBuf,
    /// Where the copy of the database may lie for a while: as large as the database itself.
    pub scratch: PathBuf,
    /// Names and values of settings; no secrets.
    pub settings: BTreeMap<String, Value>,
}

/// Takes a backup, or leaves the repository as it was.
pub async fn take(taking: &Taking, vault: &Vault) -> Result<Snapshot, BackupError> {
    let scratch = Scratch::make(&taking.scratch)?;
    let folder = scratch.path();
    let database = folder.join(DATABASE);
    std::fs::create_dir(&database)?;
    let checkpoint = ledger::checkpoint(&taking.store.read()).await?;
    let taken_at = taking.clock.now().micros();
    let copied = taking.store.copy_into(&database).await?;
    std::fs::write(folder.join(SETTINGS), pretty(&taking.settings)?)?;
    let mut manifest = Manifest {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at,
        database: copied,
        checkpoint,
        objects: 0,
        object_bytes: 0,
        elsewhere: taking.documents.places(),
    };
    let mut attempt = 1;
    loop {
        let source = gathered(taking, folder, &mut manifest).await?;
        let vault = vault.clone();
        match Vault::on_thread(move || vault.take(&source, Timestamp(taken_at))).await {
            Err(BackupError::Unread { .. }) if attempt < ATTEMPTS_MAX => attempt += 1,
            other => return other,
        }
    }
}

async fn gathered(
    taking: &Taking,
    folder: &std::path::Path,
    manifest: &mut Manifest,
) -> Result<Source, BackupError> {
    let mut source = Source::new(taking.documents.sealed_objects());
    let objects = source.add_objects().await.map_err(documents::OpenError::from)?;
    (manifest.objects, manifest.object_bytes) = (objects.count, objects.bytes);
    std::fs::write(folder.join(MANIFEST), pretty(manifest)?)?;
    for name in [DATABASE, MANIFEST, SETTINGS] {
        source.add_files(name, &folder.join(name))?;
    }
    source.add_files(KEYS, &taking.keys)?;
    source.sort();
    Ok(source)
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, BackupError> {
    serde_json::to_vec_pretty(value).map_err(|error| BackupError::NotOurs(error.to_string()))
}
