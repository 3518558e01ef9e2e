//! A notice: something that happened and that a person is told. Pure: no SQL, no waiting.

pub(crate) mod send;
pub(crate) mod table;
mod words;

use clock::Timestamp;
use language::{Lang, Text};
use uuid::Uuid;

pub use words::Words;
pub(crate) use words::{Reading, one_line};

/// What a verb wants to say. The texts are `notice-<key>-subject` and `notice-<key>-body` of the caller's locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The person who is told.
    pub to: Uuid,
    pub key: &'static str,
    /// Arguments of the texts. The end of a name says what a value is: `_ar` and `_en` are the two halves of a
    /// text, `_at` is a moment in microseconds, `_on` such a moment of which only the day is said, `_count` a
    /// whole number; the text knows them by the name without `_ar`/`_en`, otherwise by the full name.
    pub args: Vec<(String, String)>,
    /// Where the notice leads: a path of this portal.
    pub link: String,
    /// What it is about: `request/26-000123`.
    pub subject: String,
}

impl Message {
    pub fn new(to: Uuid, key: &'static str, subject: impl Into<String>, link: impl Into<String>) -> Message {
        Message { to, key, args: Vec::new(), link: link.into(), subject: subject.into() }
    }

    /// A name, a number of a file, a word: said as it is in both languages.
    pub fn word(mut self, name: &str, value: impl Into<String>) -> Message {
        self.args.push((name.to_owned(), value.into()));
        self
    }

    /// A text that exists in both languages, known to the message as `name`.
    pub fn text(self, name: &str, text: &Text) -> Message {
        self.word(&format!("{name}_ar"), text.get(Lang::Ar)).word(&format!("{name}_en"), text.get(Lang::En))
    }

    /// A moment; `name` ends in `_at` (day and time) or `_on` (day).
    pub fn moment(self, name: &str, at: Timestamp) -> Message {
        self.word(name, at.0.to_string())
    }
}

/// Where a person is reached outside the portal, and in which language she is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub email: String,
    pub language: Lang,
}

/// A message as it lies in an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: Uuid,
    pub person: Uuid,
    pub key: String,
    pub args: Vec<(String, String)>,
    pub link: String,
    pub subject: String,
    pub sent_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

/// How a notice travels besides the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Means {
    Email,
    Sms,
}

impl Means {
    pub fn code(self) -> &'static str {
        match self {
            Means::Email => "email",
            Means::Sms => "sms",
        }
    }
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Not handed over yet; a reason says why the last try failed.
    Queued,
    /// Handed over to the next server or network.
    Sent,
    /// Given up; the reason says why.
    Failed,
    /// There is no address, or this installation has no way of sending by this means.
    NoMeans,
}

impl DeliveryState {
    pub fn code(self) -> &'static str {
        match self {
            DeliveryState::Queued => "queued",
            DeliveryState::Sent => "sent",
            DeliveryState::Failed => "failed",
            DeliveryState::NoMeans => "no_means",
        }
    }
}

/// One delivery of one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub notice: Uuid,
    pub means: Means,
    pub state: DeliveryState,
    /// Since when it stands so.
    pub at: Timestamp,
    pub reason: Option<String>,
}

impl Delivery {
    /// The message that says how it stands.
    pub(crate) fn key(&self) -> &'static str {
        match (self.means, self.state) {
            (Means::Email, DeliveryState::Queued) => "notify-email-queued",
            (Means::Email, DeliveryState::Sent) => "notify-email-sent",
            (Means::Email, DeliveryState::Failed) => "notify-email-failed",
            (Means::Email, DeliveryState::NoMeans) => "notify-email-no-means",
            (Means::Sms, DeliveryState::Queued) => "notify-sms-queued",
            (Means::Sms, DeliveryState::Sent) => "notify-sms-sent",
            (Means::Sms, DeliveryState::Failed) => "notify-sms-failed",
            (Means::Sms, DeliveryState::NoMeans) => "notify-sms-no-means",
        }
    }
}
