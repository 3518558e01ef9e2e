//! The number by which a person is warned and proves who they are: one at a time, of the country, lasting, and known to its
//! operator. It serves the second factor and warnings about safety, and nothing else (LY-MAIL-2.02, 3.02).

pub(crate) mod add;
pub(crate) mod again;
pub(crate) mod code;
pub(crate) mod desk;
pub(crate) mod enrol;
pub(crate) mod judge;
pub(crate) mod numbering;
pub(crate) mod page;
pub(crate) mod record;
pub(crate) mod remove;
pub(crate) mod send_code;
pub(crate) mod table;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::time::Duration;

use authz::{Kind, Refusal};
use clock::{DAY, Timestamp};
use store::{Sql, StoreError};
use uuid::Uuid;

use self::numbering::Operator;
use crate::Person;

/// How long a number holds before its person is asked whether it is still theirs, where nothing else is set.
pub const PHONE_RECONFIRM: Duration = DAY.saturating_mul(365);

pub(crate) const NOT_VERIFIED: Refusal =
    Refusal::new(Kind::Invalid, "identity.phone_not_verified", &["LY-MAIL-2.02d"]);
pub(crate) const TEMPORARY: Refusal =
    Refusal::new(Kind::Invalid, "identity.phone_temporary", &["LY-MAIL-3.02g"]);
pub(crate) const COMPROMISED: Refusal =
    Refusal::new(Kind::NotAllowed, "identity.phone_compromised", &["LY-MAIL-3.P.d"]);
/// There is no number on record.
pub(crate) const MISSING: Refusal =
    Refusal::new(Kind::Conflict, "identity.phone_missing", &["LY-MAIL-3.02b"]);

/// What a registered number may be used for. The list is closed (LY-MAIL-3.02c).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhonePurpose {
    SecondFactor,
    SecurityAlert,
}

impl PhonePurpose {
    pub fn word(self) -> &'static str {
        match self {
            PhonePurpose::SecondFactor => "second_factor",
            PhonePurpose::SecurityAlert => "security_alert",
        }
    }
}

/// What is known of a number, whoever holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its operator stands for it.
    Positive,
    /// Its operator does not know it, or knows another holder.
    Negative,
    /// Handed out for a while, or of no phone at all.
    Temporary,
    /// Hacked, tampered with or made public.
    Compromised,
}

impl Verdict {
    pub const ALL: [Verdict; 4] =
        [Verdict::Positive, Verdict::Negative, Verdict::Temporary, Verdict::Compromised];

    pub fn word(self) -> &'static str {
        match self {
            Verdict::Positive => "positive",
            Verdict::Negative => "negative",
            Verdict::Temporary => "temporary",
            Verdict::Compromised => "compromised",
        }
    }

    pub fn named(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// What stands in the way of this number, if anything.
    pub(crate) fn refusal(found: Option<Verdict>) -> Option<Refusal> {
        match found {
            Some(Verdict::Positive) => None,
            Some(Verdict::Temporary) => Some(TEMPORARY),
            Some(Verdict::Compromised) => Some(COMPROMISED),
            Some(Verdict::Negative) | None => Some(NOT_VERIFIED),
        }
    }
}

/// The last word about a number, from whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub verdict: Verdict,
    /// `code` or `officer`.
    pub source: String,
    pub at: Timestamp,
}

/// A number on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    pub id: Uuid,
    pub person: Uuid,
    pub number: String,
    /// The public body that owns it; the person's own where there is none.
    pub body: Option<Uuid>,
    /// Of the numbering plan.
    pub operator: String,
    pub added_at: Timestamp,
    pub confirmed_at: Timestamp,
    pub factor_at: Option<Timestamp>,
    pub said: Option<Said>,
}

impl Phone {
    pub fn verdict(&self) -> Option<Verdict> {
        self.said.as_ref().map(|said| said.verdict)
    }

    /// What it serves at present.
    pub fn purposes(&self) -> Vec<PhonePurpose> {
        let may_warn = !matches!(self.verdict(), Some(Verdict::Temporary | Verdict::Compromised));
        let opens = self.factor_at.is_some() && self.verdict() == Some(Verdict::Positive);
        let factor = opens.then_some(PhonePurpose::SecondFactor);
        factor.into_iter().chain(may_warn.then_some(PhonePurpose::SecurityAlert)).collect()
    }

    pub(crate) fn operator(&self) -> Option<&'static Operator> {
        numbering::operator(&self.operator)
    }

    /// Whether its person is to be asked whether it is still theirs (LY-MAIL-3.02b).
    pub fn is_stale(&self, holds: Duration, now: Timestamp) -> bool {
        self.confirmed_at + holds <= now
    }
}

/// Where warnings about an account go: to the number on record while it may warn, to that of the register where none is on
/// record, and nowhere when that one is known to be temporary or in wrong hands (LY-MAIL-3.07b, 3.P.d).
pub(crate) async fn warned_at(sql: &impl Sql, person: &Person) -> Result<Option<String>, StoreError> {
    if let Some(phone) = table::phone(sql, person.id).await? {
        let may_warn = phone.purposes().contains(&PhonePurpose::SecurityAlert);
        return Ok(may_warn.then_some(phone.number));
    }
    let said = table::said(sql, &person.phone).await?.map(|said| said.verdict);
    let may_warn = !matches!(said, Some(Verdict::Temporary | Verdict::Compromised));
    Ok(Some(person.phone.clone()).filter(|phone| may_warn && !phone.is_empty()))
}
