//! The SQL of sessions and of sign-ins that await their code.

use authz::Assurance;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{LISTED_MAX, SEEN_EVERY, Session, assurance_from, bind::Bound, follow};
use crate::Zone;

const COLUMNS: &str = "id, person, assurance, device, started_at, last_seen_at, ends_at, factor, zone, bound_device, bound_name";

/// The open sessions of a person, the latest used first. Idle ones are left out by the caller, who knows the role.
pub(crate) async fn open_sessions(
    sql: &impl Sql,
    person: Uuid,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM identity_session WHERE person = $1 AND ended_at IS NULL AND ends_at > $2
         ORDER BY last_seen_at DESC, id DESC LIMIT $3"
    );
    sql.list(&select, vec![person.into(), now.0.into(), LISTED_MAX.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, session: &Session, secret_hash: &[u8]) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO identity_session ({COLUMNS}, secret_hash, confirmed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $5)"
    );
    let values = vec![
        session.id.into(),
        session.person.into(),
        (session.assurance as i64).into(),
        session.device.clone().into(),
        session.started_at.0.into(),
        session.last_seen_at.0.into(),
        session.ends_at.0.into(),
        session.factor.clone().into(),
        session.zone.map(Zone::word).unwrap_or_default().into(),
        session.bound_device.into(),
        session.bound_name.clone().into(),
        secret_hash.to_vec().into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// The session, as long as it is open.
pub async fn open_session(sql: &impl Sql, id: Uuid, now: Timestamp) -> Result<Option<Session>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM identity_session WHERE id = $1 AND ended_at IS NULL AND ends_at > $2");
    sql.find(&select, vec![id.into(), now.0.into()], from_row).await
}

/// True when the person had this session open and it ends now.
pub(super) async fn end(tx: &Tx, person: Uuid, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update =
        "UPDATE identity_session SET ended_at = $3 WHERE id = $1 AND person = $2 AND ended_at IS NULL
        RETURNING id, followed";
    let ended = tx.all(update, vec![id.into(), person.into(), at.0.into()]).await?;
    tell_followers(tx, &ended, at).await?;
    Ok(!ended.is_empty())
}

/// Ends all open sessions but `keep`, and answers how many.
pub(crate) async fn end_all(
    tx: &Tx,
    person: Uuid,
    keep: Option<Uuid>,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let update =
        "UPDATE identity_session SET ended_at = $3 WHERE person = $1 AND id <> $2 AND ended_at IS NULL
        RETURNING id, followed";
    let ended = tx.all(update, vec![person.into(), keep.unwrap_or(Uuid::nil()).into(), at.0.into()]).await?;
    tell_followers(tx, &ended, at).await?;
    Ok(ended.len() as u64)
}

async fn tell_followers(tx: &Tx, ended: &[Row], at: Timestamp) -> Result<(), StoreError> {
    for row in ended {
        if row.get("followed")? {
            follow::order(tx, row.get("id")?, "ended", at).await?;
        }
    }
    Ok(())
}

pub(super) async fn set_followed(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    tx.run("UPDATE identity_session SET followed = TRUE WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// The person behind a session showed who they are; it never lowers how surely they are known.
pub(crate) async fn confirm(
    tx: &Tx,
    id: Uuid,
    level: Assurance,
    factor: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE identity_session SET confirmed_at = $2, factor = $3,
            assurance = CASE WHEN assurance < $4 THEN $4 ELSE assurance END
        WHERE id = $1 AND ended_at IS NULL";
    tx.run(update, vec![id.into(), at.0.into(), factor.into(), (level as i64).into()]).await.map(drop)
}

/// With which device an open session is used from now on.
pub(super) async fn bind(tx: &Tx, id: Uuid, bound: &Bound<'_>, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE identity_session SET bound_device = $2, bound_name = $3, zone = $5
        WHERE id = $1 AND ended_at IS NULL AND ends_at > $4";
    let (device, name, zone) = (bound.device.into(), bound.name.into(), bound.zone.word().into());
    Ok(tx.run(update, vec![id.into(), device, name, at.0.into(), zone]).await? == 1)
}

/// How surely the person of all open sessions is known from now on.
pub(crate) async fn assure(tx: &Tx, person: Uuid, level: Assurance) -> Result<(), StoreError> {
    let update = "UPDATE identity_session SET assurance = $2 WHERE person = $1 AND ended_at IS NULL";
    tx.run(update, vec![person.into(), (level as i64).into()]).await.map(drop)
}

/// Writes the moment of last use, unless it was written within the last minute.
pub(crate) async fn seen(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE identity_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at <= $3";
    tx.run(update, vec![id.into(), at.0.into(), (at - SEEN_EVERY).0.into()]).await.map(drop)
}

/// A password was right; the code is awaited under this secret. An earlier one of the person is void.
pub(super) async fn put_pending(
    tx: &Tx,
    person: Uuid,
    secret_hash: &[u8],
    gate: &[u8],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let upsert =
        "INSERT INTO identity_pending (person, secret_hash, gate, expires_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person) DO UPDATE SET secret_hash = excluded.secret_hash, gate = excluded.gate,
            expires_at = excluded.expires_at";
    let values = vec![person.into(), secret_hash.to_vec().into(), gate.to_vec().into(), expires_at.0.into()];
    tx.run(upsert, values).await.map(drop)
}

/// Who waits under this secret, and the key of the gate that the person must pass.
pub(super) async fn pending(
    sql: &impl Sql,
    secret_hash: &[u8],
    now: Timestamp,
) -> Result<Option<(Uuid, Vec<u8>)>, StoreError> {
    let select = "SELECT person, gate FROM identity_pending WHERE secret_hash = $1 AND expires_at > $2";
    let row = sql.one(select, vec![secret_hash.to_vec().into(), now.0.into()]).await?;
    row.map(|row| Ok((row.get("person")?, row.get("gate")?))).transpose()
}

pub(crate) async fn drop_pending(tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_pending WHERE person = $1", vec![person.into()]).await.map(drop)
}

/// Forgets what expired or ended before `before`, and sign-ins whose code never came; answers how many.
pub(crate) async fn sweep(tx: &Tx, before: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
    let old = "DELETE FROM identity_session WHERE ended_at < $1 OR ends_at < $1";
    let sessions = tx.run(old, vec![before.0.into()]).await?;
    let waiting = "DELETE FROM identity_pending WHERE expires_at <= $1";
    Ok(sessions + tx.run(waiting, vec![now.0.into()]).await?)
}

fn from_row(row: &Row) -> Result<Session, StoreError> {
    let level: i64 = row.get("assurance")?;
    Ok(Session {
        id: row.get("id")?,
        person: row.get("person")?,
        assurance: assurance_from(level).ok_or_else(|| StoreError::Shape(format!("assurance: {level}")))?,
        device: row.get("device")?,
        started_at: Timestamp(row.get("started_at")?),
        last_seen_at: Timestamp(row.get("last_seen_at")?),
        ends_at: Timestamp(row.get("ends_at")?),
        factor: row.get("factor")?,
        zone: Zone::named(&row.get::<String>("zone")?),
        bound_device: row.get("bound_device")?,
        bound_name: row.get("bound_name")?,
    })
}
