//! A release is asked for no longer, because a newer one took its place.

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{enter::record, table};
use crate::authority::{About, Acting};

pub(crate) struct EndRelease {
    pub acting: Acting,
    pub release: Uuid,
}

impl Verb for EndRelease {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "set_rules", &About::default()).await?;
        let release = table::find(tx, self.release).await?.ok_or_else(Refusal::not_found)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::end(tx, release.id, by, at).await? {
            return Err(Refusal::not_found().into());
        }
        record(tx, "device.release_ended", &release, by, at).await
    }
}
