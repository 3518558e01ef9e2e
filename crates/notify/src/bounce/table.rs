//! The SQL of letters that came back, and of addresses that take none.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

/// A delivery by e-mail that a letter was to make.
pub(super) struct Delivered {
    pub person: Uuid,
    pub address: String,
    pub is_bounced: bool,
}

/// What one letter told: a notice, or all that a letter of the day took up.
pub(super) async fn of_letter(sql: &impl Sql, letter: Uuid) -> Result<Vec<Delivered>, StoreError> {
    let select = "SELECT n.person, d.address, d.state FROM notice_delivery d JOIN notice n ON n.id = d.notice
        WHERE d.means = 'email' AND (d.notice = $1 OR d.digest = $1)";
    let rows = sql.all(select, vec![letter.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Delivered {
                person: row.get("person")?,
                address: row.get("address")?,
                is_bounced: row.get::<String>("state")? == "bounced",
            })
        })
        .collect()
}

/// It did not arrive, although it had been handed over.
pub(super) async fn mark(tx: &Tx, letter: Uuid, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE notice_delivery SET state = 'bounced', at = $2, reason = $3, retry_at = NULL
        WHERE means = 'email' AND (notice = $1 OR digest = $1)";
    tx.run(update, vec![letter.into(), now.0.into(), reason.into()]).await.map(drop)
}

/// Counts a letter that came back for good; how many there were.
pub(super) async fn count(tx: &Tx, address: &str, now: Timestamp) -> Result<i64, StoreError> {
    let upsert = "INSERT INTO notice_address (address, hard_bounces, bounced_at) VALUES ($1, 1, $2)
        ON CONFLICT (address) DO UPDATE SET hard_bounces = notice_address.hard_bounces + 1, bounced_at = $2";
    tx.run(upsert, vec![plain(address).into(), now.0.into()]).await?;
    let select = "SELECT hard_bounces FROM notice_address WHERE address = $1";
    let row = tx.one(select, vec![plain(address).into()]).await?;
    row.ok_or_else(|| StoreError::Shape("notice_address".into()))?.get("hard_bounces")
}

pub(super) async fn stop(tx: &Tx, address: &str, now: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE notice_address SET stopped_at = COALESCE(stopped_at, $2) WHERE address = $1";
    tx.run(update, vec![plain(address).into(), now.0.into()]).await.map(drop)
}

/// Whether letters to an address came back so often that none is sent any more.
pub(crate) async fn is_stopped(sql: &impl Sql, address: &str) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM notice_address WHERE address = $1 AND stopped_at IS NOT NULL";
    Ok(sql.one(select, vec![plain(address).into()]).await?.is_some())
}

pub(super) async fn forget(tx: &Tx, address: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM notice_address WHERE address = $1", vec![plain(address).into()]).await.map(drop)
}

/// One mailbox, however its address was typed.
fn plain(address: &str) -> String {
    address.trim().to_lowercase()
}
