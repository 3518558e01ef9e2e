//! The SQL of versions, their history and the register.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Event, Version};
use crate::entry::EntryState;

const COLUMNS: &str =
    "id, version, body, state, card, form, process, legal_reviewer, author, registered_at, verifier, verified_at,
    state_at, remarks, merged_into";

pub(crate) async fn find(sql: &impl Sql, slug: &str, version: i64) -> Result<Option<Version>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM entry WHERE slug = $1 AND version = $2");
    sql.find(&select, vec![slug.into(), version.into()], read).await
}

/// Every version of an entry, the newest first. An entry has tens of them in a lifetime.
pub(crate) async fn of_entry(sql: &impl Sql, slug: &str) -> Result<Vec<Version>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM entry WHERE slug = $1 ORDER BY version DESC");
    sql.list(&select, vec![slug.into()], read).await
}

/// The version in one of these states that leads: the newest.
pub(crate) async fn newest(
    sql: &impl Sql,
    slug: &str,
    states: &[EntryState],
) -> Result<Option<Version>, Failure> {
    let words: Vec<String> = states.iter().map(|state| format!("'{}'", state.word())).collect();
    let select = format!(
        "SELECT {COLUMNS} FROM entry WHERE slug = $1 AND state IN ({}) ORDER BY version DESC LIMIT 1",
        words.join(", ")
    );
    sql.find(&select, vec![slug.into()], read).await
}

/// Where a page before ended: the moment and the entry of its last line.
pub(crate) type Since = (i64, Uuid);

/// What waits for verification, the longest waiting first.
pub(crate) async fn waiting(sql: &impl Sql, after: Since, limit: i64) -> Result<Vec<Version>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM entry WHERE state = 'pending_verification' AND (registered_at, id) > ($1, $2)
         ORDER BY registered_at, id LIMIT $3"
    );
    let values = vec![after.0.into(), after.1.into(), limit.into()];
    sql.list(&select, values, read).await
}

/// Whose process waits for a legal reviewer, the longest waiting first: of some bodies, or of all, and never the person's
/// own.
pub(crate) async fn unattested(
    sql: &impl Sql,
    bodies: Option<&[Uuid]>,
    reviewer: Uuid,
    after: Since,
    limit: i64,
) -> Result<Vec<Version>, Failure> {
    let (condition, mut values) = unattested_by(bodies, reviewer);
    let place = values.len();
    values.extend([after.0.into(), after.1.into(), limit.into()]);
    let select = format!(
        "SELECT {COLUMNS} FROM entry WHERE {condition} AND (registered_at, id) > (${}, ${})
         ORDER BY registered_at, id LIMIT ${}",
        place + 1,
        place + 2,
        place + 3
    );
    sql.list(&select, values, read).await
}

/// How many there are.
pub(crate) async fn unattested_count(
    sql: &impl Sql,
    bodies: Option<&[Uuid]>,
    reviewer: Uuid,
) -> Result<i64, StoreError> {
    let (condition, values) = unattested_by(bodies, reviewer);
    let row = sql.one(&format!("SELECT COUNT(*) AS waiting FROM entry WHERE {condition}"), values).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("waiting")
}

fn unattested_by(bodies: Option<&[Uuid]>, reviewer: Uuid) -> (String, Vec<sea_orm::Value>) {
    let mut values: Vec<sea_orm::Value> = vec![reviewer.into()];
    let mut condition = "state = 'pending_verification' AND legal_reviewer IS NULL AND process IS NOT NULL
        AND author <> $1"
        .to_owned();
    if let Some(bodies) = bodies {
        values.extend(bodies.iter().map(|body| sea_orm::Value::from(*body)));
        let places: Vec<String> = (2..values.len() + 1).map(|place| format!("${place}")).collect();
        condition.push_str(&format!(" AND body IN ({})", places.join(", ")));
    }
    (condition, values)
}

/// What the register is asked for; filters combine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub body: Option<Uuid>,
    pub state: Option<EntryState>,
    /// Versions that were never published are for those who work on them alone.
    pub published_only: bool,
    /// The newest version of each entry alone.
    pub newest_only: bool,
    pub after: Option<(String, i64)>,
}

