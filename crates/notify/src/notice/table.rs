//! The SQL of notices and their deliveries.

use clock::Timestamp;
use language::Lang;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Delivery, DeliveryState, Means, Message, Notice};

const COLUMNS: &str =
    "SELECT id, person, key, args, link, subject, sent_at, read_at, archived_at, asks FROM notice";
/// Characters of the words by which a notice is found; an acknowledgement is shorter.
const SAID_CHARACTERS_MAX: usize = 2_000;
/// Words of a search that count.
const SEARCH_WORDS_MAX: usize = 6;

pub(crate) async fn insert(tx: &Tx, id: Uuid, now: Timestamp, message: &Message) -> Result<(), StoreError> {
    let args = serde_json::to_string(&message.args).map_err(|error| StoreError::Shape(error.to_string()))?;
    tx.run(
        "INSERT INTO notice (id, person, key, args, link, subject, sent_at, asks, said)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        vec![
            id.into(),
            message.to.into(),
            message.key.into(),
            args.into(),
            message.link.clone().into(),
            message.subject.clone().into(),
            now.0.into(),
            message.handling.asks.into(),
            said(message).into(),
        ],
    )
    .await
    .map(drop)
}

/// The words by which the person finds it again: its values, in both languages, folded as the search folds.
fn said(message: &Message) -> String {
    let values = message.args.iter().map(|(_, value)| value.as_str());
    let words = values.filter(|value| value.parse::<i64>().is_err()).collect::<Vec<_>>().join(" ");
    language::fold(&words).chars().take(SAID_CHARACTERS_MAX).collect()
}

/// Where one delivery goes.
pub(crate) struct Route {
    pub(crate) means: Means,
    pub(crate) address: String,
    pub(crate) language: Lang,
    pub(crate) state: DeliveryState,
    pub(crate) until: Option<Timestamp>,
    /// The kind group whose letters the person may switch off; empty where the law asks for them.
    pub(crate) topic: String,
}

impl Route {
    pub(super) fn new(means: Means, address: String, language: Lang) -> Route {
        Route { means, address, language, state: DeliveryState::Queued, until: None, topic: String::new() }
    }

    pub(super) fn state(self, state: DeliveryState) -> Route {
        Route { state, ..self }
    }

    pub(super) fn until(self, at: Timestamp) -> Route {
        Route { until: Some(at), ..self }
    }

    pub(super) fn topic(self, message: &Message) -> Route {
        let handling = &message.handling;
        Route { topic: if handling.required { String::new() } else { handling.topic.clone() }, ..self }
    }
}

pub(super) async fn insert_delivery(
    tx: &Tx,
    notice: Uuid,
    now: Timestamp,
    route: Route,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO notice_delivery (notice, means, address, language, state, at, retry_at, topic)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        vec![
            notice.into(),
            route.means.code().into(),
            route.address.into(),
            route.language.code().into(),
            route.state.code().into(),
            now.0.into(),
            route.until.map(|at| at.0).into(),
            route.topic.into(),
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
        "SELECT id, person, key, args, link, subject, sent_at, read_at, archived_at, asks, address, language, state, topic
        FROM notice JOIN notice_delivery ON notice_delivery.notice = notice.id
        WHERE notice.id = $1 AND means = $2";
    let Some(row) = sql.one(select, vec![notice.into(), means.code().into()]).await? else { return Ok(None) };
    Ok(Some((read(&row)?, route(&row, means)?)))
}

fn route(row: &Row, means: Means) -> Result<Route, StoreError> {
    let language: String = row.get("language")?;
    Ok(Route {
        means,
        address: row.get("address")?,
        language: language.parse().unwrap_or_default(),
        state: state(row)?,
        until: None,
        topic: row.get("topic")?,
    })
}

/// A letter of the day takes up what waits for it; what it took up once it keeps, however often it is tried.
pub(crate) async fn gather(tx: &Tx, person: Uuid, digest: Uuid) -> Result<u64, StoreError> {
    let update = "UPDATE notice_delivery SET digest = $2
        WHERE means = 'email' AND state = 'digest' AND digest IS NULL
          AND notice IN (SELECT id FROM notice WHERE person = $1)";
    tx.run(update, vec![person.into(), digest.into()]).await
}

/// What a letter of the day tells, by subject and then by time, with the newest address.
pub(crate) async fn gathered(
    sql: &impl Sql,
    digest: Uuid,
    limit: u32,
) -> Result<Vec<(Notice, Route)>, StoreError> {
    let select =
        "SELECT id, person, key, args, link, subject, sent_at, read_at, archived_at, asks, address, language, state, topic
        FROM notice JOIN notice_delivery ON notice_delivery.notice = notice.id
        WHERE digest = $1 AND state = 'digest' ORDER BY id DESC LIMIT $2";
    let rows = sql.all(select, vec![digest.into(), i64::from(limit).into()]).await?;
    rows.iter().map(|row| Ok((read(row)?, route(row, Means::Email)?))).collect()
}

/// Notes how the letter of the day went, for all that it tells.
pub(crate) async fn digest_ended(
    tx: &Tx,
    digest: Uuid,
    state: DeliveryState,
    now: Timestamp,
    (reason, retry_at): (Option<String>, Option<Timestamp>),
) -> Result<(), StoreError> {
    let update = "UPDATE notice_delivery SET state = $2, at = $3, reason = $4, retry_at = $5
        WHERE digest = $1 AND state = 'digest'";
    let values =
        vec![digest.into(), state.code().into(), now.0.into(), reason.into(), retry_at.map(|at| at.0).into()];
    tx.run(update, values).await.map(drop)
}

/// Notes how far a delivery has come. One that was sent or refused for good stays so.
pub(crate) async fn progress(tx: &Tx, progress: &crate::mail::Progress) -> Result<(), StoreError> {
    let update = "UPDATE notice_delivery SET state = $3, at = $4, reason = $5, retry_at = $6
        WHERE notice = $1 AND means = $2 AND state NOT IN ('sent', 'bounced')";
    let values = vec![
        progress.notice.into(),
        progress.means.code().into(),
        progress.state.code().into(),
        progress.now.0.into(),
        progress.reason.clone().into(),
        progress.retry_at.map(|at| at.0).into(),
    ];
    tx.run(update, values).await.map(drop)
}

/// Queues a delivery again that did not arrive. False when it stands otherwise.
pub(super) async fn reopen(
    tx: &Tx,
    notice: Uuid,
    email: Option<String>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE notice_delivery SET state = 'queued', at = $3, reason = NULL, retry_at = NULL, digest = NULL,
            address = COALESCE($2, address)
        WHERE notice = $1 AND means = 'email' AND state IN ('delayed', 'bounced', 'failed')";
    Ok(tx.run(update, vec![notice.into(), email.into(), now.0.into()]).await? == 1)
}

pub(super) async fn settle(tx: &Tx, person: Uuid, subject: &str) -> Result<(), StoreError> {
    let update = "UPDATE notice SET asks = FALSE WHERE person = $1 AND subject = $2 AND asks";
    tx.run(update, vec![person.into(), subject.into()]).await.map(drop)
}

/// Which part of an inbox is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Everything that was not put away.
    #[default]
    All,
    NeedsYou,
    Unread,
    Archived,
}

