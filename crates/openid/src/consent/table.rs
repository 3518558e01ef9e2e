//! The SQL of consents.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Consent;
use crate::client::{Scope, scope_words};

const COLUMNS: &str = "client, person, subject, scopes, given_at, used_at, withdrawn_at";
/// Systems that a person sees: those last used.
const LISTED_MAX: i64 = 100;

pub(crate) async fn find(sql: &impl Sql, client: Uuid, person: Uuid) -> Result<Option<Consent>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM openid_consent WHERE client = $1 AND person = $2");
    sql.find(&select, vec![client.into(), person.into()], read).await
}

/// What a person has agreed to, the last used first.
pub(crate) async fn of_person(sql: &impl Sql, person: Uuid) -> Result<Vec<Consent>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM openid_consent WHERE person = $1 AND withdrawn_at IS NULL
         ORDER BY used_at DESC, client LIMIT $2"
    );
    sql.list(&select, vec![person.into(), LISTED_MAX.into()], read).await
}

/// Keeps it as it is now.
pub(crate) async fn put(tx: &Tx, consent: &Consent) -> Result<(), StoreError> {
    let upsert = format!(
        "INSERT INTO openid_consent ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (client, person) DO UPDATE SET scopes = excluded.scopes, given_at = excluded.given_at,
            used_at = excluded.used_at, withdrawn_at = excluded.withdrawn_at"
    );
    let values = vec![
        consent.client.into(),
        consent.person.into(),
        consent.subject.into(),
        scope_words(&consent.scopes).into(),
        consent.given_at.0.into(),
        consent.used_at.0.into(),
        consent.withdrawn_at.map(Timestamp::micros).into(),
    ];
    tx.run(&upsert, values).await.map(drop)
}

fn read(row: &Row) -> Result<Consent, StoreError> {
    Ok(Consent {
        client: row.get("client")?,
        person: row.get("person")?,
        subject: row.get("subject")?,
        scopes: Scope::among(row.get::<String>("scopes")?.split(' ')),
        given_at: Timestamp(row.get("given_at")?),
        used_at: Timestamp(row.get("used_at")?),
        withdrawn_at: row.get::<Option<i64>>("withdrawn_at")?.map(Timestamp),
    })
}
