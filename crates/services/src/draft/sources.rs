//! What is known already is not asked again: answers whose question names a source (`x-source`) are filled in when a draft
//! begins, said to be so, and may be changed. A source that has nothing leaves the question open.

use authz::{Actor, Failure};
use serde_json::{Value, json};

use super::Draft;
use crate::{Services, entry::Entry};

impl Services {
    pub(super) async fn fill_known(
        &self,
        actor: &Actor,
        entry: &Entry,
        draft: &mut Draft,
    ) -> Result<(), Failure> {
        if entry.form.fields().iter().all(|field| field.source.is_empty()) {
            return Ok(());
        }
        let Some(person) = identity::person(&self.store.read(), actor.person).await? else { return Ok(()) };
        for field in entry.form.fields() {
            let known = match field.source.as_str() {
                "person.name" => person.name.get(person.language),
                "person.national_number" => person.identifier.as_str(),
                "person.email" => person.email.as_str(),
                "person.phone" => person.phone.as_str(),
                _ => "",
            };
            if !known.is_empty() {
                let value: Value = json!(known);
                draft.notes.sources.insert(field.key.clone(), value.clone());
                draft.answers.insert(field.key.clone(), value);
            }
        }
        Ok(())
    }
}
