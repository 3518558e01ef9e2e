//! How people are told of what concerns them here: by the inbox always, by e-mail when there is one.

use std::sync::{Arc, LazyLock};

use authz::Failure;
use clock::Timestamp;
use notify::{Kinds, Message};
use store::Tx;
use uuid::Uuid;

/// Every kind of notice that compliance sends, read once. The file is part of the program, and a test reads it.
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

/// Into each one's inbox, and by e-mail when there is an address, in the verb's own transaction.
pub async fn tell(
    tx: &Tx,
    people: &[Uuid],
    at: Timestamp,
    message: impl Fn(Uuid) -> Message,
) -> Result<(), Failure> {
    for somebody in people {
        identity::tell(tx, message(*somebody), at).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A kind without a line in `notices.toml` could not be chosen, and one without words could not be read.
    #[test]
    fn every_notice_has_its_line_and_its_words() {
        let kinds = Kinds::parse(include_str!("../notices.toml")).expect("notices.toml can be read");
        let texts = language::Texts::assemble(&[crate::LOCALE]).expect("the texts can be read");
        let keys = texts.keys();
        let subjects: BTreeSet<&str> =
            keys.iter().filter_map(|key| key.strip_prefix("notice-")?.strip_suffix("-subject")).collect();
        let listed: BTreeSet<&str> = kinds.all.iter().map(|kind| kind.key.as_str()).collect();
        assert_eq!(listed, subjects);
        for kind in &kinds.all {
            for word in ["body", "name"] {
                assert!(keys.contains(format!("notice-{}-{word}", kind.key).as_str()), "{} {word}", kind.key);
            }
        }
    }
}
