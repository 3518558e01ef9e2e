//! The SQL of findings.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Finding, Severity, Standing};
use crate::authority::Sight;

const COLUMNS: &str = "id, key, control, body, subject, what_ar, what_en, severity, owner, opened_by, opened_at, due_at, \
    state, answer, answered_by, answered_at, closing, closed_by, closed_at, times, last_at";

/// False when the same finding is open already.
pub(super) async fn insert(tx: &Tx, new: &Finding, words: &str) -> Result<bool, StoreError> {
    let insert =
        "INSERT INTO compliance_finding (id, key, control, body, subject, what_ar, what_en, severity, owner,
            opened_by, opened_at, due_at, state, answer, closing, times, last_at, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', '', '', 1, $11, $13)
        ON CONFLICT DO NOTHING";
    let values = vec![
        new.id.into(),
        new.key.clone().into(),
        new.control.clone().into(),
        new.body.into(),
        new.subject.clone().into(),
        new.what.ar.clone().into(),
        new.what.en.clone().into(),
        new.severity.rank().into(),
        new.owner.into(),
        new.opened_by.into(),
        new.opened_at.0.into(),
        new.due_at.0.into(),
        words.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

pub(super) async fn open_by_key(sql: &impl Sql, key: &str) -> Result<Option<Finding>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_finding WHERE key = $1 AND state <> 'closed'");
    sql.find(&select, vec![key.into()], read).await
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Finding>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM compliance_finding WHERE id = $1"), vec![id.into()], read).await
}

pub(super) async fn seen_again(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE compliance_finding SET times = times + 1, last_at = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), at.0.into()]).await.map(drop)
}

pub(super) async fn answer(
    tx: &Tx,
    id: Uuid,
    words: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE compliance_finding SET state = 'answered', answer = $2, answered_by = $3, answered_at = $4
        WHERE id = $1 AND state = 'open'";
    Ok(tx.run(update, vec![id.into(), words.into(), by.into(), at.0.into()]).await? == 1)
}

pub(super) async fn close(
    tx: &Tx,
    id: Uuid,
    words: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE compliance_finding SET state = 'closed', closing = $2, closed_by = $3, closed_at = $4
        WHERE id = $1 AND state = 'answered'";
    Ok(tx.run(update, vec![id.into(), words.into(), by.into(), at.0.into()]).await? == 1)
}

/// Back to the body, with a new time limit.
pub(super) async fn send_back(tx: &Tx, id: Uuid, words: &str, due: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_finding SET state = 'open', closing = $2, due_at = $3, reminded_at = NULL
        WHERE id = $1 AND state = 'answered'";
    Ok(tx.run(update, vec![id.into(), words.into(), due.0.into()]).await? == 1)
}

/// Open and past the time limit, and nobody was reminded.
pub(super) async fn late(sql: &impl Sql, now: Timestamp, limit: i64) -> Result<Vec<Finding>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_finding
         WHERE state = 'open' AND reminded_at IS NULL AND due_at < $1 ORDER BY due_at, id LIMIT $2"
    );
    sql.list(&select, vec![now.0.into(), limit.into()], read).await
}

pub(super) async fn reminded(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_finding SET reminded_at = $2 WHERE id = $1 AND state = 'open' AND reminded_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// In which order a list stands. Each is a pair of numbers, so that one cursor fits all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// What comes due first.
    #[default]
    Due,
    /// What weighs most.
    Severity,
    /// The newest first.
    Newest,
}

impl Order {
    pub(crate) const ALL: [Order; 3] = [Order::Due, Order::Severity, Order::Newest];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Order::Due => "due",
            Order::Severity => "severity",
            Order::Newest => "newest",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Order> {
        Order::ALL.into_iter().find(|order| order.word() == word)
    }

    fn columns(self) -> &'static str {
        match self {
            Order::Due => "CAST(0 AS BIGINT), due_at",
            Order::Severity => "-severity, due_at",
            Order::Newest => "CAST(0 AS BIGINT), -opened_at",
        }
    }

    /// Where a finding stands in this order.
    pub(crate) fn place(self, finding: &Finding) -> After {
        match self {
            Order::Due => (0, finding.due_at.0, finding.id),
            Order::Severity => (-finding.severity.rank(), finding.due_at.0, finding.id),
            Order::Newest => (0, -finding.opened_at.0, finding.id),
        }
    }
}

/// Where a page ended.
pub(crate) type After = (i64, i64, Uuid);

/// Before the first page.
pub(crate) const BEFORE_ALL: After = (i64::MIN, i64::MIN, Uuid::nil());

/// Which findings of those that somebody may see.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// `open`, `answered`, `closed`, `late`; nothing for all that are not closed.
    pub state: Option<String>,
    pub severity: Option<Severity>,
    pub body: Option<Uuid>,
    pub control: Option<String>,
    /// Stems of the words that were typed, of which all must stand there.
    pub stems: Vec<String>,
    pub order: Order,
}

