//! The SQL of virtual private networks.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{State, Vpn};
use crate::authority::{Sight, seen};

const COLUMNS: &str = "id, body, name, free, open_to_public, interface, gateway, gateway_key, range, routes, registered_at, \
    registered_by, purpose, ownership, document, file_name, approved_at, approved_by, expires_at, reminded_at, activated_at, \
    activated_by, ended_at, ended_by, ending";

pub(crate) async fn insert(tx: &Tx, new: &Vpn) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO devices_vpn ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
            $17, $18, $19, $20, $21, $22, $23, $24, $25)"
    );
    tx.run(&insert, values(new)).await.map(drop)
}

/// Everything that may change of a network; what it was registered with stays.
pub(crate) async fn save(tx: &Tx, vpn: &Vpn) -> Result<(), StoreError> {
    let update = "UPDATE devices_vpn SET body = $2, name = $3, free = $4, open_to_public = $5, interface = $6, gateway = $7,
            gateway_key = $8, range = $9, routes = $10, registered_at = $11, registered_by = $12, purpose = $13,
            ownership = $14, document = $15, file_name = $16, approved_at = $17, approved_by = $18, expires_at = $19,
            reminded_at = $20, activated_at = $21, activated_by = $22, ended_at = $23, ended_by = $24, ending = $25
        WHERE id = $1";
    tx.run(update, values(vpn)).await.map(drop)
}

fn values(vpn: &Vpn) -> Vec<Value> {
    let at = |at: Option<Timestamp>| Value::from(at.map(Timestamp::micros));
    let no = |declared: bool| Value::from(if declared { "no" } else { "" });
    vec![
        vpn.id.into(),
        vpn.body.into(),
        vpn.name.clone().into(),
        no(vpn.not_free),
        no(vpn.not_public),
        vpn.interface.clone().into(),
        vpn.gateway.clone().into(),
        vpn.gateway_key.clone().into(),
        vpn.range.to_string().into(),
        vpn.routes.clone().into(),
        vpn.registered_at.0.into(),
        vpn.registered_by.into(),
        vpn.purpose.clone().into(),
        vpn.ownership.clone().into(),
        vpn.document.into(),
        vpn.file_name.clone().into(),
        at(vpn.approved_at),
        vpn.approved_by.into(),
        at(vpn.expires_at),
        at(vpn.reminded_at),
        at(vpn.activated_at),
        vpn.activated_by.into(),
        at(vpn.ended_at),
        vpn.ended_by.into(),
        vpn.ending.clone().into(),
    ]
}

/// The gateway's key, once its file was written; nothing else changes by it.
pub(super) async fn keep_gateway_key(tx: &Tx, id: Uuid, key: &str) -> Result<(), StoreError> {
    let update = "UPDATE devices_vpn SET gateway_key = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), key.into()]).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Vpn>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM devices_vpn WHERE id = $1"), vec![id.into()], read).await
}

pub(super) async fn by_interface(sql: &impl Sql, interface: &str) -> Result<Option<Vpn>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM devices_vpn WHERE interface = $1 AND ended_at IS NULL");
    sql.find(&select, vec![interface.into()], read).await
}

/// Those that have not ended, of one body or of all.
pub(crate) async fn standing(sql: &impl Sql, body: Option<Uuid>, limit: i64) -> Result<Vec<Vpn>, StoreError> {
    let only = if body.is_some() { " AND body = $2" } else { "" };
    let select =
        format!("SELECT {COLUMNS} FROM devices_vpn WHERE ended_at IS NULL{only} ORDER BY id LIMIT $1");
    let values = [Some(Value::from(limit)), body.map(Value::from)];
    sql.list(&select, values.into_iter().flatten().collect(), read).await
}

/// Those that somebody sees in a state, the newest first.
pub(super) async fn listed(
    sql: &impl Sql,
    sight: &Sight,
    state: Option<State>,
    (now, before): (Timestamp, Uuid),
    limit: i64,
) -> Result<Vec<Vpn>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let mut only = seen(sight, "body", &mut values);
    let declared = "free = 'no' AND open_to_public = 'no' AND ended_at IS NULL";
    let holds = match state {
        None => String::new(),
        Some(State::Draft) => " AND ended_at IS NULL AND (free = '' OR open_to_public = '')".to_owned(),
        Some(State::Waiting) => format!(" AND {declared} AND approved_at IS NULL"),
        Some(State::Ended) => " AND ended_at IS NOT NULL".to_owned(),
        Some(state) => {
            values.push(now.0.into());
            let now = values.len();
            match state {
                State::Expired => format!(" AND {declared} AND expires_at <= ${now}"),
                State::Active => {
                    format!(" AND {declared} AND expires_at > ${now} AND activated_at IS NOT NULL")
                }
                _ => format!(" AND {declared} AND expires_at > ${now} AND activated_at IS NULL"),
            }
        }
    };
    only += &holds;
    let select = format!("SELECT {COLUMNS} FROM devices_vpn WHERE id < $1{only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

/// Those whose approval lapses before a moment and whose officer was not reminded of it.
pub(super) async fn to_remind(
    sql: &impl Sql,
    (now, before): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Vpn>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM devices_vpn
         WHERE ended_at IS NULL AND reminded_at IS NULL AND expires_at > $1 AND expires_at <= $2 ORDER BY id LIMIT $3"
    );
    sql.list(&select, vec![now.0.into(), before.0.into(), limit.into()], read).await
}

fn read(row: &Row) -> Result<Vpn, StoreError> {
    let at = |column: &str| row.get::<Option<i64>>(column).map(|at| at.map(Timestamp));
    let range: String = row.get("range")?;
    Ok(Vpn {
        id: row.get("id")?,
        body: row.get("body")?,
        name: row.get("name")?,
        not_free: row.get::<String>("free")? == "no",
        not_public: row.get::<String>("open_to_public")? == "no",
        interface: row.get("interface")?,
        gateway: row.get("gateway")?,
        gateway_key: row.get("gateway_key")?,
        range: range.parse().map_err(|_| StoreError::Shape(format!("{range} is no range")))?,
        routes: row.get("routes")?,
        registered_at: Timestamp(row.get("registered_at")?),
        registered_by: row.get("registered_by")?,
        purpose: row.get("purpose")?,
        ownership: row.get("ownership")?,
        document: row.get("document")?,
        file_name: row.get("file_name")?,
        approved_at: at("approved_at")?,
        approved_by: row.get("approved_by")?,
        expires_at: at("expires_at")?,
        reminded_at: at("reminded_at")?,
        activated_at: at("activated_at")?,
        activated_by: row.get("activated_by")?,
        ended_at: at("ended_at")?,
        ended_by: row.get("ended_by")?,
        ending: row.get("ending")?,
    })
}
