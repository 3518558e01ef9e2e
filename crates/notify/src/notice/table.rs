//! The SQL of notices and their deliveries.

use clock::Timestamp;
use language::Lang;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Delivery, DeliveryState, Means, Message, Notice};

const COLUMNS: &str = "SELECT id, person, key, args, link, subject, sent_at, read_at FROM notice";

pub(super) async fn insert(tx: &Tx, id: Uuid, now: Timestamp, message: &Message) -> Result<(), StoreError> {
    let args = serde_json::to_string(&message.args).map_err(|error| StoreError::Shape(error.to_string()))?;
    tx.run(
        "INSERT INTO notice (id, person, key, args, link, subject, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            id.into(),
            message.to.into(),
            message.key.into(),
            args.into(),
            message.link.clone().into(),
            message.subject.clone().into(),
            now.0.into(),
        ],
    )
    .await
    .map(drop)
}

/// Where one delivery goes.
pub(crate) struct Route {
    pub(crate) means: Means,
    pub(crate) address: String,
    pub(crate) language: Lang,
    pub(crate) state: DeliveryState,
}

pub(super) async fn insert_delivery(
    tx: &Tx,
    notice: Uuid,
    now: Timestamp,
    route: Route,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO notice_delivery (notice, means, address, language, state, at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        vec![
            notice.into(),
            route.means.code().into(),
            route.address.into(),
            route.language.code().into(),
            route.state.code().into(),
            now.0.into(),
        ],
    )
    .await
    .map(drop)
}

/// What is needed to deliver: the notice, the address, the language, and how far the delivery has come.
pub(crate) async fn to_deliver(
    sql: &impl Sql,
    notice: Uuid,
    means: Means,
) -> Result<Option<(Notice, Route)>, StoreError> {
    let select =
        "SELECT id, person, key, args, link, subject, sent_at, read_at, means, address, language, state
        FROM notice JOIN notice_delivery ON notice_delivery.notice = notice.id
        WHERE notice.id = $1 AND means = $2";
    let Some(row) = sql.one(select, vec![notice.into(), means.code().into()]).await? else { return Ok(None) };
    let language: String = row.get("language")?;
    let route = Route {
        means,
        address: row.get("address")?,
        language: language.parse().unwrap_or_default(),
        state: state(&row)?,
    };
    Ok(Some((read(&row)?, route)))
}

/// Notes how far a delivery has come. One that was sent stays sent.
pub(crate) async fn progress(
    tx: &Tx,
    notice: Uuid,
    means: Means,
    state: DeliveryState,
    now: Timestamp,
    reason: Option<String>,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE notice_delivery SET state = $3, at = $4, reason = $5
         WHERE notice = $1 AND means = $2 AND state <> 'sent'",
        vec![notice.into(), means.code().into(), state.code().into(), now.0.into(), reason.into()],
    )
    .await
    .map(drop)
}

/// A person's notices, newest first; `after` is `(sent_at, id)` of the last one of the page before.
pub async fn list(
    sql: &impl Sql,
    person: Uuid,
    after: Option<(Timestamp, Uuid)>,
    limit: u32,
) -> Result<Vec<Notice>, StoreError> {
    let limit = i64::from(limit);
    let rows = match after {
        None => {
            let first = format!("{COLUMNS} WHERE person = $1 ORDER BY sent_at DESC, id DESC LIMIT $2");
            sql.all(&first, vec![person.into(), limit.into()]).await?
        }
        Some((at, id)) => {
            let next = format!(
                "{COLUMNS} WHERE person = $1 AND (sent_at, id) < ($2, $3) ORDER BY sent_at DESC, id DESC LIMIT $4"
            );
            sql.all(&next, vec![person.into(), at.0.into(), id.into(), limit.into()]).await?
        }
    };
    rows.iter().map(read).collect()
}

/// One notice of this person; nobody else's.
pub async fn find(sql: &impl Sql, person: Uuid, id: Uuid) -> Result<Option<Notice>, StoreError> {
    let select = format!("{COLUMNS} WHERE id = $1 AND person = $2");
    sql.one(&select, vec![id.into(), person.into()]).await?.as_ref().map(read).transpose()
}

/// What was said about a subject, oldest first: for the officer who asks whether the applicant was told.
pub async fn about(sql: &impl Sql, subject: &str, limit: u32) -> Result<Vec<Notice>, StoreError> {
    let select = format!("{COLUMNS} WHERE subject = $1 ORDER BY sent_at, id LIMIT $2");
    let rows = sql.all(&select, vec![subject.into(), i64::from(limit).into()]).await?;
    rows.iter().map(read).collect()
}

/// How many notices the person has not opened yet.
pub async fn unread(sql: &impl Sql, person: Uuid) -> Result<i64, StoreError> {
    let count = "SELECT COUNT(*) AS unread FROM notice WHERE person = $1 AND read_at IS NULL";
    match sql.one(count, vec![person.into()]).await? {
        Some(row) => row.get("unread"),
        None => Ok(0),
    }
}

/// Marks a notice as read, once: the first time stands. False when this person has no such notice.
pub async fn mark_read(tx: &Tx, person: Uuid, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE notice SET read_at = COALESCE(read_at, $3) WHERE id = $1 AND person = $2";
    Ok(tx.run(update, vec![id.into(), person.into(), now.0.into()]).await? == 1)
}

/// How the deliveries of these notices stand.
pub async fn deliveries(sql: &impl Sql, notices: &[Uuid]) -> Result<Vec<Delivery>, StoreError> {
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let list = (1..=notices.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let select = format!(
        "SELECT notice, means, state, at, reason FROM notice_delivery WHERE notice IN ({list}) ORDER BY notice, means"
    );
    let rows = sql.all(&select, notices.iter().map(|id| (*id).into()).collect()).await?;
    rows.iter().map(delivery).collect()
}

fn delivery(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        notice: row.get("notice")?,
        means: if row.get::<String>("means")? == "sms" { Means::Sms } else { Means::Email },
        state: state(row)?,
        at: Timestamp(row.get("at")?),
        reason: row.get("reason")?,
    })
}

fn state(row: &Row) -> Result<DeliveryState, StoreError> {
    match row.get::<String>("state")?.as_str() {
        "queued" => Ok(DeliveryState::Queued),
        "sent" => Ok(DeliveryState::Sent),
        "failed" => Ok(DeliveryState::Failed),
        "no_means" => Ok(DeliveryState::NoMeans),
        other => Err(StoreError::Shape(format!("notice_delivery.state: {other}"))),
    }
}

fn read(row: &Row) -> Result<Notice, StoreError> {
    let args: String = row.get("args")?;
    Ok(Notice {
        id: row.get("id")?,
        person: row.get("person")?,
        key: row.get("key")?,
        args: serde_json::from_str(&args).map_err(|error| StoreError::Shape(error.to_string()))?,
        link: row.get("link")?,
        subject: row.get("subject")?,
        sent_at: Timestamp(row.get("sent_at")?),
        read_at: row.get::<Option<i64>>("read_at")?.map(Timestamp),
    })
}
