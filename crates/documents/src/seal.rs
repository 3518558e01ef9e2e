//! The form of a document at rest: a header and segments of AES-256-GCM in the STREAM construction.
//!
//! ```text
//! "DWN" version(1) │ master key id(8) │ wrap nonce(12) │ wrapped data key(48) │ stream nonce(7) │ segments…
//! ```
//! Every document has a random key of its own, wrapped by the master key together with the document's id: an
//! object that is put in another's place does not open. STREAM numbers the segments and marks the last, so a
//! segment that is changed, moved, dropped or cut off does not open either.

use aead_stream::{DecryptorBE32, EncryptorBE32};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use uuid::Uuid;

use crate::master_key::{KEY_BYTES, KEY_ID_BYTES, KeyId, MasterKey};

/// Clear bytes in a segment.
pub(crate) const SEGMENT_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;
const SEALED_SEGMENT_BYTES: usize = SEGMENT_BYTES + TAG_BYTES;

const MARK: [u8; 4] = *b"DWN\x01";
const WRAP_NONCE_BYTES: usize = 12;
const WRAPPED_BYTES: usize = KEY_BYTES + TAG_BYTES;
const STREAM_NONCE_BYTES: usize = 7;
pub(crate) const HEADER_BYTES: usize =
    MARK.len() + KEY_ID_BYTES + WRAP_NONCE_BYTES + WRAPPED_BYTES + STREAM_NONCE_BYTES;

#[derive(Debug, thiserror::Error)]
pub(crate) enum SealError {
    #[error("the object does not begin as a sealed document")]
    NotSealed,
    #[error("the object is sealed with master key {0}, which is not in the key file")]
    UnknownKey(String),
    #[error("the object was changed, exchanged or cut off since it was sealed")]
    Tampered,
    #[error("the document is longer than the construction allows")]
    TooLong,
}

/// Seals one document, piece by piece.
pub(crate) struct Sealer {
    stream: EncryptorBE32<Aes256Gcm>,
    pending: Vec<u8>,
}

impl Sealer {
    /// The sealer and the header that comes before its first piece.
    pub(crate) fn start(master: &MasterKey, document: Uuid) -> Result<(Sealer, Vec<u8>), SealError> {
        let (key_id, key) = master.newest();
        let data_key: [u8; KEY_BYTES] = rand::random();
        let wrap_nonce: [u8; WRAP_NONCE_BYTES] = rand::random();
        let stream_nonce: [u8; STREAM_NONCE_BYTES] = rand::random();
        let about = bound_to(&key_id, document);
        let wrapped = Aes256Gcm::new(&(*key).into())
            .encrypt(&wrap_nonce.into(), Payload { msg: &data_key, aad: &about })
            .map_err(|_| SealError::TooLong)?;
        let header = [&MARK[..], &key_id, &wrap_nonce, &wrapped, &stream_nonce].concat();
        let stream = EncryptorBE32::new(&data_key.into(), &stream_nonce.into());
        Ok((Sealer { stream, pending: Vec::with_capacity(SEGMENT_BYTES) }, header))
    }

    /// Takes clear bytes, gives the segments that are complete. One segment at least waits for the end,
    /// because the last is marked as such.
    pub(crate) fn push(&mut self, clear: &[u8]) -> Result<Vec<u8>, SealError> {
        self.pending.extend_from_slice(clear);
        let mut sealed = Vec::new();
        let mut taken = 0;
        while self.pending.len() - taken > SEGMENT_BYTES {
            let segment = &self.pending[taken..taken + SEGMENT_BYTES];
            sealed.extend(self.stream.encrypt_next(segment).map_err(|_| SealError::TooLong)?);
            taken += SEGMENT_BYTES;
        }
        self.pending.drain(..taken);
        Ok(sealed)
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, SealError> {
        self.stream.encrypt_last(&self.pending[..]).map_err(|_| SealError::TooLong)
    }
}

/// Opens one document, piece by piece.
pub(crate) struct Opener {
    stream: DecryptorBE32<Aes256Gcm>,
    pending: Vec<u8>,
}

impl Opener {
    pub(crate) fn start(master: &MasterKey, document: Uuid, header: &[u8]) -> Result<Opener, SealError> {
        let rest = header.strip_prefix(&MARK).ok_or(SealError::NotSealed)?;
        let (key_id, rest) = taken::<KEY_ID_BYTES>(rest)?;
        let (wrap_nonce, rest) = taken::<WRAP_NONCE_BYTES>(rest)?;
        let (wrapped, rest) = taken::<WRAPPED_BYTES>(rest)?;
        let (stream_nonce, _) = taken::<STREAM_NONCE_BYTES>(rest)?;
        let key = master.named(&key_id).ok_or_else(|| SealError::UnknownKey(hex::encode(key_id)))?;
        let about = bound_to(&key_id, document);
        let data_key = Aes256Gcm::new(&(*key).into())
            .decrypt(&wrap_nonce.into(), Payload { msg: &wrapped, aad: &about })
            .map_err(|_| SealError::Tampered)?;
        let (data_key, _) = taken::<KEY_BYTES>(&data_key)?;
        let stream = DecryptorBE32::new(&data_key.into(), &stream_nonce.into());
        Ok(Opener { stream, pending: Vec::with_capacity(SEALED_SEGMENT_BYTES) })
    }

