//! VERB. A person chooses how to be told, or a worker says what it can send by.

use clock::Timestamp;
use rand::RngExt;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Choice, Mode, table};
use crate::notice::Means;

/// Sets everything that a person can choose.
pub(crate) struct Choose {
    pub(crate) person: Uuid,
    pub(crate) choice: Choice,
    pub(crate) now: Timestamp,
}

impl Verb for Choose {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::choose(tx, self.person, &self.choice, &new_code(), self.now).await
    }
}

/// Switches one kind group off, by the link in a letter.
pub(crate) struct Leave {
    pub(crate) person: Uuid,
    pub(crate) topic: String,
    pub(crate) now: Timestamp,
}

impl Verb for Leave {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let mut choice = table::choice(tx, self.person).await?.unwrap_or_default();
        choice.modes.insert(self.topic.clone(), Mode::Off);
        table::choose(tx, self.person, &choice, &new_code(), self.now).await
    }
}

/// Gives a person who never chose anything a code of her own; answers the one that counts.
pub(crate) struct OpenLeave {
    pub(crate) person: Uuid,
    pub(crate) now: Timestamp,
}

impl Verb for OpenLeave {
    type Answer = String;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<String, StoreError> {
        if let Some(code) = table::leave_code(tx, self.person).await? {
            return Ok(code);
        }
        let code = new_code();
        table::choose(tx, self.person, &Choice::default(), &code, self.now).await?;
        Ok(code)
    }
}

/// A worker starts and says whether it has a mail server: without one no letter is ordered, and each delivery says so.
pub struct Announce {
    pub email: bool,
    pub now: Timestamp,
}

impl Verb for Announce {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::announce(tx, Means::Email, self.email, self.now).await
    }
}

/// The same about text messages: without a gateway no code is promised.
pub struct AnnounceSms {
    pub ready: bool,
    pub now: Timestamp,
}

impl Verb for AnnounceSms {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::announce(tx, Means::Sms, self.ready, self.now).await
    }
}

/// 128 bits that nobody guesses.
fn new_code() -> String {
    hex::encode(rand::rng().random::<[u8; 16]>())
}
