//! What a system asks for when it sends a person here (OpenID Connect Core 3.1.2.1, RFC 7636). Pure: what is wrong with it, in
//! the words of the standard.

use std::collections::BTreeSet;

use authz::Assurance;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::client::{Client, LEVELS, Scope};

/// Characters of what a system may have repeated to it.
const ECHO_CHARACTERS_MAX: usize = 1_000;
/// Characters of a hash in base64url: SHA-256 has 32 bytes.
const CHALLENGE_BYTES: usize = 32;

/// Why a system gets no code, sent back to where it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SentBack {
    pub error: &'static str,
    pub description: &'static str,
}

const fn no(error: &'static str, description: &'static str) -> SentBack {
    SentBack { error, description }
}

pub(crate) const LOGIN_REQUIRED: SentBack = no("login_required", "nobody is signed in");
pub(crate) const CONSENT_REQUIRED: SentBack = no("consent_required", "the person has not agreed yet");
pub(crate) const INTERACTION_REQUIRED: SentBack =
    no("interaction_required", "the person must show a second factor");
pub(crate) const DENIED: SentBack = no("access_denied", "the person did not agree");
const TWICE: SentBack = no("invalid_request", "a parameter came twice");
const RESPONSE_TYPE: SentBack = no("unsupported_response_type", "only code is given");
const RESPONSE_MODE: SentBack = no("invalid_request", "only the response mode query is known");
const REQUEST: SentBack = no("request_not_supported", "request objects are not read");
const REQUEST_URI: SentBack = no("request_uri_not_supported", "request objects are not fetched");
const SCOPE: SentBack = no("invalid_scope", "the scope openid is missing");
/// LY-MAIL-3B.4a, in the code of the register.
const PERSISTENT: SentBack = no(
    "access_denied",
    "auth.persistent_session_forbidden: no sign-in outlives its session, so offline_access is not given",
);
const CHALLENGE: SentBack = no("invalid_request", "a code_challenge by the method S256 is needed");
const LONG: SentBack = no("invalid_request", "state or nonce is too long");
const PROMPT: SentBack = no("invalid_request", "this prompt is not known");
const MAX_AGE: SentBack = no("invalid_request", "max_age is not a number of seconds");

/// Parameters as they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The value of a parameter; what is empty counts as left out (RFC 6749, 3.1).
    pub fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn has_twice(&self) -> bool {
        let mut seen = BTreeSet::new();
        !self.0.iter().all(|(name, _)| seen.insert(name))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// Nothing may be asked of the person.
    pub none: bool,
    /// The person shall show anew who they are.
    pub login: bool,
    /// The person shall agree anew.
    pub consent: bool,
}

/// A request that can be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub scopes: Vec<Scope>,
    pub nonce: String,
    pub challenge: String,
    pub prompt: Prompt,
    pub max_age: Option<u64>,
    /// How surely the person must be known.
    pub level: Assurance,
}

impl Wanted {
    pub fn read(pairs: &Pairs, client: &Client) -> Result<Wanted, SentBack> {
        if pairs.has_twice() {
            return Err(TWICE);
        }
        let words = |name: &str| pairs.one(name).split(' ').filter(|word| !word.is_empty());
        let checks = [
            (RESPONSE_TYPE, pairs.one("response_type") == "code"),
            (RESPONSE_MODE, ["", "query"].contains(&pairs.one("response_mode"))),
            (REQUEST, pairs.one("request").is_empty()),
            (REQUEST_URI, pairs.one("request_uri").is_empty()),
            (PERSISTENT, words("scope").all(|word| word != "offline_access")),
            (SCOPE, words("scope").any(|word| word == "openid")),
            (CHALLENGE, pairs.one("code_challenge_method") == "S256"),
            (CHALLENGE, is_challenge(pairs.one("code_challenge"))),
            (LONG, ["state", "nonce"].iter().all(|name| pairs.one(name).len() <= ECHO_CHARACTERS_MAX)),
        ];
        if let Some((wrong, _)) = checks.into_iter().find(|(_, fits)| !fits) {
            return Err(wrong);
        }
        let max_age = pairs.one("max_age");
        let max_age = if max_age.is_empty() { None } else { Some(max_age.parse().map_err(|_| MAX_AGE)?) };
        Ok(Wanted {
            scopes: Scope::among(words("scope"))
                .into_iter()
                .filter(|it| client.scopes.contains(it))
                .collect(),
            nonce: pairs.one("nonce").to_owned(),
            challenge: pairs.one("code_challenge").to_owned(),
            prompt: prompt(words("prompt"))?,
            max_age,
            level: client.assurance.max(asked_level(words("acr_values"))),
        })
    }
}

