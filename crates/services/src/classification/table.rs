//! The SQL of the trees.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};

use super::{Term, Tree};

const COLUMNS: &str = "tree, word, parent, name_ar, name_en, place, changed_at, retired_at";

/// Both trees, in their order, retired words among them.
pub(crate) async fn all(sql: &impl Sql) -> Result<Vec<Term>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM directory_term ORDER BY tree, place, word");
    sql.list(&select, vec![], read).await
}

pub(crate) async fn find(sql: &impl Sql, tree: Tree, word: &str) -> Result<Option<Term>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM directory_term WHERE tree = $1 AND word = $2");
    sql.find(&select, vec![tree.word().into(), word.into()], read).await
}

pub(super) async fn has_branches(sql: &impl Sql, tree: Tree, word: &str) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM directory_term WHERE tree = $1 AND parent = $2 LIMIT 1";
    Ok(sql.one(select, vec![tree.word().into(), word.into()]).await?.is_some())
}

/// A provider chooses words that stand in the tree, and no others.
pub(crate) async fn require(sql: &impl Sql, tree: Tree, words: &[String]) -> Result<(), Failure> {
    for word in words {
        if find(sql, tree, word).await?.is_none_or(|term| term.retired_at.is_some()) {
            let field = if tree == Tree::Theme { "themes" } else { "life_events" };
            let item = Item { field: field.into(), code: "choice".into(), detail: String::new() };
            let refusal = Refusal::new(Kind::Invalid, "directory.term_unknown", &["LY-SVC-23.4"]);
            return Err(refusal.with_items(vec![item]).into());
        }
    }
    Ok(())
}

pub(super) async fn put(tx: &Tx, term: &Term) -> Result<(), StoreError> {
    let put = format!(
        "INSERT INTO directory_term ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (tree, word) DO UPDATE SET parent = excluded.parent, name_ar = excluded.name_ar,
            name_en = excluded.name_en, place = excluded.place, changed_at = excluded.changed_at,
            retired_at = excluded.retired_at"
    );
    let values = vec![
        term.tree.word().into(),
        term.word.clone().into(),
        term.parent.clone().into(),
        term.name.ar.clone().into(),
        term.name.en.clone().into(),
        term.place.into(),
        term.changed_at.0.into(),
        term.retired_at.map(|at| at.0).into(),
    ];
    tx.run(&put, values).await.map(drop)
}

fn read(row: &Row) -> Result<Term, StoreError> {
    let tree: String = row.get("tree")?;
    Ok(Term {
        tree: Tree::named(&tree).ok_or_else(|| StoreError::Shape(format!("tree {tree}")))?,
        word: row.get("word")?,
        parent: row.get("parent")?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        place: row.get("place")?,
        changed_at: Timestamp(row.get("changed_at")?),
        retired_at: row.get::<Option<i64>>("retired_at")?.map(Timestamp),
    })
}
