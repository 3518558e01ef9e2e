//! The SQL of devices, of what falls short on them, of their tickets, and of letters that counted.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Device, Gap, KeptGap, Ownership, State};
use crate::authority::{Sight, seen};

const COLUMNS: &str = "id, body, holder, name, ownership, state, code_hash, code_expires_at, key_id, key_line, enrolled_at, \
    accepted_at, approved_at, approved_by, system, version, reported_at, refused_from, registered_at, registered_by, closing";
/// Gaps of a device that a page shows.
const GAPS_SHOWN_MAX: i64 = 100;

pub(crate) async fn insert(tx: &Tx, new: &Device, words: &str) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO devices_device ({COLUMNS}, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
            $15, $16, $17, $18, $19, $20, $21, $22)"
    );
    let mut values = values(new);
    values.push(words.into());
    tx.run(&insert, values).await.map(drop)
}

/// Everything that may change of a device.
pub(crate) async fn save(tx: &Tx, device: &Device) -> Result<(), StoreError> {
    let update = "UPDATE devices_device SET body = $2, holder = $3, name = $4, ownership = $5, state = $6, code_hash = $7,
            code_expires_at = $8, key_id = $9, key_line = $10, enrolled_at = $11, accepted_at = $12, approved_at = $13,
            approved_by = $14, system = $15, version = $16, reported_at = $17, refused_from = $18, registered_at = $19,
            registered_by = $20, closing = $21
        WHERE id = $1";
    tx.run(update, values(device)).await.map(drop)
}

fn values(device: &Device) -> Vec<Value> {
    let at = |at: Option<Timestamp>| Value::from(at.map(Timestamp::micros));
    vec![
        device.id.into(),
        device.body.into(),
        device.holder.into(),
        device.name.clone().into(),
        device.ownership.word().into(),
        device.state.word().into(),
        device.code_hash.clone().into(),
        at(device.code_expires_at),
        device.key_id.clone().into(),
        device.key_line.clone().into(),
        at(device.enrolled_at),
        at(device.accepted_at),
        at(device.approved_at),
        device.approved_by.into(),
        device.system.clone().into(),
        device.version.clone().into(),
        at(device.reported_at),
        at(device.refused_from),
        device.registered_at.0.into(),
        device.registered_by.into(),
        device.closing.clone().into(),
    ]
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Device>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM devices_device WHERE id = $1"), vec![id.into()], read).await
}

pub(crate) async fn by_key(sql: &impl Sql, key_id: &str) -> Result<Option<Device>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM devices_device WHERE key_id = $1");
    sql.find(&select, vec![key_id.into()], read).await
}

pub(crate) async fn by_code(
    sql: &impl Sql,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Device>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM devices_device WHERE code_hash = $1 AND code_expires_at > $2");
    sql.find(&select, vec![hash.to_vec().into(), now.0.into()], read).await
}

/// The devices of a person, the newest first.
pub(crate) async fn of_holder(sql: &impl Sql, holder: Uuid, limit: i64) -> Result<Vec<Device>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM devices_device WHERE holder = $1 ORDER BY id DESC LIMIT $2");
    sql.list(&select, vec![holder.into(), limit.into()], read).await
}

/// Which devices of those that somebody may see.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub state: Option<State>,
    pub ownership: Option<Ownership>,
    pub body: Option<Uuid>,
    /// Stems of which all must stand there.
    pub stems: Vec<String>,
}

pub(crate) async fn listed(
    sql: &impl Sql,
    sight: &Sight,
    wanted: &Wanted,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Device>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let mut only = seen(sight, "body", &mut values);
    let mut narrow = |condition: &str, value: Value| {
        values.push(value);
        only += &format!(" AND {condition} ${}", values.len());
    };
    if let Some(state) = wanted.state {
        narrow("state =", state.word().into());
    }
    if let Some(ownership) = wanted.ownership {
        narrow("ownership =", ownership.word().into());
    }
    if let Some(body) = wanted.body {
        narrow("body =", body.into());
    }
    for stem in &wanted.stems {
        narrow("words LIKE", format!("% {} %", stem.replace(['%', '_', '\\'], "")).into());
    }
    let select =
        format!("SELECT {COLUMNS} FROM devices_device WHERE id < $1{only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

/// Devices whose holder accepted the rules before a moment.
pub(crate) async fn accepted_before(
    sql: &impl Sql,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Device>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM devices_device WHERE accepted_at IS NOT NULL AND accepted_at <= $1
            AND state IN ('pending', 'active', 'non_compliant') ORDER BY accepted_at, id LIMIT $2"
    );
    sql.list(&select, vec![before.0.into(), limit.into()], read).await
}

/// Everybody who holds a device that is not over, after a person, in the order of their ids.
pub(crate) async fn holders_after(sql: &impl Sql, after: Uuid, limit: i64) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT holder FROM devices_device WHERE holder > $1
            AND state IN ('pending', 'active', 'non_compliant') ORDER BY holder LIMIT $2";
    sql.list(select, vec![after.into(), limit.into()], |row| row.get("holder")).await
}

