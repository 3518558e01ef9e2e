//! The object store, and how objects are named in it.
//!
//! `incoming/<id>` is an upload that has no row yet, `incoming/part-<id>` a piece of one that goes on; `<first two digits>/<sha256>-<id>` is a document. An object
//! moves from the first to the second name after its row was committed.

use std::{path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use clock::Timestamp;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder, buffered::BufWriter,
    local::LocalFileSystem, path::Path, prefix::PrefixStore,
};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::{Document, Location, OpenError, https::Connector};

/// Objects up to this size are written in one call; longer ones in parts of this size. S3 allows no smaller.
const PART_BYTES: usize = 5 * 1024 * 1024;
/// Parts that are under way at once; bounds the memory of one upload to 15 MiB.
const PARTS_AT_ONCE_MAX: usize = 2;
/// How long a call to S3 may take, repetitions included.
const CALL_TIME_MAX: Duration = Duration::from_secs(60);
const CALL_ATTEMPTS_MAX: usize = 4;

const INCOMING: &str = "incoming";
const PART: &str = "part-";
/// Below it lie the areas of providers that brought no storage of their own.
const AREAS: &str = "areas";

/// A folder, which must be there, or a bucket. What is written into a folder is whole and durable, or not there.
pub fn open_place(location: &Location) -> Result<Arc<dyn ObjectStore>, OpenError> {
    match location {
        Location::Folder(folder) => Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))),
        Location::S3 { endpoint, region, bucket, access_key_id, secret_access_key, authorities } => {
            let retry = RetryConfig {
                max_retries: CALL_ATTEMPTS_MAX,
                retry_timeout: CALL_TIME_MAX,
                ..RetryConfig::default()
            };
            let store = AmazonS3Builder::new()
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"))
                .with_region(region)
                .with_bucket_name(bucket)
                .with_access_key_id(access_key_id)
                .with_secret_access_key(secret_access_key)
                .with_http_connector(Connector::new(authorities.as_deref(), CALL_TIME_MAX)?)
                .with_retry(retry)
                .build()?;
            Ok(Arc::new(store))
        }
    }
}

#[derive(Clone)]
pub(crate) struct Objects {
    store: Arc<dyn ObjectStore>,
    /// Set when the place is a folder: half-written files have names that the object store does not list.
    incoming_folder: Option<PathBuf>,
}

impl Objects {
    pub(crate) fn open(location: &Location) -> Result<Objects, OpenError> {
        let incoming_folder = match location {
            Location::Folder(folder) => {
                let incoming = folder.join(INCOMING);
                std::fs::create_dir_all(&incoming)?;
                Some(incoming)
            }
            Location::S3 { .. } => None,
        };
        Ok(Objects { store: open_place(location)?, incoming_folder })
    }

    /// The place itself, with everything as it lies there.
    pub(crate) fn store(&self) -> Arc<dyn ObjectStore> {
        self.store.clone()
    }

    /// A part of this place that nothing else of it reads or writes.
    pub(crate) fn area(&self, name: &str) -> Objects {
        let prefix = Path::from_iter([AREAS, name]);
        Objects { store: Arc::new(PrefixStore::new(self.store.clone(), prefix)), incoming_folder: None }
    }

    /// Copies a document from another place to its name here, part by part; done before is done well. The copy counts when
    /// it is as long as what it was made from.
    pub(crate) async fn copy_from(&self, from: &Objects, document: &Document) -> object_store::Result<()> {
        let mut bytes = match from.read(document).await {
            Err(object_store::Error::NotFound { .. }) => {
                return self.store.head(&settled(document)).await.map(drop);
            }
            other => other?,
        };
        let mut writer = BufWriter::with_capacity(Arc::clone(&self.store), settled(document), PART_BYTES)
            .with_max_concurrency(PARTS_AT_ONCE_MAX);
        let mut length: u64 = 0;
        while let Some(piece) = bytes.try_next().await? {
            length += piece.len() as u64;
            writer.put(piece).await?;
        }
        writer
            .shutdown()
            .await
            .map_err(|source| object_store::Error::Generic { store: "place", source: Box::new(source) })?;
        let written = self.store.head(&settled(document)).await?.size;
        if written == length {
            return Ok(());
        }
        let source = format!("{written} bytes of {length} arrived").into();
        Err(object_store::Error::Generic { store: "place", source })
    }

    pub(crate) async fn ping(&self) -> object_store::Result<()> {
        self.store.list(Some(&Path::from(INCOMING))).next().await.transpose().map(drop)
    }