    pub(crate) fn push(&mut self, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        self.pending.extend_from_slice(sealed);
        let mut clear = Vec::new();
        let mut taken = 0;
        while self.pending.len() - taken > SEALED_SEGMENT_BYTES {
            let segment = &self.pending[taken..taken + SEALED_SEGMENT_BYTES];
            clear.extend(self.stream.decrypt_next(segment).map_err(|_| SealError::Tampered)?);
            taken += SEALED_SEGMENT_BYTES;
        }
        self.pending.drain(..taken);
        Ok(clear)
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, SealError> {
        self.stream.decrypt_last(&self.pending[..]).map_err(|_| SealError::Tampered)
    }
}

/// What the wrapped key belongs to.
fn bound_to(key_id: &KeyId, document: Uuid) -> Vec<u8> {
    [&MARK[..], key_id, document.as_bytes()].concat()
}

fn taken<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), SealError> {
    bytes.split_first_chunk::<N>().map(|(first, rest)| (*first, rest)).ok_or(SealError::NotSealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master() -> MasterKey {
        let name = format!("seal-{}", Uuid::now_v7());
        MasterKey::load_or_create(&std::env::temp_dir().join("diwan-tests").join(name)).unwrap()
    }

    fn sealed(master: &MasterKey, id: Uuid, clear: &[u8]) -> Vec<u8> {
        let (mut sealer, mut out) = Sealer::start(master, id).unwrap();
        for piece in clear.chunks(7_001) {
            out.extend(sealer.push(piece).unwrap());
        }
        out.extend(sealer.finish().unwrap());
        out
    }

    fn opened(master: &MasterKey, id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (header, rest) = sealed.split_at_checked(HEADER_BYTES).ok_or(SealError::NotSealed)?;
        let mut opener = Opener::start(master, id, header)?;
        let mut clear = Vec::new();
        for piece in rest.chunks(9_001) {
            clear.extend(opener.push(piece)?);
        }
        clear.extend(opener.finish()?);
        Ok(clear)
    }

    #[test]
    fn what_was_sealed_opens_at_every_length_around_a_segment() {
        let (master, id) = (master(), Uuid::now_v7());
        for length in [1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES] {
            let clear: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let object = sealed(&master, id, &clear);
            assert_eq!(object.len(), HEADER_BYTES + length + length.div_ceil(SEGMENT_BYTES) * TAG_BYTES);
            assert_eq!(opened(&master, id, &object).unwrap(), clear);
        }
    }

    #[test]
    fn every_flipped_byte_is_noticed() {
        let (master, id) = (master(), Uuid::now_v7());
        let object = sealed(&master, id, b"a short document");
        for at in 0..object.len() {
            let mut changed = object.clone();
            changed[at] ^= 1;
            assert!(opened(&master, id, &changed).is_err(), "byte {at}");
        }
    }

    #[test]
    fn segments_cannot_be_dropped_moved_or_put_elsewhere() {
        let (master, id) = (master(), Uuid::now_v7());
        let object = sealed(&master, id, &vec![7; 3 * SEGMENT_BYTES]);
        let second = HEADER_BYTES + SEALED_SEGMENT_BYTES;
        let third = second + SEALED_SEGMENT_BYTES;
        assert!(opened(&master, id, &object[..third]).is_err(), "the last segment was cut off");
        assert!(opened(&master, id, &object[..HEADER_BYTES]).is_err(), "nothing is left");
        let moved = [
            &object[..HEADER_BYTES],
            &object[second..third],
            &object[HEADER_BYTES..second],
            &object[third..],
        ];
        assert!(opened(&master, id, &moved.concat()).is_err(), "two segments were exchanged");
        assert!(opened(&master, Uuid::now_v7(), &object).is_err(), "another document's object");
    }
}
