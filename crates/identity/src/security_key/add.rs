//! VERB. A key is added: it has made itself known to this site, in the session that asked it. From now on signing in asks for
//! a second factor; sessions that were opened without one end.

use authz::{Assurance, Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;
use webauthn_rs::prelude::{RegisterPublicKeyCredential, SecurityKeyRegistration};

use super::{
    KEY_NOT_ADDED, KEYS_MAX, KEYS_TOO_MANY, KEYS_WITHOUT_NAME, SecurityKey,
    challenge::{Asked, Purpose},
    table,
};
use crate::{Identity, person, session};

pub(crate) struct AddKey {
    key: SecurityKey,
    session: Uuid,
    at: Timestamp,
}

impl Verb for AddKey {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let id = self.key.person;
        let person = person::table::person(tx, id).await?.ok_or(Refusal::not_found())?;
        if table::keys(tx, id).await?.len() >= KEYS_MAX {
            return Err(KEYS_TOO_MANY.with_item("name", "too_many", &KEYS_MAX.to_string()).into());
        }
        if table::is_known(tx, &self.key.credential).await? {
            return Err(KEY_NOT_ADDED.into());
        }
        let was_first = table::count_factors(tx, id).await? == 0;
        table::insert(tx, &self.key).await?;
        let ended = match was_first {
            true => session::table::end_all(tx, id, Some(self.session), self.at).await?,
            false => 0,
        };
        session::table::confirm(tx, self.session, Assurance::Substantial, "key", self.at).await?;
        let entry = Entry {
            kind: "factor.enrolled",
            subject: format!("person/{id}"),
            actor: Some(id),
            controls: &["LY-MAIL-2.02c"],
            body: json!({ "factor": "key", "key": self.key.id, "sessions_ended": ended }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        person.tell(tx, "key-added", "/account/keys", self.at).await?;
        Ok(())
    }
}

impl Identity {
    /// Judges what a new key answered to the question of this session, and adds it under a name.
    pub(crate) async fn add_key(
        &self,
        person: Uuid,
        session: Uuid,
        name: &str,
        (challenge, answer): (Uuid, &str),
    ) -> Result<(), Failure> {
        let name = super::name(name)?;
        let site = self.keys_site.as_ref().ok_or(KEYS_WITHOUT_NAME)?;
        let asked = Asked::in_session(Purpose::Add, session);
        let state: Option<SecurityKeyRegistration> = self.take_challenge(person, challenge, asked).await?;
        let answer = serde_json::from_str::<RegisterPublicKeyCredential>(answer).ok();
        let (Some(state), Some(answer)) = (state, answer) else { return Err(KEY_NOT_ADDED.into()) };
        let public_part = site.finish_securitykey_registration(&answer, &state).map_err(|error| {
            tracing::info!(%error, "a security key was not added");
            KEY_NOT_ADDED
        })?;
        let at = self.clock.now();
        let key = SecurityKey {
            id: Uuid::now_v7(),
            person,
            name,
            credential: public_part.cred_id().to_vec(),
            public_part: serde_json::to_string(&public_part)?,
            added_at: at,
            used_at: None,
            stopped_at: None,
        };
        self.write(AddKey { key, session, at }).await
    }
}
