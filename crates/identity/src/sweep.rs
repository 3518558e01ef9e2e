//! Forgetting what is over. Not in the ledger: what ended was entered when it ended.

use authz::Failure;
use clock::Timestamp;
use store::{Tx, Verb};

use crate::{attack, entry_code, factor, gate, phone, security_key, session, session::ENDED_KEPT, token};

/// Deletes sessions and tokens that ended long ago, passed lock-out windows, and what stopped half-way: sign-ins and
/// authenticator apps that were being set up. Meant for a daily job; answers how many rows went.
#[derive(Clone, Debug)]
pub struct Sweep {
    pub at: Timestamp,
}

impl Verb for Sweep {
    type Answer = u64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<u64, Failure> {
        let before = self.at - ENDED_KEPT;
        let sessions = session::table::sweep(tx, before, self.at).await?;
        let tokens = token::table::sweep(tx, before).await?;
        let begun = factor::table::sweep(tx, self.at).await?
            + security_key::table::sweep(tx, self.at).await?
            + phone::table::sweep(tx, self.at - phone::code::TEXT_WINDOW).await?;
        let counted =
            attack::table::sweep(tx, self.at).await? + entry_code::table::sweep(tx, self.at).await?;
        Ok(sessions + tokens + begun + counted + gate::table::sweep(tx, self.at).await?)
    }
}
