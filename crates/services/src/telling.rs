//! How an applicant is told of what happened to a request: by the inbox always, by e-mail when there is one.

use std::sync::{Arc, LazyLock};

use authz::{Failure, Refusal};
use clock::Timestamp;
use language::{Lang, Text};
use notify::{Address, Kinds, Message};
use store::Tx;
use uuid::Uuid;

use crate::{Services, entry::Entry, request::Request};

/// Every kind of notice that this capability sends, read once. The file is part of the program, and a test reads it.
static KINDS: LazyLock<Arc<Kinds>> =
    LazyLock::new(|| Arc::new(Kinds::parse(include_str!("../notices.toml")).unwrap_or_default()));

/// The kinds, for whoever shows what a person may choose.
pub fn kinds() -> Arc<Kinds> {
    KINDS.clone()
}

/// A message of one of these kinds.
pub(crate) fn message(to: Uuid, key: &'static str, subject: String, link: String) -> Message {
    Message::new(to, key, subject, link).of_kind(KINDS.find(key))
}

/// What a message to this applicant needs, looked up before the transaction.
#[derive(Clone, Debug)]
pub struct Telling {
    address: Option<Address>,
    language: Lang,
    service: Text,
}

impl Telling {
    pub fn of(person: &identity::Person, entry: &Entry) -> Telling {
        Telling { address: person.address(), language: person.language, service: entry.card.name.clone() }
    }

    /// A message about this request, to be filled further.
    pub(crate) fn message(&self, request: &Request, key: &'static str) -> Message {
        message(request.applicant, key, request.subject(), format!("/requests/{}", request.number))
            .word("number", request.number.as_str())
            .text("service", &self.service)
    }

    /// Queues it in the verb's own transaction (LY-SVC-16.3a, 18.1a, 18.1b).
    pub(crate) async fn tell(&self, tx: &Tx, message: Message, now: Timestamp) -> Result<(), Failure> {
        notify::send(tx, now, message, self.address.clone()).await?;
        Ok(())
    }

    /// The same, to the address that was given on the request, where one was (LY-SVC-18.1b).
    pub(crate) fn at(self, email: Option<String>) -> Telling {
        let Some(email) = email.filter(|email| !email.is_empty()) else { return self };
        Telling { address: Some(Address { email, language: self.language }), ..self }
    }
}

impl Services {
    /// How the applicant of a request is reached, and what the service is called to them.
    pub(crate) async fn telling_of(&self, request: &Request) -> Result<Telling, Failure> {
        let entry = self.entry_of(request).await?;
        let applicant = identity::person(&self.store.read(), request.applicant).await?;
        Ok(Telling::of(&applicant.ok_or_else(Refusal::not_found)?, &entry))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use language::Texts;

    use super::*;

    /// A kind without a line in `notices.toml` could not be chosen, and one without words could not be read.
    #[test]
    fn every_notice_has_its_line_and_its_words() {
        let kinds = Kinds::parse(include_str!("../notices.toml")).expect("notices.toml can be read");
        let texts = Texts::assemble(&[crate::LOCALE]).expect("the texts can be read");
        let subjects: BTreeSet<String> = texts
            .keys()
            .into_iter()
            .filter_map(|key| key.strip_prefix("notice-")?.strip_suffix("-subject").map(str::to_owned))
            .collect();
        let listed: BTreeSet<String> = kinds.all.iter().map(|kind| kind.key.clone()).collect();
        assert_eq!(
            listed, subjects,
            "add the kind to crates/services/notices.toml, and its words to a locale"
        );
        for kind in &kinds.all {
            for key in [
                format!("notice-{}-body", kind.key),
                format!("notice-{}-name", kind.key),
                format!("notify-topic-{}", kind.topic),
                format!("notify-topic-{}-text", kind.topic),
            ] {
                assert!(texts.keys().contains(key.as_str()), "{key} has no words");
            }
        }
    }
}
