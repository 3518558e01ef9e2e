//! A system of a body at which people sign in with their account here. Registered by the body's administrator, changed and
//! ended by them; its secret is shown once and kept as a hash.

pub(crate) mod api;
pub(crate) mod change;
pub(crate) mod desk;
pub(crate) mod end;
pub(crate) mod form;
pub(crate) mod register;
pub(crate) mod secret;
pub(crate) mod table;
pub(crate) mod wish;

use authz::{Assurance, Failure};
use clock::Timestamp;
use language::Text;
use serde_json::{Value, json};
use store::Tx;
use uuid::Uuid;

/// Characters of a system's name.
pub(crate) const NAME_CHARACTERS_MAX: usize = 120;
/// Addresses of one kind that a system may have.
pub(crate) const ADDRESSES_MAX: usize = 10;
/// Systems that a body may have at a time.
pub(crate) const SYSTEMS_MAX: i64 = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientKind {
    /// It runs on a server and keeps a secret.
    Confidential,
    /// It runs in the hands of people and cannot keep one.
    Public,
}

impl ClientKind {
    pub const ALL: [ClientKind; 2] = [ClientKind::Confidential, ClientKind::Public];

    pub fn word(self) -> &'static str {
        match self {
            ClientKind::Confidential => "confidential",
            ClientKind::Public => "public",
        }
    }

    pub fn named(word: &str) -> Option<ClientKind> {
        ClientKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a system may learn of a person besides that it is the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Profile,
    Email,
    Phone,
}

impl Scope {
    pub const ALL: [Scope; 3] = [Scope::Profile, Scope::Email, Scope::Phone];

    pub fn word(self) -> &'static str {
        match self {
            Scope::Profile => "profile",
            Scope::Email => "email",
            Scope::Phone => "phone",
        }
    }

    pub fn named(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Those that these words name, each once and in their order.
    pub fn among<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<Scope> {
        let named: Vec<Scope> = words.into_iter().filter_map(Scope::named).collect();
        Scope::ALL.into_iter().filter(|scope| named.contains(scope)).collect()
    }
}

/// Scopes as they are kept.
pub(crate) fn scope_words(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(" ")
}

/// How surely a system may ask people to be known: no sign-in here reaches further.
pub(crate) const LEVELS: [(&str, Assurance); 2] =
    [("basic", Assurance::Basic), ("substantial", Assurance::Substantial)];

pub(crate) fn level_word(level: Assurance) -> &'static str {
    if level >= Assurance::Substantial { "substantial" } else { "basic" }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub id: Uuid,
    pub body: Uuid,
    pub name: Text,
    pub kind: ClientKind,
    pub redirect_uris: Vec<String>,
    pub after_logout_uris: Vec<String>,
    /// Where farewells go; empty where the system takes none.
    pub logout_uri: String,
    pub scopes: Vec<Scope>,
    pub assurance: Assurance,
    pub secret_hash: Option<Vec<u8>>,
    pub secret_at: Option<Timestamp>,
    pub registered_at: Timestamp,
    pub registered_by: Uuid,
    pub ended_at: Option<Timestamp>,
}

impl Client {
    /// Addresses are compared letter by letter: what is only alike is somebody else's.
    pub fn has_redirect(&self, uri: &str) -> bool {
        self.redirect_uris.iter().any(|known| known == uri)
    }

    pub fn has_after_logout(&self, uri: &str) -> bool {
        self.after_logout_uris.iter().any(|known| known == uri)
    }

    pub fn subject(&self) -> String {
        format!("system/{}", self.id)
    }

    pub fn href(&self) -> String {
        format!("/desk/systems/{}", self.id)
    }

    /// By what it is found: its names in both languages.
    pub fn stems(&self) -> String {
        format!(" {} ", language::stems(&format!("{} {}", self.name.ar, self.name.en)))
    }

    /// What the ledger keeps of it; never a secret.
    fn told(&self) -> Value {
        json!({
            "body": self.body,
            "name": { "ar": self.name.ar, "en": self.name.en },
            "kind": self.kind.word(),
            "redirect_uris": self.redirect_uris,
            "after_logout_uris": self.after_logout_uris,
            "logout_uri": self.logout_uri,
            "scopes": scope_words(&self.scopes),
            "assurance": level_word(self.assurance),
        })
    }
}

/// Each step of a system in the ledger.
pub(crate) async fn record(
    tx: &Tx,
    kind: &'static str,
    client: &Client,
    by: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let (subject, body) = (client.subject(), client.told());
    let controls: &[&str] = &["LY-SVC-8.1"];
    ledger::append(tx, ledger::Entry { kind, subject, actor: Some(by), controls, body, at }).await?;
    Ok(())
}
