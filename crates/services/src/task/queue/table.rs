//! The SQL of queues. Every statement reads a narrow index of open tasks and stops at its limit; a count stops at
//! [`COUNT_MAX`], so that it costs the same beside a thousand tasks and beside a million.

use std::time::Duration;

use clock::Timestamp;
use store::{Row, Sql, StoreError, Value};
use uuid::Uuid;

use super::{After, Holder, Sort, Task, ToldTime, Wanted};
use crate::{
    request::{Desk, State},
    task::table::kind,
    timing,
};

/// Beyond it a count says "more than": a day's work, and little enough for eight counts a page.
pub(crate) const COUNT_MAX: i64 = 200;

/// A condition and the values of its places, numbered in the order in which they are added.
struct Asking {
    text: String,
    values: Vec<Value>,
}

impl Asking {
    fn new(text: &str, values: Vec<Value>) -> Asking {
        Asking { text: text.to_owned(), values }
    }

    /// Adds a condition; each `?` of it takes the next place.
    fn and(&mut self, condition: &str, values: Vec<Value>) {
        self.text.push_str(" AND ");
        let mut values = values.into_iter();
        for part in condition.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    self.values.extend(values.next());
                    self.text.push_str(&format!("{before}${}", self.values.len()));
                }
                None => self.text.push_str(part),
            }
        }
    }
}

/// The open tasks of one desk that are wanted.
fn wanted_at(desk: &Desk, me: Uuid, wanted: &Wanted, now: Timestamp) -> Asking {
    let values = vec![desk.body.into(), desk.role.as_str().into()];
    let mut asking = Asking::new("t.body = $1 AND t.role = $2 AND t.done_at IS NULL", values);
    if let Some(kind) = wanted.kind {
        asking.and("t.kind = ?", vec![kind.word().into()]);
    }
    if let Some(entry) = wanted.entry {
        asking.and("t.entry = ?", vec![entry.into()]);
    }
    match wanted.holder {
        Holder::Anybody => {}
        Holder::Mine => asking.and("t.holder = ?", vec![me.into()]),
        Holder::Nobody => asking.and("t.holder IS NULL", vec![]),
        Holder::Open => asking.and("(t.holder IS NULL OR t.holder = ?)", vec![me.into()]),
        Holder::Of(person) => asking.and("t.holder = ?", vec![person.into()]),
    }
    if let Some(due) = wanted.due {
        asking.and("t.due_at < ?", vec![due.before(now).0.into()]);
    }
    if let Some(from) = wanted.received_from() {
        asking.and("t.received_at >= ?", vec![from.0.into()]);
    }
    if let Some(before) = wanted.received_before() {
        asking.and("t.received_at < ?", vec![before.0.into()]);
    }
    if wanted.answered {
        asking.and("t.answered = 1", vec![]);
    }
    asking
}

pub(crate) async fn waiting(
    sql: &impl Sql,
    desk: &Desk,
    me: Uuid,
    wanted: &Wanted,
    now: Timestamp,
    after: After,
    limit: i64,
) -> Result<Vec<Task>, StoreError> {
    let (column, order, behind) = match wanted.sort {
        Sort::Urgent => ("t.place_at", "ASC", ">"),
        Sort::Oldest => ("t.received_at", "ASC", ">"),
        Sort::Newest => ("t.received_at", "DESC", "<"),
    };
    let mut asking = wanted_at(desk, me, wanted, now);
    asking.and(&format!("({column}, t.id) {behind} (?, ?)"), vec![after.0.into(), after.1.into()]);
    let select = format!(
        "SELECT t.id, t.kind, t.stage, t.holder, t.answered, t.opened_at, t.due_at, {column} AS place,
            r.number, r.entry, r.applicant, m.shown_micros, m.spent_micros, m.party, m.since
         FROM task t JOIN request r ON r.id = t.request LEFT JOIN timing m ON m.request = r.id
         WHERE {} ORDER BY {column} {order}, t.id {order} LIMIT {limit}",
        asking.text
    );
    sql.all(&select, asking.values).await?.iter().map(task).collect()
}

/// Where the open task of a request stands in an order.
pub(crate) async fn place_of(sql: &impl Sql, request: Uuid, sort: Sort) -> Result<Option<After>, StoreError> {
    let column = if sort == Sort::Urgent { "place_at" } else { "received_at" };
    let select =
        format!("SELECT {column} AS place, id FROM task WHERE request = $1 AND done_at IS NULL LIMIT 1");
    let row = sql.one(&select, vec![request.into()]).await?;
    row.map(|row| Ok((row.get("place")?, row.get("id")?))).transpose()
}

