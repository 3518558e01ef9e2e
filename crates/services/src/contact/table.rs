//! The SQL of addresses on requests.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

pub(crate) async fn give(tx: &Tx, request: Uuid, email: &str, at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO request_contact (request, email, given_at) VALUES ($1, $2, $3)
        ON CONFLICT (request) DO UPDATE SET email = $2, given_at = $3";
    tx.run(upsert, vec![request.into(), email.into(), at.0.into()]).await.map(drop)
}

/// The address that was given on a request, when one was.
pub(crate) async fn email_of(sql: &impl Sql, request: Uuid) -> Result<Option<String>, StoreError> {
    let select = "SELECT email FROM request_contact WHERE request = $1";
    sql.one(select, vec![request.into()]).await?.map(|row| row.get("email")).transpose()
}