pub(crate) async fn listed(
    sql: &impl Sql,
    sight: &Sight,
    wanted: &Wanted,
    (after, now): (After, Timestamp),
    limit: i64,
) -> Result<Vec<Finding>, StoreError> {
    let mut values: Vec<Value> = vec![after.0.into(), after.1.into(), after.2.into()];
    let mut only = seen(sight, &mut values);
    let mut narrow = |condition: &str, value: Value| {
        values.push(value);
        only += &format!(" AND {condition} ${}", values.len());
    };
    if let Some(severity) = wanted.severity {
        narrow("severity =", severity.rank().into());
    }
    if let Some(body) = wanted.body {
        narrow("body =", body.into());
    }
    if let Some(control) = &wanted.control {
        narrow("control =", control.clone().into());
    }
    for stem in &wanted.stems {
        narrow("words LIKE", format!("% {} %", stem.replace(['%', '_', '\\'], "")).into());
    }
    match wanted.state.as_deref() {
        Some("late") => narrow("state = 'open' AND due_at <", now.0.into()),
        Some(state) => narrow("state =", state.into()),
        None => narrow("state <>", "closed".into()),
    }
    values.push(limit.into());
    let (columns, last) = (wanted.order.columns(), values.len());
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_finding WHERE ({columns}, id) > ($1, $2, $3) {only}
         ORDER BY {columns}, id LIMIT ${last}"
    );
    sql.list(&select, values, read).await
}

/// Rows of all bodies, or of those that this person sees and those that are theirs to answer.
fn seen(sight: &Sight, values: &mut Vec<Value>) -> String {
    if sight.all {
        return String::new();
    }
    values.push(sight.person.into());
    let mut condition = format!("AND (owner = ${}", values.len());
    for body in &sight.bodies {
        values.push((*body).into());
        condition += &format!(" OR body = ${}", values.len());
    }
    condition + ")"
}

/// What a body's overview counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub open: i64,
    pub late: i64,
    pub answered: i64,
}

/// Of each body that has any.
pub(crate) async fn by_body(sql: &impl Sql, now: Timestamp) -> Result<Vec<(Uuid, Counted)>, StoreError> {
    let select = "SELECT body, COUNT(CASE WHEN state = 'open' THEN 1 END) AS open,
            COUNT(CASE WHEN state = 'open' AND due_at < $1 THEN 1 END) AS late,
            COUNT(CASE WHEN state = 'answered' THEN 1 END) AS answered
        FROM compliance_finding WHERE state <> 'closed' GROUP BY body";
    sql.list(select, vec![now.0.into()], |row| Ok((row.get("body")?, counted(row)?))).await
}

/// Of one control, at each body that has any.
pub(crate) async fn at_bodies(
    sql: &impl Sql,
    control: &str,
    now: Timestamp,
) -> Result<Vec<(Uuid, Counted)>, StoreError> {
    let select = "SELECT body, COUNT(CASE WHEN state = 'open' THEN 1 END) AS open,
            COUNT(CASE WHEN state = 'open' AND due_at < $2 THEN 1 END) AS late,
            COUNT(CASE WHEN state = 'answered' THEN 1 END) AS answered
        FROM compliance_finding WHERE control = $1 AND state <> 'closed' GROUP BY body";
    sql.list(select, vec![control.into(), now.0.into()], |row| Ok((row.get("body")?, counted(row)?))).await
}

/// Of each control of a body that has any.
pub(crate) async fn by_control(
    sql: &impl Sql,
    body: Uuid,
    now: Timestamp,
) -> Result<Vec<(String, Counted)>, StoreError> {
    let select = "SELECT control, COUNT(CASE WHEN state = 'open' THEN 1 END) AS open,
            COUNT(CASE WHEN state = 'open' AND due_at < $2 THEN 1 END) AS late,
            COUNT(CASE WHEN state = 'answered' THEN 1 END) AS answered
        FROM compliance_finding WHERE body = $1 AND state <> 'closed' GROUP BY control";
    sql.list(select, vec![body.into(), now.0.into()], |row| Ok((row.get("control")?, counted(row)?))).await
}

fn counted(row: &Row) -> Result<Counted, StoreError> {
    Ok(Counted { open: row.get("open")?, late: row.get("late")?, answered: row.get("answered")? })
}

/// Of one body, closed ones too, the newest first.
pub(crate) async fn of_body(sql: &impl Sql, body: Uuid, limit: i64) -> Result<Vec<Finding>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_finding WHERE body = $1 ORDER BY opened_at DESC, id DESC LIMIT $2"
    );
    sql.list(&select, vec![body.into(), limit.into()], read).await
}

/// Of one control at one body, closed ones too, the newest first.
pub(crate) async fn of_control(
    sql: &impl Sql,
    control: &str,
    body: Uuid,
    limit: i64,
) -> Result<Vec<Finding>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_finding WHERE control = $1 AND body = $2
         ORDER BY opened_at DESC, id DESC LIMIT $3"
    );
    sql.list(&select, vec![control.into(), body.into(), limit.into()], read).await
}

fn read(row: &Row) -> Result<Finding, StoreError> {
    let (state, severity): (String, i64) = (row.get("state")?, row.get("severity")?);
    let at = |column: &str| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp));
    Ok(Finding {
        id: row.get("id")?,
        key: row.get("key")?,
        control: row.get("control")?,
        body: row.get("body")?,
        subject: row.get("subject")?,
        what: Text::new(row.get::<String>("what_ar")?, row.get::<String>("what_en")?),
        severity: Severity::ranked(severity).ok_or_else(|| StoreError::Shape("severity".into()))?,
        owner: row.get("owner")?,
        opened_by: row.get("opened_by")?,
        opened_at: Timestamp(row.get("opened_at")?),
        due_at: Timestamp(row.get("due_at")?),
        standing: Standing::named(&state).ok_or_else(|| StoreError::Shape(format!("finding {state}")))?,
        answer: row.get("answer")?,
        answered_by: row.get("answered_by")?,
        answered_at: at("answered_at")?,
        closing: row.get("closing")?,
        closed_by: row.get("closed_by")?,
        closed_at: at("closed_at")?,
        times: row.get("times")?,
        last_at: Timestamp(row.get("last_at")?),
    })
}
