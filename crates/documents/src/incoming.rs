//! An upload on its way: hashed, checked, scanned and sealed piece by piece.

use authz::{Failure, Kind, Refusal};
use bytes::Bytes;
use object_store::buffered::BufWriter;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::{
    Documents, MediaType, State,
    clamd::{Scan, ScanError, Verdict},
    media::ContentCheck,
    name::TYPE_NOT_ALLOWED,
    seal::Sealer,
};

const TOO_LARGE: Refusal = Refusal::new(Kind::TooLarge, "document.too_large", &[]);
pub(crate) const MALWARE_FOUND: Refusal = Refusal::new(Kind::Invalid, "document.malware_found", &[]);
pub(crate) const SCAN_UNAVAILABLE: Refusal =
    Refusal::new(Kind::Unavailable, "document.scan_unavailable", &[]);

/// What is known when the last piece has arrived.
pub(crate) struct Arrived {
    pub sha256: String,
    pub bytes: u64,
    pub state: State,
}

/// Dropped before it is kept, it takes its bytes away again.
pub(crate) struct Incoming {
    documents: Documents,
    id: Uuid,
    bytes_max: u64,
    bytes: u64,
    hash: Sha256,
    check: ContentCheck,
    scan: Option<Scan>,
    sealer: Option<Sealer>,
    writer: Option<BufWriter>,
    kept: bool,
}

impl Incoming {
    pub(crate) async fn begin(
        documents: &Documents,
        id: Uuid,
        kind: MediaType,
        bytes_max: u64,
    ) -> Result<Incoming, Failure> {
        let scan = match &documents.0.clamd {
            Some(clamd) => Some(clamd.begin().await.map_err(no_scan)?),
            None => None,
        };
        let (sealer, header) = Sealer::start(&documents.0.key, id)?;
        let mut incoming = Incoming {
            writer: Some(documents.0.objects.writer(id)),
            documents: documents.clone(),
            id,
            bytes_max,
            bytes: 0,
            hash: Sha256::new(),
            check: ContentCheck::of(kind),
            scan,
            sealer: Some(sealer),
            kept: false,
        };
        incoming.write(header).await?;
        Ok(incoming)
    }

    pub(crate) async fn take(&mut self, piece: &[u8]) -> Result<(), Failure> {
        self.bytes += piece.len() as u64;
        if self.bytes > self.bytes_max {
            return Err(too_large(self.bytes_max).into());
        }
        if !self.check.sees(piece) {
            return Err(TYPE_NOT_ALLOWED.into());
        }
        self.hash.update(piece);
        if let Some(scan) = &mut self.scan {
            scan.feed(piece).await.map_err(no_scan)?;
        }
        let sealed = match &mut self.sealer {
            Some(sealer) => sealer.push(piece)?,
            None => Vec::new(),
        };
        self.write(sealed).await
    }

    /// The scanner speaks before the object is complete, so that nothing infected is ever whole in the store.
    pub(crate) async fn finish(&mut self) -> Result<Arrived, Failure> {
        if !self.check.ends() {
            return Err(TYPE_NOT_ALLOWED.into());
        }
        let state = match self.scan.take() {
            Some(scan) => match scan.verdict().await.map_err(no_scan)? {
                Verdict::Clean => State::Clean,
                Verdict::Found(name) => {
                    tracing::warn!(document.malware = name, "an upload was refused");
                    return Err(MALWARE_FOUND.into());
                }
            },
            None => State::Unscanned,
        };
        if let Some(sealer) = self.sealer.take() {
            let last = sealer.finish()?;
            self.write(last).await?;
        }
        if let Some(mut writer) = self.writer.take() {
            writer.shutdown().await?;
        }
        let sha256 = hex::encode(std::mem::take(&mut self.hash).finalize());
        Ok(Arrived { sha256, bytes: self.bytes, state })
    }

    /// From here on the row is responsible for the bytes.
    pub(crate) fn keep(mut self) {
        self.kept = true;
    }

    async fn write(&mut self, sealed: Vec<u8>) -> Result<(), Failure> {
        if let (false, Some(writer)) = (sealed.is_empty(), &mut self.writer) {
            writer.put(Bytes::from(sealed)).await?;
        }
        Ok(())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        let (writer, documents, id) = (self.writer.take(), self.documents.clone(), self.id);
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Some(mut writer) = writer
                && let Err(error) = writer.abort().await
            {
                tracing::warn!(%error, document.id = %id, "a cut-off upload could not be aborted");
            }
            if let Err(error) = documents.0.objects.remove_incoming(id).await {
                tracing::warn!(%error, document.id = %id, "the sweep must remove a cut-off upload");
            }
        });
    }
}

/// The limit in the larger unit that is at most the limit, as a person reads it.
pub(crate) fn too_large(bytes_max: u64) -> Refusal {
    match bytes_max >> 20 {
        0 => TOO_LARGE.with_item("file", "file_kibibytes", &(bytes_max >> 10).to_string()),
        mebibytes => TOO_LARGE.with_item("file", "file_mebibytes", &mebibytes.to_string()),
    }
}

/// Never passed in silence: the person is asked to try again, and the log says what is wrong.
pub(crate) fn no_scan(error: ScanError) -> Failure {
    tracing::error!(error = &error as &dyn std::error::Error, "the malware scanner gave no verdict");
    SCAN_UNAVAILABLE.into()
}
