//! Where a repository lies: a folder or a bucket, through the same object store as the documents. What is written is
//! there whole and durable, or not at all, so that a process that is killed leaves no broken part.
//!
//! The library calls from threads of its own, where it may block.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use documents::Location;
use futures::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use rustic_core::{ErrorKind, FileType, Id, ReadBackend, RusticError, RusticResult, WriteBackend};
use tokio::runtime::Handle;

use crate::BackupError;

const CONFIG: &str = "config";
/// Where other tools for the format say that they are at work.
const LOCKS: &str = "locks";
/// Letters of an id that name the folder of a pack.
const PACK_FOLDER_LETTERS: usize = 2;

/// What could not be read, in sentences; shared by all readers of one backup.
pub(crate) type Unread = Arc<Mutex<Vec<String>>>;

#[derive(Clone)]
pub struct Place {
    store: Arc<dyn ObjectStore>,
    named: String,
    runtime: Handle,
    /// While this holds anything, what describes a backup is not written.
    unread: Unread,
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Place({})", self.named)
    }
}

impl Place {
    /// Opens the folder, which is made when it is not there, or the bucket. To be called within the runtime.
    pub fn open(location: &Location) -> Result<Place, BackupError> {
        let named = match location {
            Location::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                folder.display().to_string()
            }
            Location::S3 { endpoint, bucket, .. } => format!("{endpoint}/{bucket}"),
        };
        let store = documents::open_place(location)?;
        Ok(Place { store, named, runtime: Handle::current(), unread: Unread::default() })
    }

    /// The same place for one backup: as soon as anything could not be read, it takes no description of that backup. The
    /// library leaves out what it cannot read and goes on; a backup that lacks something must not look like one.
    pub(crate) fn for_backup_of(&self, unread: Unread) -> Place {
        Place { unread, ..self.clone() }
    }

    pub(crate) fn named(&self) -> &str {
        &self.named
    }

    /// Whether there is a repository.
    pub(crate) fn is_made(&self) -> Result<bool, BackupError> {
        Ok(!self.list(FileType::Config)?.is_empty())
    }

    /// Whether another tool for the format says that it is at work, or was killed while it was.
    pub(crate) fn is_locked(&self) -> Result<bool, BackupError> {
        let path = Path::from(LOCKS);
        let first = self.done(&path, async { self.store.list(Some(&path)).try_next().await })?;
        Ok(first.is_some())
    }

    fn done<T>(&self, path: &Path, work: impl Future<Output = object_store::Result<T>>) -> RusticResult<T> {
        self.runtime.block_on(work).map_err(|error| {
            RusticError::with_source(ErrorKind::Backend, format!("{path} cannot be reached"), error)
        })
    }
}

fn path(kind: FileType, id: &Id) -> Path {
    let name = id.to_hex();
    match kind {
        FileType::Config => Path::from(CONFIG),
        FileType::Pack => Path::from_iter([kind.dirname(), &name[..PACK_FOLDER_LETTERS], &name]),
        FileType::Index | FileType::Key | FileType::Snapshot => Path::from_iter([kind.dirname(), &name]),
    }
}

impl ReadBackend for Place {
    fn location(&self) -> String {
        self.named.clone()
    }

    /// What does not bear an id as its name is not of the repository.
    fn list_with_size(&self, kind: FileType) -> RusticResult<Vec<(Id, u32)>> {
        let folder = Path::from(kind.dirname());
        let size = |object: &object_store::ObjectMeta| u32::try_from(object.size).unwrap_or(u32::MAX);
        if kind == FileType::Config {
            return self.done(&folder, async {
                match self.store.head(&folder).await {
                    Ok(found) => Ok(vec![(Id::default(), size(&found))]),
                    Err(object_store::Error::NotFound { .. }) => Ok(Vec::new()),
                    Err(error) => Err(error),
                }
            });
        }
        let listed = self.store.list(Some(&folder)).try_filter_map(|object| async move {
            let id = object.location.filename().and_then(|name| name.parse::<Id>().ok());
            Ok(id.map(|id| (id, size(&object))))
        });
        self.done(&folder, listed.try_collect())
    }

    fn read_full(&self, kind: FileType, id: &Id) -> RusticResult<Bytes> {
        let path = path(kind, id);
        self.done(&path, async { self.store.get(&path).await?.bytes().await })
    }

    fn read_partial(
        &self,
        kind: FileType,
        id: &Id,
        _cacheable: bool,
        offset: u32,
        length: u32,
    ) -> RusticResult<Bytes> {
        let path = path(kind, id);
        let from = u64::from(offset);
        self.done(&path, self.store.get_range(&path, from..from + u64::from(length)))
    }

    fn warmup_path(&self, kind: FileType, id: &Id) -> String {
        path(kind, id).to_string()
    }
}

impl WriteBackend for Place {
    fn write_bytes(&self, kind: FileType, id: &Id, _cacheable: bool, bytes: Bytes) -> RusticResult<()> {
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        if kind == FileType::Snapshot && !unread.is_empty() {
            return Err(RusticError::new(ErrorKind::InputOutput, "a part of the backup could not be read"));
        }
        drop(unread);
        let path = path(kind, id);
        self.done(&path, async { self.store.put(&path, PutPayload::from(bytes)).await.map(drop) })
    }

    fn remove(&self, kind: FileType, id: &Id, _cacheable: bool) -> RusticResult<()> {
        let path = path(kind, id);
        self.done(&path, async {
            match self.store.delete(&path).await {
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                other => other,
            }
        })
    }
}
