//! VERB. Somebody gets in while a directory is silent. Who answers for security hears of it before anything opens.

use authz::Failure;
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{HREF, name::record, table};
use crate::{authority::guards, telling::message};

pub(crate) struct UseEmergency {
    pub person: Uuid,
    pub at: Timestamp,
}

impl Verb for UseEmergency {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Some(person) = identity::person(tx, self.person).await? else { return Ok(()) };
        for held in table::of_person(tx, self.person, self.at).await? {
            table::used(tx, held.id, self.at).await?;
            record(tx, "staff_directory.emergency_used", &held, Some(self.person), self.at).await?;
            let people = guards(tx, held.body, self.at).await?;
            compliance::tell(tx, &people, self.at, |to| {
                message(to, "emergency-used", held.ledger_subject(), HREF.into())
                    .text("person", &person.name)
                    .word("words", &held.reason)
            })
            .await?;
        }
        Ok(())
    }
}
