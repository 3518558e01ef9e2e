//! What comes with time: codes, tokens and visits that are over go, and so does the private half of a key that signs no more.

use authz::Failure;
use clock::{DAY, Timestamp};
use store::{Tx, Verb};

use crate::{OpenId, signing, token, visit};

/// Codes and tokens that are over are kept this long, so that one shown twice is still known.
const SECRETS_KEPT_DAYS: u32 = 2;
/// Longer than any session and than the tries of a farewell.
const VISITS_KEPT_DAYS: u32 = 30;

impl OpenId {
    /// Safe on many nodes: each thing goes once.
    pub async fn keep_house(&self) -> Result<u64, Failure> {
        self.store.write(Forget { at: self.clock.now() }).await
    }
}

struct Forget {
    at: Timestamp,
}

impl Verb for Forget {
    type Answer = u64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<u64, Failure> {
        let secrets = token::table::sweep(tx, self.at - DAY * SECRETS_KEPT_DAYS).await?;
        let visits = visit::table::sweep(tx, self.at - DAY * VISITS_KEPT_DAYS).await?;
        signing::table::sweep(tx, self.at).await?;
        Ok(secrets + visits)
    }
}
