//! A person changes the password: whoever does it shows that they know the present one, counted like a sign-in.

use authz::{Failure, Kind, Refusal};
use uuid::Uuid;

use super::{set::SetPassword, table::known_by_id};
use crate::{
    Identity, Person, person,
    session::sign_in::{AwaitCode, Origin},
};

pub(crate) const PRESENT_WRONG: Refusal = Refusal::new(Kind::Invalid, "auth.password_wrong", &["LY-SVC-8.1"]);
pub(crate) const DIFFERS: Refusal = Refusal::new(Kind::Invalid, "identity.password_differs", &["LY-SVC-8.1"]);

/// What was typed. Not `Debug`: it holds passwords.
pub(crate) struct Change<'t> {
    pub present: &'t str,
    pub new: &'t str,
    pub again: &'t str,
}

impl Identity {
    /// Refuses whoever does not know the person's password. Wrong tries count with those of signing in.
    pub(crate) async fn prove_password(
        &self,
        person: &Person,
        typed: &str,
        origin: &Origin,
    ) -> Result<(), Failure> {
        let gates = self.gates(self.key.blind("identifier", &person.identifier), origin);
        self.pass(&gates).await?;
        let known = known_by_id(&self.store.read(), person.id, self.clock.now()).await?;
        if !self.passwords.verify(typed, known.and_then(|known| known.hash)).await? {
            let wrong = PRESENT_WRONG.with_item("present", "password_wrong", "");
            return Err(self.fail(gates, Some(person.id), "password", wrong).await);
        }
        self.write(AwaitCode::release(gates)).await
    }

    /// Changes it, ends every other session of the person, and tells them.
    pub(crate) async fn change_password(
        &self,
        person: Uuid,
        keep: Uuid,
        typed: Change<'_>,
        origin: &Origin,
    ) -> Result<(), Failure> {
        if typed.new != typed.again {
            return Err(DIFFERS.with_item("again", "password_differs", "").into());
        }
        let person = person::table::person(&self.store.read(), person).await?.ok_or(Refusal::not_found())?;
        self.prove_password(&person, typed.present, origin).await?;
        let hash = self.passwords.hash(typed.new, &person).await?;
        let at = self.clock.now();
        self.write(SetPassword { actor: Some(person.id), at, person: person.id, hash, keep: Some(keep) })
            .await
    }
}