    pub(crate) fn writer(&self, id: Uuid) -> BufWriter {
        BufWriter::with_capacity(Arc::clone(&self.store), incoming(id), PART_BYTES)
            .with_max_concurrency(PARTS_AT_ONCE_MAX)
    }

    /// From `incoming/` to its name. Done before is done well.
    pub(crate) async fn settle(&self, document: &Document) -> object_store::Result<()> {
        match self.store.rename(&incoming(document.id), &settled(document)).await {
            Err(object_store::Error::NotFound { .. }) => self.store.head(&settled(document)).await.map(drop),
            other => other,
        }
    }

    /// The bytes of a document. One whose move has not happened yet is found where it came in.
    pub(crate) async fn read(
        &self,
        document: &Document,
    ) -> object_store::Result<BoxStream<'static, object_store::Result<Bytes>>> {
        let settled = settled(document);
        let found = match self.store.get(&settled).await {
            Err(object_store::Error::NotFound { .. }) => match self.store.get(&incoming(document.id)).await {
                Err(object_store::Error::NotFound { .. }) => self.store.get(&settled).await,
                other => other,
            },
            other => other,
        };
        Ok(found?.into_stream())
    }

    pub(crate) async fn remove(&self, document: &Document) -> object_store::Result<()> {
        absent_is_fine(self.store.delete(&settled(document)).await)?;
        self.remove_incoming(document.id).await
    }

    pub(crate) async fn remove_incoming(&self, id: Uuid) -> object_store::Result<()> {
        absent_is_fine(self.store.delete(&incoming(id)).await)
    }

    pub(crate) async fn put_part(&self, id: Uuid, sealed: Bytes) -> object_store::Result<()> {
        self.store.put(&part(id), sealed.into()).await.map(drop)
    }

    pub(crate) async fn read_part(
        &self,
        id: Uuid,
    ) -> object_store::Result<BoxStream<'static, object_store::Result<Bytes>>> {
        Ok(self.store.get(&part(id)).await?.into_stream())
    }

    pub(crate) async fn remove_part(&self, id: Uuid) -> object_store::Result<()> {
        absent_is_fine(self.store.delete(&part(id)).await)
    }

    /// Parts that came before `before`.
    pub(crate) async fn parts_before(&self, before: Timestamp) -> object_store::Result<Vec<Uuid>> {
        let listed = self.store.list(Some(&Path::from(INCOMING)));
        let old = listed.try_filter_map(|object| async move {
            let id = object.location.filename().and_then(|name| name.strip_prefix(PART));
            let id = id.and_then(|id| Uuid::try_parse(id).ok());
            Ok(id.filter(|_| object.last_modified.timestamp_micros() < before.micros()))
        });
        old.try_collect().await
    }

    /// Uploads that came in before `before` and were never moved.
    pub(crate) async fn incoming_before(&self, before: Timestamp) -> object_store::Result<Vec<Uuid>> {
        let listed = self.store.list(Some(&Path::from(INCOMING)));
        let old = listed.try_filter_map(|object| async move {
            let id = object.location.filename().and_then(|name| Uuid::try_parse(name).ok());
            Ok(id.filter(|_| object.last_modified.timestamp_micros() < before.micros()))
        });
        old.try_collect().await
    }

    /// A process that was killed leaves half-written files (`<id>#1`) in the folder; answers how many went.
    pub(crate) async fn remove_half_written(&self, before: Timestamp) -> std::io::Result<u64> {
        let Some(folder) = &self.incoming_folder else { return Ok(0) };
        let mut removed = 0;
        let mut entries = tokio::fs::read_dir(folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            if !entry.file_name().to_string_lossy().contains('#') {
                continue;
            }
            let written = entry.metadata().await?.modified()?.duration_since(std::time::UNIX_EPOCH);
            if written.is_ok_and(|since| (since.as_micros() as i64) < before.micros()) {
                tokio::fs::remove_file(entry.path()).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

fn incoming(id: Uuid) -> Path {
    Path::from_iter([INCOMING.to_owned(), id.to_string()])
}

fn part(id: Uuid) -> Path {
    Path::from_iter([INCOMING.to_owned(), format!("{PART}{id}")])
}

fn settled(document: &Document) -> Path {
    let hash = &document.sha256;
    let first = hash.get(..2).unwrap_or_default();
    Path::from_iter([first.to_owned(), format!("{hash}-{}", document.id)])
}

fn absent_is_fine(outcome: object_store::Result<()>) -> object_store::Result<()> {
    match outcome {
        Err(object_store::Error::NotFound { .. }) => Ok(()),
        other => other,
    }
}
