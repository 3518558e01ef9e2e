//! What a sign-in changes, once password and code have been checked.

use authz::Failure;
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use crate::{
    ACCOUNT_DISABLED, Zone, attack,
    gate::{self, Gate},
    person,
    proof::Proof,
    session::{SESSION_MAX, Session, assurance_word, table},
};

/// Opens a session. Its secret is always new, so that a cookie planted beforehand opens nothing.
pub struct SignIn {
    pub(super) person: Uuid,
    /// Used up here.
    pub(super) proof: Proof,
    pub(super) secret_hash: Vec<u8>,
    pub(super) device: String,
    pub(super) zone: Zone,
    pub(super) gates: Vec<Gate>,
    pub(super) at: Timestamp,
}

pub enum Outcome {
    Opened(Session),
    /// What was shown was right, but it had been used before.
    UsedBefore,
}

impl Verb for SignIn {
    type Answer = Outcome;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Outcome, Failure> {
        if person::table::disabled_at(tx, self.person).await?.is_some() {
            return Err(ACCOUNT_DISABLED.into());
        }
        if !self.proof.use_up(tx, self.person, self.at).await? {
            return Ok(Outcome::UsedBefore);
        }
        let session = self.session();
        table::insert(tx, &session, &self.secret_hash).await?;
        table::drop_pending(tx, self.person).await?;
        clear(tx, &self.gates).await?;
        ledger::append(tx, self.entry(&session)).await?;
        Ok(Outcome::Opened(session))
    }
}

impl SignIn {
    fn session(&self) -> Session {
        Session {
            id: Uuid::now_v7(),
            person: self.person,
            assurance: self.proof.assurance(),
            device: self.device.clone(),
            started_at: self.at,
            last_seen_at: self.at,
            ends_at: self.at + SESSION_MAX,
            factor: self.proof.word().to_owned(),
            zone: Some(self.zone),
            bound_device: None,
            bound_name: String::new(),
        }
    }

    fn entry(&self, session: &Session) -> Entry<'static> {
        Entry {
            kind: "session.opened",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({
                "session": session.id,
                "assurance": assurance_word(session.assurance),
                "factor": session.factor,
                "device": session.device,
                "zone": self.zone.word(),
            }),
            at: self.at,
        }
    }
}

/// Whoever proved who they are has a clean count; the address only gets this one attempt back.
async fn clear(tx: &Tx, gates: &[Gate]) -> Result<(), store::StoreError> {
    let found = |what: &str| gates.iter().find(|gate| gate.what == what);
    if let (Some(identifier), Some(address)) = (found("identifier"), found("address")) {
        attack::table::mistyped(tx, &identifier.key, &address.network).await?;
    }
    for gate in gates {
        match gate.what {
            "identifier" => gate::table::forget(tx, &gate.key).await?,
            _ => gate::table::give_back(tx, &gate.key).await?,
        }
    }
    Ok(())
}

/// The password was right: the attempt is given back, but earlier failures stay counted until the code is right,
/// so that knowing the password does not buy more guesses at the code.
pub(crate) struct AwaitCode {
    waiting: Option<(Uuid, Vec<u8>, Timestamp)>,
    gates: Vec<Gate>,
}

impl AwaitCode {
    pub(super) fn open(person: Uuid, secret_hash: Vec<u8>, until: Timestamp, gates: Vec<Gate>) -> AwaitCode {
        AwaitCode { waiting: Some((person, secret_hash, until)), gates }
    }

    pub(crate) fn release(gates: Vec<Gate>) -> AwaitCode {
        AwaitCode { waiting: None, gates }
    }
}

impl Verb for AwaitCode {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        for gate in &self.gates {
            gate::table::give_back(tx, &gate.key).await?;
        }
        if let Some((person, secret_hash, until)) = &self.waiting {
            let identifier = self.gates.iter().find(|gate| gate.what == "identifier");
            let key = identifier.map(|gate| gate.key.as_slice()).unwrap_or_default();
            table::put_pending(tx, *person, secret_hash, key, *until).await?;
        }
        Ok(())
    }
}
