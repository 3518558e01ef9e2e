//! The SQL of tokens.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Token, USED_EVERY};
use crate::session::{LISTED_MAX, assurance_from};

const COLUMNS: &str = "id, person, name, assurance, issued_at, last_used_at, expires_at";

/// The tokens of a person that still open something, the newest first.
pub(crate) async fn open_tokens(
    sql: &impl Sql,
    person: Uuid,
    now: Timestamp,
) -> Result<Vec<Token>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM identity_token WHERE person = $1 AND ended_at IS NULL AND expires_at > $2
         ORDER BY id DESC LIMIT $3"
    );
    sql.list(&select, vec![person.into(), now.0.into(), LISTED_MAX.into()], from_row).await
}

pub(super) async fn count_open(sql: &impl Sql, person: Uuid, now: Timestamp) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS open FROM identity_token
        WHERE person = $1 AND ended_at IS NULL AND expires_at > $2";
    match sql.one(select, vec![person.into(), now.0.into()]).await? {
        Some(row) => row.get("open"),
        None => Ok(0),
    }
}

pub(super) async fn insert(tx: &Tx, token: &Token, secret_hash: &[u8]) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO identity_token ({COLUMNS}, secret_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let values = vec![
        token.id.into(),
        token.person.into(),
        token.name.clone().into(),
        (token.assurance as i64).into(),
        token.issued_at.0.into(),
        token.last_used_at.0.into(),
        token.expires_at.0.into(),
        secret_hash.to_vec().into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// True when the person had this token and it ends now.
pub(super) async fn end(tx: &Tx, person: Uuid, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE identity_token SET ended_at = $3 WHERE id = $1 AND person = $2 AND ended_at IS NULL";
    Ok(tx.run(update, vec![id.into(), person.into(), at.0.into()]).await? == 1)
}

/// Ends all tokens of a person that are open; answers how many.
pub(crate) async fn end_all(tx: &Tx, person: Uuid, at: Timestamp) -> Result<u64, StoreError> {
    let update = "UPDATE identity_token SET ended_at = $2 WHERE person = $1 AND ended_at IS NULL";
    tx.run(update, vec![person.into(), at.0.into()]).await
}

/// Writes the moment of last use, unless it was written a short while ago.
pub(crate) async fn used(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE identity_token SET last_used_at = $2 WHERE id = $1 AND last_used_at <= $3";
    tx.run(update, vec![id.into(), at.0.into(), (at - USED_EVERY).0.into()]).await.map(drop)
}

/// Forgets what expired or ended before `before`; answers how many.
pub(crate) async fn sweep(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let old = "DELETE FROM identity_token WHERE ended_at < $1 OR expires_at < $1";
    tx.run(old, vec![before.0.into()]).await
}

fn from_row(row: &Row) -> Result<Token, StoreError> {
    let level: i64 = row.get("assurance")?;
    Ok(Token {
        id: row.get("id")?,
        person: row.get("person")?,
        name: row.get("name")?,
        assurance: assurance_from(level).ok_or_else(|| StoreError::Shape(format!("assurance: {level}")))?,
        issued_at: Timestamp(row.get("issued_at")?),
        last_used_at: Timestamp(row.get("last_used_at")?),
        expires_at: Timestamp(row.get("expires_at")?),
    })
}
