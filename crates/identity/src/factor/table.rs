//! The SQL of second factors.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

pub(super) async fn put(tx: &Tx, person: Uuid, sealed: &[u8], at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_factor (person, sealed, last_step, enrolled_at) VALUES ($1, $2, 0, $3)
        ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, last_step = 0,
            enrolled_at = excluded.enrolled_at";
    tx.run(upsert, vec![person.into(), sealed.to_vec().into(), at.0.into()]).await.map(drop)
}

/// True when no code of this step or a later one was used before; it is used now.
pub(crate) async fn use_step(tx: &Tx, person: Uuid, step: i64) -> Result<bool, StoreError> {
    let update = "UPDATE identity_factor SET last_step = $2 WHERE person = $1 AND last_step < $2";
    Ok(tx.run(update, vec![person.into(), step.into()]).await? == 1)
}

/// The moment at which the person's authenticator app was set up, where one is.
pub(crate) async fn enrolled_at(sql: &impl Sql, person: Uuid) -> Result<Option<Timestamp>, StoreError> {
    let select = "SELECT enrolled_at FROM identity_factor WHERE person = $1";
    let row = sql.one(select, vec![person.into()]).await?;
    row.map(|row| Ok(Timestamp(row.get("enrolled_at")?))).transpose()
}

/// True when there was one.
pub(super) async fn remove(tx: &Tx, person: Uuid) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM identity_factor WHERE person = $1", vec![person.into()]).await? == 1)
}

/// One that was begun before is void.
pub(super) async fn put_enrolment(
    tx: &Tx,
    person: Uuid,
    session: Uuid,
    sealed: &[u8],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let upsert =
        "INSERT INTO identity_enrolment (person, session, sealed, expires_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person) DO UPDATE SET session = excluded.session, sealed = excluded.sealed,
            expires_at = excluded.expires_at";
    let values = vec![person.into(), session.into(), sealed.to_vec().into(), expires_at.0.into()];
    tx.run(upsert, values).await.map(drop)
}

/// The sealed secret that waits for its first code in this session.
pub(super) async fn enrolment(
    sql: &impl Sql,
    person: Uuid,
    session: Uuid,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, StoreError> {
    let select =
        "SELECT sealed FROM identity_enrolment WHERE person = $1 AND session = $2 AND expires_at > $3";
    let row = sql.one(select, vec![person.into(), session.into(), now.0.into()]).await?;
    row.map(|row| row.get("sealed")).transpose()
}

pub(super) async fn drop_enrolment(tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_enrolment WHERE person = $1", vec![person.into()]).await.map(drop)
}

/// Forgets what was begun and never finished; answers how many.
pub(crate) async fn sweep(tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM identity_enrolment WHERE expires_at <= $1", vec![now.0.into()]).await
}
