//! VERB. A file is handed in.

use std::pin::pin;

use authz::{Failure, Kind, Refusal};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use store::{Tx, Verb};
use uuid::Uuid;

use crate::{
    Accept, Document, Documents, MediaType,
    incoming::{Arrived, Incoming},
    media::SNIFF_BYTES,
    name::{self, TYPE_NOT_ALLOWED},
    table,
};

const EMPTY: Refusal = Refusal::new(Kind::Invalid, "document.empty", &[]);
const TOO_MANY: Refusal = Refusal::new(Kind::Invalid, "document.too_many", &[]);
const INTERRUPTED: Refusal = Refusal::new(Kind::Invalid, "document.interrupted", &[]);
const CLASSIFIED: Refusal = Refusal::new(Kind::Invalid, "document.classified_excluded", &["LY-SVC-4.2a"]);

/// Bytes that are handled at once, however large the pieces are that arrive.
const PIECE_BYTES_MAX: usize = 64 * 1024;

impl Documents {
    /// Takes a file in: tells its kind by its content, checks, scans, encrypts and hashes it while it streams,
    /// and writes its row last. The document exists when this answers, and not before.
    pub async fn put<S, E>(
        &self,
        owner: Uuid,
        name: &str,
        stream: S,
        accept: Accept,
    ) -> Result<Document, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let upload = self.take_in(owner, name, stream, accept);
        match tokio::time::timeout(self.0.config.upload_time_max, upload).await {
            Ok(outcome) => outcome,
            Err(_) => Err(INTERRUPTED.into()),
        }
    }

    /// [`Documents::put`] for what is in memory already: outputs, letters, archives.
    pub async fn put_bytes(
        &self,
        owner: Uuid,
        name: &str,
        bytes: impl Into<Bytes>,
        accept: Accept,
    ) -> Result<Document, Failure> {
        let one = futures::stream::iter([Ok::<Bytes, std::io::Error>(bytes.into())]);
        self.put(owner, name, one, accept).await
    }

    async fn take_in<S, E>(
        &self,
        owner: Uuid,
        name: &str,
        stream: S,
        accept: Accept,
    ) -> Result<Document, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if accept.classification.is_some_and(|level| level.excluded()) {
            return Err(CLASSIFIED.into());
        }
        self.has_room(owner).await?;
        let mut stream = pin!(stream);
        let head = head_of(&mut stream).await?;
        let kind = MediaType::sniff(&head).filter(|kind| accept.types.contains(kind));
        let kind = kind.ok_or(TYPE_NOT_ALLOWED)?;
        let name = name::fitting(name, kind)?;

        let id = Uuid::now_v7();
        let limit = self.0.config.file_bytes_max;
        let mut incoming =
            Incoming::begin(self, id, kind, accept.bytes_max.unwrap_or(limit).min(limit)).await?;
        take_all(&mut incoming, &head).await?;
        while let Some(piece) = stream.next().await {
            take_all(&mut incoming, &arrived(piece)?).await?;
        }
        let Arrived { sha256, bytes, state } = incoming.finish().await?;
        let document = Document {
            id,
            owner,
            name,
            media_type: kind,
            sha256,
            bytes,
            state,
            classification: accept.classification,
            retention_until: accept.retention_until,
            created_at: self.0.clock.now(),
            place: String::new(),
            housed_at: None,
        };
        self.commit(incoming, document).await
    }

    /// Asked early, so that nobody sends much for nothing; the transaction asks again and decides.
    async fn has_room(&self, owner: Uuid) -> Result<(), Failure> {
        if table::files_of(&self.0.store.read(), owner).await? >= self.0.config.files_per_owner_max {
            return Err(TOO_MANY.into());
        }
        Ok(())
    }

    /// The commit may succeed although its answer is lost on the way here, so the row is asked before bytes
    /// are taken away. After the commit a failed move is no failure: the sweep finishes it.
    async fn commit(&self, incoming: Incoming, document: Document) -> Result<Document, Failure> {
        let verb = Keep { document: document.clone(), files_max: self.0.config.files_per_owner_max };
        if let Err(failure) = self.0.store.write(verb).await {
            let row = table::find(&self.0.store.read(), document.id).await;
            if !matches!(row, Ok(None)) {
                incoming.keep();
            }
            return Err(failure);
        }
        incoming.keep();
        if let Err(error) = self.0.objects.settle(&document).await {
            tracing::warn!(%error, document.id = %document.id, "a document stays where it came in for now");
        }
        Ok(document)
    }
}

struct Keep {
    document: Document,
    files_max: i64,
}

impl Verb for Keep {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if table::count_one_more(tx, self.document.owner).await? > self.files_max {
            return Err(TOO_MANY.into());
        }
        Ok(table::insert(tx, &self.document).await?)
    }
}

/// Enough of the beginning to tell the kind, or all there is.
async fn head_of<S, E>(stream: &mut S) -> Result<Bytes, Failure>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut head = BytesMut::new();
    while head.len() < SNIFF_BYTES {
        match stream.next().await {
            Some(piece) => head.extend_from_slice(&arrived(piece)?),
            None if head.is_empty() => return Err(EMPTY.into()),
            None => break,
        }
    }
    Ok(head.freeze())
}

/// The other side stopped or broke off; what it sent so far is nothing.
fn arrived<E>(piece: Result<Bytes, E>) -> Result<Bytes, Refusal>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    piece.map_err(|error| {
        tracing::info!(error = &*error.into() as &dyn std::error::Error, "an upload was cut off");
        INTERRUPTED
    })
}

async fn take_all(incoming: &mut Incoming, piece: &[u8]) -> Result<(), Failure> {
    for part in piece.chunks(PIECE_BYTES_MAX) {
        incoming.take(part).await?;
    }
    Ok(())
}
