//! What goes into a backup: files of ours and sealed objects, in one tree. Whatever cannot be read, or is shorter or longer
//! than it was when it was listed, is noted, and then nothing is kept.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use bytes::{Buf, Bytes};
use clock::Timestamp;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{GetResultPayload, ObjectStore, ObjectStoreExt, path::Path as ObjectPath};
use rustic_core::{
    ErrorKind, ReadSource, ReadSourceEntry, ReadSourceOpen, RusticError, RusticResult, jiff,
    repofile::{Metadata, Node, NodeType},
};
use tokio::runtime::Handle;

use crate::{manifest::DOCUMENTS, place::Unread};

/// Who may read a file that another tool brings back: its owner.
const FILE_MODE: u32 = 0o600;

/// One file of the backup.
#[derive(Clone, Debug)]
struct Entry {
    /// Where it stands in the backup.
    path: PathBuf,
    bytes: u64,
    changed_at: Timestamp,
    lies: Lies,
}

#[derive(Clone, Debug)]
enum Lies {
    File(PathBuf),
    Object(ObjectPath),
}

/// Everything that one backup takes.
pub(crate) struct Source {
    entries: Vec<Entry>,
    objects: Arc<dyn ObjectStore>,
    runtime: Handle,
    unread: Unread,
}

/// How much lies in the object store.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Objects {
    pub count: u64,
    pub bytes: u64,
}

impl Source {
    pub(crate) fn new(objects: Arc<dyn ObjectStore>) -> Source {
        Source { entries: Vec::new(), objects, runtime: Handle::current(), unread: Unread::default() }
    }

    /// Every file below `folder`, as `name/…`; a file by itself as `name`.
    pub(crate) fn add_files(&mut self, name: &str, folder: &Path) -> io::Result<()> {
        let found = std::fs::metadata(folder)?;
        if found.is_file() {
            let (bytes, changed_at) = (found.len(), changed(&found)?);
            let lies = Lies::File(folder.to_owned());
            self.entries.push(Entry { path: name.into(), bytes, changed_at, lies });
            return Ok(());
        }
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let Some(own) = entry.file_name().to_str().map(str::to_owned) else { continue };
            self.add_files(&format!("{name}/{own}"), &entry.path())?;
        }
        Ok(())
    }

    /// Every sealed object. What comes in while this runs is younger than the copy of the database and may be missing.
    pub(crate) async fn add_objects(&mut self) -> object_store::Result<Objects> {
        let mut all = Objects::default();
        let mut listed = self.objects.list(None);
        while let Some(object) = listed.try_next().await? {
            all.count += 1;
            all.bytes += object.size;
            self.entries.push(Entry {
                path: Path::new(DOCUMENTS).join(object.location.as_ref()),
                bytes: object.size,
                changed_at: Timestamp(object.last_modified.timestamp_micros()),
                lies: Lies::Object(object.location),
            });
        }
        Ok(all)
    }

    /// The format wants the files of a folder in the order of their names.
    pub(crate) fn sort(&mut self) {
        self.entries.sort_by(|one, other| one.path.cmp(&other.path));
    }

    pub(crate) fn files(&self) -> u64 {
        self.entries.len() as u64
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.bytes).sum()
    }

    /// What could not be read whole so far.
    pub(crate) fn unread(&self) -> Unread {
        self.unread.clone()
    }
}

impl ReadSource for Source {
    type Open = Opening;
    type Iter = Box<dyn Iterator<Item = RusticResult<ReadSourceEntry<Opening>>> + Send>;

    fn size(&self) -> RusticResult<Option<u64>> {
        Ok(Some(self.bytes()))
    }

    fn entries(&self) -> Self::Iter {
        let (objects, runtime, unread) = (self.objects.clone(), self.runtime.clone(), self.unread.clone());
        let all = self.entries.clone().into_iter();
        Box::new(all.map(move |entry| {
            let node = node(&entry)?;
            let path = entry.path.clone();
            let noting = Noting { path: path.clone(), unread: unread.clone() };
            let opening = Opening { entry, objects: objects.clone(), runtime: runtime.clone(), noting };
            Ok(ReadSourceEntry { path, node, open: Some(opening) })
        }))
    }
}

fn node(entry: &Entry) -> RusticResult<Node> {
    let wrong =
        |said: &str| RusticError::new(ErrorKind::Internal, format!("{}: {said}", entry.path.display()));
    let name = entry.path.file_name().ok_or_else(|| wrong("it has no name"))?;
    let changed = jiff::Timestamp::from_microsecond(entry.changed_at.micros());
    let changed = changed.map_err(|_| wrong("it was changed at no time"))?;
    let meta =
        Metadata { mode: Some(FILE_MODE), mtime: Some(changed), size: entry.bytes, ..Metadata::default() };
    Ok(Node::new_node(name, NodeType::File, meta))
}

/// Writes down that a file could not be read, wherever that is found.
#[derive(Clone)]
struct Noting {
    path: PathBuf,
    unread: Unread,
}

impl Noting {
    fn noted<T>(&self, read: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &read {
            let said = format!("{}: {error}", self.path.display());
            self.unread.lock().unwrap_or_else(PoisonError::into_inner).push(said);
        }
        read
    }
}

/// A file that is about to be read.
pub(crate) struct Opening {
    entry: Entry,
    objects: Arc<dyn ObjectStore>,
    runtime: Handle,
    noting: Noting,
}

impl Opening {
    fn pieces(&self) -> io::Result<Pieces> {
        let path = match &self.entry.lies {
            Lies::File(path) => return Ok(Pieces::File(File::open(path)?)),
            Lies::Object(path) => path,
        };
        let found = self.runtime.block_on(self.objects.get(path)).map_err(io::Error::other)?;
        Ok(match found.payload {
            GetResultPayload::File(file, _) => Pieces::File(file),
            GetResultPayload::Stream(stream) => {
                Pieces::Stream { stream, piece: Bytes::new(), runtime: self.runtime.clone() }
            }
        })
    }
}

impl ReadSourceOpen for Opening {
    type Reader = Counted;

    fn open(self) -> RusticResult<Counted> {
        let pieces = self.noting.noted(self.pieces());
        let pieces = pieces.map_err(|error| RusticError::from(ErrorKind::InputOutput, error))?;
        Ok(Counted { pieces, left: self.entry.bytes, noting: self.noting })
    }
}

fn changed(found: &std::fs::Metadata) -> io::Result<Timestamp> {
    let since = found.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX)))
}

enum Pieces {
    File(File),
    Stream { stream: BoxStream<'static, object_store::Result<Bytes>>, piece: Bytes, runtime: Handle },
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Pieces::File(file) => file.read(into),
            Pieces::Stream { stream, piece, runtime } => {
                while piece.is_empty() {
                    match runtime.block_on(stream.next()) {
                        Some(next) => *piece = next.map_err(io::Error::other)?,
                        None => return Ok(0),
                    }
                }
                let taken = piece.len().min(into.len());
                piece.copy_to_slice(&mut into[..taken]);
                Ok(taken)
            }
        }
    }
}

/// Reads exactly as many bytes as were listed.
pub(crate) struct Counted {
    pieces: Pieces,
    left: u64,
    noting: Noting,
}

impl Counted {
    fn count(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.pieces.read(into)?;
        if read == 0 && self.left > 0 && !into.is_empty() {
            return Err(io::Error::other(format!("{} bytes are missing", self.left)));
        }
        self.left =
            self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other("it grew meanwhile"))?;
        Ok(read)
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let counted = self.count(into);
        self.noting.noted(counted)
    }
}
