//! Parts of a file that arrives in several calls: sealed like a document, there when the call answers, and belonging to
//! nothing until the whole is handed in with [`Documents::put`]. Whoever keeps a part removes it; what is forgotten goes
//! with the sweep.

use authz::{Failure, Refusal};
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use uuid::Uuid;

use crate::{
    Documents,
    incoming::too_large,
    seal::{HEADER_BYTES, Opener, SealError, Sealer},
};

impl Documents {
    /// Bytes of the largest file that is taken.
    pub fn file_bytes_max(&self) -> u64 {
        self.0.config.file_bytes_max
    }

    /// Refuses a file that says beforehand that it is too large.
    pub fn check_size(&self, bytes: u64) -> Result<(), Refusal> {
        let limit = self.file_bytes_max();
        if bytes > limit { Err(too_large(limit)) } else { Ok(()) }
    }

    /// Seals a part and keeps it; durable when this answers.
    pub async fn put_part(&self, id: Uuid, clear: &[u8]) -> Result<(), Failure> {
        let (mut sealer, mut sealed) = Sealer::start(&self.0.key, id)?;
        sealed.extend(sealer.push(clear)?);
        sealed.extend(sealer.finish()?);
        Ok(self.0.objects.put_part(id, sealed.into()).await?)
    }

    /// The clear bytes of a part.
    pub async fn part(&self, id: Uuid) -> Result<Bytes, Failure> {
        let mut stream = self.0.objects.read_part(id).await?;
        let mut sealed = BytesMut::new();
        while let Some(piece) = stream.try_next().await? {
            sealed.extend_from_slice(&piece);
        }
        let (header, rest) = sealed.split_at_checked(HEADER_BYTES).ok_or(SealError::NotSealed)?;
        let mut opener = Opener::start(&self.0.key, id, header)?;
        let mut clear = BytesMut::from(&opener.push(rest)?[..]);
        clear.extend_from_slice(&opener.finish()?);
        Ok(clear.freeze())
    }

    /// Removed twice is removed.
    pub async fn remove_part(&self, id: Uuid) -> Result<(), Failure> {
        Ok(self.0.objects.remove_part(id).await?)
    }
}
