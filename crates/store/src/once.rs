//! A verb that is asked twice under the same key answers twice and acts once.

use clock::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{Sql, StoreError, Tx, Verb};

/// Under which name a call may be repeated: whose it is (`person/route`), the caller's key, and what was asked.
#[derive(Clone, Debug)]
pub struct OnceKey {
    pub scope: String,
    /// The caller's `Idempotency-Key`, at most 200 characters.
    pub key: String,
    fingerprint: Vec<u8>,
    now: Timestamp,
}

impl OnceKey {
    pub const KEY_CHARACTERS_MAX: usize = 200;

    /// `asked` is the body as it came: another body under the same key is a mistake of the caller.
    pub fn new(scope: String, key: String, asked: &[u8], now: Timestamp) -> OnceKey {
        OnceKey { scope, key, fingerprint: Sha256::digest(asked).to_vec(), now }
    }
}

/// The key was used before for something else.
#[derive(Debug, thiserror::Error)]
#[error("the idempotency key was used before for another request")]
pub struct Reused;

/// Wraps a verb. Without a key it is the verb itself.
pub struct Once<V> {
    pub key: Option<OnceKey>,
    pub verb: V,
}

impl<V> Verb for Once<V>
where
    V: Verb,
    V::Answer: Serialize + DeserializeOwned + Sync,
    V::Error: From<Reused>,
{
    type Answer = V::Answer;
    type Error = V::Error;

    async fn apply(&self, tx: &Tx) -> Result<V::Answer, V::Error> {
        let Some(key) = &self.key else { return self.verb.apply(tx).await };
        if !claim(tx, key).await? {
            let (fingerprint, answer) = answered(tx, key).await?;
            if fingerprint != key.fingerprint {
                return Err(Reused.into());
            }
            return Ok(serde_json::from_str(&answer).map_err(|error| StoreError::Shape(error.to_string()))?);
        }
        let answer = self.verb.apply(tx).await?;
        let text = serde_json::to_string(&answer).map_err(|error| StoreError::Shape(error.to_string()))?;
        remember(tx, key, text).await?;
        Ok(answer)
    }
}

/// True when this transaction is the first under the key. Another one that holds the key right now is waited
/// for: its commit makes this false, its roll-back makes this true.
async fn claim(tx: &Tx, key: &OnceKey) -> Result<bool, StoreError> {
    let insert = "INSERT INTO store_once (scope, key, fingerprint, answer, answered_at)
        VALUES ($1, $2, $3, '', $4) ON CONFLICT (scope, key) DO NOTHING";
    let values = vec![
        key.scope.clone().into(),
        key.key.clone().into(),
        key.fingerprint.clone().into(),
        key.now.0.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

async fn answered(tx: &Tx, key: &OnceKey) -> Result<(Vec<u8>, String), StoreError> {
    let select = "SELECT fingerprint, answer FROM store_once WHERE scope = $1 AND key = $2";
    let row = tx.one(select, vec![key.scope.clone().into(), key.key.clone().into()]).await?;
    let row = row.ok_or_else(|| StoreError::Shape("store_once".into()))?;
    Ok((row.get("fingerprint")?, row.get("answer")?))
}

async fn remember(tx: &Tx, key: &OnceKey, answer: String) -> Result<(), StoreError> {
    let update = "UPDATE store_once SET answer = $3 WHERE scope = $1 AND key = $2";
    tx.run(update, vec![key.scope.clone().into(), key.key.clone().into(), answer.into()]).await.map(drop)
}

/// Forgets answers given before `before`; the keys may then be used anew.
pub async fn forget_answers(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM store_once WHERE answered_at < $1", vec![before.0.into()]).await
}
