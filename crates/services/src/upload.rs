//! Files on their way: whole in one call, or piece by piece in the tus protocol, so that a line that breaks costs nothing
//! that has arrived.
//!
//! An upload belongs to one person and may name a draft and one of its documents. Each offset that was told is durable: the
//! part lies sealed in the object store before its row is written. When the last byte has arrived the whole goes the way
//! of every file: told by its content, scanned, hashed, sealed.

pub(crate) mod append;
pub(crate) mod begin;
pub(crate) mod end;
pub(crate) mod finish;
pub(crate) mod table;
pub(crate) mod tus;
pub(crate) mod whole;

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::Services;

/// Bytes of a body that may carry a file; the documents have a limit of their own below it.
pub const UPLOAD_BYTES_MAX: usize = 25 * 1024 * 1024;
/// How long a document that belongs to nothing yet is kept.
pub const UNATTACHED_DAYS_MAX: u32 = 30;
/// How long somebody may go on with an upload, counted from its last byte.
pub(crate) const UPLOAD_HOURS_MAX: u32 = 24;
/// Uploads of one person that are under way.
pub(crate) const UPLOADS_OPEN_MAX: i64 = 20;
/// Bytes that are held before they are kept; a line that breaks costs at most what a call had not handed over.
pub(crate) const PART_BYTES_MAX: usize = 1024 * 1024;
/// Parts of one upload, so that nobody sends a file byte by byte.
pub(crate) const PARTS_MAX: i64 = 400;

/// A file that arrives piece by piece.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub id: Uuid,
    pub person: Uuid,
    /// As the sender called it; cleaned when the whole is taken in.
    pub name: String,
    /// What the sender said of it, in the form of the protocol.
    pub metadata: String,
    pub bytes: u64,
    pub arrived: u64,
    pub place: Option<Place>,
    /// What it became.
    pub document: Option<Uuid>,
    pub expires_at: Timestamp,
}

/// Where a file belongs when it is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub draft: Uuid,
    pub evidence: String,
}

pub(crate) const OFFSET_DIFFERS: Refusal = Refusal::new(Kind::Conflict, "upload.offset_differs", &[]);
pub(crate) const EXPIRED: Refusal = Refusal::new(Kind::NotFound, "upload.expired", &[]);

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    whole::routes().merge(tus::routes())
}

impl Services {
    /// One's own upload; anybody else's does not exist.
    pub(crate) async fn own_upload(&self, actor: &Actor, id: Uuid) -> Result<Upload, Failure> {
        let found = table::own(&self.store.read(), actor.person, id).await?;
        let upload = found.ok_or_else(Refusal::not_found)?;
        match upload.expires_at <= self.clock.now() {
            true => Err(EXPIRED.into()),
            false => Ok(upload),
        }
    }
}
