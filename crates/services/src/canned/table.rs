//! The SQL of canned texts.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Canned, TEXTS_MAX, Use};

const COLUMNS: &str = "id, body, used_for, name, words, revision";

pub(super) async fn insert(tx: &Tx, canned: &Canned) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO canned_text ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, 1)");
    let values = vec![
        canned.id.into(),
        canned.body.into(),
        canned.used_for.word().into(),
        written(&canned.name)?.into(),
        written(&canned.words)?.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// Writes a text anew if nobody else did since it was read.
pub(super) async fn update(tx: &Tx, canned: &Canned) -> Result<bool, StoreError> {
    let update = "UPDATE canned_text SET used_for = $3, name = $4, words = $5, revision = revision + 1
        WHERE id = $1 AND revision = $2 AND removed_at IS NULL";
    let values = vec![
        canned.id.into(),
        canned.revision.into(),
        canned.used_for.word().into(),
        written(&canned.name)?.into(),
        written(&canned.words)?.into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

pub(super) async fn remove(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE canned_text SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Canned>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM canned_text WHERE id = $1 AND removed_at IS NULL");
    sql.find(&select, vec![id.into()], canned).await
}

/// The texts of a body, by use and age.
pub(crate) async fn of_body(sql: &impl Sql, body: Uuid) -> Result<Vec<Canned>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM canned_text WHERE body = $1 AND removed_at IS NULL ORDER BY used_for, id LIMIT $2"
    );
    sql.list(&select, vec![body.into(), (TEXTS_MAX * 3).into()], canned).await
}

fn written(text: &Text) -> Result<String, StoreError> {
    serde_json::to_string(text).map_err(|error| StoreError::Shape(error.to_string()))
}

fn canned(row: &Row) -> Result<Canned, StoreError> {
    let text = |column| -> Result<Text, StoreError> {
        serde_json::from_str(&row.get::<String>(column)?)
            .map_err(|error| StoreError::Shape(error.to_string()))
    };
    let used_for: String = row.get("used_for")?;
    Ok(Canned {
        id: row.get("id")?,
        body: row.get("body")?,
        used_for: Use::named(&used_for).ok_or_else(|| StoreError::Shape(format!("use {used_for}")))?,
        name: text("name")?,
        words: text("words")?,
        revision: row.get("revision")?,
    })
}
