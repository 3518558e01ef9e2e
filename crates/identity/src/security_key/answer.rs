//! Judging what a key answered: to the question that was asked here, at this site's own address, by a key of this person.

use authz::Failure;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, PublicKeyCredential, SecurityKeyAuthentication, WebauthnError,
};

use super::{SecurityKey, challenge::Asked, stop::StopKey, table};
use crate::{Identity, proof::Proof};

impl Identity {
    /// The proof that lies in an answer; none when it is not one. A key whose count went backwards is stopped.
    pub(crate) async fn proof_by_key(
        &self,
        person: Uuid,
        challenge: Uuid,
        answer: &str,
        asked: Asked,
    ) -> Result<Option<Proof>, Failure> {
        let Some(site) = &self.keys_site else { return Ok(None) };
        let state: Option<SecurityKeyAuthentication> = self.take_challenge(person, challenge, asked).await?;
        let answer = serde_json::from_str::<PublicKeyCredential>(answer).ok();
        let (Some(state), Some(answer)) = (state, answer) else { return Ok(None) };
        let keys = table::keys(&self.store.read(), person).await?;
        let named = keys.into_iter().find(|key| key.credential == answer.get_credential_id());
        let Some(key) = named.filter(SecurityKey::is_good) else { return Ok(None) };
        match site.finish_securitykey_authentication(&answer, &state) {
            Ok(result) => used(key, &result).map(Some),
            Err(WebauthnError::CredentialPossibleCompromise) => {
                self.write(StopKey { person, key: key.id, at: self.clock.now() }).await?;
                Ok(None)
            }
            Err(error) => {
                tracing::info!(%error, "the answer of a security key was refused");
                Ok(None)
            }
        }
    }
}

/// The key as it is after this use.
fn used(key: SecurityKey, result: &AuthenticationResult) -> Result<Proof, Failure> {
    let mut public_part = key.public_part()?;
    public_part.update_credential(result);
    let public_part = serde_json::to_string(&public_part)?;
    Ok(Proof::Key { id: key.id, counter: i64::from(result.counter()), public_part })
}
