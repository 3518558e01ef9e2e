//! The SQL of text messages, their parts and receipts.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};

use super::Message;
use crate::{Receipt, ReceiptState};

/// Opens the entry of a message. False when it was handed over before.
pub(super) async fn open(tx: &Tx, reference: &str, masked: &str, at: Timestamp) -> Result<bool, StoreError> {
    let insert = "INSERT INTO sms_message (reference, masked, first_at) VALUES ($1, $2, $3)
        ON CONFLICT (reference) DO NOTHING";
    tx.run(insert, vec![reference.into(), masked.into(), at.0.into()]).await?;
    let select = "SELECT 1 AS found FROM sms_message WHERE reference = $1 AND handed_at IS NULL";
    Ok(tx.one(select, vec![reference.into()]).await?.is_some())
}

pub(super) async fn close(
    tx: &Tx,
    reference: &str,
    centre_ids: &[String],
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE sms_message SET handed_at = $2 WHERE reference = $1";
    tx.run(update, vec![reference.into(), at.0.into()]).await?;
    for id in centre_ids {
        // A centre counts from one again after a restart: the newest message of a name is meant.
        let insert = "INSERT INTO sms_part (centre_id, reference) VALUES ($1, $2)
            ON CONFLICT (centre_id) DO UPDATE SET reference = excluded.reference";
        tx.run(insert, vec![id.as_str().into(), reference.into()]).await?;
    }
    Ok(())
}

/// Keeps a receipt. What is final stays: a centre may say "on the way" late.
pub(super) async fn receive(tx: &Tx, receipt: &Receipt, at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO sms_receipt (centre_id, state, word, said_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (centre_id) DO UPDATE SET state = excluded.state, word = excluded.word, said_at = excluded.said_at
        WHERE sms_receipt.state = 'on_the_way'";
    let values = vec![
        receipt.centre_id.as_str().into(),
        receipt.state.word().into(),
        receipt.word.as_str().into(),
        at.0.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// The message under this reference, with what was said about its parts.
pub async fn message(sql: &impl Sql, reference: &str) -> Result<Option<Message>, StoreError> {
    let select = "SELECT m.reference, m.masked, m.handed_at, p.centre_id, r.state, r.said_at
        FROM sms_message m
        LEFT JOIN sms_part p ON p.reference = m.reference
        LEFT JOIN sms_receipt r ON r.centre_id = p.centre_id
        WHERE m.reference = $1 ORDER BY p.centre_id";
    let rows = sql.all(select, vec![reference.into()]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut message = Message {
        reference: first.get("reference")?,
        masked: first.get("masked")?,
        handed_at: first.get::<Option<i64>>("handed_at")?.map(Timestamp),
        parts: Vec::new(),
        said_at: None,
    };
    for row in &rows {
        if row.get::<Option<String>>("centre_id")?.is_none() {
            continue;
        }
        let state = row.get::<Option<String>>("state")?;
        message.parts.push(state.as_deref().and_then(ReceiptState::named));
        message.said_at = message.said_at.max(row.get::<Option<i64>>("said_at")?.map(Timestamp));
    }
    Ok(Some(message))
}

/// Forgets what is older; answers how many messages went.
pub(super) async fn sweep(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let parts =
        "DELETE FROM sms_part WHERE reference IN (SELECT reference FROM sms_message WHERE first_at < $1)";
    tx.run(parts, vec![before.0.into()]).await?;
    tx.run("DELETE FROM sms_receipt WHERE said_at < $1", vec![before.0.into()]).await?;
    tx.run("DELETE FROM sms_message WHERE first_at < $1", vec![before.0.into()]).await
}
