//! The SQL of security keys and of the questions to them.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{SecurityKey, challenge::Purpose};

const COLUMNS: &str = "id, person, name, credential, public_part, added_at, used_at, stopped_at";

/// The keys of a person, the first one first; never more than may be added.
pub(crate) async fn keys(sql: &impl Sql, person: Uuid) -> Result<Vec<SecurityKey>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_key WHERE person = $1 ORDER BY id LIMIT $2");
    sql.list(&select, vec![person.into(), (super::KEYS_MAX as i64).into()], from_row).await
}

/// Whether anybody has the key that names itself so.
pub(super) async fn is_known(tx: &Tx, credential: &[u8]) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS found FROM identity_key WHERE credential = $1";
    Ok(tx.one(select, vec![credential.to_vec().into()]).await?.is_some())
}

pub(super) async fn insert(tx: &Tx, key: &SecurityKey) -> Result<(), StoreError> {
    let insert = "INSERT INTO identity_key (id, person, name, credential, public_part, counter, added_at)
        VALUES ($1, $2, $3, $4, $5, 0, $6)";
    let values = vec![
        key.id.into(),
        key.person.into(),
        key.name.clone().into(),
        key.credential.clone().into(),
        key.public_part.clone().into(),
        key.added_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// True when the person has this key.
pub(super) async fn rename(tx: &Tx, person: Uuid, id: Uuid, name: &str) -> Result<bool, StoreError> {
    let update = "UPDATE identity_key SET name = $3 WHERE id = $1 AND person = $2";
    Ok(tx.run(update, vec![id.into(), person.into(), name.into()]).await? == 1)
}

/// True when the person had this key.
pub(super) async fn remove(tx: &Tx, person: Uuid, id: Uuid) -> Result<bool, StoreError> {
    let delete = "DELETE FROM identity_key WHERE id = $1 AND person = $2";
    Ok(tx.run(delete, vec![id.into(), person.into()]).await? == 1)
}

/// Keeps what the key told with its answer. False when its count did not go up: then somebody holds a copy of it. Keys that
/// never count say zero each time.
pub(crate) async fn use_key(
    tx: &Tx,
    id: Uuid,
    counter: i64,
    public_part: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE identity_key SET counter = $2, public_part = $3, used_at = $4
        WHERE id = $1 AND stopped_at IS NULL AND (counter < $2 OR (counter = 0 AND $2 = 0))";
    let values = vec![id.into(), counter.into(), public_part.into(), at.0.into()];
    Ok(tx.run(update, values).await? == 1)
}

/// True when it had not been stopped before.
pub(super) async fn stop(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE identity_key SET stopped_at = $2 WHERE id = $1 AND stopped_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// Second factors of a person that still open something: the app, keys that were not stopped, and a number for which its operator stands.
pub(crate) async fn count_factors(tx: &Tx, person: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT (SELECT COUNT(*) FROM identity_factor WHERE person = $1)
        + (SELECT COUNT(*) FROM identity_key WHERE person = $1 AND stopped_at IS NULL)
        + (SELECT COUNT(*) FROM identity_phone p JOIN identity_number n ON n.number = p.number
            WHERE p.person = $1 AND p.ended_at IS NULL AND p.factor_at IS NOT NULL AND n.result = 'positive') AS factors";
    let row = tx.one(select, vec![person.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("identity_key".into()))?.get("factors")
}

/// A question that was asked before for the same purpose in the same place is void.
pub(super) async fn put_challenge(
    tx: &Tx,
    bound: &[u8],
    purpose: Purpose,
    challenge: (Uuid, Uuid, &str),
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_challenge (bound, purpose, id, person, state, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (bound, purpose) DO UPDATE SET id = excluded.id, person = excluded.person,
            state = excluded.state, expires_at = excluded.expires_at";
    let (id, person, state) = challenge;
    let values = vec![
        bound.to_vec().into(),
        purpose.word().into(),
        id.into(),
        person.into(),
        state.into(),
        expires_at.0.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// Takes a question out, so that it is answered once: its state and until when it was good.
pub(super) async fn take_challenge(
    tx: &Tx,
    bound: &[u8],
    purpose: Purpose,
    id: Uuid,
    person: Uuid,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    let delete =
        "DELETE FROM identity_challenge WHERE bound = $1 AND purpose = $2 AND id = $3 AND person = $4
        RETURNING state, expires_at";
    let values = vec![bound.to_vec().into(), purpose.word().into(), id.into(), person.into()];
    let row = tx.one(delete, values).await?;
    row.map(|row| Ok((row.get("state")?, Timestamp(row.get("expires_at")?)))).transpose()
}

/// Forgets questions that nobody answered; says how many.
pub(crate) async fn sweep(tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM identity_challenge WHERE expires_at <= $1", vec![now.0.into()]).await
}

fn from_row(row: &Row) -> Result<SecurityKey, StoreError> {
    Ok(SecurityKey {
        id: row.get("id")?,
        person: row.get("person")?,
        name: row.get("name")?,
        credential: row.get("credential")?,
        public_part: row.get("public_part")?,
        added_at: Timestamp(row.get("added_at")?),
        used_at: row.get::<Option<i64>>("used_at")?.map(Timestamp),
        stopped_at: row.get::<Option<i64>>("stopped_at")?.map(Timestamp),
    })
}
