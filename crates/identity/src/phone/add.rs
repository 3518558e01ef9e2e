//! VERBS. A person names a number, and a code goes to it; with the code it is on record, in place of the one before. Nobody
//! learns here whether another person has the same one.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Phone, Said, Verdict,
    code::{TEXT_TRIES_MAX, TextCode},
    numbering::{self, Proves},
    send_code::order,
    table,
};
use crate::{
    factor::remove::after_removal,
    key::SecretKey,
    person,
    security_key::challenge::{Asked, Purpose},
    session,
};

/// Where the code of a new number counts.
pub(super) fn asked(session: Uuid) -> Asked {
    Asked::in_session(Purpose::Add, session)
}

pub(super) struct AskPhone {
    pub person: Uuid,
    pub session: Uuid,
    /// As it was typed.
    pub number: String,
    /// The body that owns it; the person's own where there is none.
    pub body: Option<Uuid>,
    pub now: Timestamp,
}

impl Verb for AskPhone {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let number = numbering::read(&self.number)?;
        let said = table::said(tx, &number.e164).await?;
        if said.is_some_and(|said| said.verdict == Verdict::Temporary) {
            return Err(super::TEMPORARY.with_item("phone", "phone_temporary", "").into());
        }
        if let Some(body) = self.body {
            let held = organisations::roles_of(tx, self.person, self.now).await?;
            if held.iter().all(|role| role.body != body) {
                return Err(Refusal::not_found().into());
            }
        }
        order(tx, (self.person, &number.e164, self.body), &asked(self.session), self.now).await
    }
}

/// What came of a code for a new number. A wrong one is counted, which an error would undo; so it is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Added,
    /// So many tries are left.
    Wrong(i64),
    /// Nothing waits for a code: it is too late, dropped, or tried too often.
    Over,
}

pub(super) struct AddPhone {
    pub person: Uuid,
    pub session: Uuid,
    /// As it was typed.
    pub code: String,
    pub key: SecretKey,
    pub now: Timestamp,
}

impl Verb for AddPhone {
    type Answer = Outcome;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Outcome, Failure> {
        let waiting = table::waiting_code(tx, &asked(self.session)).await?;
        let waiting = waiting.filter(|code| code.person == self.person && code.is_good(self.now));
        let Some(code) = waiting else { return Ok(Outcome::Over) };
        if !code.is_right(&self.key, &self.code) {
            let tries = count_wrong(tx, &code, self.now).await?;
            let left = TEXT_TRIES_MAX - tries;
            return Ok(if left > 0 { Outcome::Wrong(left) } else { Outcome::Over });
        }
        if !table::use_code(tx, code.id, TEXT_TRIES_MAX, self.now).await? {
            return Ok(Outcome::Over);
        }
        self.put(tx, &code).await?;
        Ok(Outcome::Added)
    }
}

impl AddPhone {
    async fn put(&self, tx: &Tx, code: &TextCode) -> Result<(), Failure> {
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        let operator = numbering::read(&code.number)?.operator;
        let mut said = table::said(tx, &code.number).await?;
        if said.is_none() && operator.proves == Proves::Code {
            let positive = Said { verdict: Verdict::Positive, source: "code".into(), at: self.now };
            table::say(tx, &code.number, &operator.id, &positive, None).await?;
            said = Some(positive);
        }
        let before = table::phone(tx, self.person).await?;
        table::end(tx, self.person, self.now).await?;
        let opens = said.as_ref().is_some_and(|said| said.verdict == Verdict::Positive);
        let was_factor = before.as_ref().is_some_and(|before| before.factor_at.is_some());
        let phone = Phone {
            id: Uuid::now_v7(),
            person: self.person,
            number: code.number.clone(),
            body: code.body,
            operator: operator.id.clone(),
            added_at: self.now,
            confirmed_at: self.now,
            factor_at: (was_factor && opens).then_some(self.now),
            said,
        };
        table::insert(tx, &phone).await?;
        if was_factor {
            session::table::end_all(tx, self.person, Some(self.session), self.now).await?;
            after_removal(tx, self.person, self.now).await?;
        }
        self.record(tx, &phone, before.as_ref()).await?;
        person.tell(tx, "phone-set", "/account/phone", self.now).await?;
        Ok(())
    }

    async fn record(&self, tx: &Tx, phone: &Phone, before: Option<&Phone>) -> Result<(), Failure> {
        let entry = Entry {
            kind: if before.is_some() { "phone.replaced" } else { "phone.added" },
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-MAIL-3.02b", "LY-MAIL-3.02f"],
            body: json!({
                "before": before.map(|before| sms::masked(&before.number)),
                "after": sms::masked(&phone.number),
                "operator": phone.operator,
                "verified": phone.verdict().map(Verdict::word),
                "body": phone.body,
            }),
            at: self.now,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// Counts a wrong code; the last one that is allowed locks it, and the log says so.
pub(crate) async fn count_wrong(tx: &Tx, code: &TextCode, now: Timestamp) -> Result<i64, Failure> {
    let tries = table::count_try(tx, code.id).await?;
    let entry = Entry {
        kind: if tries >= TEXT_TRIES_MAX { "phone.code_locked" } else { "phone.code_wrong" },
        subject: format!("person/{}", code.person),
        actor: None,
        controls: &["LY-MAIL-2.02b"],
        body: json!({ "code": code.id, "tries": tries }),
        at: now,
    };
    ledger::append(tx, entry).await?;
    Ok(tries)
}

/// The person thinks better of it.
pub(super) struct DropPhone {
    pub session: Uuid,
    pub now: Timestamp,
}

impl Verb for DropPhone {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        Ok(table::drop_codes(tx, &asked(self.session), self.now).await?)
    }
}
