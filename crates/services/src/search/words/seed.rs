//! The built-in list is put into the table when a program starts that brings lines that the table has never seen. A line
//! that the administration changed or took out of force is known and stays as they left it.

use std::collections::HashSet;

use authz::Failure;
use clock::{Clock, Timestamp};
use language::Group;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Store, Tx, Verb};
use uuid::Uuid;

use super::table;

struct Seed {
    groups: Vec<(Uuid, String, Group)>,
    at: Timestamp,
}

impl Verb for Seed {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let inserted = table::insert_seeds(tx, &self.groups, self.at).await?;
        if inserted == 0 {
            return Ok(());
        }
        let entry = ledger::Entry {
            kind: "search.words_seeded",
            subject: "search/words".to_owned(),
            actor: None,
            controls: &["LY-SVC-23.4"],
            body: json!({ "groups": inserted }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

pub(crate) async fn seed(store: &Store, clock: &Clock) -> Result<(), Failure> {
    let known: HashSet<String> = table::seeds(&store.read()).await?.into_iter().collect();
    let mut seen = known;
    let mut lines: Vec<Group> = Group::built_in().filter(|group| seen.insert(name(group))).collect();
    // The page shows the newest first, and the first line of the list is to be on top of it.
    lines.reverse();
    let groups: Vec<_> = lines.into_iter().map(|group| (Uuid::now_v7(), name(&group), group)).collect();
    if groups.is_empty() {
        return Ok(());
    }
    store.write(Seed { groups, at: clock.now() }).await
}

/// What a line is told by: its words, so that a changed line is a new one.
fn name(group: &Group) -> String {
    let text = format!("{} {} > {}", group.relation.word(), group.words.join(","), group.finds.join(","));
    hex::encode(&Sha256::digest(text)[..8])
}
