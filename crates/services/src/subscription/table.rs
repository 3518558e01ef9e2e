//! The SQL of subscriptions.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::Subscription;
use crate::classification::Tree;

pub(crate) async fn of_person(sql: &impl Sql, person: Uuid) -> Result<Vec<Subscription>, StoreError> {
    let select = "SELECT tree, word FROM directory_subscription WHERE person = $1 ORDER BY tree, word";
    let rows = sql.all(select, vec![person.into()]).await?;
    rows.iter()
        .map(|row| {
            let tree: String = row.get("tree")?;
            let tree = Tree::named(&tree).ok_or_else(|| StoreError::Shape(format!("tree {tree}")))?;
            Ok(Subscription { tree, word: row.get("word")? })
        })
        .collect()
}

/// Who follows a word, in pages by person.
pub(crate) async fn of_word(
    sql: &impl Sql,
    tree: Tree,
    word: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT person FROM directory_subscription WHERE tree = $1 AND word = $2 AND person > $3
        ORDER BY person LIMIT $4";
    let values = vec![tree.word().into(), word.into(), after.into(), limit.into()];
    sql.all(select, values).await?.iter().map(|row| row.get("person")).collect()
}

pub(super) async fn insert(
    tx: &Tx,
    person: Uuid,
    tree: Tree,
    word: &str,
    since: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO directory_subscription (person, tree, word, since) VALUES ($1, $2, $3, $4)";
    tx.run(insert, vec![person.into(), tree.word().into(), word.into(), since.0.into()]).await.map(drop)
}

pub(super) async fn delete(tx: &Tx, person: Uuid, tree: Tree, word: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM directory_subscription WHERE person = $1 AND tree = $2 AND word = $3";
    tx.run(delete, vec![person.into(), tree.word().into(), word.into()]).await.map(drop)
}
