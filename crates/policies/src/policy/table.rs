//! The SQL of policies.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Policy, PolicyKind};
use crate::version::table::CURRENT;

const COLUMNS: &str =
    "id, body, kind, owner_unit, second_unit, is_everywhere, issuer, address, last_review_at, next_review_at";

pub(super) async fn insert(tx: &Tx, new: &Policy, by: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO policies_policy (id, body, kind, owner_unit, second_unit, is_everywhere, issuer, address,
            registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.kind.word().into(),
        new.owner_unit.into(),
        new.second_unit.into(),
        new.is_everywhere.into(),
        new.issuer.clone().into(),
        new.address.clone().into(),
        by.into(),
        at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Policy>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM policies_policy WHERE id = $1"), vec![id.into()], read).await
}

pub(crate) async fn reviewed(tx: &Tx, id: Uuid, last: Timestamp, next: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE policies_policy SET last_review_at = $2, next_review_at = $3, reminded_at = NULL WHERE id = $1";
    tx.run(update, vec![id.into(), last.0.into(), next.0.into()]).await.map(drop)
}

/// Whose review is near or late, and of which nobody was reminded since `before`.
pub(crate) async fn review_near(
    sql: &impl Sql,
    near: Timestamp,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Policy>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM policies_policy
         WHERE next_review_at <= $1 AND (reminded_at IS NULL OR reminded_at < $2) ORDER BY next_review_at, id LIMIT $3"
    );
    sql.list(&select, vec![near.0.into(), before.0.into(), limit.into()], read).await
}

pub(crate) async fn reminded(
    tx: &Tx,
    id: Uuid,
    before: Timestamp,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE policies_policy SET reminded_at = $3
        WHERE id = $1 AND (reminded_at IS NULL OR reminded_at < $2)";
    Ok(tx.run(update, vec![id.into(), before.0.into(), at.0.into()]).await? == 1)
}

/// Whether a body has a policy of a kind in force, of its own or one for all bodies.
pub(crate) async fn has_in_force(
    sql: &impl Sql,
    body: Uuid,
    kind: PolicyKind,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let select =
        "SELECT 1 AS one FROM policies_policy p WHERE p.kind = $1 AND (p.body = $2 OR p.is_everywhere)
        AND EXISTS (SELECT 1 FROM policies_version v WHERE v.policy = p.id AND v.in_force_at <= $3) LIMIT 1";
    Ok(sql.one(select, vec![kind.word().into(), body.into(), at.0.into()]).await?.is_some())
}

/// What narrows the register.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Where the person works; nothing for those who oversee all.
    pub bodies: Option<Vec<Uuid>>,
    /// Bodies whose drafts the person may see, and units of which the person is a member.
    pub led: Vec<Uuid>,
    pub units: Vec<Uuid>,
    pub kind: Option<PolicyKind>,
    pub body: Option<Uuid>,
    pub words: String,
    /// `overdue` for those whose review is late.
    pub overdue: bool,
}

/// The newest first. What was never in force is seen by those who write or lead alone.
pub(super) async fn listed(
    sql: &impl Sql,
    wanted: &Wanted,
    (before, now): (Uuid, Timestamp),
    limit: i64,
) -> Result<Vec<Policy>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), now.0.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut only = String::new();
    let mut drafts = String::new();
    for body in &wanted.led {
        drafts += &format!(" OR p.body = {}", place((*body).into()));
    }
    for unit in &wanted.units {
        let unit = place((*unit).into());
        drafts += &format!(" OR p.owner_unit = {unit} OR p.second_unit = {unit}");
    }
    let published = "EXISTS (SELECT 1 FROM policies_version v WHERE v.policy = p.id AND v.in_force_at <= $2)";
    let mut at_home = String::new();
    if let Some(bodies) = &wanted.bodies {
        let own = bodies.iter().map(|body| format!(" OR p.body = {}", place((*body).into())));
        at_home = format!(" AND (p.is_everywhere{})", own.collect::<String>());
    }
    only += &format!(" AND (({published}{at_home}){drafts})");
    if let Some(kind) = wanted.kind {
        only += &format!(" AND p.kind = {}", place(kind.word().into()));
    }
    if let Some(body) = wanted.body {
        only += &format!(" AND p.body = {}", place(body.into()));
    }
    if wanted.overdue {
        only += " AND p.next_review_at < $2";
    }
    if !wanted.words.is_empty() {
        let words = place(format!("%{}%", wanted.words.to_lowercase().replace(['%', '_', '\\'], "")).into());
        only += &format!(
            " AND EXISTS (SELECT 1 FROM policies_version v WHERE v.policy = p.id
               AND (v.title_ar LIKE {words} OR LOWER(v.title_en) LIKE {words}))"
        );
    }
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("p.{column}")).collect();
    let select = format!(
        "SELECT {} FROM policies_policy p WHERE p.id < $1{only} ORDER BY p.id DESC LIMIT $3",
        columns.join(", ")
    );
    sql.list(&select, values, read).await
}

/// The policies that bind somebody who works at these bodies, with the version in force.
pub(crate) async fn binding_versions(
    sql: &impl Sql,
    at: Timestamp,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let select = format!(
        "SELECT p.id AS policy, ({CURRENT}) AS version FROM policies_policy p
         WHERE p.id > $2 AND EXISTS (SELECT 1 FROM policies_version v WHERE v.policy = p.id AND v.in_force_at <= $1)
         ORDER BY p.id LIMIT $3"
    );
    sql.list(&select, vec![at.0.into(), after.into(), limit.into()], |row| {
        Ok((row.get("policy")?, row.get("version")?))
    })
    .await
}

fn read(row: &Row) -> Result<Policy, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Policy {
        id: row.get("id")?,
        body: row.get("body")?,
        kind: PolicyKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("policy {kind}")))?,
        owner_unit: row.get("owner_unit")?,
        second_unit: row.get("second_unit")?,
        is_everywhere: row.get("is_everywhere")?,
        issuer: row.get("issuer")?,
        address: row.get("address")?,
        last_review_at: row.get::<Option<i64>>("last_review_at")?.map(Timestamp),
        next_review_at: row.get::<Option<i64>>("next_review_at")?.map(Timestamp),
    })
}
