//! The SQL of messages and of what is enclosed with them.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Enclosed, Message, Side};

pub(crate) async fn insert(tx: &Tx, request: Uuid, message: &Message) -> Result<(), StoreError> {
    let insert = "INSERT INTO message (id, request, author, side, words, at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        message.id.into(),
        request.into(),
        message.author.into(),
        message.side.word().into(),
        message.words.as_str().into(),
        message.at.0.into(),
    ];
    tx.run(insert, values).await?;
    for enclosed in &message.enclosed {
        let insert =
            "INSERT INTO message_document (message, request, document, name) VALUES ($1, $2, $3, $4)";
        let values =
            vec![message.id.into(), request.into(), enclosed.document.into(), enclosed.name.as_str().into()];
        tx.run(insert, values).await?;
    }
    Ok(())
}

/// The messages of a request, newest first, before `before` (an id from the page before).
pub(crate) async fn of_request(
    sql: &impl Sql,
    request: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let select = "SELECT id, author, side, words, at FROM message
        WHERE request = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    let rows = sql.all(select, vec![request.into(), before.into(), limit.into()]).await?;
    let mut messages: Vec<Message> = rows.iter().map(message).collect::<Result<_, _>>()?;
    let (Some(newest), Some(oldest)) = (messages.first(), messages.last()) else { return Ok(messages) };
    let select = "SELECT message, document, name FROM message_document
        WHERE request = $1 AND message >= $2 AND message <= $3 ORDER BY message, document";
    for row in sql.all(select, vec![request.into(), oldest.id.into(), newest.id.into()]).await? {
        let of: Uuid = row.get("message")?;
        let enclosed = Enclosed { document: row.get("document")?, name: row.get("name")? };
        if let Some(message) = messages.iter_mut().find(|message| message.id == of) {
            message.enclosed.push(enclosed);
        }
    }
    Ok(messages)
}

/// Whether a document came with a message on a request.
pub(crate) async fn encloses(sql: &impl Sql, request: Uuid, document: Uuid) -> Result<bool, StoreError> {
    let select = "SELECT document FROM message_document WHERE request = $1 AND document = $2 LIMIT 1";
    Ok(sql.one(select, vec![request.into(), document.into()]).await?.is_some())
}

fn message(row: &Row) -> Result<Message, StoreError> {
    let side: String = row.get("side")?;
    Ok(Message {
        id: row.get("id")?,
        author: row.get("author")?,
        side: Side::named(&side).ok_or_else(|| StoreError::Shape(format!("side {side}")))?,
        words: row.get("words")?,
        enclosed: Vec::new(),
        at: Timestamp(row.get("at")?),
    })
}
