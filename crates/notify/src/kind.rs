//! What is known about each kind of notice, as data: a capability lists its kinds in a file and hands it over.
//!
//! The list decides what a person may choose. What the law requires them to be told is sent at once and cannot be
//! switched off; everything else follows their choice.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::notice::Means;

/// One kind of notice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// As in `notice-<key>-subject`.
    pub key: String,
    /// The part of the platform that sends it.
    pub module: String,
    /// The group for which a person chooses; its name is `notify-topic-<topic>`.
    pub topic: String,
    /// Does not wait for the morning: the person is at it just now, or a time limit runs.
    #[serde(default)]
    pub urgent: bool,
    /// The law asks that the person be told: at once and always.
    #[serde(default)]
    pub required: bool,
    /// Asks the person to do something; it stands under "needs you" until that is done.
    #[serde(default)]
    pub asks: bool,
    /// Comes to those who work at a desk alone, so that nobody else is asked about it.
    #[serde(default)]
    pub desk: bool,
    /// How it may travel besides the inbox.
    pub means: Vec<Means>,
}

/// All kinds of one or more capabilities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    #[serde(rename = "kind")]
    pub all: Vec<Kind>,
}

/// The kinds about a person's own account, read once. The file is part of the program, and a test reads it.
static OF_ACCOUNT: LazyLock<Kinds> =
    LazyLock::new(|| Kinds::parse(include_str!("../notices.toml")).unwrap_or_default());

/// What tells of a person's own account, whichever part of the platform sends it.
pub fn of_account(key: &str) -> Option<&'static Kind> {
    OF_ACCOUNT.find(key)
}

impl Kinds {
    /// These, and those about a person's own account, which everybody is told.
    pub fn with_account(&self) -> Kinds {
        Kinds { all: self.all.iter().chain(&OF_ACCOUNT.all).cloned().collect() }
    }

    pub fn parse(text: &str) -> Result<Kinds, toml::de::Error> {
        toml::from_str(text)
    }

    pub fn find(&self, key: &str) -> Option<&Kind> {
        self.all.iter().find(|kind| kind.key == key)
    }

    /// The groups in the order in which they are first named.
    pub fn topics(&self) -> Vec<&str> {
        let mut topics: Vec<&str> = Vec::new();
        for kind in &self.all {
            if !topics.contains(&kind.topic.as_str()) {
                topics.push(&kind.topic);
            }
        }
        topics
    }

    /// Whether anything of this group may be put off or switched off.
    pub fn is_choosable(&self, topic: &str) -> bool {
        self.all.iter().any(|kind| kind.topic == topic && !kind.required)
    }

    /// Whether any of this group may come to somebody without a desk.
    pub fn is_for_everybody(&self, topic: &str) -> bool {
        self.all.iter().any(|kind| kind.topic == topic && !kind.desk)
    }

    /// What of this group comes in any case.
    pub fn required(&self, topic: &str) -> impl Iterator<Item = &Kind> {
        self.all.iter().filter(move |kind| kind.topic == topic && kind.required)
    }
}
