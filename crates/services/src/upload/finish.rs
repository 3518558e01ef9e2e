//! VERB. The last byte has arrived: the parts become one document, by the same checks as every other file, and take their
//! place in the draft. The last offset counts in the transaction that does this, so that nobody is told that all has
//! arrived while there is no document.

use authz::{Actor, Failure, Kind, Refusal};
use clock::{DAY, HOUR, Timestamp};
use compliance::Door;
use documents::{Accept, Document};
use futures::{StreamExt, stream};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OFFSET_DIFFERS, UNATTACHED_DAYS_MAX, UPLOAD_HOURS_MAX, Upload, table};
use crate::{
    Services,
    draft::files::HandIn,
    request::{Supplied, prepare::supply},
};

struct Finish {
    upload: Upload,
    document: Uuid,
    hand_in: Option<HandIn>,
    expires_at: Timestamp,
}

impl Verb for Finish {
    type Answer = Vec<Uuid>;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Uuid>, Failure> {
        if !table::finish(tx, &self.upload, self.document, self.expires_at).await? {
            return Err(OFFSET_DIFFERS.into());
        }
        if let Some(hand_in) = &self.hand_in {
            hand_in.apply(tx).await?;
        }
        Ok(table::take_parts(tx, self.upload.id).await?)
    }
}

/// Sending the same again would be refused again.
fn is_final(refusal: &Refusal) -> bool {
    refusal.kind != Kind::Unavailable && refusal.code != OFFSET_DIFFERS.code
}

impl Services {
    pub(super) async fn finish_upload(
        &self,
        actor: &Actor,
        upload: Upload,
        last: Uuid,
    ) -> Result<Upload, Failure> {
        let outcome = match self.put_together(&upload, last).await {
            Ok(document) => self.settle(actor, &upload, document).await,
            Err(failure) => Err(failure),
        };
        // The part is in the document now, or comes again.
        self.forget_parts(&[last]).await;
        match self.noted(actor, "document", outcome).await {
            Ok((document, parts)) => {
                self.forget_parts(&parts).await;
                Ok(Upload { arrived: upload.bytes, document: Some(document), ..upload })
            }
            Err(Failure::Refused(refusal)) if is_final(&refusal) => {
                self.end_upload(actor, upload.id).await?;
                Err(refusal.into())
            }
            // Ours to mend, or another call was faster: the upload stays where it was.
            Err(failure) => Err(failure),
        }
    }

    async fn put_together(&self, upload: &Upload, last: Uuid) -> Result<Document, Failure> {
        let mut parts = table::parts(&self.store.read(), upload.id).await?;
        parts.push(last);
        let documents = &self.documents;
        let bytes = stream::iter(parts).then(|part| async move {
            documents.part(part).await.map_err(|failure| std::io::Error::other(failure.to_string()))
        });
        let retention_until = Some(self.clock.now() + DAY * UNATTACHED_DAYS_MAX);
        let accept = Accept { retention_until, ..Accept::default() };
        documents.put(upload.person, &upload.name, bytes, accept).await
    }

    async fn settle(
        &self,
        actor: &Actor,
        upload: &Upload,
        document: Document,
    ) -> Result<(Uuid, Vec<Uuid>), Failure> {
        let (id, now) = (document.id, self.clock.now());
        let hand_in = match &upload.place {
            None => None,
            Some(place) => {
                let supplied: Supplied = supply(&place.evidence, document);
                Some(self.hand_in(actor, place.draft, supplied).await?)
            }
        };
        let expires_at = now + HOUR * UPLOAD_HOURS_MAX;
        let verb = Finish { upload: upload.clone(), document: id, hand_in, expires_at };
        Ok((id, self.store.write(verb).await?))
    }
}