pub(crate) async fn open_gaps(sql: &impl Sql, device: Uuid) -> Result<Vec<Gap>, StoreError> {
    let select = "SELECT kind, name, found, asked FROM devices_gap WHERE device = $1 AND closed_at IS NULL
        ORDER BY opened_at, id LIMIT $2";
    sql.list(select, vec![device.into(), GAPS_SHOWN_MAX.into()], read_gap).await
}

/// What is to be mended first, then what was.
pub(crate) async fn gaps(sql: &impl Sql, device: Uuid) -> Result<Vec<KeptGap>, StoreError> {
    let select = "SELECT kind, name, found, asked, opened_at, closed_at FROM devices_gap WHERE device = $1
        ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, opened_at DESC, id DESC LIMIT $2";
    sql.list(select, vec![device.into(), GAPS_SHOWN_MAX.into()], |row| {
        let (opened, closed): (i64, Option<i64>) = (row.get("opened_at")?, row.get("closed_at")?);
        Ok::<_, StoreError>(KeptGap {
            gap: read_gap(row)?,
            opened_at: Timestamp(opened),
            closed_at: closed.map(Timestamp),
        })
    })
    .await
}

/// True when it was not open: the same thing is one task.
pub(crate) async fn open_gap(tx: &Tx, device: Uuid, gap: &Gap, at: Timestamp) -> Result<bool, StoreError> {
    let insert = "INSERT INTO devices_gap (id, device, kind, name, found, asked, opened_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = vec![
        Uuid::now_v7().into(),
        device.into(),
        gap.kind.clone().into(),
        gap.name.clone().into(),
        gap.found.clone().into(),
        gap.asked.clone().into(),
        at.0.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

pub(crate) async fn close_gap(tx: &Tx, device: Uuid, gap: &Gap, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE devices_gap SET closed_at = $4
        WHERE device = $1 AND kind = $2 AND name = $3 AND closed_at IS NULL";
    let values = vec![device.into(), gap.kind.clone().into(), gap.name.clone().into(), at.0.into()];
    tx.run(update, values).await.map(drop)
}

pub(crate) async fn put_ticket(
    tx: &Tx,
    hash: &[u8],
    device: Uuid,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO devices_ticket (hash, device, expires_at) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING";
    tx.run(insert, vec![hash.to_vec().into(), device.into(), expires_at.0.into()]).await.map(drop)
}

/// The device that a ticket is of, while it is good.
pub(crate) async fn ticket(sql: &impl Sql, hash: &[u8], now: Timestamp) -> Result<Option<Uuid>, StoreError> {
    let select = "SELECT device FROM devices_ticket WHERE hash = $1 AND expires_at > $2";
    sql.find(select, vec![hash.to_vec().into(), now.0.into()], |row| row.get("device")).await
}

/// True for whoever uses it first.
pub(crate) async fn use_up_ticket(tx: &Tx, hash: &[u8]) -> Result<bool, StoreError> {
    let delete = "DELETE FROM devices_ticket WHERE hash = $1";
    Ok(tx.run(delete, vec![hash.to_vec().into()]).await? == 1)
}

/// True when a letter of this id did not count yet.
pub(crate) async fn take_letter(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let insert = "INSERT INTO devices_letter (id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(tx.run(insert, vec![id.into(), at.0.into()]).await? == 1)
}

/// Forgets letters whose signature is too old to count, and tickets that are over; answers how many.
pub(crate) async fn sweep(tx: &Tx, letters: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
    let old = tx.run("DELETE FROM devices_letter WHERE at < $1", vec![letters.0.into()]).await?;
    Ok(old + tx.run("DELETE FROM devices_ticket WHERE expires_at <= $1", vec![now.0.into()]).await?)
}

fn read_gap(row: &Row) -> Result<Gap, StoreError> {
    Ok(Gap {
        kind: row.get("kind")?,
        name: row.get("name")?,
        found: row.get("found")?,
        asked: row.get("asked")?,
    })
}

fn read(row: &Row) -> Result<Device, StoreError> {
    let at = |column: &str| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp));
    let (ownership, state): (String, String) = (row.get("ownership")?, row.get("state")?);
    let odd = |word: &str| StoreError::Shape(format!("device {word}"));
    Ok(Device {
        id: row.get("id")?,
        body: row.get("body")?,
        holder: row.get("holder")?,
        name: row.get("name")?,
        ownership: Ownership::named(&ownership).ok_or_else(|| odd(&ownership))?,
        state: State::named(&state).ok_or_else(|| odd(&state))?,
        code_hash: row.get("code_hash")?,
        code_expires_at: at("code_expires_at")?,
        key_id: row.get("key_id")?,
        key_line: row.get("key_line")?,
        enrolled_at: at("enrolled_at")?,
        accepted_at: at("accepted_at")?,
        approved_at: at("approved_at")?,
        approved_by: row.get("approved_by")?,
        system: row.get("system")?,
        version: row.get("version")?,
        reported_at: at("reported_at")?,
        refused_from: at("refused_from")?,
        registered_at: Timestamp(row.get("registered_at")?),
        registered_by: row.get("registered_by")?,
        closing: row.get("closing")?,
    })
}
