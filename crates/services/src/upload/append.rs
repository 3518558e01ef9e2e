//! VERB. The next bytes of an upload arrive. They are kept part by part as they come, so that a line that breaks in the
//! middle leaves what it has carried.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use clock::{HOUR, Timestamp};
use futures::StreamExt;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OFFSET_DIFFERS, PART_BYTES_MAX, PARTS_MAX, UPLOAD_HOURS_MAX, Upload, table};
use crate::Services;

const INTERRUPTED: Refusal = Refusal::new(Kind::Invalid, "upload.interrupted", &[]);
const TOO_LONG: Refusal = Refusal::new(Kind::TooLarge, "upload.longer_than_said", &[]);
const TOO_MANY_PARTS: Refusal = Refusal::new(Kind::TooMany, "upload.too_many_parts", &[]);

/// The part lies in the store already; this makes it count.
struct Advance {
    upload: Upload,
    to: u64,
    part: Uuid,
    expires_at: Timestamp,
}

impl Verb for Advance {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if table::count_parts(tx, self.upload.id).await? >= PARTS_MAX {
            return Err(TOO_MANY_PARTS.into());
        }
        if !table::advance(tx, &self.upload, self.to, self.expires_at).await? {
            return Err(OFFSET_DIFFERS.into());
        }
        Ok(table::insert_part(tx, &self.upload, self.part).await?)
    }
}

impl Services {
    /// Takes what a call carries. It runs to its end although the caller hangs up, so that nothing that came is lost.
    pub(crate) async fn append(
        self: &Arc<Self>,
        actor: &Actor,
        upload: Upload,
        offset: u64,
        body: Body,
    ) -> Result<Upload, Failure> {
        if upload.arrived != offset {
            return Err(OFFSET_DIFFERS.into());
        }
        if upload.document.is_some() {
            return Ok(upload);
        }
        let (services, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move { services.take_bytes(&actor, upload, body).await }).await?
    }

    async fn take_bytes(&self, actor: &Actor, mut upload: Upload, body: Body) -> Result<Upload, Failure> {
        let mut stream = body.into_data_stream();
        let mut held = BytesMut::new();
        while let Some(piece) = stream.next().await {
            let Ok(piece) = piece else {
                self.count_part(actor, upload, held.split().freeze()).await?;
                return Err(INTERRUPTED.into());
            };
            if upload.arrived + (held.len() + piece.len()) as u64 > upload.bytes {
                return Err(TOO_LONG.into());
            }
            held.extend_from_slice(&piece);
            while held.len() >= PART_BYTES_MAX {
                let part = held.split_to(PART_BYTES_MAX).freeze();
                upload = self.count_part(actor, upload, part).await?;
            }
        }
        self.count_part(actor, upload, held.freeze()).await
    }

    /// Makes a part durable and counts it. The last one is counted with the document that the whole becomes.
    async fn count_part(&self, actor: &Actor, upload: Upload, bytes: Bytes) -> Result<Upload, Failure> {
        if bytes.is_empty() {
            return Ok(upload);
        }
        let (part, to) = (Uuid::now_v7(), upload.arrived + bytes.len() as u64);
        self.documents.put_part(part, &bytes).await?;
        if to == upload.bytes {
            return self.finish_upload(actor, upload, part).await;
        }
        let expires_at = self.clock.now() + HOUR * UPLOAD_HOURS_MAX;
        let verb = Advance { upload: upload.clone(), to, part, expires_at };
        if let Err(failure) = self.store.write(verb).await {
            self.forget_parts(&[part]).await;
            return Err(failure);
        }
        Ok(Upload { arrived: to, expires_at, ..upload })
    }
}
