//! VERB. A number is put on record for somebody who showed it in person, with what its operator answers for. How surely it is
//! theirs is the matter of whoever calls: a registrar at the counter, or the loader of a demo.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Phone, Said, Verdict,
    numbering::{self, Proves},
    table,
};
use crate::person;

pub struct RecordPhone {
    pub actor: Option<Uuid>,
    pub person: Uuid,
    /// As it is written anywhere.
    pub number: String,
    pub at: Timestamp,
}

impl Verb for RecordPhone {
    type Answer = Phone;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Phone, Failure> {
        person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        let number = numbering::read(&self.number)?;
        let mut said = table::said(tx, &number.e164).await?;
        if said.is_none() && number.operator.proves == Proves::Code {
            let positive = Said { verdict: Verdict::Positive, source: "officer".into(), at: self.at };
            table::say(tx, &number.e164, &number.operator.id, &positive, self.actor).await?;
            said = Some(positive);
        }
        let phone = Phone {
            id: Uuid::now_v7(),
            person: self.person,
            number: number.e164,
            body: None,
            operator: number.operator.id.clone(),
            added_at: self.at,
            confirmed_at: self.at,
            factor_at: None,
            said,
        };
        table::end(tx, self.person, self.at).await?;
        table::insert(tx, &phone).await?;
        let entry = Entry {
            kind: "phone.added",
            subject: format!("person/{}", self.person),
            actor: self.actor,
            controls: &["LY-MAIL-3.02f"],
            body: json!({ "after": sms::masked(&phone.number), "operator": phone.operator }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(phone)
    }
}
