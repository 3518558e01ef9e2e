//! The SQL of connections.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Connection, Health};
use crate::line::Channel;

const COLUMNS: &str =
    "body, host, port, channel, authorities, base, filter, attribute, reader, sealed, set_at, set_by";

pub(crate) async fn find(sql: &impl Sql, body: Uuid) -> Result<Option<Connection>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM directory_connection WHERE body = $1");
    sql.find(&select, vec![body.into()], read).await
}

pub(crate) async fn health(sql: &impl Sql, body: Uuid) -> Result<Option<Health>, StoreError> {
    let select =
        "SELECT answered_at, failed_at, fault, fault_detail FROM directory_connection WHERE body = $1";
    sql.find(select, vec![body.into()], |row| {
        Ok(Health {
            answered_at: row.get::<Option<i64>>("answered_at")?.map(Timestamp),
            failed_at: row.get::<Option<i64>>("failed_at")?.map(Timestamp),
            fault: row.get("fault")?,
            said: row.get("fault_detail")?,
        })
    })
    .await
}

/// The directories of the bodies for which somebody works at this moment.
pub(crate) async fn of_person(
    sql: &impl Sql,
    person: Uuid,
    now: Timestamp,
) -> Result<Vec<Connection>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM directory_connection WHERE body IN (
            SELECT a.body FROM organisations_appointment a WHERE a.person = $1 AND a.from_at <= $2
                AND (a.until_at IS NULL OR a.until_at > $2))
         ORDER BY body"
    );
    sql.list(&select, vec![person.into(), now.0.into()], read).await
}

/// Every directory that is in force.
pub(crate) async fn all(sql: &impl Sql) -> Result<Vec<Connection>, StoreError> {
    sql.list(&format!("SELECT {COLUMNS} FROM directory_connection ORDER BY body"), vec![], read).await
}

/// People of a body who have a session or a token open, with their national numbers, after one of them.
pub(crate) async fn with_something_open(
    sql: &impl Sql,
    body: Uuid,
    (after, limit): (Uuid, i64),
    now: Timestamp,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let select = "SELECT p.id, p.identifier FROM identity_person p
        WHERE p.id > $2
            AND EXISTS (SELECT 1 FROM organisations_appointment a WHERE a.person = p.id AND a.body = $1
                AND a.from_at <= $4 AND (a.until_at IS NULL OR a.until_at > $4))
            AND (EXISTS (SELECT 1 FROM identity_session s WHERE s.person = p.id AND s.ended_at IS NULL
                    AND s.ends_at > $4)
                OR EXISTS (SELECT 1 FROM identity_token t WHERE t.person = p.id AND t.ended_at IS NULL
                    AND t.expires_at > $4))
        ORDER BY p.id LIMIT $3";
    let values = vec![body.into(), after.into(), limit.into(), now.0.into()];
    sql.list(select, values, |row| Ok((row.get("id")?, row.get("identifier")?))).await
}

/// Takes the place of the one before. It was tried a moment ago, so it has answered.
pub(super) async fn put(tx: &Tx, new: &Connection) -> Result<(), StoreError> {
    remove(tx, new.body).await?;
    let insert = format!(
        "INSERT INTO directory_connection ({COLUMNS}, answered_at, fault, fault_detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, '', '')"
    );
    let values = vec![
        new.body.into(),
        new.host.clone().into(),
        i64::from(new.port).into(),
        new.channel.word().into(),
        new.authorities.clone().into(),
        new.base.clone().into(),
        new.filter.clone().into(),
        new.attribute.clone().into(),
        new.reader.clone().into(),
        new.sealed.clone().into(),
        new.set_at.0.into(),
        new.set_by.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// True when there was one.
pub(super) async fn remove(tx: &Tx, body: Uuid) -> Result<bool, StoreError> {
    let delete = "DELETE FROM directory_connection WHERE body = $1";
    Ok(tx.run(delete, vec![body.into()]).await? == 1)
}

pub(crate) async fn answered(tx: &Tx, body: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE directory_connection SET answered_at = $2 WHERE body = $1";
    tx.run(update, vec![body.into(), at.0.into()]).await.map(drop)
}

pub(crate) async fn failed(
    tx: &Tx,
    body: Uuid,
    (fault, said): (&str, &str),
    at: Timestamp,
) -> Result<(), StoreError> {
    let update =
        "UPDATE directory_connection SET failed_at = $2, fault = $3, fault_detail = $4 WHERE body = $1";
    tx.run(update, vec![body.into(), at.0.into(), fault.into(), said.into()]).await.map(drop)
}

fn read(row: &Row) -> Result<Connection, StoreError> {
    let (channel, port): (String, i64) = (row.get("channel")?, row.get("port")?);
    Ok(Connection {
        body: row.get("body")?,
        host: row.get("host")?,
        port: u16::try_from(port).map_err(|_| StoreError::Shape(format!("port: {port}")))?,
        channel: Channel::named(&channel).ok_or_else(|| StoreError::Shape(format!("channel: {channel}")))?,
        authorities: row.get("authorities")?,
        base: row.get("base")?,
        filter: row.get("filter")?,
        attribute: row.get("attribute")?,
        reader: row.get("reader")?,
        sealed: row.get("sealed")?,
        set_at: Timestamp(row.get("set_at")?),
        set_by: row.get("set_by")?,
    })
}
