//! VERBS. The codes of a number open the account, or do so no more. A number for which no operator stands is never enrolled
//! (LY-MAIL-2.02d).

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{MISSING, Phone, Verdict, table};
use crate::{factor::remove::after_removal, person, session};

pub(super) struct EnrolPhone {
    pub person: Uuid,
    /// The one session that goes on: no other was opened with this factor.
    pub session: Uuid,
    pub now: Timestamp,
}

impl Verb for EnrolPhone {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let phone = table::phone(tx, self.person).await?.ok_or(MISSING)?;
        if let Some(refusal) = Verdict::refusal(phone.verdict()) {
            return Err(refusal.into());
        }
        if phone.factor_at.is_some() {
            return Ok(());
        }
        table::set_factor(tx, phone.id, Some(self.now)).await?;
        session::table::end_all(tx, self.person, Some(self.session), self.now).await?;
        record(tx, "factor.enrolled", &phone, self.now).await?;
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        person.tell(tx, "phone-factor", "/account/phone", self.now).await?;
        Ok(())
    }
}

pub(super) struct StopFactor {
    pub person: Uuid,
    pub now: Timestamp,
}

impl Verb for StopFactor {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let phone = table::phone(tx, self.person).await?.filter(|phone| phone.factor_at.is_some());
        let Some(phone) = phone else { return Ok(()) };
        table::set_factor(tx, phone.id, None).await?;
        after_removal(tx, self.person, self.now).await?;
        record(tx, "factor.removed", &phone, self.now).await?;
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        person.tell(tx, "phone-factor-removed", "/account/phone", self.now).await?;
        Ok(())
    }
}

async fn record(tx: &Tx, kind: &'static str, phone: &Phone, at: Timestamp) -> Result<(), Failure> {
    let entry = Entry {
        kind,
        subject: format!("person/{}", phone.person),
        actor: Some(phone.person),
        controls: &["LY-MAIL-2.02b", "LY-MAIL-2.02d"],
        body: json!({
            "factor": "sms",
            "number": sms::masked(&phone.number),
            "operator": phone.operator,
            "verified_at": phone.said.as_ref().map(|said| said.at.to_string()),
        }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
