//! Signing in: the password, then, for staff and for whoever enrolled one, the code.
//!
//! What a stranger can learn here is nothing: an unknown identifier takes the same time and gets the same words
//! as a wrong password. Only whoever knows the password learns that a code is wanted.

pub(crate) mod page;
#[cfg(test)]
mod tests;
mod verb;

use std::net::IpAddr;

use authz::{Failure, Kind, Refusal};
use uuid::Uuid;

pub(crate) use self::verb::AwaitCode;
use self::verb::Outcome;
pub use self::verb::SignIn;
use super::{Session, device_family, table};
use crate::{
    Identity,
    gate::{
        self, ADDRESS_FAILURES_MAX, Gate, IDENTIFIER_FAILURES_MAX,
        pass::{NoteFailure, PassGate},
    },
    password::table::{Known, known_by_id, known_by_identifier},
    person,
    proof::{Means, Proof, Shown},
    secret,
    security_key::challenge::{Asked, Purpose, Question},
    staff_directory::{DIRECTORY_REFUSED, DIRECTORY_UNREACHABLE, Verdict},
};

pub(crate) const WRONG: Refusal = Refusal::new(Kind::NotIdentified, "auth.wrong", &["LY-SVC-8.1"]);
pub(crate) const CODE_WRONG: Refusal = Refusal::new(Kind::NotIdentified, "auth.code_wrong", &["LY-SVC-8.1"]);
/// The page forgot who was signing in: start again with the password.
pub(crate) const CODE_EXPIRED: Refusal =
    Refusal::new(Kind::NotIdentified, "auth.code_expired", &["LY-SVC-8.1"]);
/// Staff who have no second factor yet cannot sign in.
pub(crate) const FACTOR_MISSING: Refusal =
    Refusal::new(Kind::NotAllowed, "auth.factor_missing", &["LY-SVC-8.1"]);

/// No sign-in outlives its session, and none is kept by the browser (LY-MAIL-3B.4a).
pub const PERSISTENT_FORBIDDEN: Refusal =
    Refusal::new(Kind::NotAllowed, "auth.persistent_session_forbidden", &["LY-MAIL-3B.4a"]);

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

/// What may be shown besides the password.
pub(crate) struct Awaited {
    pub means: Means,
    pub question: Option<Question>,
    /// The number to which a code may be sent, as far as it is shown.
    pub number: Option<String>,
    /// How far a code that was sent has come, by the key of its text.
    pub sent: Option<&'static str>,
}

