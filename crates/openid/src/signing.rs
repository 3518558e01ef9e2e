//! The keys that sign identity tokens: ES256, since every library of every system knows it. A key signs for a month; its public
//! half stays published until nothing that it signed is of use. Compact JWS by hand, over `p256` as it stands in the tree: a
//! header, a body and one signature are less than any library would bring along.

pub(crate) mod rotate;
pub(crate) mod table;

use std::time::Duration;

use authz::Failure;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::{DAY, Timestamp};
use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer, Verifier},
};
use serde_json::{Value, json};
use uuid::Uuid;

use self::rotate::Rotate;
use crate::OpenId;

/// How long a key signs.
pub(crate) const SIGNS_FOR: Duration = Duration::from_secs(30 * DAY.as_secs());
/// How long its public half is published after that: longer than any token lives, and than a sign-out may name one.
pub(crate) const PUBLISHED_AFTER: Duration = DAY;
/// Bytes of a point without its first: two coordinates.
const POINT_BYTES: usize = 64;

/// A key as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptKey {
    pub id: Uuid,
    /// Both coordinates, one after the other.
    pub public: Vec<u8>,
    pub sealed: Vec<u8>,
    pub made_at: Timestamp,
    pub signs_until: Timestamp,
    pub published_until: Timestamp,
}

#[derive(Debug, thiserror::Error)]
#[error("a key that signs tokens cannot be read")]
struct KeyBroken;

impl OpenId {
    /// A signed token; `kind` is the `typ` of its header.
    pub(crate) async fn sign(&self, kind: &str, claims: &Value) -> Result<String, Failure> {
        let kept = self.signing_key().await?;
        let secret = URL_SAFE_NO_PAD.decode(self.key.open(kept.id, &kept.sealed)?)?;
        let key = SigningKey::from_slice(&secret).map_err(|_| KeyBroken)?;
        let header = json!({ "alg": "ES256", "typ": kind, "kid": kept.id });
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature: Signature = key.sign(signed.as_bytes());
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
    }

    /// What a token of ours says, however old it is; nothing when it is not ours.
    pub(crate) async fn read_own(&self, token: &str) -> Result<Option<Value>, Failure> {
        let kept = table::published(&self.store.read(), self.clock.now()).await?;
        Ok(claims_of(token, &kept))
    }

    /// The public halves as other systems read them.
    pub(crate) async fn published_keys(&self) -> Result<Vec<Value>, Failure> {
        self.signing_key().await?;
        let kept = table::published(&self.store.read(), self.clock.now()).await?;
        Ok(kept.iter().filter_map(KeptKey::published).collect())
    }

    /// The key of this month, made now when there is none.
    async fn signing_key(&self) -> Result<KeptKey, Failure> {
        let now = self.clock.now();
        if let Some(key) = table::current(&self.store.read(), now).await? {
            return Ok(key);
        }
        self.write(Rotate { new: KeptKey::new(&self.key, now)? }).await
    }
}

impl KeptKey {
    fn new(seal: &identity::SecretKey, now: Timestamp) -> Result<KeptKey, Failure> {
        let id = Uuid::now_v7();
        // One number in four thousand millions is no key.
        let (secret, key) = loop {
            let secret: [u8; 32] = rand::random();
            if let Ok(key) = SigningKey::from_slice(&secret) {
                break (secret, key);
            }
        };
        let point = key.verifying_key().to_sec1_point(false);
        let signs_until = now + SIGNS_FOR;
        Ok(KeptKey {
            id,
            public: point.as_bytes().get(1..).unwrap_or_default().to_vec(),
            sealed: seal.seal(id, &URL_SAFE_NO_PAD.encode(secret))?,
            made_at: now,
            signs_until,
            published_until: signs_until + PUBLISHED_AFTER,
        })
    }

    /// As a JSON Web Key (RFC 7517).
    fn published(&self) -> Option<Value> {
        let (x, y) = self.public.split_at_checked(POINT_BYTES / 2)?;
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        Some(
            json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id, "x": text(x), "y": text(y) }),
        )
    }

    fn verifies(&self, signed: &str, signature: &Signature) -> bool {
        let point = [&[4], self.public.as_slice()].concat();
        let key = VerifyingKey::from_sec1_bytes(&point);
        key.is_ok_and(|key| key.verify(signed.as_bytes(), signature).is_ok())
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The claims of a token that one of these keys signed.
fn claims_of(token: &str, keys: &[KeptKey]) -> Option<Value> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let read =
        |part: &str| -> Option<Value> { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok() };
    let header = read(header)?;
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let key = keys.iter().find(|key| header["kid"] == key.id.to_string().as_str())?;
    (header["alg"] == "ES256" && key.verifies(signed, &signature)).then(|| read(claims)).flatten()
}
