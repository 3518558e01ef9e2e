//! A document is read: opened segment by segment, and compared with the hash of its row at the end.

use std::io;

use authz::{Failure, Kind, Refusal};
use bytes::{Bytes, BytesMut};
use futures::{
    Stream, StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Document, Documents, State,
    seal::{HEADER_BYTES, Opener, SealError},
    table,
};

/// A document that was found to be confidential is opened for nobody (LY-SVC-4.2a).
const QUARANTINED: Refusal = Refusal::new(Kind::Conflict, "document.quarantined", &["LY-SVC-4.2a"]);

impl Documents {
    /// The document and its clear bytes. The stream ends with an error as soon as something does not match:
    /// a reader sees a broken transfer, never altered content that looks whole.
    pub async fn get(
        &self,
        id: Uuid,
    ) -> Result<(Document, impl Stream<Item = io::Result<Bytes>> + Send + 'static + use<>), Failure> {
        let document = table::find(&self.0.store.read(), id).await?;
        let document = document.filter(|found| found.state != State::Removed).ok_or(Refusal::not_found())?;
        if document.state == State::Quarantined {
            return Err(QUARANTINED.into());
        }
        let clear = self.opened(&document).await?;
        Ok((document, clear))
    }

    /// The clear bytes of a document, whatever its state.
    pub(crate) async fn opened(
        &self,
        document: &Document,
    ) -> Result<impl Stream<Item = io::Result<Bytes>> + Send + 'static + use<>, Failure> {
        let mut sealed = self.sealed(document).await?;
        let mut first = BytesMut::new();
        while first.len() < HEADER_BYTES {
            match sealed.next().await {
                Some(piece) => first.extend_from_slice(&piece?),
                None => return Err(SealError::Tampered.into()),
            }
        }
        let header = first.split_to(HEADER_BYTES);
        let opener = Opener::start(&self.0.key, document.id, &header)?;
        let sealed = stream::iter([Ok(first.freeze())]).chain(sealed).boxed();
        let opening = Opening { opener, sealed, hash: Sha256::new(), expected: document.sha256.clone() };
        Ok(stream::try_unfold(Some(opening), next))
    }

    /// The bytes where they lie: bound to a provider, with it or still on the way there.
    async fn sealed(
        &self,
        document: &Document,
    ) -> object_store::Result<BoxStream<'static, object_store::Result<Bytes>>> {
        if document.place.is_empty() {
            return self.0.objects.read(document).await;
        }
        let place = self.place(&document.place);
        match place.read(document).await {
            Err(object_store::Error::NotFound { .. }) => match self.0.objects.read(document).await {
                // It arrived there between the two looks.
                Err(object_store::Error::NotFound { .. }) => place.read(document).await,
                other => other,
            },
            other => other,
        }
    }

    /// The whole document in memory; only for what is known to be small.
    pub async fn bytes(&self, id: Uuid) -> Result<Bytes, Failure> {
        let (document, stream) = self.get(id).await?;
        let mut whole = BytesMut::with_capacity(document.bytes as usize);
        let mut stream = std::pin::pin!(stream);
        while let Some(piece) = stream.try_next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}

struct Opening {
    opener: Opener,
    sealed: BoxStream<'static, object_store::Result<Bytes>>,
    hash: Sha256,
    expected: String,
}

async fn next(state: Option<Opening>) -> io::Result<Option<(Bytes, Option<Opening>)>> {
    let Some(mut opening) = state else { return Ok(None) };
    while let Some(piece) = opening.sealed.try_next().await.map_err(io::Error::other)? {
        let clear = opening.opener.push(&piece).map_err(tampered)?;
        if !clear.is_empty() {
            opening.hash.update(&clear);
            return Ok(Some((Bytes::from(clear), Some(opening))));
        }
    }
    let last = opening.opener.finish().map_err(tampered)?;
    opening.hash.update(&last);
    if hex::encode(opening.hash.finalize()) != opening.expected {
        return Err(tampered(SealError::Tampered));
    }
    Ok(Some((Bytes::from(last), None)))
}

fn tampered(error: SealError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
