//! A backup comes back: only where nothing is, and with the evidence that it is whole.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use store::{Engine, Migrations, Store, StoreConfig};

use crate::{BackupError, Evidence, Manifest, Snapshot, Vault, evidence::prove, manifest::DATABASE};

/// Stands in a folder until what was restored into it is proven; a node does not start on it.
pub const INCOMPLETE_MARK: &str = "restore-incomplete";
/// The file of the database in a data folder.
const SQLITE_FILE: &str = "diwan.db";

/// Where a backup is restored to.
#[derive(Clone, Debug)]
pub struct Target {
    /// A data folder that is not there yet, or empty.
    pub folder: PathBuf,
    /// The address of an empty database; for a backup of SQLite a file in the folder.
    pub database: Option<String>,
}

impl Target {
    fn address(&self, engine: Engine) -> Result<String, BackupError> {
        match (engine, &self.database) {
            (Engine::Sqlite, None) => Ok(format!("sqlite://{}", self.folder.join(SQLITE_FILE).display())),
            (Engine::Postgres, Some(address)) if address.starts_with("postgres") => Ok(address.clone()),
            (Engine::Sqlite, Some(_)) => Err(BackupError::OtherEngine("SQLite")),
            (Engine::Postgres, _) => Err(BackupError::OtherEngine("PostgreSQL")),
        }
    }
}

/// Restores and proves. Evidence that names a fault leaves the mark in the folder.
pub async fn restore(
    vault: &Vault,
    snapshot: &Snapshot,
    target: &Target,
    sets: &[Migrations],
) -> Result<(Manifest, Evidence), BackupError> {
    let folder = target.folder.clone();
    make_empty(&folder)?;
    fs::write(folder.join(INCOMPLETE_MARK), "")?;
    let (vault, wanted, into) = (vault.clone(), snapshot.clone(), folder.clone());
    Vault::on_thread(move || vault.fetch(&wanted, &into)).await?;
    let manifest = Manifest::read(&folder)?;
    let address = target.address(manifest.database.engine)?;
    if !store::is_empty(&address).await? {
        return Err(BackupError::NotEmpty("the database".to_owned()));
    }
    let copied = folder.join(DATABASE);
    store::load(&address, &copied, &manifest.database, sets).await?;
    fs::remove_dir_all(&copied)?;
    let store = Store::open(&address, StoreConfig::default()).await?;
    let evidence = prove(&store, &folder, &manifest).await?;
    if evidence.whole {
        fs::remove_file(folder.join(INCOMPLETE_MARK))?;
    }
    Ok((manifest, evidence))
}

/// The folder, for its owner alone. One that holds anything is refused.
fn make_empty(folder: &Path) -> Result<(), BackupError> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(BackupError::NotEmpty(folder.display().to_string()));
    }
    Ok(fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?)
}
