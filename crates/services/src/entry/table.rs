//! The SQL of directory entries. Each version of an entry is a row; the newest published one leads.

use std::collections::HashMap;

use authz::Failure;
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Card, Entry, EntryState, tell::Told, version::Version};
use crate::{form::Form, process::Process};

pub(crate) struct NewVersion<'a> {
    pub id: Uuid,
    pub version: i64,
    pub body: Uuid,
    pub card: &'a Card,
    pub form: &'a Form,
    pub process: Option<&'a Process>,
    pub author: Uuid,
    pub at: Timestamp,
}

pub(crate) async fn insert(tx: &Tx, new: NewVersion<'_>) -> Result<(), Failure> {
    let card = serde_json::to_string(new.card)?;
    let process = new.process.map(serde_json::to_string).transpose()?;
    tx.run(
        "INSERT INTO entry (id, version, slug, body, state, card, form, process, author, registered_at, state_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        vec![
            new.id.into(),
            new.version.into(),
            new.card.id.clone().into(),
            new.body.into(),
            EntryState::PendingVerification.word().into(),
            card.into(),
            new.form.source().into(),
            process.into(),
            new.author.into(),
            new.at.0.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The entry's id and highest version, when the slug is known.
pub(crate) async fn latest(sql: &impl Sql, slug: &str) -> Result<Option<(Uuid, i64)>, StoreError> {
    let row = sql
        .one("SELECT id, version FROM entry WHERE slug = $1 ORDER BY version DESC LIMIT 1", vec![slug.into()])
        .await?;
    row.map(|row| Ok((row.get("id")?, row.get("version")?))).transpose()
}

/// A version in the register, whatever its state.
pub(crate) struct Pending {
    pub id: Uuid,
    pub body: Uuid,
    pub author: Uuid,
    pub state: String,
    pub card: Card,
    /// The form's JSON Schema.
    pub form: String,
    pub process: Option<Process>,
    pub legal_reviewer: Option<Uuid>,
}

pub(crate) async fn version(sql: &impl Sql, slug: &str, version: i64) -> Result<Option<Pending>, Failure> {
    let select = "SELECT id, body, author, state, card, form, process, legal_reviewer FROM entry
        WHERE slug = $1 AND version = $2";
    sql.find(select, vec![slug.into(), version.into()], pending).await
}

fn pending(row: &Row) -> Result<Pending, Failure> {
    let card: Card = serde_json::from_str(&row.get::<String>("card")?)?;
    let process: Option<String> = row.get("process")?;
    let process = process.map(|process| serde_json::from_str::<Process>(&process)).transpose()?;
    Ok(Pending {
        id: row.get("id")?,
        body: row.get("body")?,
        author: row.get("author")?,
        state: row.get("state")?,
        form: row.get("form")?,
        process: process.map(|process| process.completed(&card)),
        legal_reviewer: row.get("legal_reviewer")?,
        card,
    })
}

/// Puts a legal reviewer's name to the process of a version.
pub(crate) async fn attest(
    tx: &Tx,
    id: Uuid,
    version: i64,
    reviewer: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update =
        "UPDATE entry SET legal_reviewer = $3, legal_reviewed_at = $4 WHERE id = $1 AND version = $2";
    tx.run(update, vec![id.into(), version.into(), reviewer.into(), at.0.into()]).await.map(drop)
}

/// The body whose entry it is, when the slug is known.
pub(crate) async fn body_of(sql: &impl Sql, slug: &str) -> Result<Option<Uuid>, StoreError> {
    let row = sql.one("SELECT body FROM entry WHERE slug = $1 LIMIT 1", vec![slug.into()]).await?;
    row.map(|row| row.get("body")).transpose()
}

/// Publishes a version and moves the directory's generation, which every node watches.
pub(crate) async fn publish(
    tx: &Tx,
    id: Uuid,
    version: i64,
    verifier: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE entry SET state = $3, verifier = $4, verified_at = $5, state_at = $5
         WHERE id = $1 AND version = $2",
        vec![id.into(), version.into(), EntryState::Published.word().into(), verifier.into(), at.0.into()],
    )
    .await?;
    tx.run(
        "UPDATE entry SET state = 'superseded', state_at = $3
         WHERE id = $1 AND version <> $2 AND state IN ('published', 'suspended')",
        vec![id.into(), version.into(), at.0.into()],
    )
    .await?;
    move_generation(tx).await
}

/// Every node reads the directory anew within a second.
pub(crate) async fn move_generation(tx: &Tx) -> Result<(), StoreError> {
    tx.run("UPDATE directory_generation SET value = value + 1 WHERE id = 1", vec![]).await.map(drop)
}

/// Keeps that a party is told of a version; false when that was kept before.
pub(crate) async fn note_told(
    tx: &Tx,
    version: &Version,
    party: &str,
    name: &Text,
    means: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let insert = "INSERT INTO entry_told (entry, version, party, name_ar, name_en, means, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry, version, party) DO NOTHING";
    let values = vec![
        version.entry.into(),
        version.version.into(),
        party.into(),
        name.ar.clone().into(),
        name.en.clone().into(),
        means.into(),
        at.0.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

/// Whether a party was told of any version of an entry.
pub(crate) async fn was_told(sql: &impl Sql, entry: Uuid, party: &str) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS known FROM entry_told WHERE entry = $1 AND party = $2 LIMIT 1";
    Ok(sql.one(select, vec![entry.into(), party.into()]).await?.is_some())
}

/// Stakeholders told; persons who subscribed are not listed for others.
pub(crate) async fn told(sql: &impl Sql, entry: Uuid) -> Result<Vec<Told>, StoreError> {
    let select = "SELECT version, name_ar, name_en, means, at FROM entry_told
        WHERE entry = $1 AND party LIKE 'stakeholder/%' ORDER BY version DESC, party LIMIT 200";
    let rows = sql.all(select, vec![entry.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Told {
                version: row.get("version")?,
                name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
                means: row.get("means")?,
                at: Timestamp(row.get("at")?),
            })
        })
        .collect()
}

pub(crate) async fn generation(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT value FROM directory_generation WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("directory_generation".into()))?.get("value")
}

