//! VERB. What came back is noted once: the delivery is bounced, the address is counted, and after so many letters nothing is
//! sent to it and the person is told in the portal, where no letter is needed.

use clock::Timestamp;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{HARD_BOUNCES_MAX, Report, table};
use crate::{
    kind::of_account,
    notice::{Message, table as notices},
};

/// The kind of message that says that letters have stopped.
const STOPPED: &str = "mail-stopped";

pub struct TakeBounce {
    pub letter: Uuid,
    pub report: Report,
    pub now: Timestamp,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Noted,
    /// Noted, and nothing is sent to this address any more.
    Stopped,
    /// It only says that the letter is late, or was noted before.
    Nothing,
    /// No letter of this house.
    Unknown,
}

impl Verb for TakeBounce {
    type Answer = Taken;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<Taken, StoreError> {
        let told = table::of_letter(tx, self.letter).await?;
        let Some(first) = told.first() else { return Ok(Taken::Unknown) };
        if !self.report.failed || told.iter().all(|delivered| delivered.is_bounced) {
            return Ok(Taken::Nothing);
        }
        table::mark(tx, self.letter, &self.report.reason, self.now).await?;
        if !self.report.lasting || table::count(tx, &first.address, self.now).await? < HARD_BOUNCES_MAX {
            return Ok(Taken::Noted);
        }
        if table::is_stopped(tx, &first.address).await? {
            return Ok(Taken::Noted);
        }
        table::stop(tx, &first.address, self.now).await?;
        if !first.person.is_nil() {
            let subject = format!("person/{}", first.person);
            let message = Message::new(first.person, STOPPED, subject, "/account/email")
                .of_kind(of_account(STOPPED))
                .word("address", first.address.as_str());
            notices::insert(tx, Uuid::now_v7(), self.now, &message).await?;
        }
        Ok(Taken::Stopped)
    }
}

/// Letters go to an address again: its owner has just shown that they arrive.
pub async fn trust(tx: &Tx, address: &str) -> Result<(), StoreError> {
    table::forget(tx, address).await
}
