//! VERB. A code is ordered to a phone. How often is limited by number and by person, so that nobody floods a phone or spends
//! the state's money.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use jobs::Job;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    COMPROMISED, MISSING, PhonePurpose, Verdict,
    code::{TEXT_CODE_LIFE, TEXT_CODES_PER_NUMBER_MAX, TEXT_CODES_PER_PERSON_MAX, TEXT_WINDOW, TextCode},
    table,
    text::TEXT_CODE_JOB,
};
use super::{add::count_wrong, page::standing};
use crate::{Identity, proof::Proof, security_key::challenge::Asked};

const TOO_OFTEN: Refusal = Refusal::new(Kind::TooMany, "identity.phone_codes_too_many", &["LY-MAIL-2.02b"]);
pub(crate) const NO_MEANS: Refusal = Refusal::new(Kind::Unavailable, "identity.phone_no_means", &[]);

/// To the number on record, for a second factor.
pub(crate) struct SendCode {
    pub person: Uuid,
    pub asked: Asked,
    pub now: Timestamp,
}

impl Verb for SendCode {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let phone = table::phone(tx, self.person).await?.filter(|phone| phone.factor_at.is_some());
        let phone = phone.ok_or(MISSING)?;
        if let Some(refusal) = Verdict::refusal(phone.verdict()) {
            return Err(refusal.into());
        }
        order(tx, (self.person, &phone.number, None), &self.asked, self.now).await
    }
}

/// Wrong ones are counted where they stay, so that a refusal does not undo it.
struct NoteWrong {
    code: TextCode,
    now: Timestamp,
}

impl Verb for NoteWrong {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        count_wrong(tx, &self.code, self.now).await.map(drop)
    }
}

impl Identity {
    pub(crate) async fn send_text(&self, person: Uuid, asked: Asked) -> Result<(), Failure> {
        self.write(SendCode { person, asked, now: self.clock.now() }).await
    }

    /// The proof in a code that was sent to the phone.
    pub(crate) async fn proof_by_phone(
        &self,
        person: Uuid,
        typed: &str,
        asked: &Asked,
    ) -> Result<Option<Proof>, Failure> {
        let now = self.clock.now();
        let waiting = table::waiting_code(&self.store.read(), asked).await?;
        let waiting = waiting.filter(|code| code.person == person && code.is_good(now));
        let Some(code) = waiting else { return Ok(None) };
        if code.is_right(&self.key, typed) {
            return Ok(Some(Proof::Phone { code: code.id }));
        }
        self.write(NoteWrong { code, now }).await?;
        Ok(None)
    }

    /// How far the code that waits in this place has come, by the key of its text.
    pub(crate) async fn code_sent(&self, asked: &Asked) -> Result<Option<&'static str>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let code = table::waiting_code(&sql, asked).await?.filter(|code| code.is_good(now));
        let Some(code) = code else { return Ok(None) };
        let message = sms::message(&sql, &code.reference()).await?;
        Ok(Some(standing(message.map_or(sms::Standing::Waiting, |message| message.standing()))))
    }
}

/// Orders a code to a number of somebody, on the part of somebody.
pub(super) async fn order(
    tx: &Tx,
    (person, number, body): (Uuid, &str, Option<Uuid>),
    asked: &Asked,
    now: Timestamp,
) -> Result<(), Failure> {
    if !notify::can_send_sms(tx).await? {
        return Err(NO_MEANS.into());
    }
    if table::said(tx, number).await?.is_some_and(|said| said.verdict == Verdict::Compromised) {
        return Err(COMPROMISED.with_item("phone", "phone_compromised", "").into());
    }
    let (by_person, to_number) =
        table::asked_since(tx, person, number, asked.purpose, now - TEXT_WINDOW).await?;
    if by_person >= TEXT_CODES_PER_PERSON_MAX || to_number >= TEXT_CODES_PER_NUMBER_MAX {
        return Err(TOO_OFTEN.into());
    }
    let code = TextCode {
        id: Uuid::now_v7(),
        person,
        number: number.to_owned(),
        body,
        tries: 0,
        expires_at: now + TEXT_CODE_LIFE,
        is_open: true,
    };
    table::put_code(tx, &code, asked, now).await?;
    let entry = Entry {
        kind: "phone.code_ordered",
        subject: format!("person/{person}"),
        actor: Some(person),
        controls: &["LY-MAIL-2.02b", "LY-MAIL-3.02c"],
        // Who sends, for what, and to which number, as far as the log may tell it.
        body: json!({
            "code": code.id,
            "sender": "identity",
            "purpose": PhonePurpose::SecondFactor.word(),
            "for": asked.purpose.word(),
            "number": sms::masked(number),
        }),
        at: now,
    };
    ledger::append(tx, entry).await?;
    let payload = json!({ "code": code.id });
    jobs::enqueue(tx, Job { kind: TEXT_CODE_JOB, key: code.id.to_string(), payload, run_at: now }).await?;
    Ok(())
}
