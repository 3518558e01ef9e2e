//! The SQL of codes and access tokens.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{AccessToken, Code};
use crate::client::{Scope, scope_words};

const CODE: &str =
    "hash, client, person, session, redirect_uri, scopes, nonce, challenge, expires_at, used_at";
const TOKEN: &str = "hash, code, client, person, session, scopes, expires_at";

pub(crate) async fn insert_code(tx: &Tx, code: &Code) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO openid_code ({CODE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    let values = vec![
        code.hash.clone().into(),
        code.client.into(),
        code.person.into(),
        code.session.into(),
        code.redirect_uri.clone().into(),
        scope_words(&code.scopes).into(),
        code.nonce.clone().into(),
        code.challenge.clone().into(),
        code.expires_at.0.into(),
        code.used_at.map(Timestamp::micros).into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(super) async fn code(sql: &impl Sql, hash: &[u8]) -> Result<Option<Code>, StoreError> {
    let select = format!("SELECT {CODE} FROM openid_code WHERE hash = $1");
    sql.find(&select, vec![hash.to_vec().into()], read_code).await
}

/// False when it was used before.
pub(super) async fn use_up(tx: &Tx, hash: &[u8], at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE openid_code SET used_at = $2 WHERE hash = $1 AND used_at IS NULL";
    Ok(tx.run(update, vec![hash.to_vec().into(), at.0.into()]).await? == 1)
}

pub(super) async fn insert_token(tx: &Tx, token: &AccessToken) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO openid_token ({TOKEN}) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let values = vec![
        token.hash.clone().into(),
        token.code.clone().into(),
        token.client.into(),
        token.person.into(),
        token.session.into(),
        scope_words(&token.scopes).into(),
        token.expires_at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// A token that still opens something, as far as the token itself says.
pub(super) async fn token(
    sql: &impl Sql,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<AccessToken>, StoreError> {
    let select =
        format!("SELECT {TOKEN} FROM openid_token WHERE hash = $1 AND ended_at IS NULL AND expires_at > $2");
    sql.find(&select, vec![hash.to_vec().into(), now.0.into()], read_token).await
}

/// Ends what a code gave, and answers how many tokens that were.
pub(super) async fn end_of_code(tx: &Tx, code: &[u8], at: Timestamp) -> Result<u64, StoreError> {
    let update = "UPDATE openid_token SET ended_at = $2 WHERE code = $1 AND ended_at IS NULL";
    tx.run(update, vec![code.to_vec().into(), at.0.into()]).await
}

/// Ends what a system holds of a person; codes that wait give nothing any more.
pub(crate) async fn end_of_person(
    tx: &Tx,
    client: Uuid,
    person: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let values = || vec![client.into(), person.into(), at.0.into()];
    let tokens =
        "UPDATE openid_token SET ended_at = $3 WHERE client = $1 AND person = $2 AND ended_at IS NULL";
    tx.run(tokens, values()).await?;
    let codes = "UPDATE openid_code SET used_at = $3 WHERE client = $1 AND person = $2 AND used_at IS NULL";
    tx.run(codes, values()).await.map(drop)
}

/// Ends everything that a system holds.
pub(crate) async fn end_of_client(tx: &Tx, client: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE openid_token SET ended_at = $2 WHERE client = $1 AND ended_at IS NULL";
    tx.run(update, vec![client.into(), at.0.into()]).await.map(drop)
}

/// Forgets what was over before; answers how many.
pub(crate) async fn sweep(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let codes = tx.run("DELETE FROM openid_code WHERE expires_at < $1", vec![before.0.into()]).await?;
    let tokens = tx.run("DELETE FROM openid_token WHERE expires_at < $1", vec![before.0.into()]).await?;
    Ok(codes + tokens)
}

fn scopes(row: &Row) -> Result<Vec<Scope>, StoreError> {
    Ok(Scope::among(row.get::<String>("scopes")?.split(' ')))
}

fn read_code(row: &Row) -> Result<Code, StoreError> {
    Ok(Code {
        hash: row.get("hash")?,
        client: row.get("client")?,
        person: row.get("person")?,
        session: row.get("session")?,
        redirect_uri: row.get("redirect_uri")?,
        scopes: scopes(row)?,
        nonce: row.get("nonce")?,
        challenge: row.get("challenge")?,
        expires_at: Timestamp(row.get("expires_at")?),
        used_at: row.get::<Option<i64>>("used_at")?.map(Timestamp),
    })
}

fn read_token(row: &Row) -> Result<AccessToken, StoreError> {
    Ok(AccessToken {
        hash: row.get("hash")?,
        code: row.get("code")?,
        client: row.get("client")?,
        person: row.get("person")?,
        session: row.get("session")?,
        scopes: scopes(row)?,
        expires_at: Timestamp(row.get("expires_at")?),
    })
}
