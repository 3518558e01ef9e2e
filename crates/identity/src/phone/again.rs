//! VERB. A person who was asked says that the number is still theirs (LY-MAIL-3.02b). An official is asked when signing in,
//! once the number has held for long enough.

use authz::Failure;
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{COMPROMISED, MISSING, Verdict, table};
use crate::Identity;

pub(super) struct SayAgain {
    pub person: Uuid,
    pub now: Timestamp,
}

impl Verb for SayAgain {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let phone = table::phone(tx, self.person).await?.ok_or(MISSING)?;
        if phone.verdict() == Some(Verdict::Compromised) {
            return Err(COMPROMISED.into());
        }
        table::confirm(tx, phone.id, self.now).await?;
        let entry = Entry {
            kind: "phone.confirmed",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-MAIL-3.02b"],
            body: json!({ "number": sms::masked(&phone.number) }),
            at: self.now,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Identity {
    /// Whether somebody who just signed in is asked about the number first: officials whose number held for long, or is known
    /// to be in wrong hands.
    pub(crate) async fn asks_about_phone(&self, person: Uuid) -> Result<bool, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let Some(phone) = table::phone(&sql, person).await? else { return Ok(false) };
        let in_wrong_hands = matches!(phone.verdict(), Some(Verdict::Compromised | Verdict::Temporary));
        if !in_wrong_hands && !phone.is_stale(self.phone_reconfirm, now) {
            return Ok(false);
        }
        Ok(!organisations::roles_of(&sql, person, now).await?.is_empty())
    }
}
