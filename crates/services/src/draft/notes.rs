//! What a draft remembers beside its answers, so that nothing that was typed is lost without a word: what another device
//! answered, what a new version of the form no longer asks, and from which version it was moved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Draft;
use crate::{entry::Entry, form::key_of};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// The revision in which each answer last changed.
    touched: BTreeMap<String, i64>,
    /// Answers that gave way to a newer one from another device.
    pub others: BTreeMap<String, Other>,
    /// Answers that a register gave, as it gave them.
    pub sources: BTreeMap<String, Value>,
    /// Answers to what is no longer asked.
    pub left: Map<String, Value>,
    /// The version in which it was begun, until the person has read what changed.
    pub moved_from: Option<i64>,
}

/// An answer that was given on another device, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Other {
    pub value: Value,
    /// Microseconds since 1970.
    pub at: i64,
}

impl Draft {
    /// Takes over answers, newest first. What changed after `seen` on another device is kept beside the newer answer.
    pub fn take(&mut self, keys: &[String], newer: &Map<String, Value>, seen: Option<i64>) {
        let mut moved = false;
        for key in keys {
            let (before, after) = (self.answers.get(key).cloned(), newer.get(key).cloned());
            if before == after {
                continue;
            }
            let unseen = seen.is_some_and(|seen| self.notes.touched.get(key).is_some_and(|at| *at > seen));
            if let (true, Some(value)) = (unseen, before) {
                self.notes.others.insert(key.clone(), Other { value, at: self.saved_at.0 });
            }
            match after {
                Some(value) => drop(self.answers.insert(key.clone(), value)),
                None => drop(self.answers.shift_remove(key)),
            }
            self.notes.touched.insert(key.clone(), self.revision + 1);
            moved = true;
        }
        self.revision += i64::from(moved);
    }

    /// Takes the other device's answer instead, or leaves it.
    pub fn settle_other(&mut self, key: &str, takes: bool) {
        let Some(other) = self.notes.others.remove(key) else { return };
        if takes {
            let newer = Map::from_iter([(key.to_owned(), other.value)]);
            self.take(&[key.to_owned()], &newer, None);
        }
    }

    /// Carries the draft to a newer version of its form. Answers to what is no longer asked are laid aside; should it be
    /// asked again, they come back.
    pub fn move_to(&mut self, entry: &Entry) {
        if self.entry_version == entry.version {
            return;
        }
        let form = &entry.form;
        let gone: Vec<String> =
            self.answers.keys().filter(|key| form.field(key_of(key)).is_none()).cloned().collect();
        for key in gone {
            if let Some(value) = self.answers.shift_remove(&key) {
                self.notes.left.insert(key, value);
            }
        }
        let back: Vec<String> =
            self.notes.left.keys().filter(|key| form.field(key).is_some()).cloned().collect();
        for key in back {
            if let Some(value) = self.notes.left.shift_remove(&key) {
                self.answers.entry(key).or_insert(value);
            }
        }
        let typed = !self.answers.is_empty() || !self.notes.left.is_empty() || !self.documents.is_empty();
        if typed {
            self.notes.moved_from.get_or_insert(self.entry_version);
        }
        self.entry_version = entry.version;
    }
}

#[cfg(test)]
mod tests {
    use clock::Timestamp;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn draft() -> Draft {
        Draft {
            id: Uuid::nil(),
            person: Uuid::nil(),
            entry: Uuid::nil(),
            entry_version: 1,
            entity: None,
            answers: Map::new(),
            documents: Vec::new(),
            saved_at: Timestamp(7),
            sent_as: None,
            revision: 1,
            notes: Notes::default(),
            completes: None,
        }
    }

    #[test]
    fn the_newest_answer_counts_and_the_other_is_kept() {
        let keys = ["city".to_owned(), "street".to_owned()];
        let answers = |city: &str| Map::from_iter([("city".to_owned(), json!(city))]);
        let mut draft = draft();
        // Both devices saw revision 1. The telephone types first, then the computer.
        draft.take(&keys, &answers("طرابلس"), Some(1));
        assert_eq!((draft.revision, draft.notes.others.len()), (2, 0));
        draft.take(&keys, &answers("بنغازي"), Some(1));
        assert_eq!(draft.answers["city"], "بنغازي");
        assert_eq!(draft.notes.others["city"].value, "طرابلس");
        // Whoever has seen everything changes without a word.
        draft.take(&keys, &answers("سبها"), Some(3));
        assert_eq!(draft.notes.others["city"].value, "طرابلس");
        draft.settle_other("city", true);
        assert_eq!((draft.answers["city"].as_str(), draft.notes.others.len()), (Some("طرابلس"), 0));
        // The same once more changes nothing.
        let before = draft.clone();
        draft.take(&keys, &answers("طرابلس"), Some(1));
        assert_eq!(draft.revision, before.revision);
    }
}
