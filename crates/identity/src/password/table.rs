//! The SQL of passwords, and the one question that a sign-in asks first.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use crate::phone::Verdict;

/// What is known about somebody who wants to sign in.
pub(crate) struct Known {
    pub(crate) person: Uuid,
    pub(crate) hash: Option<String>,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) staff: bool,
    /// A key of any kind, also one that was stopped: whoever has one never signs in with the password alone.
    pub(crate) has_key: bool,
    pub(crate) has_good_key: bool,
    pub(crate) has_recovery: bool,
    /// A number whose codes were enrolled, also one that was stopped since.
    pub(crate) has_phone: bool,
    /// The number, where its codes open something now.
    pub(crate) good_phone: Option<String>,
}

impl Known {
    pub(crate) fn has_factor(&self) -> bool {
        self.sealed.is_some() || self.has_key || self.has_phone
    }
}

const KNOWN: &str = "SELECT p.id, w.hash, f.sealed,
        EXISTS (SELECT 1 FROM organisations_appointment a WHERE a.person = p.id AND a.from_at <= $2
            AND (a.until_at IS NULL OR a.until_at > $2)) AS staff,
        EXISTS (SELECT 1 FROM identity_key k WHERE k.person = p.id) AS has_key,
        EXISTS (SELECT 1 FROM identity_key k WHERE k.person = p.id AND k.stopped_at IS NULL) AS has_good_key,
        EXISTS (SELECT 1 FROM identity_recovery r WHERE r.person = p.id) AS has_recovery,
        h.number, n.result
    FROM identity_person p
    LEFT JOIN identity_password w ON w.person = p.id
    LEFT JOIN identity_factor f ON f.person = p.id
    LEFT JOIN identity_phone h ON h.person = p.id AND h.ended_at IS NULL AND h.factor_at IS NOT NULL
    LEFT JOIN identity_number n ON n.number = h.number";

pub(crate) async fn known_by_identifier(
    sql: &impl Sql,
    identifier: &str,
    now: Timestamp,
) -> Result<Option<Known>, StoreError> {
    let select = format!("{KNOWN} WHERE p.identifier = $1");
    known(sql.one(&select, vec![identifier.into(), now.0.into()]).await?)
}

pub(crate) async fn known_by_id(
    sql: &impl Sql,
    person: Uuid,
    now: Timestamp,
) -> Result<Option<Known>, StoreError> {
    let select = format!("{KNOWN} WHERE p.id = $1");
    known(sql.one(&select, vec![person.into(), now.0.into()]).await?)
}

fn known(row: Option<store::Row>) -> Result<Option<Known>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let (number, result) = (row.get::<Option<String>>("number")?, row.get::<Option<String>>("result")?);
    let is_good = result.as_deref() == Some(Verdict::Positive.word());
    Ok(Some(Known {
        person: row.get("id")?,
        hash: row.get("hash")?,
        sealed: row.get("sealed")?,
        staff: row.get("staff")?,
        has_key: row.get("has_key")?,
        has_good_key: row.get("has_good_key")?,
        has_recovery: row.get("has_recovery")?,
        has_phone: number.is_some(),
        good_phone: number.filter(|_| is_good),
    }))
}

/// It opens nothing any more.
pub(crate) async fn end(tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_password WHERE person = $1", vec![person.into()]).await.map(drop)
}

pub(crate) async fn is_missing(sql: &impl Sql, person: Uuid) -> Result<bool, StoreError> {
    let select = "SELECT person FROM identity_password WHERE person = $1";
    Ok(sql.one(select, vec![person.into()]).await?.is_none())
}

pub(super) async fn put(tx: &Tx, person: Uuid, hash: &str, at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_password (person, hash, set_at) VALUES ($1, $2, $3)
        ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at";
    tx.run(upsert, vec![person.into(), hash.into(), at.0.into()]).await.map(drop)
}
