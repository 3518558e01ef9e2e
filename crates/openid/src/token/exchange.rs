//! A code is exchanged: once, by the system that it was given to, with the address and the proof key that it was asked with
//! (RFC 6749, 4.1.3; RFC 7636, 4.6). Shown a second time, it ends what it gave the first time: one of the two stole it.

use authz::Failure;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{AccessToken, Code, TOKEN_LIFE, table};
use crate::{client::Scope, consent, visit};

pub(super) struct Exchange {
    pub code_hash: Vec<u8>,
    pub client: Uuid,
    pub redirect_uri: String,
    /// What the challenge is the hash of.
    pub verifier: String,
    pub token_hash: Vec<u8>,
    pub at: Timestamp,
}

/// What a code stood for.
pub(super) struct Given {
    pub session: identity::Session,
    pub subject: Uuid,
    /// The name of the session at this system.
    pub visit: Uuid,
    pub scopes: Vec<Scope>,
    pub nonce: String,
}

impl Verb for Exchange {
    /// Nothing where the code gives nothing. Why is not told: whoever guesses learns nothing from it.
    type Answer = Option<Given>;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Option<Given>, Failure> {
        let Some(code) = table::code(tx, &self.code_hash).await? else { return Ok(None) };
        if !self.fits(&code) {
            return Ok(None);
        }
        if code.used_at.is_some() {
            self.end_all(tx, &code).await?;
            return Ok(None);
        }
        if self.at >= code.expires_at {
            return Ok(None);
        }
        let Some(session) = identity::open_session(tx, code.session, self.at).await? else { return Ok(None) };
        let consent = consent::table::find(tx, code.client, code.person).await?;
        let Some(consent) = consent.filter(|consent| consent.covers(&code.scopes)) else { return Ok(None) };
        table::use_up(tx, &code.hash, self.at).await?;
        table::insert_token(tx, &self.token(&code)).await?;
        let visit = visit::table::begin(tx, &code, self.at).await?;
        identity::follow(tx, code.session, self.at).await?;
        Ok(Some(Given { session, subject: consent.subject, visit, scopes: code.scopes, nonce: code.nonce }))
    }
}

impl Exchange {
    fn fits(&self, code: &Code) -> bool {
        let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()));
        code.client == self.client && code.redirect_uri == self.redirect_uri && code.challenge == proof
    }

    fn token(&self, code: &Code) -> AccessToken {
        AccessToken {
            hash: self.token_hash.clone(),
            code: code.hash.clone(),
            client: code.client,
            person: code.person,
            session: code.session,
            scopes: code.scopes.clone(),
            expires_at: self.at + TOKEN_LIFE,
        }
    }

    async fn end_all(&self, tx: &Tx, code: &Code) -> Result<(), Failure> {
        let ended = table::end_of_code(tx, &code.hash, self.at).await?;
        let entry = Entry {
            kind: "openid.code_replayed",
            subject: format!("person/{}", code.person),
            actor: None,
            controls: &["LY-SVC-8.1"],
            body: json!({ "system": code.client, "session": code.session, "ended": ended }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
