//! The competent administration merges a service into another: the first leaves the portal and leads to the second, and
//! stays in the register with everything that was done under it (LY-SVC-22.3).

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{
    EntryState,
    authority::{Acting, reason},
    standing::EntryAct,
    table, tell, version,
};

pub(crate) struct Merge {
    pub acting: Acting,
    pub slug: String,
    /// The service that takes it up.
    pub into: String,
    pub reason: String,
}

impl Verb for Merge {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let leading = version::leading(tx, &self.slug).await?;
        self.acting.check(tx, EntryAct::Merge, &leading).await?;
        let state = leading.state.after(EntryAct::Merge)?;
        let why = reason("reason", &self.reason)?;
        let target = version::table::newest(tx, &self.into, &[EntryState::Published]).await?;
        let target = target.filter(|target| target.entry != leading.entry).ok_or_else(unknown_target)?;
        let at = self.acting.clock.now();
        version::table::set_state(tx, &leading, state, &why, at).await?;
        version::table::set_merged(tx, &leading, &target.card.id).await?;
        table::move_generation(tx).await?;
        let body = json!({ "service": self.slug, "version": leading.version, "into": target.card.id });
        self.acting.record(tx, EntryAct::Merge, &leading, &why, body, at).await?;
        tell::owner(tx, &leading, "entry-merged", &why, at).await
    }
}

fn unknown_target() -> Refusal {
    Refusal::new(Kind::Invalid, "directory.merge_target", &["LY-SVC-22.3"]).with_item("into", "choice", "")
}
