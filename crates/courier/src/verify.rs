//! A letter that arrives: signed as ours are, so that one program speaks to another in both directions. Only this form is
//! read, with these components in this order; a signature that covers less is refused, not judged by what it covers.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::HeaderMap;
use ledger::VerifierKey;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    JSON,
    sign::{LABEL, base, parameters},
};

/// How far the clock of a sender may be from ours.
pub const SKEW_SECONDS_MAX: i64 = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    #[error("a header of the signature is missing or not of the form that is read here")]
    Form,
    #[error("what arrived is not what was signed")]
    Content,
    #[error("it was signed too long ago, or the clock of its sender is wrong")]
    Time,
    #[error("the signature is not of this key")]
    Signature,
}

/// What a signed letter says of itself, before its key was asked.
#[derive(Clone, Debug)]
pub struct Signed {
    /// By which name its sender's key is found.
    pub key_id: String,
    /// The same however often it is sent.
    pub id: Uuid,
    values: [String; 5],
    input: String,
    signature: Vec<u8>,
}

/// Reads the headers of a letter to `target`, compares the content with its digest and the moment with ours. Nothing is
/// believed yet: [`Signed::by`] asks the key.
pub fn signed(headers: &HeaderMap, target: &str, content: &[u8], now: i64) -> Result<Signed, VerifyError> {
    let line = |name: &str| {
        let mut lines = headers.get_all(name).iter();
        let only = lines.next().filter(|_| lines.next().is_none());
        only.and_then(|line| line.to_str().ok()).ok_or(VerifyError::Form)
    };
    let input = line("signature-input")?.strip_prefix(LABEL).and_then(|rest| rest.strip_prefix('='));
    let input = input.ok_or(VerifyError::Form)?;
    let (created, key_id) = named(input).ok_or(VerifyError::Form)?;
    let signature = line("signature")?.strip_prefix(LABEL).and_then(|rest| rest.strip_prefix("=:"));
    let signature = signature.and_then(|rest| rest.strip_suffix(':')).ok_or(VerifyError::Form)?;
    let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(content)));
    if line("content-digest")? != digest {
        return Err(VerifyError::Content);
    }
    if created.abs_diff(now) > SKEW_SECONDS_MAX.unsigned_abs() {
        return Err(VerifyError::Time);
    }
    let id = line("idempotency-key")?;
    Ok(Signed {
        key_id: key_id.to_owned(),
        id: id.parse().map_err(|_| VerifyError::Form)?,
        values: ["POST", target, JSON, &digest, id].map(str::to_owned),
        input: input.to_owned(),
        signature: STANDARD.decode(signature).map_err(|_| VerifyError::Form)?,
    })
}

/// When it was signed and by which key; nothing unless the rest is exactly as ours is.
fn named(input: &str) -> Option<(i64, &str)> {
    let (_, rest) = input.split_once(";created=")?;
    let (created, rest) = rest.split_once(";keyid=\"")?;
    let (key_id, _) = rest.split_once('"')?;
    let created = created.parse().ok()?;
    (parameters(key_id, created) == input).then_some((created, key_id))
}

impl Signed {
    /// Whether this key signed it.
    pub fn by(&self, key: &VerifierKey) -> Result<(), VerifyError> {
        let message = base(&self.values, &self.input);
        let fits = key.id() == self.key_id && key.verifies(message.as_bytes(), &self.signature);
        if fits { Ok(()) } else { Err(VerifyError::Signature) }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderValue;
    use ledger::Keys;

    use super::*;
    use crate::{Letter, Reach, sign::headers};

    const TARGET: &str = "https://diwan.example/api/v1/devices/reports";
    const NOW: i64 = 1_772_357_400;

    fn letter(keys: &Keys, content: &'static str) -> HeaderMap {
        let address = Reach::default().check(TARGET).expect("an address");
        let content = Bytes::from_static(content.as_bytes());
        let id = Uuid::now_v7();
        let letter = Letter { id, address, content_type: JSON, content, signed_at: NOW, bearer: None };
        let lines = headers(keys, &letter).into_iter();
        lines.map(|(name, line)| (name.parse().expect("a name"), line.parse().expect("a value"))).collect()
    }

    #[test]
    fn a_letter_is_believed_only_whole_in_time_and_by_its_key() {
        let file = |name: &str| std::env::temp_dir().join(format!("diwan-courier-{name}-{}", Uuid::now_v7()));
        let keys = Keys::load_or_create_named(file("own"), "device").expect("keys");
        let others = Keys::load_or_create_named(file("other"), "device").expect("keys");
        let key = |keys: &Keys| keys.sign_as(|_| Vec::new()).0;
        let sent = letter(&keys, "{}");
        let check = |headers: &HeaderMap, target: &str, content: &str, now: i64, key: &VerifierKey| {
            signed(headers, target, content.as_bytes(), now).and_then(|signed| signed.by(key)).err()
        };
        let (own, other) = (key(&keys), key(&others));
        assert_eq!(check(&sent, TARGET, "{}", NOW, &own), None);
        assert_eq!(check(&sent, TARGET, "{}", NOW + SKEW_SECONDS_MAX, &own), None);
        assert_eq!(check(&sent, TARGET, "{}", NOW + SKEW_SECONDS_MAX + 1, &own), Some(VerifyError::Time));
        assert_eq!(check(&sent, TARGET, "{ }", NOW, &own), Some(VerifyError::Content));
        assert_eq!(check(&sent, "https://other.example/", "{}", NOW, &own), Some(VerifyError::Signature));
        assert_eq!(check(&sent, TARGET, "{}", NOW, &other), Some(VerifyError::Signature));
        for name in ["signature", "signature-input", "content-digest", "idempotency-key"] {
            let mut less = sent.clone();
            less.remove(name);
            assert_eq!(check(&less, TARGET, "{}", NOW, &own), Some(VerifyError::Form), "{name}");
        }
        let mut fewer = sent.clone();
        let input = "diwan=(\"@method\");created=1772357400;keyid=\"device+0\";alg=\"ed25519\"";
        fewer.insert("signature-input", HeaderValue::from_static(input));
        assert_eq!(check(&fewer, TARGET, "{}", NOW, &own), Some(VerifyError::Form));
        let mut later = sent.clone();
        let moved = sent["signature-input"].to_str().expect("text").replace("1772357400", "1772357500");
        later.insert("signature-input", moved.parse().expect("a value"));
        assert_eq!(check(&later, TARGET, "{}", NOW, &own), Some(VerifyError::Signature));
    }
}