fn prompt<'w>(words: impl Iterator<Item = &'w str>) -> Result<Prompt, SentBack> {
    let mut prompt = Prompt::default();
    for word in words {
        match word {
            "none" => prompt.none = true,
            // Whoever shall choose an account signs in anew: there is one account at a time.
            "login" | "select_account" => prompt.login = true,
            "consent" => prompt.consent = true,
            _ => return Err(PROMPT),
        }
    }
    if prompt.none && (prompt.login || prompt.consent) { Err(PROMPT) } else { Ok(prompt) }
}

/// The least of what the system would be content with; what is not known asks for nothing.
fn asked_level<'w>(words: impl Iterator<Item = &'w str>) -> Assurance {
    let known = words.filter_map(|word| LEVELS.into_iter().find(|(name, _)| *name == word));
    known.map(|(_, level)| level).min().unwrap_or(Assurance::Basic)
}

fn is_challenge(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == CHALLENGE_BYTES)
}

#[cfg(test)]
mod tests {
    use clock::Timestamp;
    use language::Text;
    use uuid::Uuid;

    use super::*;
    use crate::client::ClientKind;

    const PROOF: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn client() -> Client {
        Client {
            id: Uuid::nil(),
            body: Uuid::nil(),
            name: Text::new("", ""),
            kind: ClientKind::Public,
            redirect_uris: Vec::new(),
            after_logout_uris: Vec::new(),
            logout_uri: String::new(),
            scopes: vec![Scope::Profile, Scope::Email],
            assurance: Assurance::Basic,
            secret_hash: None,
            secret_at: None,
            registered_at: Timestamp(0),
            registered_by: Uuid::nil(),
            ended_at: None,
        }
    }

    fn read(changed: &[(&str, &str)]) -> Result<Wanted, SentBack> {
        let good = [
            ("response_type", "code"),
            ("scope", "openid profile phone"),
            ("code_challenge", PROOF),
            ("code_challenge_method", "S256"),
        ];
        let kept = good.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        let all = kept.chain(changed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Wanted::read(&Pairs(all.collect()), &client())
    }

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_the_standard() {
        let check = |changed: &[(&str, &str)], expected: Option<&str>| {
            assert_eq!(read(changed).err().map(|back| back.error), expected, "{changed:?}");
        };
        check(&[], None);
        check(&[("response_type", "token")], Some("unsupported_response_type"));
        check(&[("response_type", "code id_token")], Some("unsupported_response_type"));
        check(&[("response_mode", "form_post")], Some("invalid_request"));
        check(&[("request", "x")], Some("request_not_supported"));
        check(&[("request_uri", "https://a.example")], Some("request_uri_not_supported"));
        check(&[("scope", "profile")], Some("invalid_scope"));
        check(&[("scope", "openid offline_access")], Some("access_denied"));
        check(&[("code_challenge", "")], Some("invalid_request"));
        check(&[("code_challenge", "short")], Some("invalid_request"));
        check(&[("code_challenge_method", "plain")], Some("invalid_request"));
        check(&[("code_challenge_method", "")], Some("invalid_request"));
        check(&[("state", &"s".repeat(ECHO_CHARACTERS_MAX + 1))], Some("invalid_request"));
        check(&[("prompt", "none login")], Some("invalid_request"));
        check(&[("prompt", "create")], Some("invalid_request"));
        check(&[("max_age", "-1")], Some("invalid_request"));
        check(&[("nonce", "a"), ("nonce", "b")], Some("invalid_request"));
    }

    #[test]
    fn a_system_gets_no_more_than_it_registered_and_no_less_than_it_needs() {
        let wanted = read(&[("acr_values", "gold substantial basic")]).expect("good");
        assert_eq!((wanted.scopes, wanted.level), (vec![Scope::Profile], Assurance::Basic));
        let wanted = read(&[("acr_values", "substantial")]).expect("good");
        assert_eq!(wanted.level, Assurance::Substantial);
        let wanted = read(&[("prompt", "login consent"), ("max_age", "0")]).expect("good");
        assert_eq!(wanted.max_age, Some(0));
        assert_eq!(wanted.prompt, Prompt { none: false, login: true, consent: true });
    }
}
