//! A notice: something that happened and that a person is told. Pure: no SQL, no waiting.

pub(crate) mod send;
pub(crate) mod table;
mod words;

use clock::Timestamp;
use language::{Lang, Text};
use uuid::Uuid;

use crate::kind::Kind;

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
    pub handling: Handling,
}

/// What the kind of a message says about its way; see [`crate::Kind`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handling {
    pub topic: String,
    pub urgent: bool,
    pub required: bool,
    pub asks: bool,
}

impl Handling {
    pub fn of(kind: &Kind) -> Handling {
        let Kind { urgent, required, asks, .. } = *kind;
        Handling { topic: kind.topic.clone(), urgent, required, asks }
    }
}

impl Default for Handling {
    /// A message of no known kind comes at once: better one letter too many than something not told.
    fn default() -> Handling {
        Handling { topic: String::new(), urgent: false, required: true, asks: false }
    }
}

impl Message {
    pub fn new(to: Uuid, key: &'static str, subject: impl Into<String>, link: impl Into<String>) -> Message {
        let (link, subject) = (link.into(), subject.into());
        Message { to, key, args: Vec::new(), link, subject, handling: Handling::default() }
    }

    /// Handles the message as its kind asks.
    pub fn of_kind(mut self, kind: Option<&Kind>) -> Message {
        self.handling = kind.map(Handling::of).unwrap_or_default();
        self
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
    pub archived_at: Option<Timestamp>,
    /// The person is asked to do something and has not done it yet.
    pub asks: bool,
}

/// How a notice travels besides the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    /// Not handed over yet; where a time is given it waits for the end of the quiet hours.
    Queued,
    /// Waits for the letter of the day.
    Digest,
    /// Handed over to the next server or network; the reason is what that answered.
    Sent,
    /// The last try failed; the reason says why, and it is tried again at the time given.
    Delayed,
    /// The other side will never take it: there is no such mailbox, or it does not want the letter.
    Bounced,
    /// Given up; the reason says why.
    Failed,
    /// Not sent: letters to this address came back too often.
    Stopped,
    /// The person chose to read this in the inbox alone.
    Off,
    /// There is no address, or this installation has no way of sending by this means.
    NoMeans,
}

impl DeliveryState {
    pub const ALL: [DeliveryState; 9] = [
        DeliveryState::Queued,
        DeliveryState::Digest,
        DeliveryState::Sent,
        DeliveryState::Delayed,
        DeliveryState::Bounced,
        DeliveryState::Failed,
        DeliveryState::Stopped,
        DeliveryState::Off,
        DeliveryState::NoMeans,
    ];

    pub fn code(self) -> &'static str {
        match self {
            DeliveryState::Queued => "queued",
            DeliveryState::Digest => "digest",
            DeliveryState::Sent => "sent",
            DeliveryState::Delayed => "delayed",
            DeliveryState::Bounced => "bounced",
            DeliveryState::Failed => "failed",
            DeliveryState::Stopped => "stopped",
            DeliveryState::Off => "off",
            DeliveryState::NoMeans => "no_means",
        }
    }

    pub fn named(code: &str) -> Option<DeliveryState> {
        DeliveryState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a person may order another try: it did not arrive, and nothing will happen by itself before long.
    pub fn may_be_retried(self) -> bool {
        matches!(self, DeliveryState::Delayed | DeliveryState::Bounced | DeliveryState::Failed)
    }

    /// The signal of the tag that shows it.
    pub fn signal(self) -> &'static str {
        match self {
            DeliveryState::Sent => "done",
            DeliveryState::Queued | DeliveryState::Digest | DeliveryState::Delayed => "waiting",
            DeliveryState::Bounced | DeliveryState::Failed | DeliveryState::Stopped => "refused",
            DeliveryState::Off | DeliveryState::NoMeans => "",
        }
    }
}

/// One delivery of one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub notice: Uuid,
    pub means: Means,
    pub state: DeliveryState,
    /// Where it went.
    pub address: String,
    /// Since when it stands so.
    pub at: Timestamp,
    pub reason: Option<String>,
    /// When it is tried next, or sent at all.
    pub retry_at: Option<Timestamp>,
}

impl Delivery {
    /// The message that says how it stands.
    pub fn key(&self) -> String {
        format!("notify-{}-{}", self.means.code(), self.state.code().replace('_', "-"))
    }
}
