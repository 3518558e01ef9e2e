//! A posted form of words and files, read as it streams: each file is hashed on its way into the documents, so that a file
//! that is refused leaves its hash and its reason all the same.

use std::sync::{Arc, Mutex, PoisonError};

use authz::{Failure, Kind, Refusal};
use axum::extract::{Multipart, multipart::Field};
use bytes::Bytes;
use clock::DAY;
use documents::{Accept, Document};
use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use web::{FORM_MALFORMED, Words, unread};

use crate::{Services, upload::UNATTACHED_DAYS_MAX};

/// Fields of one form, files among them.
const FIELDS_MAX: usize = 80;

#[derive(Debug, Default)]
pub(crate) struct Posted {
    words: Words,
    pub files: Vec<Taken>,
}

/// A file that was handed in, kept or not.
#[derive(Debug)]
pub(crate) struct Taken {
    pub name: String,
    /// Of what arrived, in hexadecimal digits.
    pub sha256: String,
    pub bytes: u64,
    pub outcome: Result<Document, Refusal>,
}

impl Posted {
    pub(crate) fn word(&self, name: &str) -> &str {
        self.words.one(name)
    }
}

impl Services {
    /// Reads a form. `ready` is asked before the first file: as long as the words before it do not stand, no file is kept,
    /// because the form will be sent again.
    pub(crate) async fn posted(
        &self,
        owner: Uuid,
        mut form: Multipart,
        files_max: usize,
        ready: impl Fn(&Posted) -> bool,
    ) -> Result<Posted, Failure> {
        let mut posted = Posted::default();
        for _ in 0..FIELDS_MAX {
            let Some(field) = form.next_field().await.map_err(|error| unread(&error))? else {
                return Ok(posted);
            };
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                None => posted.words.read(name, field).await?,
                Some(file) if file.is_empty() => {}
                Some(_) if !ready(&posted) => drop(field),
                Some(_) if posted.files.len() == files_max => {
                    return Err(too_many(files_max).into());
                }
                Some(file) => {
                    let taken = self.take(owner, file, field).await?;
                    posted.files.push(taken);
                }
            }
        }
        Err(FORM_MALFORMED.into())
    }

    async fn take(&self, owner: Uuid, name: String, field: Field<'_>) -> Result<Taken, Failure> {
        let seen = Arc::new(Mutex::new((Sha256::new(), 0_u64)));
        let counted = seen.clone();
        let hashed = field.inspect_ok(move |piece: &Bytes| {
            let mut seen = counted.lock().unwrap_or_else(PoisonError::into_inner);
            seen.0.update(piece);
            seen.1 += piece.len() as u64;
        });
        let retention_until = Some(self.clock.now() + DAY * UNATTACHED_DAYS_MAX);
        let accept = Accept { retention_until, ..Accept::default() };
        let outcome = match self.documents.put(owner, &name, hashed, accept).await {
            Ok(document) => Ok(document),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(broken) => return Err(broken),
        };
        let (hash, bytes) = seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Taken { name, sha256: hex::encode(hash.finalize()), bytes, outcome })
    }
}

fn too_many(files_max: usize) -> Refusal {
    Refusal::new(Kind::Invalid, "document.too_many", &[]).with_item(
        "file",
        "too_many",
        &files_max.to_string(),
    )
}
