//! VERB. Setting up an authenticator app begins: a new secret is shown to it, and counts for nothing yet.

use authz::Failure;
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{ENROLMENT_LIFE, new_secret, table};
use crate::{Identity, Person, session::sign_in::Origin};

pub(crate) struct StartTotp {
    person: Uuid,
    session: Uuid,
    sealed: Vec<u8>,
    expires_at: Timestamp,
}

impl Verb for StartTotp {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        Ok(table::put_enrolment(tx, self.person, self.session, &self.sealed, self.expires_at).await?)
    }
}

impl Identity {
    /// Begins it for whoever knows the password, in this session alone.
    pub(crate) async fn start_totp(
        &self,
        person: &Person,
        session: Uuid,
        password: &str,
        origin: &Origin,
    ) -> Result<(), Failure> {
        self.prove_password(person, password, origin).await?;
        let sealed = self.key.seal(person.id, &new_secret())?;
        let expires_at = self.clock.now() + ENROLMENT_LIFE;
        self.write(StartTotp { person: person.id, session, sealed, expires_at }).await
    }

    /// The secret that waits for its first code in this session.
    pub(crate) async fn starting_totp(&self, person: Uuid, session: Uuid) -> Result<Option<String>, Failure> {
        let sealed = table::enrolment(&self.store.read(), person, session, self.clock.now()).await?;
        Ok(sealed.map(|sealed| self.key.open(person, &sealed)).transpose()?)
    }
}
