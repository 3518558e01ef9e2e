//! VERB. Somebody begins to send a file: its size and its place are known, and nothing of it is there yet.

use authz::{Actor, Failure, Kind, Refusal};
use clock::HOUR;
use serde::{Deserialize, Serialize};
use store::{Once, OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{Place, UPLOAD_HOURS_MAX, UPLOADS_OPEN_MAX, Upload, table};
use crate::{Services, draft};

const EMPTY: Refusal = Refusal::new(Kind::Invalid, "document.empty", &[]);
const TOO_MANY_OPEN: Refusal = Refusal::new(Kind::TooMany, "upload.too_many_open", &[]);

/// What somebody means to send.
pub(crate) struct Meant {
    pub name: String,
    pub metadata: String,
    pub bytes: u64,
    pub place: Option<Place>,
}

struct Begin(Upload);

/// Which upload it became; the same one when it is asked twice under one key.
#[derive(Clone, Copy, Deserialize, Serialize)]
pub(crate) struct Begun {
    pub id: Uuid,
}

impl Verb for Begin {
    type Answer = Begun;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Begun, Failure> {
        let Begin(upload) = self;
        let now = upload.expires_at - HOUR * UPLOAD_HOURS_MAX;
        if table::open_of(tx, upload.person, now).await? >= UPLOADS_OPEN_MAX {
            let limit = UPLOADS_OPEN_MAX.to_string();
            return Err(TOO_MANY_OPEN.with_item("file", "files_max", &limit).into());
        }
        table::insert(tx, upload).await?;
        Ok(Begun { id: upload.id })
    }
}

impl Services {
    pub(crate) async fn begin_upload(
        &self,
        actor: &Actor,
        meant: Meant,
        key: Option<OnceKey>,
    ) -> Result<Upload, Failure> {
        if meant.bytes == 0 {
            return Err(EMPTY.into());
        }
        self.documents.check_size(meant.bytes)?;
        if let Some(place) = &meant.place {
            self.check_place(actor, place).await?;
        }
        let upload = Upload {
            id: Uuid::now_v7(),
            person: actor.person,
            name: meant.name,
            metadata: meant.metadata,
            bytes: meant.bytes,
            arrived: 0,
            place: meant.place,
            document: None,
            expires_at: self.clock.now() + HOUR * UPLOAD_HOURS_MAX,
        };
        let begun = self.store.write(Once { key, verb: Begin(upload) }).await?;
        self.own_upload(actor, begun.id).await
    }

    /// Asked early, so that nobody sends much for nothing; the transaction that takes the file in asks again.
    async fn check_place(&self, actor: &Actor, place: &Place) -> Result<(), Failure> {
        let found = draft::table::own(&self.store.read(), actor.person, place.draft).await?;
        let draft = found.ok_or_else(Refusal::not_found)?;
        let entry = self.directory.entry_by_id(draft.entry).ok_or_else(Refusal::not_found)?;
        let evidence = entry.evidence(&place.evidence).ok_or_else(Refusal::not_found)?;
        Ok(draft.has_room(evidence)?)
    }
}
