//! How people are told of policies: each kind of notice, and a message of one.

use std::sync::{Arc, LazyLock};

use notify::{Kinds, Message};
use uuid::Uuid;

/// Every kind of notice that is sent here, read once. The file is part of the program, and a test reads it.
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