/// The sign-in in which a question is asked.
fn asked(waiting: &str) -> Asked {
    Asked { purpose: Purpose::SignIn, bound: secret::hash(waiting) }
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
        let whose = known.as_ref().map(|known| known.person);
        let kept_right = self.passwords.verify(&typed.password, hash).await?;
        let Some(known) = known else { return Err(self.fail(gates, whose, "password", WRONG).await) };
        match self.password_counts(&known, (&shown, &typed.password), kept_right).await? {
            Verdict::Right | Verdict::Emergency => {}
            Verdict::Wrong => return Err(self.fail(gates, whose, "password", WRONG).await),
            Verdict::Refused => return Err(self.fail(gates, whose, "directory", DIRECTORY_REFUSED).await),
            Verdict::Silent => {
                // Nothing was checked, so nothing is counted against anybody.
                self.write(AwaitCode::release(gates)).await?;
                return Err(DIRECTORY_UNREACHABLE.into());
            }
        }
        match (known.has_factor(), &typed.code) {
            (false, _) if known.staff => {
                self.write(AwaitCode::release(gates)).await?;
                Err(FACTOR_MISSING.into())
            }
            (false, _) => self.open(&known, Proof::Password, gates, origin).await.map(Step::Opened),
            (true, Some(code)) => {
                // No question waits for an answer of a key here: a code is all that came along.
                let asked = Asked { purpose: Purpose::SignIn, bound: Vec::new() };
                let proof = self.prove(&known, Shown::Code(code), asked, &gates).await?;
                self.open(&known, proof, gates, origin).await.map(Step::Opened)
            }
            (true, None) => {
                let secret = secret::new();
                let until = self.clock.now() + super::PENDING_MAX;
                self.write(AwaitCode::open(known.person, secret::hash(&secret), until, gates)).await?;
                Ok(Step::CodeNeeded { secret })
            }
        }
    }

    /// Checks what somebody shows whose password was right a moment ago.
    pub async fn sign_in_with(
        &self,
        waiting: &str,
        shown: Shown<'_>,
        origin: &Origin,
    ) -> Result<Opened, Failure> {
        let (known, identifier_gate) = self.waiting(waiting).await?.ok_or(CODE_EXPIRED)?;
        let gates = self.gates(identifier_gate, origin);
        self.pass(&gates).await?;
        let proof = self.prove(&known, shown, asked(waiting), &gates).await?;
        self.open(&known, proof, gates, origin).await
    }

    /// What somebody may show whose password was right a moment ago, and a question to the keys; none when it is too late.
    pub(crate) async fn awaited(&self, waiting: &str) -> Result<Option<Awaited>, Failure> {
        let Some((known, _)) = self.waiting(waiting).await? else { return Ok(None) };
        let means = Means::of(&known);
        let sent = self.code_sent(&asked(waiting)).await?;
        let number = known.good_phone.as_deref().map(sms::masked);
        let question = match means.key {
            true => self.ask_keys(known.person, asked(waiting)).await?,
            false => None,
        };
        Ok(Some(Awaited { means, question, number, sent }))
    }

    /// Sends a code to the phone of somebody whose password was right a moment ago.
    pub(crate) async fn text_for_sign_in(&self, waiting: &str) -> Result<(), Failure> {
        let (known, _) = self.waiting(waiting).await?.ok_or(CODE_EXPIRED)?;
        self.send_text(known.person, asked(waiting)).await
    }

    /// The same without being asked, where nothing else could be shown; and only once.
    pub(crate) async fn text_if_alone(&self, waiting: &str) -> Result<Option<Refusal>, Failure> {
        let Some((known, _)) = self.waiting(waiting).await? else { return Ok(None) };
        if !Means::of(&known).is_phone_alone() {
            return Ok(None);
        }
        match self.send_text(known.person, asked(waiting)).await {
            Ok(()) => Ok(None),
            Err(Failure::Refused(refusal)) => Ok(Some(refusal)),
            Err(broken) => Err(broken),
        }
    }

    /// Whether a person has anything to show besides the password.
    pub async fn has_second_factor(&self, person: Uuid) -> Result<bool, Failure> {
        let known = known_by_id(&self.store.read(), person, self.clock.now()).await?;
        Ok(known.is_some_and(|known| known.has_factor()))
    }

    async fn waiting(&self, secret: &str) -> Result<Option<(Known, Vec<u8>)>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        if !secret::is_one(secret) {
            return Ok(None);
        }
        let Some((person, gate)) = table::pending(&sql, &secret::hash(secret), now).await? else {
            return Ok(None);
        };
        Ok(known_by_id(&sql, person, now).await?.map(|known| (known, gate)))
    }

    async fn open(
        &self,
        known: &Known,
        proof: Proof,
        gates: Vec<Gate>,
        origin: &Origin,
    ) -> Result<Opened, Failure> {
        let (secret, wrong, what) = (secret::new(), proof.wrong(), proof.word());
        let sign_in = SignIn {
            person: known.person,
            proof,
            secret_hash: secret::hash(&secret),
            device: device_family(&origin.user_agent),
            zone: self.zones.of(origin.address),
            gates: gates.clone(),
            at: self.clock.now(),
        };
        match self.write(sign_in).await? {
            Outcome::Opened(session) => Ok(Opened { secret, session }),
            Outcome::UsedBefore => Err(self.fail(gates, Some(known.person), what, wrong).await),
        }
    }

    pub(crate) fn gates(&self, identifier: Vec<u8>, origin: &Origin) -> Vec<Gate> {
        let network = gate::subscriber(origin.address);
        let (address, nothing) = (self.key.blind("address", &network), String::new());
        vec![
            Gate {
                key: identifier,
                failures_max: IDENTIFIER_FAILURES_MAX,
                what: "identifier",
                network: nothing,
            },
            Gate { key: address, failures_max: ADDRESS_FAILURES_MAX, what: "address", network },
        ]
    }

    pub(crate) async fn pass(&self, gates: &[Gate]) -> Result<(), Failure> {
        let now = self.clock.now();
        match self.write(PassGate { gates: gates.to_vec(), at: now }).await? {
            Some(until) => Err(gate::locked(until, now).into()),
            None => Ok(()),
        }
    }

    /// `whose` account it was; nobody where no account has this identifier.
    pub(crate) async fn fail(
        &self,
        gates: Vec<Gate>,
        whose: Option<Uuid>,
        what: &'static str,
        refusal: Refusal,
    ) -> Failure {
        match self.write(NoteFailure { gates, whose, what, at: self.clock.now() }).await {
            Ok(()) => refusal.into(),
            Err(broken) => broken,
        }
    }
}
