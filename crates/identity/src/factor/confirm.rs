//! VERB. The first code of an authenticator app is right: from now on signing in asks for one. Every other session ends,
//! since none of them was opened with it, and this one is known as surely as one that was.

use authz::{Assurance, Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{step_of, table};
use crate::{
    Identity, Person,
    gate::pass::ENROLMENT,
    person,
    session::{self, sign_in::Origin},
};

const CODE_WRONG: Refusal = Refusal::new(Kind::Invalid, "auth.code_unexpected", &["LY-SVC-8.1"]);
/// Nothing waits for a code in this session: it took too long, or another one began it.
pub(crate) const ENROLMENT_OVER: Refusal =
    Refusal::new(Kind::Conflict, "auth.enrolment_over", &["LY-SVC-8.1"]);

pub(crate) struct ConfirmTotp {
    person: Uuid,
    session: Uuid,
    /// The step of the code, which is used up here.
    step: i64,
    at: Timestamp,
}

impl Verb for ConfirmTotp {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        let sealed = table::enrolment(tx, self.person, self.session, self.at).await?.ok_or(ENROLMENT_OVER)?;
        table::put(tx, self.person, &sealed, self.at).await?;
        table::use_step(tx, self.person, self.step).await?;
        table::drop_enrolment(tx, self.person).await?;
        let ended = session::table::end_all(tx, self.person, Some(self.session), self.at).await?;
        session::table::confirm(tx, self.session, Assurance::Substantial, "app", self.at).await?;
        let entry = Entry {
            kind: "factor.enrolled",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({ "factor": "totp", "sessions_ended": ended }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        person.tell(tx, "authenticator-set", "/account/authenticator", self.at).await?;
        Ok(())
    }
}

impl Identity {
    /// Checks the code against the secret that waits in this session. Wrong ones count with those of signing in.
    pub(crate) async fn confirm_totp(
        &self,
        person: &Person,
        session: Uuid,
        code: &str,
        origin: &Origin,
    ) -> Result<(), Failure> {
        let secret = self.starting_totp(person.id, session).await?.ok_or(ENROLMENT_OVER)?;
        let gates = self.gates(self.key.blind("identifier", &person.identifier), origin);
        self.pass(&gates).await?;
        let at = self.clock.now();
        let Some(step) = step_of(&secret, code, at) else {
            let wrong = CODE_WRONG.with_item("code", "code_unexpected", "");
            return Err(self.fail(gates, Some(person.id), ENROLMENT, wrong).await);
        };
        self.write(session::sign_in::AwaitCode::release(gates)).await?;
        self.write(ConfirmTotp { person: person.id, session, step, at }).await
    }
}
