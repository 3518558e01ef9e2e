//! Ending an appointment: from this moment on, the next call of the person no longer carries the role.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

/// Ends an appointment now. One that has ended already stays as it was.
#[derive(Clone, Debug)]
pub struct EndAppointment {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub appointment: Uuid,
}

impl Verb for EndAppointment {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let held = table::find(tx, self.appointment).await?.ok_or(Refusal::not_found())?;
        if !table::end(tx, held.id, self.at).await? {
            return Ok(());
        }
        let entry = Entry {
            kind: "appointment.ended",
            subject: format!("person/{}", held.person),
            actor: self.actor,
            controls: &[],
            body: json!({ "appointment": held.id, "body": held.body, "role": held.role }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
