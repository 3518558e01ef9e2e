//! How an applicant is told of what happened to a request: by the inbox always, by e-mail when there is one.

use authz::Failure;
use clock::Timestamp;
use language::Text;
use notify::{Address, Message};
use store::Tx;

use crate::{entry::Entry, request::Request};

/// What a message to this applicant needs, looked up before the transaction.
#[derive(Clone, Debug)]
pub struct Telling {
    address: Option<Address>,
    service: Text,
}

impl Telling {
    pub fn of(person: &identity::Person, entry: &Entry) -> Telling {
        let address = Address { email: person.email.clone(), language: person.language };
        Telling { address: (!person.email.is_empty()).then_some(address), service: entry.card.name.clone() }
    }

    /// A message about this request, to be filled further.
    pub(crate) fn message(&self, request: &Request, key: &'static str) -> Message {
        Message::new(request.applicant, key, request.subject(), format!("/requests/{}", request.number))
            .word("number", request.number.as_str())
            .text("service", &self.service)
    }

    /// Queues it in the verb's own transaction (LY-SVC-16.3a, 18.1a, 18.1b).
    pub(crate) async fn tell(&self, tx: &Tx, message: Message, now: Timestamp) -> Result<(), Failure> {
        Ok(notify::send(tx, now, message, self.address.clone()).await?)
    }
}