/// How many tasks of one desk are wanted, up to `most`.
pub(crate) async fn count(
    sql: &impl Sql,
    desk: &Desk,
    me: Uuid,
    wanted: &Wanted,
    now: Timestamp,
    most: i64,
) -> Result<i64, StoreError> {
    let asking = wanted_at(desk, me, wanted, now);
    let select = format!(
        "SELECT COUNT(*) AS waiting FROM (SELECT 1 FROM task t WHERE {} LIMIT {most}) AS counted",
        asking.text
    );
    let row = sql.one(&select, asking.values).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("waiting")
}

fn told(row: &Row) -> Result<Option<ToldTime>, StoreError> {
    let Some(shown) = row.get::<Option<i64>>("shown_micros")? else { return Ok(None) };
    let micros = |micros: i64| Duration::from_micros(micros.max(0) as u64);
    let holder: String = row.get::<Option<String>>("party")?.unwrap_or_default();
    let counts = timing::Holder::named(&holder).is_some_and(timing::Holder::counts);
    let since: Option<i64> = row.get("since")?;
    Ok(Some(ToldTime {
        shown: micros(shown),
        spent: micros(row.get::<Option<i64>>("spent_micros")?.unwrap_or_default()),
        runs_since: since.filter(|_| counts).map(Timestamp),
    }))
}

fn task(row: &Row) -> Result<Task, StoreError> {
    Ok(Task {
        id: row.get("id")?,
        number: row.get("number")?,
        entry: row.get("entry")?,
        applicant: row.get("applicant")?,
        kind: kind(row)?,
        stage: row.get("stage")?,
        holder: row.get("holder")?,
        answered: row.get::<i64>("answered")? == 1,
        opened_at: Timestamp(row.get("opened_at")?),
        due_at: Timestamp(row.get("due_at")?),
        place: row.get("place")?,
        told: told(row)?,
    })
}

/// A request that was looked for, whether or not it waits on a desk.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub id: Uuid,
    pub number: String,
    pub entry: Uuid,
    pub applicant: Uuid,
    pub state: State,
    pub delivered_at: Timestamp,
    pub due_at: Timestamp,
}

/// Requests of one body that hold every stem, newest first. The longest stem leads: it is most likely the rarest.
pub(crate) async fn found(
    sql: &impl Sql,
    body: Uuid,
    stems: &[String],
    wanted: &Wanted,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Found>, StoreError> {
    let mut stems: Vec<&String> = stems.iter().collect();
    stems.sort_by_key(|stem| std::cmp::Reverse(stem.chars().count()));
    let (from, id) = match stems.first() {
        Some(_) => ("request_stem s JOIN request r ON r.id = s.request", "s.request"),
        None => ("request r", "r.id"),
    };
    let mut asking = match stems.split_first() {
        Some((first, _)) => {
            Asking::new("s.body = $1 AND s.stem = $2", vec![body.into(), (*first).clone().into()])
        }
        None => Asking::new("r.body = $1", vec![body.into()]),
    };
    for stem in stems.iter().skip(1) {
        let held =
            "EXISTS (SELECT 1 FROM request_stem x WHERE x.body = ? AND x.stem = ? AND x.request = s.request)";
        asking.and(held, vec![body.into(), (*stem).clone().into()]);
    }
    if let Some(state) = wanted.state {
        asking.and("r.state = ?", vec![state.word().into()]);
    }
    if let Some(entry) = wanted.entry {
        asking.and("r.entry = ?", vec![entry.into()]);
    }
    if let Some(from) = wanted.received_from() {
        asking.and("r.delivered_at >= ?", vec![from.0.into()]);
    }
    if let Some(before) = wanted.received_before() {
        asking.and("r.delivered_at < ?", vec![before.0.into()]);
    }
    asking.and(&format!("{id} < ?"), vec![before.into()]);
    let select = format!(
        "SELECT r.id, r.number, r.entry, r.applicant, r.state, r.delivered_at, r.due_at FROM {from}
         WHERE {} ORDER BY {id} DESC LIMIT {limit}",
        asking.text
    );
    sql.all(&select, asking.values).await?.iter().map(found_row).collect()
}

fn found_row(row: &Row) -> Result<Found, StoreError> {
    let state: String = row.get("state")?;
    Ok(Found {
        id: row.get("id")?,
        number: row.get("number")?,
        entry: row.get("entry")?,
        applicant: row.get("applicant")?,
        state: State::named(&state).ok_or_else(|| StoreError::Shape(format!("state {state}")))?,
        delivered_at: Timestamp(row.get("delivered_at")?),
        due_at: Timestamp(row.get("due_at")?),
    })
}
