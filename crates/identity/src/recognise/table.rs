//! The one statement that every request costs.

use authz::{Assurance, Role};
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError};
use uuid::Uuid;

use super::Basics;
use crate::{person::digits_named, session::assurance_from};

/// What a cookie or a token leads to.
pub(super) struct Found {
    /// Of the session or the token.
    pub(super) id: Uuid,
    pub(super) assurance: Assurance,
    pub(super) last_seen_at: Timestamp,
    /// When the person behind a session last showed who they are.
    pub(super) confirmed_at: Option<Timestamp>,
    pub(super) kind: String,
    pub(super) basics: Basics,
    pub(super) roles: Vec<Role>,
    pub(super) is_disabled: bool,
    /// The device that showed itself in this session.
    pub(super) device: Option<Uuid>,
}

const BY_SESSION: &str = "SELECT s.id, s.assurance, s.last_seen_at AS last_seen_at, s.confirmed_at, s.bound_device,
        p.disabled_at, p.id AS person, p.kind, p.name_ar, p.name_en, p.language, p.digits, a.body, a.unit, a.role
    FROM identity_session s JOIN identity_person p ON p.id = s.person
    LEFT JOIN organisations_appointment a ON a.person = p.id AND a.from_at <= $2
        AND (a.until_at IS NULL OR a.until_at > $2)
    WHERE s.secret_hash = $1 AND s.ends_at > $2 AND (s.ended_at IS NULL OR p.disabled_at IS NOT NULL)";

const BY_TOKEN: &str =
    "SELECT s.id, s.assurance, s.last_used_at AS last_seen_at, CAST(NULL AS BIGINT) AS confirmed_at,
        p.disabled_at, p.id AS person, p.kind, p.name_ar, p.name_en, p.language, p.digits, a.body, a.unit, a.role
    FROM identity_token s JOIN identity_person p ON p.id = s.person
    LEFT JOIN organisations_appointment a ON a.person = p.id AND a.from_at <= $2
        AND (a.until_at IS NULL OR a.until_at > $2)
    WHERE s.secret_hash = $1 AND s.expires_at > $2 AND (s.ended_at IS NULL OR p.disabled_at IS NOT NULL)";

pub(super) async fn by_session(
    sql: &impl Sql,
    secret_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Found>, StoreError> {
    let rows = sql.all(BY_SESSION, vec![secret_hash.to_vec().into(), now.0.into()]).await?;
    let device = rows.first().map(|row| row.get("bound_device")).transpose()?.flatten();
    Ok(found(rows)?.map(|found| Found { device, ..found }))
}

pub(super) async fn by_token(
    sql: &impl Sql,
    secret_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Found>, StoreError> {
    found(sql.all(BY_TOKEN, vec![secret_hash.to_vec().into(), now.0.into()]).await?)
}

/// One row a role; one row without a role for somebody who has none.
fn found(rows: Vec<Row>) -> Result<Option<Found>, StoreError> {
    let Some(first) = rows.first() else { return Ok(None) };
    let level: i64 = first.get("assurance")?;
    let mut found = Found {
        id: first.get("id")?,
        assurance: assurance_from(level).ok_or_else(|| StoreError::Shape(format!("assurance: {level}")))?,
        last_seen_at: Timestamp(first.get("last_seen_at")?),
        confirmed_at: first.get::<Option<i64>>("confirmed_at")?.map(Timestamp),
        kind: first.get("kind")?,
        basics: Basics {
            id: first.get("person")?,
            name: Text::new(first.get::<String>("name_ar")?, first.get::<String>("name_en")?),
            language: first.get::<String>("language")?.parse().unwrap_or_default(),
            digits: digits_named(&first.get::<String>("digits")?).unwrap_or_default(),
        },
        roles: Vec::new(),
        is_disabled: first.get::<Option<i64>>("disabled_at")?.is_some(),
        device: None,
    };
    for row in &rows {
        if let Some(body) = row.get::<Option<Uuid>>("body")? {
            let (unit, name) = (row.get("unit")?, row.get("role")?);
            found.roles.push(Role { body, unit, name, by: None });
        }
    }
    Ok(Some(found))
}
