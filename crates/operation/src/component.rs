//! A part that is watched: its state, what is said of it, and when it was looked at last. Pure.

pub(crate) mod look;
pub(crate) mod table;
pub(crate) mod watch;

use std::{collections::BTreeMap, time::Duration};

use clock::Timestamp;
use language::{Digits, Lang, Texts};
use serde::Serialize;

/// How a part does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Ok,
    /// Works, and somebody should know something.
    Warn,
    Fail,
    /// Is not set up here.
    Off,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
            State::Off => "off",
        }
    }

    pub(crate) fn named(word: &str) -> State {
        match word {
            "ok" => State::Ok,
            "warn" => State::Warn,
            "off" => State::Off,
            _ => State::Fail,
        }
    }

    /// What needs somebody comes first.
    pub(crate) fn urgency(self) -> u8 {
        match self {
            State::Fail => 0,
            State::Warn => 1,
            State::Off => 2,
            State::Ok => 3,
        }
    }

    /// The signal of the tag that shows it.
    pub(crate) fn signal(self) -> &'static str {
        match self {
            State::Ok => "done",
            State::Warn => "waiting",
            State::Fail => "refused",
            State::Off => "",
        }
    }
}

/// What is said of a part: the text `operation-<word>` with its numbers, in either language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub word: String,
    pub args: BTreeMap<String, i64>,
}

impl Said {
    pub fn new(word: &str) -> Said {
        Said { word: word.to_owned(), args: BTreeMap::new() }
    }

    pub fn with(mut self, name: &str, number: impl TryInto<i64>) -> Said {
        self.args.insert(name.to_owned(), number.try_into().unwrap_or(i64::MAX));
        self
    }

    pub(crate) fn args_text(&self) -> String {
        serde_json::to_string(&self.args).unwrap_or_default()
    }

    /// The sentence; what to do about it is the text `operation-<word>-do`, where there is one. A number whose name ends in
    /// its unit is said as people say it: `age_seconds` is `$age`, `free_bytes` is `$free`.
    pub fn sentence(&self, texts: &Texts, lang: Lang) -> String {
        let args = self.args.iter().map(|(name, number)| said(lang, name, *number));
        let args: Vec<(&str, language::Value<'_>)> = args.collect();
        texts.say(lang, &format!("operation-{}", self.word), &args)
    }

    pub fn advice(&self, texts: &Texts, lang: Lang) -> Option<String> {
        let key = format!("operation-{}-do", self.word);
        texts.has(lang, &key).then(|| texts.say(lang, &key, &[]))
    }
}

fn said(lang: Lang, name: &str, number: i64) -> (&str, language::Value<'static>) {
    let size = number.unsigned_abs();
    if let Some(name) = name.strip_suffix("_seconds") {
        return (name, language::span(Duration::from_secs(size), lang, Digits::Latin).into());
    }
    match name.strip_suffix("_bytes") {
        Some(name) => (name, language::size(size, lang, Digits::Latin).into()),
        None => (name, number.into()),
    }
}

/// What one look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub component: String,
    pub state: State,
    pub said: Said,
}

impl Finding {
    pub fn new(component: &str, state: State, said: Said) -> Finding {
        Finding { component: component.to_owned(), state, said }
    }
}

/// The text with the name of a component; nodes share one.
pub fn key(component: &str) -> String {
    let kind = component.split_once('/').map_or(component, |(kind, _)| kind);
    format!("operation-component-{}", kind.replace('_', "-"))
}

/// A component as it was seen last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Component {
    pub name: String,
    pub state: State,
    pub said: Said,
    pub checked_at: Timestamp,
    /// Since when it has been in this state.
    pub since: Timestamp,
}

/// A process that serves, as it was heard last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub id: uuid::Uuid,
    pub role: String,
    pub started_at: Timestamp,
    pub beat_at: Timestamp,
}

/// A time in which nobody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub from: Timestamp,
    pub until: Timestamp,
}
