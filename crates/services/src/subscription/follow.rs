//! A person follows a word of a tree, or no longer. Doing it again changes nothing.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::classification::{self, Tree};

/// Kinds of service that one person follows.
const FOLLOWED_MAX: usize = 50;

pub(crate) struct Follow {
    pub person: Uuid,
    pub tree: Tree,
    pub word: String,
    /// Ends it instead.
    pub end: bool,
    pub at: Timestamp,
}

impl Verb for Follow {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        classification::table::find(tx, self.tree, &self.word).await?.ok_or(Refusal::not_found())?;
        let followed = table::of_person(tx, self.person).await?;
        let known = followed.iter().any(|it| it.tree == self.tree && it.word == self.word);
        match (self.end, known) {
            (true, true) => table::delete(tx, self.person, self.tree, &self.word).await?,
            (false, false) if followed.len() >= FOLLOWED_MAX => {
                return Err(Refusal::new(Kind::Conflict, "subscription.too_many", &[]).into());
            }
            (false, false) => table::insert(tx, self.person, self.tree, &self.word, self.at).await?,
            _ => return Ok(()),
        }
        let recorded = ledger::Entry {
            kind: if self.end { "subscription.ended" } else { "subscription.begun" },
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-23.3"],
            body: json!({ "tree": self.tree.word(), "word": self.word }),
            at: self.at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
