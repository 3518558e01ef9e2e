//! The SQL of permissions and of their uses.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::Permission;
use crate::{
    authority::{Sight, seen},
    vpn::gateway::Peer,
};

const COLUMNS: &str = "id, vpn, body, person, device, from_at, until_at, why, granted_at, granted_by, place, key_line, \
    issued_at, ended_at, ended_by, ending, end_words";
/// Devices of one gateway.
const PEERS_MAX: i64 = 5_000;
/// Uses that a page shows.
const USES_SHOWN_MAX: i64 = 100;

pub(super) async fn insert(tx: &Tx, new: &Permission) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO devices_vpn_permission ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
            $15, $16, $17)"
    );
    let values = vec![
        new.id.into(),
        new.vpn.into(),
        new.body.into(),
        new.person.into(),
        new.device.into(),
        new.from_at.0.into(),
        new.until_at.0.into(),
        new.why.clone().into(),
        new.granted_at.0.into(),
        new.granted_by.into(),
        new.place.into(),
        new.key.clone().into(),
        new.issued_at.map(Timestamp::micros).into(),
        new.ended_at.map(Timestamp::micros).into(),
        new.ended_by.into(),
        new.ending.clone().into(),
        new.end_words.clone().into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(super) async fn issue(tx: &Tx, id: Uuid, key: &str, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE devices_vpn_permission SET key_line = $2, issued_at = $3 WHERE id = $1";
    tx.run(update, vec![id.into(), key.into(), at.0.into()]).await.map(drop)
}

pub(super) async fn end(
    tx: &Tx,
    id: Uuid,
    (by, why, words): (Option<Uuid>, &str, &str),
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE devices_vpn_permission SET ended_at = $2, ended_by = $3, ending = $4, end_words = $5
        WHERE id = $1 AND ended_at IS NULL";
    tx.run(update, vec![id.into(), at.0.into(), by.into(), why.into(), words.into()]).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Permission>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM devices_vpn_permission WHERE id = $1");
    sql.find(&select, vec![id.into()], read).await
}

pub(super) async fn by_key(sql: &impl Sql, key: &str) -> Result<Option<Permission>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM devices_vpn_permission WHERE key_line = $1");
    sql.find(&select, vec![key.into()], read).await
}

/// Whose permissions are meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of {
    Person(Uuid),
    Device(Uuid),
    Vpn(Uuid),
}

/// Those that have not ended.
pub(crate) async fn standing(sql: &impl Sql, of: Of) -> Result<Vec<Permission>, StoreError> {
    let (column, id) = match of {
        Of::Person(id) => ("person", id),
        Of::Device(id) => ("device", id),
        Of::Vpn(id) => ("vpn", id),
    };
    let select = format!(
        "SELECT {COLUMNS} FROM devices_vpn_permission WHERE {column} = $1 AND ended_at IS NULL ORDER BY id LIMIT $2"
    );
    sql.list(&select, vec![id.into(), PEERS_MAX.into()], read).await
}

/// Every permission of a person, the newest first.
pub(super) async fn of_person(
    sql: &impl Sql,
    person: Uuid,
    limit: i64,
) -> Result<Vec<Permission>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM devices_vpn_permission WHERE person = $1 ORDER BY id DESC LIMIT $2");
    sql.list(&select, vec![person.into(), limit.into()], read).await
}

/// Those whose period is over and that were not ended yet.
pub(super) async fn due(sql: &impl Sql, vpn: Uuid, at: Timestamp) -> Result<Vec<Permission>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM devices_vpn_permission
         WHERE vpn = $1 AND ended_at IS NULL AND until_at <= $2 ORDER BY id LIMIT $3"
    );
    sql.list(&select, vec![vpn.into(), at.0.into(), PEERS_MAX.into()], read).await
}

/// Who is allowed at a moment, for the gateway's file.
pub(crate) async fn peers(sql: &impl Sql, vpn: Uuid, at: Timestamp) -> Result<Vec<Peer>, StoreError> {
    let select = "SELECT id, key_line, place FROM devices_vpn_permission
        WHERE vpn = $1 AND ended_at IS NULL AND key_line <> '' AND from_at <= $2 AND until_at > $2
        ORDER BY place LIMIT $3";
    sql.list(select, vec![vpn.into(), at.0.into(), PEERS_MAX.into()], |row| {
        Ok(Peer { permission: row.get("id")?, key: row.get("key_line")?, place: row.get("place")? })
    })
    .await
}

/// Those that somebody sees, the newest first: all, or those that stand.
pub(super) async fn listed(
    sql: &impl Sql,
    sight: &Sight,
    is_open: Option<bool>,
    (now, before): (Timestamp, Uuid),
    limit: i64,
) -> Result<Vec<Permission>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let mut only = seen(sight, "body", &mut values);
    if let Some(is_open) = is_open {
        values.push(now.0.into());
        let now = values.len();
        only += &match is_open {
            true => format!(" AND ended_at IS NULL AND until_at > ${now}"),
            false => format!(" AND (ended_at IS NOT NULL OR until_at <= ${now})"),
        };
    }
    let select =
        format!("SELECT {COLUMNS} FROM devices_vpn_permission WHERE id < $1{only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

/// One use: from the first time that the gateway saw the device until it was silent for a while.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub id: Uuid,
    pub began_at: Timestamp,
    pub last_at: Timestamp,
    /// From where the device came.
    pub source: String,
}

pub(super) async fn last_use(sql: &impl Sql, permission: Uuid) -> Result<Option<Use>, StoreError> {
    let select = "SELECT id, began_at, last_at, source FROM devices_vpn_use WHERE permission = $1
        ORDER BY id DESC LIMIT 1";
    sql.find(select, vec![permission.into()], read_use).await
}

pub(crate) async fn uses(sql: &impl Sql, permission: Uuid) -> Result<Vec<Use>, StoreError> {
    let select = "SELECT id, began_at, last_at, source FROM devices_vpn_use WHERE permission = $1
        ORDER BY id DESC LIMIT $2";
    sql.list(select, vec![permission.into(), USES_SHOWN_MAX.into()], read_use).await
}

pub(super) async fn begin_use(tx: &Tx, permission: Uuid, new: &Use) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO devices_vpn_use (id, permission, began_at, last_at, source) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        new.id.into(),
        permission.into(),
        new.began_at.0.into(),
        new.last_at.0.into(),
        new.source.clone().into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn go_on_with_use(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE devices_vpn_use SET last_at = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), at.0.into()]).await.map(drop)
}

fn read_use(row: &Row) -> Result<Use, StoreError> {
    Ok(Use {
        id: row.get("id")?,
        began_at: Timestamp(row.get("began_at")?),
        last_at: Timestamp(row.get("last_at")?),
        source: row.get("source")?,
    })
}

fn read(row: &Row) -> Result<Permission, StoreError> {
    let at = |column: &str| row.get::<Option<i64>>(column).map(|at| at.map(Timestamp));
    Ok(Permission {
        id: row.get("id")?,
        vpn: row.get("vpn")?,
        body: row.get("body")?,
        person: row.get("person")?,
        device: row.get("device")?,
        from_at: Timestamp(row.get("from_at")?),
        until_at: Timestamp(row.get("until_at")?),
        why: row.get("why")?,
        granted_at: Timestamp(row.get("granted_at")?),
        granted_by: row.get("granted_by")?,
        place: row.get("place")?,
        key: row.get("key_line")?,
        issued_at: at("issued_at")?,
        ended_at: at("ended_at")?,
        ended_by: row.get("ended_by")?,
        ending: row.get("ending")?,
        end_words: row.get("end_words")?,
    })
}