/// Which entries are published, and in which version.
pub(crate) async fn published_versions(sql: &impl Sql) -> Result<Vec<InForce>, StoreError> {
    let select = format!(
        "SELECT e.id, MAX(e.version) AS version, {LEVEL} FROM entry e WHERE e.state = 'published' GROUP BY e.id"
    );
    let rows = sql.all(&select, vec![]).await?;
    let version = |row: &Row| {
        Ok(InForce { id: row.get("id")?, version: row.get("version")?, level: row.get("level")? })
    };
    rows.iter().map(version).collect()
}

/// Which version of an entry is in force, and the level that the supervising body set for it, if it did.
pub(crate) struct InForce {
    pub id: Uuid,
    pub version: i64,
    pub level: Option<String>,
}

/// What the supervising body set last for an entry; it takes the place of what the card says (LY-SVC-8.2a).
const LEVEL: &str =
    "(SELECT l.level FROM service_level l WHERE l.entry = e.id ORDER BY l.version DESC LIMIT 1)
    AS level";

/// Of so many requests, the newest, it is told for which services they were.
const DEMAND_REQUESTS_READ: i64 = 2_000;

/// How much each service was asked for of late, from 0 to 1 for the one that was asked for most.
pub(crate) async fn demand(sql: &impl Sql) -> Result<HashMap<Uuid, f32>, StoreError> {
    let select = "SELECT entry, COUNT(*) AS requests
        FROM (SELECT entry FROM request ORDER BY id DESC LIMIT $1) newest GROUP BY entry";
    let rows = sql.all(select, vec![DEMAND_REQUESTS_READ.into()]).await?;
    let counts: Result<Vec<(Uuid, i64)>, StoreError> =
        rows.iter().map(|row| Ok((row.get("entry")?, row.get("requests")?))).collect();
    let counts = counts?;
    let most = counts.iter().map(|(_, requests)| *requests).max().unwrap_or(1) as f32;
    let share = |requests: i64| (1.0 + requests as f32).ln() / (1.0 + most).ln();
    Ok(counts.into_iter().map(|(entry, requests)| (entry, share(requests))).collect())
}

/// Every entry's newest published version.
pub(crate) async fn published(sql: &impl Sql) -> Result<Vec<Entry>, Failure> {
    let rows = sql
        .all(
            &format!(
                "SELECT e.id, version, body, card, form, process, verified_at, {LEVEL} FROM entry e
                 WHERE state = 'published' AND version = (
                     SELECT MAX(version) FROM entry n WHERE n.id = e.id AND n.state = 'published')
                 ORDER BY slug"
            ),
            vec![],
        )
        .await?;
    rows.iter().map(entry).collect()
}

/// One version of one entry, published or superseded: what a request was made under.
pub(crate) async fn at_version(sql: &impl Sql, id: Uuid, version: i64) -> Result<Option<Entry>, Failure> {
    let row = sql
        .one(
            &format!(
                "SELECT e.id, version, body, card, form, process, verified_at, {LEVEL} FROM entry e
                 WHERE e.id = $1 AND e.version = $2 AND verified_at IS NOT NULL"
            ),
            vec![id.into(), version.into()],
        )
        .await?;
    row.as_ref().map(entry).transpose()
}

fn entry(row: &Row) -> Result<Entry, Failure> {
    let mut card: Card = serde_json::from_str(&row.get::<String>("card")?)?;
    if let Some(level) = row.get::<Option<String>>("level")? {
        card.assurance = level;
    }
    let process = match row.get::<Option<String>>("process")? {
        Some(process) => serde_json::from_str::<Process>(&process)?.completed(&card),
        None => Process::standard(&card),
    };
    Ok(Entry {
        id: row.get("id")?,
        version: row.get("version")?,
        body: row.get("body")?,
        form: Form::parse(&row.get::<String>("form")?)?,
        process,
        card,
        verified_at: Timestamp(row.get("verified_at")?),
    })
}
