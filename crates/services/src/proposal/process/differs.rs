//! What differs between the process of a draft and the one in force.

use authz::Failure;

use crate::{
    Services,
    entry::{
        EntryState,
        changes::{Change, Side, changes},
        version,
    },
    process::Process,
};

impl Services {
    /// Nothing for a service that is not in force yet.
    pub(super) async fn process_changes(
        &self,
        slug: &str,
        process: &Process,
    ) -> Result<Option<Vec<Change>>, Failure> {
        let sql = self.store.read();
        let in_force = version::table::newest(&sql, slug, &[EntryState::Published]).await?;
        Ok(in_force.map(|it| {
            let before = Side { card: &it.card, form: &it.form, process: it.process.as_ref() };
            changes(before, Side { process: Some(process), ..before })
        }))
    }
}
