//! The letter itself: a subject, a sentence, a link. What a notice says in full stays in the portal, because
//! nobody knows who reads a mailbox.

use std::time::{Duration, SystemTime};

use clock::Timestamp;
use language::{Digits, Texts};
use lettre::{
    Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::MailConfig;
use crate::notice::{Notice, Reading, Words, table::Route};

/// Composes the letter, or says in words why it can never be sent.
pub(super) fn compose(
    notice: &Notice,
    route: &Route,
    config: &MailConfig,
    texts: &Texts,
    now: Timestamp,
) -> Result<Message, String> {
    let lang = route.language;
    let to = route.address.parse().map_err(|_| "the person's e-mail address is not one".to_owned())?;
    let sender = config.sender(lang).ok_or("the office's e-mail address is not one")?;
    let domain = sender.email.domain().to_owned();
    let words = Words::of(notice, Reading { texts, lang, digits: Digits::Latin, offset: config.offset });
    Message::builder()
        .from(sender)
        .to(Mailbox::new(None, to))
        .subject(words.subject_line())
        .date(SystemTime::UNIX_EPOCH + Duration::from_micros(now.0.max(0) as u64))
        .message_id(Some(format!("<{}@{domain}>", notice.id)))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", lang.code()))
        .header(ContentType::TEXT_PLAIN)
        .body(body(notice, config, texts, lang))
        .map_err(|error| format!("the letter cannot be composed: {error}"))
}

fn body(notice: &Notice, config: &MailConfig, texts: &Texts, lang: language::Lang) -> String {
    let office = config.name.get(lang);
    let sentence = texts.say(lang, "notify-mail-sentence", &[("office", office.into())]);
    format!("{sentence}\r\n\r\n{}/inbox/{}\r\n", config.public_address, notice.id)
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
