//! The signature of a letter, as RFC 9421 (HTTP Message Signatures) has it, with Ed25519, over what must not change: to
//! whom it goes, what it holds (RFC 9530), and under which id.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ledger::Keys;
use sha2::{Digest, Sha256};

use crate::Letter;

/// The name of our signature among others.
pub const LABEL: &str = "diwan";
/// What is signed, in this order.
pub const COMPONENTS: [&str; 5] =
    ["@method", "@target-uri", "content-type", "content-digest", "idempotency-key"];

/// The headers that a letter travels with.
pub(crate) fn headers(keys: &Keys, letter: &Letter) -> [(&'static str, String); 5] {
    let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&letter.content)));
    let id = letter.id.to_string();
    let values = ["POST", &letter.address.to_string(), letter.content_type, &digest, &id].map(str::to_owned);
    let mut input = String::new();
    let (_, signature) = keys.sign_as(|key| {
        input = parameters(&key.id(), letter.signed_at);
        base(&values, &input).into_bytes()
    });
    [
        ("content-type", letter.content_type.to_owned()),
        ("content-digest", digest),
        ("idempotency-key", id),
        ("signature-input", format!("{LABEL}={input}")),
        ("signature", format!("{LABEL}=:{}:", STANDARD.encode(signature))),
    ]
}

/// The value of `@signature-params`.
pub(crate) fn parameters(key: &str, signed_at: i64) -> String {
    let covered = COMPONENTS.map(|name| format!("\"{name}\"")).join(" ");
    format!("({covered});created={signed_at};keyid=\"{key}\";alg=\"ed25519\"")
}

/// What is signed: a line for each component, and one for the parameters.
pub(crate) fn base(values: &[String; 5], parameters: &str) -> String {
    let lines = COMPONENTS.iter().zip(values).map(|(name, value)| format!("\"{name}\": {value}\n"));
    lines.collect::<String>() + &format!("\"@signature-params\": {parameters}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JSON;

    #[test]
    fn the_base_is_as_the_standard_writes_it() {
        let values = ["POST", "https://a.example/x?y=1", JSON, "sha-256=:AA==:", "id-1"].map(str::to_owned);
        let expected = "\"@method\": POST\n\"@target-uri\": https://a.example/x?y=1\n\
            \"content-type\": application/json\n\"content-digest\": sha-256=:AA==:\n\"idempotency-key\": id-1\n\
            \"@signature-params\": (\"@method\" \"@target-uri\" \"content-type\" \"content-digest\" \
            \"idempotency-key\");created=7;keyid=\"k+1\";alg=\"ed25519\"";
        assert_eq!(base(&values, &parameters("k+1", 7)), expected);
    }
}
