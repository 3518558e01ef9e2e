//! The acts on staff directories for whoever has an actor and no call: the loading of the demo.

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use uuid::Uuid;

use crate::{
    Directories,
    emergency::name::{EmergencyWish, NameForEmergency},
};

/// Somebody who is to get in while the directory is silent.
#[derive(Clone, Copy, Debug)]
pub struct NewEmergency<'a> {
    /// A body's slug.
    pub body: &'a str,
    /// A national number.
    pub person: &'a str,
    /// The last day, `2026-03-31`.
    pub until: &'a str,
    pub reason: &'a str,
}

impl Directories {
    pub async fn name_for_emergency(&self, actor: &Actor, new: NewEmergency<'_>) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(&self.store.read(), new.body).await?;
        let body = body.ok_or_else(Refusal::not_found)?.id;
        let wish = EmergencyWish {
            person: new.person.to_owned(),
            until: new.until.to_owned(),
            reason: new.reason.to_owned(),
        };
        let verb = NameForEmergency { acting: self.acting(actor), body, wish };
        self.carry_out(actor, &crate::connection::subject_of(body), verb, None).await
    }
}
