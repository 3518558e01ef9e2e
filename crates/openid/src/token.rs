//! Codes and access tokens: secrets of a minute and of a few minutes, of which only hashes are kept. Both end with the session
//! from which they come.

pub(crate) mod claims;
pub(crate) mod endpoint;
pub(crate) mod exchange;
pub(crate) mod table;
pub(crate) mod userinfo;

use std::time::Duration;

use clock::Timestamp;
use uuid::Uuid;

use crate::client::Scope;

/// How long an access token opens what a person agreed to show, and how long a token about their identity is believed.
pub(crate) const TOKEN_LIFE: Duration = Duration::from_secs(10 * 60);

/// What a system exchanges once for tokens.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub hash: Vec<u8>,
    pub client: Uuid,
    pub person: Uuid,
    pub session: Uuid,
    pub redirect_uri: String,
    pub scopes: Vec<Scope>,
    pub nonce: String,
    pub challenge: String,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// What opens the facts about a person.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub hash: Vec<u8>,
    /// From which code it came.
    pub code: Vec<u8>,
    pub client: Uuid,
    pub person: Uuid,
    pub session: Uuid,
    pub scopes: Vec<Scope>,
    pub expires_at: Timestamp,
}
