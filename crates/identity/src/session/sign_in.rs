//! Signing in: the password, then, for staff and for whoever enrolled one, the code.
//!
//! What a stranger can learn here is nothing: an unknown identifier takes the same time and gets the same words
//! as a wrong password. Only whoever knows the password learns that a code is wanted.

pub(crate) mod page;
#[cfg(test)]
mod tests;
mod verb;

use std::net::IpAddr;

use authz::{Assurance, Failure, Kind, Refusal};

pub use self::verb::SignIn;
pub(crate) use self::verb::AwaitCode;
use self::verb::Outcome;
use super::{Session, device_family, table};
use crate::{
    Identity, factor,
    gate::{
        self, ADDRESS_FAILURES_MAX, Gate, IDENTIFIER_FAILURES_MAX,
        pass::{NoteFailure, PassGate},
    },
    password::table::{Known, known_by_id, known_by_identifier},
    person, secret,
};

pub(crate) const WRONG: Refusal = Refusal::new(Kind::NotIdentified, "auth.wrong", &["LY-SVC-8.1"]);
pub(crate) const CODE_WRONG: Refusal = Refusal::new(Kind::NotIdentified, "auth.code_wrong", &["LY-SVC-8.1"]);
/// The page forgot who was signing in: start again with the password.
pub(crate) const CODE_EXPIRED: Refusal =
    Refusal::new(Kind::NotIdentified, "auth.code_expired", &["LY-SVC-8.1"]);
/// Staff who have no second factor yet cannot sign in.
pub(crate) const FACTOR_MISSING: Refusal =
    Refusal::new(Kind::NotAllowed, "auth.factor_missing", &["LY-SVC-8.1"]);

/// What somebody typed. Not `Debug`: it holds a password.
#[derive(Clone, Default)]
pub struct Credentials {
    pub identifier: String,
    pub password: String,
    /// May come at once; a page asks for it in a second step.
    pub code: Option<String>,
}

/// Where the attempt comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub address: IpAddr,
    pub user_agent: String,
}

/// Signed in: the secret for the cookie, and the session that it opens.
#[derive(Clone, Debug)]
pub struct Opened {
    pub secret: String,
    pub session: Session,
}

pub enum Step {
    Opened(Opened),
    /// The password was right; the code is awaited under this secret.
    CodeNeeded {
        secret: String,
    },
}

impl Identity {
    /// Checks identifier and password, and the code when it came along.
    pub async fn sign_in(&self, typed: &Credentials, origin: &Origin) -> Result<Step, Failure> {
        let identifier = person::identifier(&typed.identifier);
        let shown = identifier.clone().unwrap_or_else(|| typed.identifier.trim().to_owned());
        let gates = self.gates(self.key.blind("identifier", &shown), origin);
        self.pass(&gates).await?;
        let known = match &identifier {
            Some(identifier) => known_by_identifier(&self.store.read(), identifier, self.clock.now()).await?,
            None => None,
        };
        let hash = known.as_ref().and_then(|known| known.hash.clone());
        let right = self.passwords.verify(&typed.password, hash).await?;
        let Some(known) = known.filter(|_| right) else {
            return Err(self.fail(gates, "password", WRONG).await);
        };
        match (&known.sealed, &typed.code) {
            (None, _) if known.staff => {
                self.write(AwaitCode::release(gates)).await?;
                Err(FACTOR_MISSING.into())
            }
            (None, _) => self.open(&known, None, gates, origin).await.map(Step::Opened),
            (Some(_), Some(code)) => self.open_with_code(&known, code, gates, origin).await.map(Step::Opened),
            (Some(_), None) => {
                let secret = secret::new();
                let until = self.clock.now() + super::PENDING_MAX;
                self.write(AwaitCode::open(known.person, secret::hash(&secret), until, gates)).await?;
                Ok(Step::CodeNeeded { secret })
            }
        }
    }

    /// Checks the code of somebody whose password was right a moment ago.
    pub async fn sign_in_code(&self, waiting: &str, code: &str, origin: &Origin) -> Result<Opened, Failure> {
        let now = self.clock.now();
        let pending = match secret::is_one(waiting) {
            true => table::pending(&self.store.read(), &secret::hash(waiting), now).await?,
            false => None,
        };
        let (person, identifier_gate) = pending.ok_or(CODE_EXPIRED)?;
        let gates = self.gates(identifier_gate, origin);
        self.pass(&gates).await?;
        let known = known_by_id(&self.store.read(), person, now).await?.ok_or(CODE_EXPIRED)?;
        self.open_with_code(&known, code, gates, origin).await
    }

    async fn open_with_code(
        &self,
        known: &Known,
        code: &str,
        gates: Vec<Gate>,
        origin: &Origin,
    ) -> Result<Opened, Failure> {
        let sealed = known.sealed.as_deref().ok_or(CODE_EXPIRED)?;
        let totp = self.key.open(known.person, sealed)?;
        match factor::step_of(&totp, code, self.clock.now()) {
            Some(step) => self.open(known, Some(step), gates, origin).await,
            None => Err(self.fail(gates, "code", CODE_WRONG).await),
        }
    }

    async fn open(
        &self,
        known: &Known,
        step: Option<i64>,
        gates: Vec<Gate>,
        origin: &Origin,
    ) -> Result<Opened, Failure> {
        let secret = secret::new();
        let sign_in = SignIn {
            person: known.person,
            assurance: if step.is_some() { Assurance::Substantial } else { Assurance::Basic },
            step,
            secret_hash: secret::hash(&secret),
            device: device_family(&origin.user_agent),
            gates: gates.clone(),
            at: self.clock.now(),
        };
        match self.write(sign_in).await? {
            Outcome::Opened(session) => Ok(Opened { secret, session }),
            Outcome::CodeUsed => Err(self.fail(gates, "code", CODE_WRONG).await),
        }
    }

    pub(crate) fn gates(&self, identifier: Vec<u8>, origin: &Origin) -> Vec<Gate> {
        let address = self.key.blind("address", &gate::subscriber(origin.address));
        vec![
            Gate { key: identifier, failures_max: IDENTIFIER_FAILURES_MAX, what: "identifier" },
            Gate { key: address, failures_max: ADDRESS_FAILURES_MAX, what: "address" },
        ]
    }

    pub(crate) async fn pass(&self, gates: &[Gate]) -> Result<(), Failure> {
        let now = self.clock.now();
        match self.write(PassGate { gates: gates.to_vec(), at: now }).await? {
            Some(until) => Err(gate::locked(until, now).into()),
            None => Ok(()),
        }
    }

    pub(crate) async fn fail(&self, gates: Vec<Gate>, what: &'static str, refusal: Refusal) -> Failure {
        match self.write(NoteFailure { gates, what, at: self.clock.now() }).await {
            Ok(()) => refusal.into(),
            Err(broken) => broken,
        }
    }
}
