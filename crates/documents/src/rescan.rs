//! A document that lies here already is scanned again, before somebody opens it to people once more. What a scanner knows
//! grows by the day, so an old verdict is none.

use std::pin::pin;

use authz::{Failure, Refusal};
use futures::TryStreamExt;
use uuid::Uuid;

use crate::{
    Documents, State,
    clamd::Verdict,
    incoming::{MALWARE_FOUND, SCAN_UNAVAILABLE, no_scan},
    table,
};

impl Documents {
    /// Refuses what the scanner finds something in, and everything where there is no scanner to ask.
    pub async fn rescan(&self, id: Uuid) -> Result<(), Failure> {
        let Some(clamd) = &self.0.clamd else { return Err(SCAN_UNAVAILABLE.into()) };
        let document = table::find(&self.0.store.read(), id).await?;
        let document = document.filter(|found| found.state != State::Removed).ok_or(Refusal::not_found())?;
        let mut clear = pin!(self.opened(&document).await?);
        let mut scan = clamd.begin().await.map_err(no_scan)?;
        while let Some(piece) = clear.try_next().await? {
            scan.feed(&piece).await.map_err(no_scan)?;
        }
        match scan.verdict().await.map_err(no_scan)? {
            Verdict::Clean => Ok(()),
            Verdict::Found(name) => {
                tracing::warn!(document.malware = name, document.id = %id, "a document was not released");
                Err(MALWARE_FOUND.into())
            }
        }
    }
}
