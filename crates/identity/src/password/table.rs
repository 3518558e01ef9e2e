//! The SQL of passwords, and the one question that a sign-in asks first.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

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
}

impl Known {
    pub(crate) fn has_factor(&self) -> bool {
        self.sealed.is_some() || self.has_key
    }
}

const KNOWN: &str = "SELECT p.id, w.hash, f.sealed,
        EXISTS (SELECT 1 FROM organisations_appointment a WHERE a.person = p.id AND a.from_at <= $2
            AND (a.until_at IS NULL OR a.until_at > $2)) AS staff,
        EXISTS (SELECT 1 FROM identity_key k WHERE k.person = p.id) AS has_key,
        EXISTS (SELECT 1 FROM identity_key k WHERE k.person = p.id AND k.stopped_at IS NULL) AS has_good_key,
        EXISTS (SELECT 1 FROM identity_recovery r WHERE r.person = p.id) AS has_recovery
    FROM identity_person p
    LEFT JOIN identity_password w ON w.person = p.id
    LEFT JOIN identity_factor f ON f.person = p.id";

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
    Ok(Some(Known {
        person: row.get("id")?,
        hash: row.get("hash")?,
        sealed: row.get("sealed")?,
        staff: row.get("staff")?,
        has_key: row.get("has_key")?,
        has_good_key: row.get("has_good_key")?,
        has_recovery: row.get("has_recovery")?,
    }))
}

pub(super) async fn put(tx: &Tx, person: Uuid, hash: &str, at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_password (person, hash, set_at) VALUES ($1, $2, $3)
        ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at";
    tx.run(upsert, vec![person.into(), hash.into(), at.0.into()]).await.map(drop)
}
