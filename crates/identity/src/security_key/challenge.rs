//! A question to keys: what was asked is kept here until one answers, and it is answered once.

use authz::Failure;
use clock::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use store::{Tx, Verb};
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, SecurityKey as PublicPart};

use super::{CHALLENGE_LIFE, KEYS_WITHOUT_NAME, SecurityKey, table};
use crate::{Identity, Person};

/// What an answer is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Add,
    SignIn,
    Confirm,
}

impl Purpose {
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Add => "add",
            Purpose::SignIn => "sign_in",
            Purpose::Confirm => "confirm",
        }
    }
}

/// Where a question was asked: the session, or the sign-in that awaits its second factor. Only there it is answered.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub purpose: Purpose,
    pub bound: Vec<u8>,
}

impl Asked {
    pub fn in_session(purpose: Purpose, session: Uuid) -> Asked {
        Asked { purpose, bound: session.as_bytes().to_vec() }
    }
}

/// A question as a page carries it.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub challenge: Uuid,
    /// What the browser hands to the key, as JSON.
    pub options: String,
    /// The address at which keys work.
    pub origin: String,
}

struct OpenChallenge {
    asked: Asked,
    id: Uuid,
    person: Uuid,
    state: String,
    expires_at: Timestamp,
}

impl Verb for OpenChallenge {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let challenge = (self.id, self.person, self.state.as_str());
        Ok(table::put_challenge(tx, &self.asked.bound, self.asked.purpose, challenge, self.expires_at)
            .await?)
    }
}

struct TakeChallenge {
    asked: Asked,
    id: Uuid,
    person: Uuid,
}

impl Verb for TakeChallenge {
    type Answer = Option<(String, Timestamp)>;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Option<(String, Timestamp)>, Failure> {
        let Asked { purpose, bound } = &self.asked;
        Ok(table::take_challenge(tx, bound, *purpose, self.id, self.person).await?)
    }
}

impl Identity {
    /// Asks a new key to make itself known to this site.
    pub(crate) async fn ask_new_key(
        &self,
        person: &Person,
        name: &str,
        asked: Asked,
    ) -> Result<Question, Failure> {
        let site = self.keys_site.as_ref().ok_or(KEYS_WITHOUT_NAME)?;
        let known = table::keys(&self.store.read(), person.id).await?;
        let known = known.into_iter().map(|key| CredentialID::from(key.credential)).collect();
        let account = format!("…{}", person.identifier.chars().skip(8).collect::<String>());
        let (options, state) =
            site.start_securitykey_registration(person.id, &account, name, Some(known), None, None)?;
        // The library wishes for a key that checks its holder each time, which browsers refuse of keys that are only touched.
        // Besides a password a touch is enough, so the wish is left out.
        let mut options = serde_json::to_value(options)?;
        if let Some(asked) = options.get_mut("publicKey").and_then(serde_json::Value::as_object_mut) {
            asked.remove("extensions");
        }
        self.open_challenge(person.id, &options, &state, asked).await
    }

    /// Asks the person's keys; none when there is none that could answer.
    pub(crate) async fn ask_keys(&self, person: Uuid, asked: Asked) -> Result<Option<Question>, Failure> {
        let Some(site) = self.keys_site.as_ref() else { return Ok(None) };
        let keys = table::keys(&self.store.read(), person).await?;
        let good = keys.iter().filter(|key| key.is_good());
        let parts = good.map(SecurityKey::public_part).collect::<Result<Vec<PublicPart>, _>>()?;
        if parts.is_empty() {
            return Ok(None);
        }
        let (options, state) = site.start_securitykey_authentication(&parts)?;
        self.open_challenge(person, &options, &state, asked).await.map(Some)
    }

    async fn open_challenge(
        &self,
        person: Uuid,
        options: &impl Serialize,
        state: &impl Serialize,
        asked: Asked,
    ) -> Result<Question, Failure> {
        let (challenge, options) = (Uuid::now_v7(), serde_json::to_string(options)?);
        let state = serde_json::to_string(state)?;
        let expires_at = self.clock.now() + CHALLENGE_LIFE;
        self.write(OpenChallenge { asked, id: challenge, person, state, expires_at }).await?;
        let origin = self.keys_site.as_ref().map(super::site::origin).unwrap_or_default();
        Ok(Question { challenge, options, origin })
    }

    /// What was asked, when it was asked here, of this person, for this, and not too long ago. It is gone afterwards.
    pub(crate) async fn take_challenge<T: DeserializeOwned>(
        &self,
        person: Uuid,
        id: Uuid,
        asked: Asked,
    ) -> Result<Option<T>, Failure> {
        let taken = self.write(TakeChallenge { asked, id, person }).await?;
        let good = taken.filter(|(_, expires_at)| self.clock.now() < *expires_at);
        Ok(good.map(|(state, _)| serde_json::from_str(&state)).transpose()?)
    }
}

impl SecurityKey {
    /// As the library reads it.
    pub(super) fn public_part(&self) -> Result<PublicPart, serde_json::Error> {
        serde_json::from_str(&self.public_part)
    }
}
