//! Files: sniffed, scanned, encrypted and kept for as long as they must be.
//!
//! Bytes lie in an object store (a folder or S3) under the hash of their clear text, sealed with a key of their
//! own; the row in the database is written last and is what makes a document exist. An upload that is cut off
//! leaves nothing that anybody can see, and [`Documents::sweep`] clears its remains.
//! Absent on purpose: who may read a document (the capability that owns it decides) and pages.

mod attachment;
mod clamd;
mod classification;
mod config;
mod document;
mod get;
mod house;
mod https;
mod incoming;
mod master_key;
mod media;
mod name;
mod objects;
mod parts;
mod put;
mod rescan;
mod seal;
mod sweep;
mod table;
mod whole;

pub use attachment::attachment_headers;
pub use classification::Classification;
pub use config::{Accept, DocumentsConfig, Location};
pub use document::{Document, State};
pub use https::TrustError;
pub use master_key::{MasterKey, MasterKeyError};
pub use media::MediaType;
pub use objects::open_place;
pub use sweep::Swept;
pub use table::{all, bind, find, list, quarantine, release, retain};
pub use whole::Wholeness;

use std::{collections::BTreeMap, sync::Arc};

use authz::Failure;
use clock::Clock;
use store::{Migration, Migrations, Store};

pub const MIGRATIONS: Migrations = Migrations {
    set: "documents",
    steps: &[
        Migration::same("0001_documents", include_str!("../migrations/0001_documents.sql")),
        Migration::same("0100_places", include_str!("../migrations/0100_places.sql")),
    ],
};

pub const LOCALE: language::Locale = language::Locale {
    name: "documents",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// The door to all files. Cheap to clone.
#[derive(Clone)]
pub struct Documents(Arc<Inner>);

struct Inner {
    config: DocumentsConfig,
    /// The portal's own place, where everything arrives.
    objects: objects::Objects,
    /// Storage of providers, by name.
    places: BTreeMap<String, objects::Objects>,
    key: MasterKey,
    clamd: Option<clamd::Clamd>,
    store: Store,
    clock: Clock,
}

/// Why the files cannot be opened at start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the place for files cannot be opened")]
    Place(#[from] object_store::Error),
    #[error("the folder for files cannot be made")]
    Folder(#[from] std::io::Error),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error(transparent)]
    Key(#[from] MasterKeyError),
    #[error("{0} is missing although documents exist that only it can open; restore it from the backup")]
    KeyLost(std::path::PathBuf),
    #[error("the address of the scanner is neither host:port nor unix:/path: {0}")]
    ScannerAddress(String),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl Documents {
    /// Opens the place and the master key. The migrations of this crate must have run, because a key file is
    /// made only where no document exists yet.
    pub async fn open(config: DocumentsConfig, store: Store, clock: Clock) -> Result<Documents, OpenError> {
        let file = &config.master_key_file;
        if !file.exists() && table::any(&store.read()).await? {
            return Err(OpenError::KeyLost(file.clone()));
        }
        let key = MasterKey::load_or_create(file)?;
        let objects = objects::Objects::open(&config.location)?;
        let mut places = BTreeMap::new();
        for (name, location) in &config.places {
            places.insert(name.clone(), objects::Objects::open(location)?);
        }
        let clamd = match &config.clamd {
            Some(address) => Some(
                clamd::Clamd::at(address, config.scan_timeout)
                    .ok_or_else(|| OpenError::ScannerAddress(address.clone()))?,
            ),
            None => None,
        };
        Ok(Documents(Arc::new(Inner { config, objects, places, key, clamd, store, clock })))
    }

    /// Whether the object store answers: what `/health` asks.
    pub async fn ping(&self) -> Result<(), Failure> {
        self.0.objects.ping().await?;
        for place in self.0.places.values() {
            place.ping().await?;
        }
        Ok(())
    }

    /// The portal's own place with everything as it lies there, sealed: what a backup takes.
    pub fn sealed_objects(&self) -> Arc<dyn object_store::ObjectStore> {
        self.0.objects.store()
    }

    /// Whether the scanner answers; `None` when none is set.
    pub async fn scanner_answers(&self) -> Option<bool> {
        match &self.0.clamd {
            Some(clamd) => Some(clamd.answers().await),
            None => None,
        }
    }

    /// The names of the storage that this installation is connected to, beside its own.
    pub fn places(&self) -> Vec<String> {
        self.0.places.keys().cloned().collect()
    }

    /// The storage of this name. One that was not connected is an area of its own beside the portal's documents.
    pub(crate) fn place(&self, name: &str) -> objects::Objects {
        self.0.places.get(name).cloned().unwrap_or_else(|| self.0.objects.area(name))
    }

    /// Whether new files pass a scanner; pages say so where they do not.
    pub fn scans(&self) -> bool {
        self.0.clamd.is_some()
    }
}
