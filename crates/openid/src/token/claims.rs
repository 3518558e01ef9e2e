//! What a token says of a person and of how they signed in. The names stand in OpenID Connect Core 2 and 5.1, the ways of
//! signing in in RFC 8176.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Timestamp;
use identity::{Person, Session};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{TOKEN_LIFE, exchange::Given};
use crate::client::{Scope, level_word};

/// Of a token about an identity.
pub(super) fn of_sign_in(issuer: &str, client: Uuid, given: &Given, token: &str, now: Timestamp) -> Value {
    let mut claims = json!({
        "iss": issuer,
        "sub": given.subject,
        "aud": client.to_string(),
        "iat": now.seconds(),
        "exp": (now + TOKEN_LIFE).seconds(),
        "auth_time": given.session.started_at.seconds(),
        "acr": level_word(given.session.assurance),
        "amr": methods(&given.session),
        "sid": given.visit,
        "at_hash": half_hash(token),
    });
    if !given.nonce.is_empty() {
        claims["nonce"] = given.nonce.as_str().into();
    }
    claims
}

/// What was shown at the sign-in: never more than what was.
fn methods(session: &Session) -> Vec<&'static str> {
    match session.factor.as_str() {
        "app" | "recovery" => vec!["pwd", "otp", "mfa"],
        "key" => vec!["pwd", "hwk", "mfa"],
        "sms" => vec!["pwd", "sms", "mfa"],
        _ => vec!["pwd"],
    }
}

/// The left half of the hash of an access token, by which the two belong together.
fn half_hash(token: &str) -> String {
    let hash = Sha256::digest(token.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash[..hash.len() / 2])
}

/// What a person agreed to show, as far as their record has it.
pub(super) fn of_person(subject: Uuid, scopes: &[Scope], person: &Person, phone_is_proven: bool) -> Value {
    let mut claims = Map::from_iter([("sub".to_owned(), json!(subject))]);
    let mut tell = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    for scope in scopes {
        match scope {
            Scope::Profile => {
                tell("name", json!(person.name.get(person.language)));
                tell("name#ar", json!(person.name.ar));
                tell("name#en", json!(person.name.get(language::Lang::En)));
                tell("locale", json!(person.language.code()));
            }
            Scope::Email if !person.email.is_empty() => {
                tell("email", json!(person.email));
                tell("email_verified", json!(true));
            }
            Scope::Phone if !person.phone.is_empty() => {
                tell("phone_number", json!(person.phone));
                tell("phone_number_verified", json!(phone_is_proven));
            }
            Scope::Email | Scope::Phone => {}
        }
    }
    Value::Object(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of OpenID Connect Core, appendix A.3.
    #[test]
    fn the_half_hash_is_as_the_standard_has_it() {
        assert_eq!(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
