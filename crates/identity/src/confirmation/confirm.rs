//! VERB. The person behind a session shows again who they are.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::page::Typed;
use crate::{
    Caller, Identity,
    password::table::{Known, known_by_id},
    person,
    proof::{Proof, Shown},
    security_key::challenge::{Asked, Purpose},
    session::{
        self,
        sign_in::{AwaitCode, Origin},
    },
};

struct Confirm {
    person: Uuid,
    session: Uuid,
    /// Used up here.
    proof: Proof,
    at: Timestamp,
}

impl Verb for Confirm {
    /// False when what was shown had been used before.
    type Answer = bool;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<bool, Failure> {
        if !self.proof.use_up(tx, self.person, self.at).await? {
            return Ok(false);
        }
        let (level, factor) = (self.proof.assurance(), self.proof.word());
        session::table::confirm(tx, self.session, level, factor, self.at).await?;
        let entry = Entry {
            kind: "session.confirmed",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["KW-RW-9.5.9"],
            body: json!({ "session": self.session, "factor": factor }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(true)
    }
}

impl Identity {
    /// Takes what was typed or answered as the second factor of this session, or as its password where there is no other.
    pub(crate) async fn confirm(
        &self,
        caller: &Caller,
        typed: &Typed,
        origin: &Origin,
    ) -> Result<(), Failure> {
        let session = caller.own_session()?;
        let (sql, at) = (self.store.read(), self.clock.now());
        let person = person::table::person(&sql, caller.0.person).await?.ok_or(Refusal::not_found())?;
        let known = known_by_id(&sql, person.id, at).await?.ok_or(Refusal::not_found())?;
        if !known.has_factor() {
            self.prove_password(&person, &typed.confirm_password, origin).await?;
            let proof = Proof::Password;
            return self.write(Confirm { person: person.id, session, proof, at }).await.map(drop);
        }
        let gates = self.gates(self.key.blind("identifier", &person.identifier), origin);
        self.pass(&gates).await?;
        let proof = self.confirming(&known, session, typed, &gates).await?;
        let (wrong, what) = (proof.wrong(), proof.word());
        match self.write(Confirm { person: person.id, session, proof, at }).await? {
            true => self.write(AwaitCode::release(gates)).await,
            false => Err(self.fail(gates, Some(person.id), what, wrong).await),
        }
    }

    async fn confirming(
        &self,
        known: &Known,
        session: Uuid,
        typed: &Typed,
        gates: &[crate::gate::Gate],
    ) -> Result<Proof, Failure> {
        let asked = Asked::in_session(Purpose::Confirm, session);
        let shown = match typed.confirm_challenge.parse() {
            Ok(challenge) => Shown::Key { challenge, answer: &typed.confirm_answer },
            Err(_) => Shown::Code(&typed.confirm_code),
        };
        self.prove(known, shown, asked, gates).await
    }
}
