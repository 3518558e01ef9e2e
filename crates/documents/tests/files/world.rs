//! The places in which documents are tested.

use std::path::{Path, PathBuf};

use authz::Failure;
use clock::{Clock, DAY, Timestamp};
use documents::{Accept, Document, Documents, DocumentsConfig, Location, Swept};
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";
pub const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;
pub const FILES_MAX: i64 = 5;

/// A PDF by its first letters, with content that does not repeat at a segment's length.
pub fn pdf_of(length: usize) -> Vec<u8> {
    let mut content = PDF[..PDF.len().min(length)].to_vec();
    content.extend((content.len()..length).map(|at| (at % 251) as u8));
    content
}

pub struct World {
    pub documents: Documents,
    pub config: DocumentsConfig,
    pub store: Store,
    pub clock: Clock,
    /// Where objects lie, when it is a folder.
    pub folder: Option<PathBuf>,
}

/// Each engine with a folder, and with S3 where a server is given.
pub async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for store in testkit::database::stores(&[documents::MIGRATIONS]).await {
        worlds.push(World::with(store, None, |_| {}).await);
    }
    for store in testkit::database::stores(&[documents::MIGRATIONS]).await {
        if let Some(place) = s3().await {
            worlds.push(World::with(store, Some(place), |_| {}).await);
        }
    }
    worlds
}

impl World {
    pub async fn in_folder() -> World {
        World::configured(|_| {}).await
    }

    pub async fn configured(change: impl FnOnce(&mut DocumentsConfig)) -> World {
        let store = testkit::database::stores(&[documents::MIGRATIONS]).await.remove(0);
        World::with(store, None, change).await
    }

    async fn with(store: Store, place: Option<Location>, change: impl FnOnce(&mut DocumentsConfig)) -> World {
        let root = std::env::temp_dir().join("diwan-tests").join(Uuid::now_v7().to_string());
        let mut config = DocumentsConfig::in_folder(&root);
        config.file_bytes_max = FILE_BYTES_MAX;
        config.files_per_owner_max = FILES_MAX;
        let folder = place.is_none().then(|| root.join("documents"));
        if let Some(place) = place {
            config.location = place;
        }
        change(&mut config);
        let clock = Clock::fixed(Clock::System.now());
        let documents = Documents::open(config.clone(), store.clone(), clock.clone()).await.unwrap();
        World { documents, config, store, clock, folder }
    }

    pub async fn put(&self, name: &str, content: Vec<u8>) -> Result<Document, Failure> {
        self.documents.put_bytes(Uuid::now_v7(), name, content, Accept::default()).await
    }

    /// A sweep of the day after.
    pub async fn swept_later(&self) -> Swept {
        self.clock.advance(DAY);
        self.documents.sweep().await.unwrap()
    }

    pub async fn retain(&self, id: Uuid, until: Option<Timestamp>) -> bool {
        self.store.write(Retain { id, until }).await.unwrap()
    }
}

struct Retain {
    id: Uuid,
    until: Option<Timestamp>,
}

impl Verb for Retain {
    type Answer = bool;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<bool, StoreError> {
        documents::retain(tx, self.id, self.until).await
    }
}

/// A fresh bucket on the server, where one is given.
async fn s3() -> Option<Location> {
    let (endpoint, bucket) = testkit::s3::bucket().await?;
    Some(Location::S3 {
        endpoint,
        region: "us-east-1".into(),
        bucket,
        access_key_id: "test".into(),
        secret_access_key: "test".into(),
        authorities: None,
    })
}

/// The code of a refusal; anything else is not what the test expects.
pub fn code<T>(outcome: Result<T, Failure>) -> &'static str {
    match outcome {
        Ok(_) => panic!("it was accepted"),
        Err(Failure::Refused(refusal)) => refusal.code,
        Err(Failure::Broken(error)) => panic!("it broke: {error:?}"),
    }
}

/// All files below a folder.
pub fn object_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(object_files(&path)) } else { files.push(path) }
    }
    files
}
