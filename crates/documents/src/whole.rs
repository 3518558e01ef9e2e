//! Whether a document is what its row says, to its last byte: what a restore proves. Nobody is shown anything.

use authz::Failure;
use futures::TryStreamExt;

use crate::{Document, Documents};

/// What became of the bytes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wholeness {
    /// Opened, and its hash is that of the row.
    Whole,
    Missing,
    /// There, and not what was put there; with the reason.
    Changed(String),
}

impl Documents {
    /// Reads the document through and compares; a document that is closed to everybody is compared like any other.
    pub async fn wholeness(&self, document: &Document) -> Wholeness {
        match self.read_through(document).await {
            Ok(()) => Wholeness::Whole,
            Err(Failure::Broken(error)) if is_missing(error.as_ref()) => Wholeness::Missing,
            Err(Failure::Broken(error)) => Wholeness::Changed(error.to_string()),
            Err(Failure::Refused(refusal)) => Wholeness::Changed(refusal.to_string()),
        }
    }

    async fn read_through(&self, document: &Document) -> Result<(), Failure> {
        let mut clear = std::pin::pin!(self.opened(document).await?);
        while clear.try_next().await?.is_some() {}
        Ok(())
    }
}

fn is_missing(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    matches!(error.downcast_ref::<object_store::Error>(), Some(object_store::Error::NotFound { .. }))
}