/// A page of the register, by slug and then the newest version first (LY-SVC-22.1).
pub(crate) async fn register(sql: &impl Sql, asked: &Asked, limit: i64) -> Result<Vec<Version>, Failure> {
    let (slug, version) = asked.after.clone().unwrap_or((String::new(), i64::MAX));
    let mut select =
        format!("SELECT {COLUMNS} FROM entry e WHERE (slug > $1 OR (slug = $1 AND version < $2))");
    let mut values: Vec<sea_orm::Value> = vec![slug.into(), version.into(), limit.into()];
    if let Some(body) = asked.body {
        values.push(body.into());
        select.push_str(&format!(" AND body = ${}", values.len()));
    }
    if let Some(state) = asked.state {
        values.push(state.word().into());
        select.push_str(&format!(" AND state = ${}", values.len()));
    }
    if asked.published_only {
        select.push_str(" AND verified_at IS NOT NULL");
    }
    if asked.newest_only {
        let known = if asked.published_only { " AND n.verified_at IS NOT NULL" } else { "" };
        select
            .push_str(&format!(" AND version = (SELECT MAX(version) FROM entry n WHERE n.id = e.id{known})"));
    }
    select.push_str(" ORDER BY slug, version DESC LIMIT $3");
    sql.list(&select, values, read).await
}

/// How many versions wait for verification.
pub(crate) async fn waiting_count(sql: &impl Sql) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS waiting FROM entry WHERE state = 'pending_verification'";
    let row = sql.one(select, vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("waiting")
}

/// Puts a version into a state; why is kept beside it.
pub(crate) async fn set_state(
    tx: &Tx,
    version: &Version,
    state: EntryState,
    remarks: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE entry SET state = $3, remarks = $4, state_at = $5 WHERE id = $1 AND version = $2";
    let values =
        vec![version.entry.into(), version.version.into(), state.word().into(), remarks.into(), at.0.into()];
    tx.run(update, values).await.map(drop)
}

pub(crate) async fn set_merged(tx: &Tx, version: &Version, into: &str) -> Result<(), StoreError> {
    let update = "UPDATE entry SET merged_into = $3 WHERE id = $1 AND version = $2";
    tx.run(update, vec![version.entry.into(), version.version.into(), into.into()]).await.map(drop)
}

/// Whatever waited or was handed back gives way to the version that was registered after it.
pub(crate) async fn supersede_unpublished(
    tx: &Tx,
    entry: Uuid,
    version: i64,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE entry SET state = 'superseded', state_at = $3
        WHERE id = $1 AND version < $2 AND state IN ('pending_verification', 'returned')";
    tx.run(update, vec![entry.into(), version.into(), at.0.into()]).await.map(drop)
}

pub(crate) async fn add_event(tx: &Tx, entry: Uuid, event: &Event) -> Result<(), StoreError> {
    let insert = "INSERT INTO entry_event (id, entry, version, act, actor, note, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        Uuid::now_v7().into(),
        entry.into(),
        event.version.into(),
        event.act.clone().into(),
        event.actor.into(),
        event.note.clone().into(),
        event.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// What happened to an entry, the newest first.
pub(crate) async fn events(sql: &impl Sql, entry: Uuid, limit: i64) -> Result<Vec<Event>, StoreError> {
    let select = "SELECT version, act, actor, note, at FROM entry_event WHERE entry = $1
        ORDER BY id DESC LIMIT $2";
    let rows = sql.all(select, vec![entry.into(), limit.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Event {
                version: row.get("version")?,
                act: row.get("act")?,
                actor: row.get("actor")?,
                note: row.get("note")?,
                at: Timestamp(row.get("at")?),
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Version, Failure> {
    let state: String = row.get("state")?;
    let process: Option<String> = row.get("process")?;
    Ok(Version {
        entry: row.get("id")?,
        version: row.get("version")?,
        body: row.get("body")?,
        state: EntryState::named(&state).ok_or_else(|| StoreError::Shape(format!("state {state}")))?,
        card: serde_json::from_str(&row.get::<String>("card")?)?,
        form: row.get("form")?,
        process: process.as_deref().map(serde_json::from_str).transpose()?,
        legal_reviewer: row.get("legal_reviewer")?,
        author: row.get("author")?,
        registered_at: Timestamp(row.get("registered_at")?),
        verifier: row.get("verifier")?,
        verified_at: row.get::<Option<i64>>("verified_at")?.map(Timestamp),
        state_at: Timestamp(row.get("state_at")?),
        remarks: row.get("remarks")?,
        merged_into: row.get("merged_into")?,
    })
}
