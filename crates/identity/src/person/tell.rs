//! What touches a person's account is told to that person, in the inbox and at the address for letters.

use clock::Timestamp;
use notify::Message;
use store::{StoreError, Tx};

use super::Person;

impl Person {
    /// Queues it in the transaction of what happened. `link` is where the person can do something about it.
    pub(crate) async fn tell(
        &self,
        tx: &Tx,
        key: &'static str,
        link: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let message =
            Message::new(self.id, key, format!("person/{}", self.id), link).of_kind(notify::of_account(key));
        notify::send(tx, at, message, self.address()).await.map(drop)
    }
}

/// Into a person's inbox, and by e-mail when there is an address, in the transaction of what happened.
pub async fn tell(tx: &Tx, message: Message, at: Timestamp) -> Result<(), StoreError> {
    let address = super::table::person(tx, message.to).await?.and_then(|person| person.address());
    notify::send(tx, at, message, address).await.map(drop)
}