impl View {
    pub const ALL: [View; 4] = [View::All, View::NeedsYou, View::Unread, View::Archived];

    pub fn code(self) -> &'static str {
        match self {
            View::All => "all",
            View::NeedsYou => "needs_you",
            View::Unread => "unread",
            View::Archived => "archived",
        }
    }

    pub fn named(code: &str) -> View {
        View::ALL.into_iter().find(|view| view.code() == code).unwrap_or_default()
    }

    fn condition(self) -> &'static str {
        match self {
            View::All => "archived_at IS NULL",
            View::NeedsYou => "asks AND archived_at IS NULL",
            View::Unread => "read_at IS NULL AND archived_at IS NULL",
            View::Archived => "archived_at IS NOT NULL",
        }
    }
}

/// What narrows an inbox: the view, and folded words that must occur.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub view: View,
    pub words: String,
}

impl Wanted {
    /// What the rows must fulfil; the words go among the values.
    fn conditions(&self, values: &mut Vec<store::Value>) -> String {
        let mut conditions = self.view.condition().to_owned();
        for word in language::fold(&self.words).split_whitespace().take(SEARCH_WORDS_MAX) {
            values.push(format!("%{}%", word.replace(['%', '_', '\\'], "")).into());
            conditions.push_str(&format!(" AND said LIKE ${}", values.len()));
        }
        conditions
    }
}

/// How many of a person's notices are wanted, however many: for a job that takes as long as it takes.
pub async fn count(sql: &impl Sql, person: Uuid, wanted: &Wanted) -> Result<i64, StoreError> {
    let mut values = vec![person.into()];
    let select = format!(
        "SELECT COUNT(*) AS wanted FROM notice WHERE person = $1 AND {}",
        wanted.conditions(&mut values)
    );
    sql.one(&select, values).await?.map_or(Ok(0), |row| row.get("wanted"))
}

