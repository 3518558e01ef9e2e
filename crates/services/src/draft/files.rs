//! The files of a draft: handed in, taken out, put in order. Each is one verb that reads the draft as it is, so that two
//! files that arrive at the same moment both stay.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Draft, table};
use crate::{
    Services,
    entry::{Entry, Evidence},
    request::Supplied,
};

impl Draft {
    /// A document that takes one file takes another in its place; one that takes several is full at some time.
    pub(crate) fn has_room(&self, evidence: &Evidence) -> Result<(), Refusal> {
        let (there, max) = (self.files_of(&evidence.id), evidence.files_max());
        match max > 1 && there >= max as usize {
            true => {
                let field = format!("document.{}", evidence.id);
                let full = Refusal::new(Kind::Conflict, "draft.files_full", &["LY-SVC-13.3b"]);
                Err(full.with_item(&field, "files_max", &max.to_string()))
            }
            false => Ok(()),
        }
    }

    fn files_of(&self, evidence: &str) -> usize {
        self.documents.iter().filter(|supplied| supplied.evidence == evidence).count()
    }

    fn hand_in(&mut self, supplied: Supplied, evidence: &Evidence) -> Result<(), Refusal> {
        self.has_room(evidence)?;
        if evidence.files_max() == 1 {
            self.documents.retain(|known| known.evidence != supplied.evidence);
        }
        self.documents.push(supplied);
        Ok(())
    }

    /// Changes places with the file before or after it that stands for the same document.
    fn move_file(&mut self, file: Uuid, up: bool) {
        let Some(at) = self.documents.iter().position(|known| known.document == file) else { return };
        let same = |place: &usize| self.documents[*place].evidence == self.documents[at].evidence;
        let other = match up {
            true => (0..at).rev().find(same),
            false => (at + 1..self.documents.len()).find(same),
        };
        if let Some(other) = other {
            self.documents.swap(at, other);
        }
    }
}

/// What is done with one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Out,
    Up,
    Down,
}

/// A file takes its place in a draft.
pub(crate) struct HandIn {
    pub person: Uuid,
    pub draft: Uuid,
    pub entry: Arc<Entry>,
    pub supplied: Supplied,
    pub at: Timestamp,
}

impl Verb for HandIn {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut draft = still_open(tx, self.person, self.draft).await?;
        draft.move_to(&self.entry);
        let evidence = self.entry.evidence(&self.supplied.evidence).ok_or_else(Refusal::not_found)?;
        draft.hand_in(self.supplied.clone(), evidence)?;
        keep(tx, draft, self.at).await
    }
}

/// A file is taken out of a draft, or moved among its own; the file itself goes when its time is over.
pub(super) struct Arrange {
    pub person: Uuid,
    pub draft: Uuid,
    /// All files of this document, where no single one is named.
    pub evidence: String,
    pub file: Option<Uuid>,
    pub order: Order,
    pub at: Timestamp,
}

impl Verb for Arrange {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut draft = still_open(tx, self.person, self.draft).await?;
        match (self.file, self.order) {
            (Some(file), Order::Out) => {
                draft.documents.retain(|known| known.evidence != self.evidence || known.document != file)
            }
            (None, Order::Out) => draft.documents.retain(|known| known.evidence != self.evidence),
            (Some(file), order) => draft.move_file(file, order == Order::Up),
            (None, _) => {}
        }
        keep(tx, draft, self.at).await
    }
}

async fn still_open(tx: &Tx, person: Uuid, id: Uuid) -> Result<Draft, Failure> {
    let draft = table::own(tx, person, id).await?.ok_or_else(Refusal::not_found)?;
    match draft.sent_as {
        None => Ok(draft),
        Some(_) => Err(Refusal::new(Kind::Conflict, "draft.sent_already", &[]).into()),
    }
}

async fn keep(tx: &Tx, mut draft: Draft, at: Timestamp) -> Result<(), Failure> {
    draft.saved_at = at;
    draft.revision += 1;
    table::Save(draft).apply(tx).await
}

impl Services {
    /// A file that is about to take its place, as the verb that puts it there.
    pub(crate) async fn hand_in(
        &self,
        actor: &Actor,
        draft: Uuid,
        supplied: Supplied,
    ) -> Result<HandIn, Failure> {
        let found = table::own(&self.store.read(), actor.person, draft).await?;
        let found = found.ok_or_else(Refusal::not_found)?;
        let entry = self.directory.entry_by_id(found.entry).ok_or_else(Refusal::not_found)?;
        Ok(HandIn { person: actor.person, draft, entry, supplied, at: self.clock.now() })
    }
}

#[cfg(test)]
mod tests {
    use language::Text;
    use serde_json::Map;

    use super::*;
    use crate::draft::Notes;

    fn evidence(files_max: u32) -> Evidence {
        let (title, help) = (Text::new("عقد", "Lease"), Text::new("", ""));
        Evidence { id: "lease".into(), required: true, title, help, files_max }
    }

    fn file(number: u128, evidence: &str) -> Supplied {
        Supplied {
            evidence: evidence.into(),
            document: Uuid::from_u128(number),
            name: format!("{number}.pdf"),
            sha256: String::new(),
            bytes: 1,
            media_type: "application/pdf".into(),
        }
    }

    fn draft(files: &[(u128, &str)]) -> Draft {
        Draft {
            id: Uuid::nil(),
            person: Uuid::nil(),
            entry: Uuid::nil(),
            entry_version: 1,
            entity: None,
            answers: Map::new(),
            documents: files.iter().map(|(number, evidence)| file(*number, evidence)).collect(),
            saved_at: Timestamp(0),
            sent_as: None,
            completes: None,
            revision: 1,
            notes: Notes::default(),
        }
    }

    fn order(draft: &Draft) -> String {
        draft.documents.iter().map(|it| it.name.trim_end_matches(".pdf")).collect::<Vec<_>>().join(" ")
    }

    fn check_hand_in(there: &[(u128, &str)], max: u32, expected: &str) {
        let mut draft = draft(there);
        let told = match draft.hand_in(file(9, "lease"), &evidence(max)) {
            Ok(()) => order(&draft),
            Err(refusal) => format!("{} {}", refusal.code, refusal.items[0].detail),
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn one_file_gives_way_and_several_stand_beside_each_other_up_to_the_limit() {
        check_hand_in(&[], 1, "9");
        check_hand_in(&[(1, "lease"), (2, "plan")], 1, "2 9");
        check_hand_in(&[(1, "lease"), (2, "plan")], 2, "1 2 9");
        check_hand_in(&[(1, "lease"), (2, "lease")], 2, "draft.files_full 2");
    }

    #[test]
    fn a_file_changes_places_among_its_own_alone() {
        let mut draft = draft(&[(1, "lease"), (2, "plan"), (3, "lease"), (4, "lease")]);
        draft.move_file(Uuid::from_u128(3), true);
        assert_eq!(order(&draft), "3 2 1 4");
        draft.move_file(Uuid::from_u128(3), true);
        draft.move_file(Uuid::from_u128(2), false);
        draft.move_file(Uuid::from_u128(4), false);
        draft.move_file(Uuid::from_u128(7), false);
        assert_eq!(order(&draft), "3 2 1 4");
        draft.move_file(Uuid::from_u128(1), false);
        assert_eq!(order(&draft), "3 2 4 1");
    }
}
