//! Somebody who works on a case lets another person read it.

use authz::{Failure, Item};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{INVALID, step, table};
use crate::{
    authority::Acting,
    telling::{message, tell},
};

pub(crate) struct LetRead {
    pub acting: Acting,
    pub case: Uuid,
    /// The national number of whoever is let in.
    pub identifier: String,
}

impl Verb for LetRead {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let case = step::worked_on(tx, &self.acting, self.case).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let number = identity::identifier(&self.identifier).unwrap_or_default();
        let person = identity::person_by_identifier(tx, &number).await?;
        // Only people who hold an office are let in, and never the person whom the case is about.
        let has_office = match &person {
            Some(person) => !organisations::roles_of(tx, person.id, at).await?.is_empty(),
            None => false,
        };
        let Some(person) = person.filter(|it| has_office && case.person != Some(it.id)) else {
            let item = Item { field: "reader".into(), code: "case_reader".into(), detail: String::new() };
            return Err(INVALID.with_items(vec![item]).into());
        };
        if !table::let_in(tx, case.id, person.id).await? {
            return Ok(());
        }
        step::record(tx, "case.reader", &case, json!({ "person": person.id }), by, at).await?;
        tell(tx, &[person.id], at, |to| {
            message(to, "case-opened-to-you", case.ledger_subject(), case.href()).text("title", &case.title)
        })
        .await
    }
}
