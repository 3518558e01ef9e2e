//! The competent administration takes a service off the portal, or puts it back; the provider is told why (LY-SVC-22.3).
//! Requests that are under way end under the version on which they began.

use authz::Failure;
use serde_json::json;
use store::{Tx, Verb};

use super::{
    authority::{Acting, reason},
    standing::EntryAct,
    table, tell, version,
};

pub(crate) struct Suspend {
    pub acting: Acting,
    pub slug: String,
    /// Back onto the portal, instead of off it.
    pub restore: bool,
    pub reason: String,
}

impl Verb for Suspend {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let act = if self.restore { EntryAct::Restore } else { EntryAct::Suspend };
        let leading = version::leading(tx, &self.slug).await?;
        self.acting.check(tx, act, &leading).await?;
        let state = leading.state.after(act)?;
        let why = reason("reason", &self.reason)?;
        let at = self.acting.clock.now();
        version::table::set_state(tx, &leading, state, &why, at).await?;
        table::move_generation(tx).await?;
        let body = json!({ "service": self.slug, "version": leading.version, "reason": why });
        self.acting.record(tx, act, &leading, &why, body, at).await?;
        let key = if self.restore { "entry-restored" } else { "entry-suspended" };
        tell::owner(tx, &leading, key, &why, at).await
    }
}
