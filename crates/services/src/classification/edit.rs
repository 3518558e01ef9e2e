//! The competent administration adds, renames, moves or retires a word of a tree (LY-SVC-23.4).

use authz::{Failure, Item, Kind, Refusal};
use language::Text;
use serde_json::json;
use store::{Sql, Tx, Verb};

use super::{Term, Tree, table};
use crate::entry::{self, authority::Acting};

const WORD_CHARACTERS_MAX: usize = 60;
const NAME_CHARACTERS_MAX: usize = 80;

pub(crate) struct EditTerm {
    pub acting: Acting,
    pub tree: Tree,
    pub word: String,
    pub parent: String,
    pub name: Text,
    pub place: i64,
    pub retired: bool,
}

impl Verb for EditTerm {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check_whole(tx, "edit_classification").await.map_err(not_competent)?;
        self.check(tx).await?;
        let at = self.acting.clock.now();
        let term = Term {
            tree: self.tree,
            word: self.word.clone(),
            parent: self.parent.clone(),
            name: self.name.clone(),
            place: self.place,
            changed_at: at,
            retired_at: self.retired.then_some(at),
        };
        table::put(tx, &term).await?;
        entry::table::move_generation(tx).await?;
        let recorded = ledger::Entry {
            kind: "directory.term_set",
            subject: format!("directory/{}", self.tree.word()),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-23.4"],
            body: json!({ "tree": self.tree.word(), "word": self.word, "parent": self.parent,
                "name": self.name, "retired": self.retired }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}

impl EditTerm {
    /// Two levels: a word stands at the top or under one that does.
    async fn check(&self, sql: &impl Sql) -> Result<(), Failure> {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let named = |text: &str| (1..=NAME_CHARACTERS_MAX).contains(&text.trim().chars().count());
        let parent_stands = match self.parent.is_empty() {
            true => true,
            false => {
                let parent = table::find(sql, self.tree, &self.parent).await?;
                let own = table::has_branches(sql, self.tree, &self.word).await?;
                self.parent != self.word && !own && parent.is_some_and(|it| it.parent.is_empty())
            }
        };
        let word_stands =
            (1..=WORD_CHARACTERS_MAX).contains(&self.word.len()) && self.word.chars().all(plain);
        let gaps = [
            ("word", "pattern", word_stands),
            ("name_ar", "required", named(&self.name.ar)),
            ("name_en", "required", named(&self.name.en)),
            ("parent", "choice", parent_stands),
        ];
        let items: Vec<Item> = gaps
            .iter()
            .filter(|(_, _, stands)| !stands)
            .map(|(field, code, _)| Item {
                field: (*field).into(),
                code: (*code).into(),
                detail: String::new(),
            })
            .collect();
        match items.is_empty() {
            true => Ok(()),
            false => {
                let refusal = Refusal::new(Kind::Invalid, "directory.term_invalid", &["LY-SVC-23.4"]);
                Err(refusal.with_items(items).into())
            }
        }
    }
}

/// The trees have an article of their own.
fn not_competent(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if refusal.code == "directory.not_competent" => {
            Refusal { controls: &["LY-SVC-23.4"], ..refusal }.into()
        }
        other => other,
    }
}
