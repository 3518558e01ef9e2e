//! VERB. Something is known of a number: its operator stands for it or does not, it was handed out for a while, or it is in
//! wrong hands. What stops it stops it at once, for whoever holds it, as a factor and for warnings (LY-MAIL-3.02g, 3.P.d).

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use notify::Message;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Phone, Said, Verdict, table};
use crate::{person, session};

/// No person of the bodies for which the caller answers has this number.
pub(crate) const NOT_HELD: Refusal =
    Refusal::new(Kind::Invalid, "identity.phone_not_held", &["LY-MAIL-2.02d"]);

/// Who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judge {
    /// An administrator, about people of these bodies.
    Administrator { person: Uuid, bodies: Vec<Uuid> },
    /// The platform, where a case found it out.
    Platform,
}

/// Answers how many people hold the number.
#[derive(Clone, Debug)]
pub struct JudgeNumber {
    pub judge: Judge,
    /// As on record: +218910000101
    pub number: String,
    pub verdict: Verdict,
    pub at: Timestamp,
}

impl Verb for JudgeNumber {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let holders = table::holders(tx, &self.number).await?;
        if !self.is_theirs_to_judge(tx, &holders).await? {
            return Err(NOT_HELD.with_item("phone", "phone_not_held", "").into());
        }
        let operator = holders.first().map(|phone| phone.operator.clone()).unwrap_or_default();
        let said = Said { verdict: self.verdict, source: "officer".into(), at: self.at };
        table::say(tx, &self.number, &operator, &said, self.by()).await?;
        if self.verdict != Verdict::Positive {
            table::void_codes(tx, &self.number, self.at).await?;
        }
        for phone in &holders {
            self.carry_out(tx, phone).await?;
        }
        Ok(holders.len())
    }
}

impl JudgeNumber {
    fn by(&self) -> Option<Uuid> {
        match &self.judge {
            Judge::Administrator { person, .. } => Some(*person),
            Judge::Platform => None,
        }
    }

    async fn is_theirs_to_judge(&self, tx: &Tx, holders: &[Phone]) -> Result<bool, Failure> {
        let Judge::Administrator { bodies, .. } = &self.judge else { return Ok(true) };
        for phone in holders {
            let held = organisations::roles_of(tx, phone.person, self.at).await?;
            if held.iter().any(|role| bodies.contains(&role.body)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn carry_out(&self, tx: &Tx, phone: &Phone) -> Result<(), Failure> {
        let entry = Entry {
            kind: "phone.judged",
            subject: format!("person/{}", phone.person),
            actor: self.by(),
            controls: &["LY-MAIL-2.02d", "LY-MAIL-3.02g", "LY-MAIL-3.P.d"],
            body: json!({
                "number": sms::masked(&phone.number),
                "operator": phone.operator,
                "result": self.verdict.word(),
                "was_factor": phone.factor_at.is_some(),
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        match self.verdict {
            Verdict::Positive => Ok(()),
            Verdict::Negative | Verdict::Temporary => self.tell(tx, phone).await,
            Verdict::Compromised => {
                // Whoever has the number may be signed in with it.
                session::table::end_all(tx, phone.person, None, self.at).await?;
                self.tell(tx, phone).await
            }
        }
    }

    /// The holder, and those who administer the bodies at which the holder works.
    async fn tell(&self, tx: &Tx, phone: &Phone) -> Result<(), Failure> {
        let holder = person::table::person(tx, phone.person).await?.ok_or(Refusal::not_found())?;
        holder.tell(tx, "phone-stopped", "/account/phone", self.at).await?;
        let held = organisations::roles_of(tx, phone.person, self.at).await?;
        let mut told = vec![holder.id];
        for body in held.iter().map(|role| role.body) {
            for administrator in organisations::people_with(tx, "administrator", body, self.at).await? {
                if told.contains(&administrator) {
                    continue;
                }
                told.push(administrator);
                let key = "phone-stopped-of-staff";
                let message = Message::new(administrator, key, format!("person/{}", holder.id), "/numbers")
                    .text("name", &holder.name)
                    .of_kind(notify::of_account(key));
                person::tell::tell(tx, message, self.at).await?;
            }
        }
        Ok(())
    }
}