/// A person's notices that are wanted, newest first; `after` is `(sent_at, id)` of the last one before.
pub async fn wanted(
    sql: &impl Sql,
    person: Uuid,
    wanted: &Wanted,
    after: Option<(Timestamp, Uuid)>,
    limit: u32,
) -> Result<Vec<Notice>, StoreError> {
    let (at, id) = after.unwrap_or((Timestamp(i64::MAX), Uuid::max()));
    let mut values = vec![person.into(), at.0.into(), id.into(), i64::from(limit).into()];
    let conditions = wanted.conditions(&mut values);
    let select = format!(
        "{COLUMNS} WHERE person = $1 AND (sent_at, id) < ($2, $3) AND {conditions}
         ORDER BY sent_at DESC, id DESC LIMIT $4"
    );
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// How many notices still ask something of the person.
pub async fn asking(sql: &impl Sql, person: Uuid) -> Result<i64, StoreError> {
    let count = "SELECT COUNT(*) AS asking FROM notice WHERE person = $1 AND asks AND archived_at IS NULL";
    sql.one(count, vec![person.into()]).await?.map_or(Ok(0), |row| row.get("asking"))
}

/// The newest e-mail to this person that did not arrive for good, unless a later one did.
pub(crate) async fn last_email_bounced(sql: &impl Sql, person: Uuid) -> Result<Option<String>, StoreError> {
    let select = "SELECT d.state, d.address FROM notice n JOIN notice_delivery d ON d.notice = n.id
        WHERE n.person = $1 AND d.means = 'email' AND d.state IN ('sent', 'bounced')
        ORDER BY n.sent_at DESC, n.id DESC LIMIT 1";
    let Some(row) = sql.one(select, vec![person.into()]).await? else { return Ok(None) };
    let bounced = row.get::<String>("state")? == "bounced";
    bounced.then(|| row.get("address")).transpose()
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

/// What one person was told about a subject, the newest first; `after` is `(sent_at, id)` of the last one before.
pub async fn told(
    sql: &impl Sql,
    person: Uuid,
    subject: &str,
    after: Option<(Timestamp, Uuid)>,
    limit: u32,
) -> Result<Vec<Notice>, StoreError> {
    let (at, id) = after.unwrap_or((Timestamp(i64::MAX), Uuid::max()));
    let select = format!(
        "{COLUMNS} WHERE subject = $1 AND person = $2 AND (sent_at, id) < ($3, $4)
         ORDER BY sent_at DESC, id DESC LIMIT $5"
    );
    let values = vec![subject.into(), person.into(), at.0.into(), id.into(), i64::from(limit).into()];
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// How many notices the person has not opened yet.
pub async fn unread(sql: &impl Sql, person: Uuid) -> Result<i64, StoreError> {
    let count =
        "SELECT COUNT(*) AS unread FROM notice WHERE person = $1 AND read_at IS NULL AND archived_at IS NULL";
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

/// Puts a notice back among the unread. False when this person has no such notice.
pub(crate) async fn mark_unread(tx: &Tx, person: Uuid, id: Uuid) -> Result<bool, StoreError> {
    let update = "UPDATE notice SET read_at = NULL WHERE id = $1 AND person = $2";
    Ok(tx.run(update, vec![id.into(), person.into()]).await? == 1)
}

/// Puts a notice away, or back where `at` is absent. What is put away is read.
pub(crate) async fn archive(
    tx: &Tx,
    person: Uuid,
    id: Uuid,
    at: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE notice SET archived_at = $3, read_at = COALESCE(read_at, $3) WHERE id = $1 AND person = $2";
    Ok(tx.run(update, vec![id.into(), person.into(), at.map(|at| at.0).into()]).await? == 1)
}

/// How the deliveries of these notices stand.
pub async fn deliveries(sql: &impl Sql, notices: &[Uuid]) -> Result<Vec<Delivery>, StoreError> {
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let list = (1..=notices.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let select = format!(
        "SELECT notice, means, state, address, at, reason, retry_at FROM notice_delivery WHERE notice IN ({list}) ORDER BY notice, means"
    );
    let rows = sql.all(&select, notices.iter().map(|id| (*id).into()).collect()).await?;
    rows.iter().map(delivery).collect()
}

fn delivery(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        notice: row.get("notice")?,
        means: if row.get::<String>("means")? == "sms" { Means::Sms } else { Means::Email },
        state: state(row)?,
        address: row.get("address")?,
        at: Timestamp(row.get("at")?),
        reason: row.get("reason")?,
        retry_at: row.get::<Option<i64>>("retry_at")?.map(Timestamp),
    })
}

fn state(row: &Row) -> Result<DeliveryState, StoreError> {
    let code: String = row.get("state")?;
    DeliveryState::named(&code).ok_or_else(|| StoreError::Shape(format!("notice_delivery.state: {code}")))
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
        archived_at: row.get::<Option<i64>>("archived_at")?.map(Timestamp),
        asks: row.get("asks")?,
    })
}

/// How deliveries of notices since a moment ended so far: means, state, how many. Ids hold the time at which they were
/// made, so this walks that time alone.
pub async fn outcomes(sql: &impl Sql, since: Timestamp) -> Result<Vec<(String, String, i64)>, StoreError> {
    let millis = u64::try_from(since.micros() / 1_000).unwrap_or_default();
    let from = uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    let select = "SELECT means, state, COUNT(*) AS found FROM notice_delivery WHERE notice >= $1
        GROUP BY means, state ORDER BY means, state";
    sql.list(select, vec![from.into()], |row| Ok((row.get("means")?, row.get("state")?, row.get("found")?)))
        .await
}
