//! A refusal that cites an article is an event too: it stands in the ledger beside what succeeded.

use authz::{Actor, Failure};
use compliance::NoteRefusal;

use crate::Services;

impl Services {
    /// Passes an outcome on, and records it when it is a refusal with an article.
    pub(crate) async fn noted<T>(
        &self,
        actor: &Actor,
        subject: &str,
        outcome: Result<T, Failure>,
    ) -> Result<T, Failure> {
        if let Some(note) = NoteRefusal::of(actor, subject, &outcome, self.clock.now()) {
            self.store.write(note).await?;
        }
        outcome
    }
}
