//! A code is given: the person agreed, now or before, and their session stands. Only its hash is kept.

use std::time::Duration;

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{CLIENT_UNKNOWN, REDIRECT_UNREGISTERED};
use crate::{
    asked::Wanted,
    client::{self, Scope, scope_words},
    consent::{self, Consent},
    token::{Code, table},
};

/// How long a code waits for its system.
pub(crate) const CODE_LIFE: Duration = Duration::from_secs(60);

/// Between the page and the answer the person withdrew, or the session ended.
const CHANGED: Refusal = Refusal::new(Kind::Conflict, "openid.changed", &["LY-SVC-8.1"]);

pub(crate) struct GiveCode {
    pub client: Uuid,
    pub redirect_uri: String,
    pub session: Uuid,
    pub wanted: Wanted,
    /// Whether the person agrees now; otherwise they did before.
    pub agrees: bool,
    pub hash: Vec<u8>,
    pub at: Timestamp,
}

impl Verb for GiveCode {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let client = client::table::find(tx, self.client).await?.filter(|client| client.ended_at.is_none());
        if !client.ok_or(CLIENT_UNKNOWN)?.has_redirect(&self.redirect_uri) {
            return Err(REDIRECT_UNREGISTERED.into());
        }
        let session = identity::open_session(tx, self.session, self.at).await?.ok_or(CHANGED)?;
        let (consent, is_new) = self.consent(tx, session.person).await?;
        consent::table::put(tx, &consent).await?;
        let code = Code {
            hash: self.hash.clone(),
            client: self.client,
            person: session.person,
            session: session.id,
            redirect_uri: self.redirect_uri.clone(),
            scopes: self.wanted.scopes.clone(),
            nonce: self.wanted.nonce.clone(),
            challenge: self.wanted.challenge.clone(),
            expires_at: self.at + CODE_LIFE,
            used_at: None,
        };
        table::insert_code(tx, &code).await?;
        self.record(tx, &consent, is_new).await
    }
}

impl GiveCode {
    /// What the person agreed to, with what they agree to now; and whether they agree to anything now.
    async fn consent(&self, tx: &Tx, person: Uuid) -> Result<(Consent, bool), Failure> {
        let before = consent::table::find(tx, self.client, person).await?;
        let (at, scopes) = (self.at, self.wanted.scopes.clone());
        match before {
            Some(before) if before.covers(&scopes) => Ok((Consent { used_at: at, ..before }, false)),
            _ if !self.agrees => Err(CHANGED.into()),
            Some(before) => {
                let kept = if before.withdrawn_at.is_none() { before.scopes.as_slice() } else { &[] };
                let all = Scope::ALL.into_iter().filter(|it| scopes.contains(it) || kept.contains(it));
                let scopes = all.collect();
                let consent = Consent { scopes, given_at: at, used_at: at, withdrawn_at: None, ..before };
                Ok((consent, true))
            }
            None => {
                // Nothing of the person and nothing of the moment stands in it.
                let subject = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
                let (client, withdrawn_at) = (self.client, None);
                Ok((
                    Consent { client, person, subject, scopes, given_at: at, used_at: at, withdrawn_at },
                    true,
                ))
            }
        }
    }

    async fn record(&self, tx: &Tx, consent: &Consent, is_new: bool) -> Result<(), Failure> {
        let entry = Entry {
            kind: if is_new { "openid.consent_given" } else { "openid.signed_in" },
            subject: format!("person/{}", consent.person),
            actor: Some(consent.person),
            controls: &["LY-SVC-8.1"],
            body: json!({ "system": self.client, "session": self.session, "scopes": scope_words(&consent.scopes) }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
