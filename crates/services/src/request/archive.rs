//! Everything of a request as one archive: each datum, document, message, receipt and output (LY-SVC-12.3).
//!
//! The ZIP is written while it is sent. Small parts are made before; documents stream from their store through a
//! bounded channel, so that an archive takes the same memory however large its documents are. A document that cannot
//! be read to its end breaks the transfer off: nobody keeps half an archive that looks whole.

mod contents;
mod summary;

use std::{
    io::{self, Write},
    sync::{Arc, LazyLock},
};

use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use clock::{Timestamp, civil_from_days};
use futures::{StreamExt, stream};
use language::Lang;
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::spawn_blocking,
};
use uuid::Uuid;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::RequestNumber;
use crate::{Services, output::download::labels};

/// Archives that are written at the same time; one more is asked to come back.
const ARCHIVES_AT_ONCE_MAX: usize = 8;
/// Bytes that are handed over at once, and how many such pieces may wait for a slow line.
const PIECE_BYTES: usize = 64 * 1024;
const PIECES_WAITING_MAX: usize = 4;

const BUSY: Refusal = Refusal::new(Kind::Unavailable, "archive.busy", &["LY-SVC-12.3"]);

/// One file of the archive.
pub(super) struct Part {
    pub path: String,
    pub content: Content,
}

pub(super) enum Content {
    Whole(Bytes),
    /// A stored document, read when its turn comes.
    Document(Uuid),
}

impl Services {
    /// The archive of a request, for whoever may see it.
    pub(crate) async fn archive(
        self: &Arc<Self>,
        actor: &Actor,
        number: &RequestNumber,
        lang: Lang,
    ) -> Result<Response, Failure> {
        static PLACES: LazyLock<Arc<Semaphore>> =
            LazyLock::new(|| Arc::new(Semaphore::new(ARCHIVES_AT_ONCE_MAX)));
        let place = PLACES.clone().try_acquire_owned().map_err(|_| BUSY)?;
        let parts = self.archive_parts(actor, number, lang).await?;
        let (pieces, mut written) = mpsc::channel(PIECES_WAITING_MAX);
        let at = self.clock.now();
        let (services, runtime) = (self.clone(), Handle::current());
        spawn_blocking(move || write(&services, &runtime, parts, Pipe::new(pieces), at, place));
        let body = stream::poll_fn(move |context| written.poll_recv(context));
        let headers = labels(&format!("{number}.zip"), "application/zip");
        Ok((headers, Body::from_stream(body)).into_response())
    }
}

/// Runs on a thread of its own until the archive is sent or the reader has gone away.
fn write(
    services: &Services,
    runtime: &Handle,
    parts: Vec<Part>,
    mut pipe: Pipe,
    at: Timestamp,
    place: OwnedSemaphorePermit,
) {
    if let Err(error) = write_parts(services, runtime, parts, &mut pipe, at) {
        tracing::info!(error = &*error, "an archive was not sent to its end");
        pipe.fail();
    }
    drop(place);
}

fn write_parts(
    services: &Services,
    runtime: &Handle,
    parts: Vec<Part>,
    pipe: &mut Pipe,
    at: Timestamp,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut zip = ZipWriter::new_stream(&mut *pipe);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(moment(at));
    for part in parts {
        zip.start_file(part.path.as_str(), options)?;
        match part.content {
            Content::Whole(bytes) => zip.write_all(&bytes)?,
            Content::Document(id) => {
                let opened = runtime.block_on(services.documents.get(id));
                let (_, stream) = opened.map_err(|failure| io::Error::other(failure.to_string()))?;
                let mut stream = std::pin::pin!(stream);
                while let Some(piece) = runtime.block_on(stream.next()) {
                    zip.write_all(&piece?)?;
                }
            }
        }
    }
    zip.finish()?;
    Ok(pipe.flush()?)
}

/// The time as archives write it; what lies before 1980 has none.
fn moment(at: Timestamp) -> DateTime {
    let (year, month, day) = civil_from_days(at.day());
    let second = at.seconds().rem_euclid(86_400);
    let part = |value: i64| u8::try_from(value).unwrap_or_default();
    let year = u16::try_from(year).unwrap_or_default();
    let time = (part(second / 3_600), part(second / 60 % 60), part(second % 60));
    DateTime::from_date_and_time(year, month, day, time.0, time.1, time.2).unwrap_or_default()
}

/// Where the writer's bytes go: in pieces of one size into the channel that the answer reads from.
struct Pipe {
    waiting: Vec<u8>,
    pieces: mpsc::Sender<io::Result<Bytes>>,
}

impl Pipe {
    fn new(pieces: mpsc::Sender<io::Result<Bytes>>) -> Pipe {
        Pipe { waiting: Vec::with_capacity(PIECE_BYTES), pieces }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let full = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE_BYTES));
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.pieces.blocking_send(Ok(full.into())).map_err(gone)
    }

    /// Tells the reader that this is not the end: the transfer breaks off. A reader that has gone hears nothing.
    fn fail(&self) {
        drop(self.pieces.blocking_send(Err(io::Error::from(io::ErrorKind::UnexpectedEof))));
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE_BYTES - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        if self.waiting.len() == PIECE_BYTES {
            self.hand_over()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() { Ok(()) } else { self.hand_over() }
    }
}
