//! What touches a person's account is told to that person, in the inbox and at the address for letters.

use clock::Timestamp;
use notify::{Address, Message};
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
        let address = Address { email: self.email.clone(), language: self.language };
        let address = (!self.email.is_empty()).then_some(address);
        notify::send(tx, at, message, address).await.map(drop)
    }
}
