//! The SQL of requests and of their steps, and the only place that has it.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Checks, Desk, Request, RequestNumber, State};

/// Inserts a request under a number that nobody has; the number is drawn again when it is taken.
pub(crate) async fn insert(tx: &Tx, request: &mut Request) -> Result<(), Failure> {
    let insert =
        "INSERT INTO request (id, number, entry, entry_version, body, applicant, entity, state, revision,
            answers, documents, checks, assurance, declaration, acknowledgement, delivered_at, due_at,
            stage, desk_role, desk_body, declared_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        ON CONFLICT (number) DO NOTHING";
    let answers = request.answers.to_string();
    let documents = serde_json::to_string(&request.documents)?;
    let checks = serde_json::to_string(&request.checks)?;
    loop {
        let acknowledgement = serde_json::to_string(&request.acknowledgement)?;
        let values = vec![
            request.id.into(),
            request.number.as_str().into(),
            request.entry.into(),
            request.entry_version.into(),
            request.body.into(),
            request.applicant.into(),
            request.entity.into(),
            request.state.word().into(),
            answers.clone().into(),
            documents.clone().into(),
            checks.clone().into(),
            request.assurance.into(),
            request.declaration.as_str().into(),
            acknowledgement.into(),
            request.delivered_at.0.into(),
            request.due_at.0.into(),
            request.stage.as_str().into(),
            request.desk.as_ref().map(|desk| desk.role.as_str()).unwrap_or_default().into(),
            request.desk.as_ref().map(|desk| desk.body).into(),
            request.declared_at.map(|at| at.0).into(),
        ];
        if tx.run(insert, values).await? == 1 {
            return Ok(());
        }
        let taken = std::mem::replace(&mut request.number, RequestNumber::random(request.delivered_at));
        let renumbered = |text: &str| text.replace(taken.as_str(), request.number.as_str());
        request.acknowledgement.ar = renumbered(&request.acknowledgement.ar);
        request.acknowledgement.en = renumbered(&request.acknowledgement.en);
    }
}

const COLUMNS: &str =
    "id, number, entry, entry_version, body, applicant, entity, state, revision, answers, documents,
    checks, assurance, acknowledgement, delivered_at, due_at, returned_at, closed_at, stage, desk_role, desk_body,
    declaration, declared_at";

pub(crate) async fn by_number(sql: &impl Sql, number: &RequestNumber) -> Result<Option<Request>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM request WHERE number = $1");
    sql.one(&select, vec![number.as_str().into()]).await?.as_ref().map(request).transpose()
}

pub(crate) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Request>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM request WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.as_ref().map(request).transpose()
}

/// Writes what a verb changed, if nobody else changed the request since it was read.
/// False when somebody did.
pub(crate) async fn update(tx: &Tx, request: &Request) -> Result<bool, Failure> {
    let update = "UPDATE request SET state = $3, answers = $4, documents = $5, checks = $6, due_at = $7,
            returned_at = $8, closed_at = $9, stage = $10, desk_role = $11, desk_body = $12, revision = revision + 1
        WHERE id = $1 AND revision = $2";
    let values = vec![
        request.id.into(),
        request.revision.into(),
        request.state.word().into(),
        request.answers.to_string().into(),
        serde_json::to_string(&request.documents)?.into(),
        serde_json::to_string(&request.checks)?.into(),
        request.due_at.0.into(),
        request.returned_at.map(|at| at.0).into(),
        request.closed_at.map(|at| at.0).into(),
        request.stage.as_str().into(),
        request.desk.as_ref().map(|desk| desk.role.as_str()).unwrap_or_default().into(),
        request.desk.as_ref().map(|desk| desk.body).into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

/// Writes a request that was completed in the place of what had arrived under its number, if nobody was faster. False
/// when somebody was.
pub(crate) async fn deliver(tx: &Tx, request: &Request) -> Result<bool, Failure> {
    let update = "UPDATE request SET state = $3, answers = $4, documents = $5, checks = $6, due_at = $7,
            stage = $8, desk_role = $9, desk_body = $10, entry_version = $11, entity = $12, assurance = $13,
            declaration = $14, declared_at = $15, acknowledgement = $16, delivered_at = $17, revision = revision + 1
        WHERE id = $1 AND revision = $2 AND state = 'receipt_not_confirmed'";
    let values = vec![
        request.id.into(),
        request.revision.into(),
        request.state.word().into(),
        request.answers.to_string().into(),
        serde_json::to_string(&request.documents)?.into(),
        serde_json::to_string(&request.checks)?.into(),
        request.due_at.0.into(),
        request.stage.as_str().into(),
        request.desk.as_ref().map(|desk| desk.role.as_str()).unwrap_or_default().into(),
        request.desk.as_ref().map(|desk| desk.body).into(),
        request.entry_version.into(),
        request.entity.into(),
        request.assurance.into(),
        request.declaration.as_str().into(),
        request.declared_at.map(|at| at.0).into(),
        serde_json::to_string(&request.acknowledgement)?.into(),
        request.delivered_at.0.into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

/// Another due date after a change of working days. Nothing that anybody looked at has changed, so the revision stays.
pub(crate) async fn move_due(tx: &Tx, id: Uuid, due: Timestamp) -> Result<(), Failure> {
    tx.run("UPDATE request SET due_at = $2 WHERE id = $1", vec![id.into(), due.0.into()]).await?;
    Ok(())
}

/// A row of "my requests".
pub(crate) struct Line {
    pub id: Uuid,
    pub number: String,
    pub entry: Uuid,
    pub state: State,
    pub delivered_at: Timestamp,
    pub due_at: Timestamp,
}

/// The requests that somebody made for an entity since a moment, newest first, before `before`.
pub(crate) async fn of_mandate(
    sql: &impl Sql,
    applicant: Uuid,
    entity: Uuid,
    since: Timestamp,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let select = "SELECT id, number, entry, state, delivered_at, due_at FROM request
        WHERE applicant = $1 AND entity = $2 AND delivered_at >= $3 AND id < $4 ORDER BY id DESC LIMIT $5";
    let values = vec![applicant.into(), entity.into(), since.0.into(), before.into(), limit.into()];
    sql.all(select, values).await?.iter().map(line).collect()
}

/// The requests of one applicant, newest first, before `before` (an id from the page before).
pub(crate) async fn of_applicant(
    sql: &impl Sql,
    applicant: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let select = "SELECT id, number, entry, state, delivered_at, due_at FROM request
        WHERE applicant = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    let rows = sql.all(select, vec![applicant.into(), before.into(), limit.into()]).await?;
    rows.iter().map(line).collect()
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.get("id")?,
        number: row.get("number")?,
        entry: row.get("entry")?,
        state: state(row)?,
        delivered_at: Timestamp(row.get("delivered_at")?),
        due_at: Timestamp(row.get("due_at")?),
    })
}

/// The groups of "my requests", in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    NeedsYou,
    Open,
    Closed,
}

impl Group {
    pub fn of(state: State) -> Group {
        match state {
            state if state.needs_applicant() => Group::NeedsYou,
            state if state.is_closed() => Group::Closed,
            _ => Group::Open,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Group::NeedsYou => "needs",
            Group::Open => "open",
            Group::Closed => "closed",
        }
    }
}

/// How "my requests" are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    NeedsYouFirst,
    Newest,
    /// By the expected end, the nearest first.
    Due,
}

/// What is wanted of "my requests".
pub(crate) struct Mine {
    pub applicant: Uuid,
    pub group: Option<Group>,
    pub entries: Option<Vec<Uuid>>,
    /// Digits that the number has, in their order.
    pub digits: Option<String>,
    /// In one's own name (`Some(None)`), or for one entity.
    pub of: Option<Option<Uuid>>,
    pub order: Order,
}

/// A row of "my requests".
pub(crate) struct MineLine {
    pub id: Uuid,
    pub number: String,
    pub entry: Uuid,
    pub entity: Option<Uuid>,
    pub state: State,
    pub delivered_at: Timestamp,
    pub due_at: Timestamp,
    rank: i64,
}

impl MineLine {
    /// Where the next page begins.
    pub fn key(&self, order: Order) -> (i64, Uuid) {
        match order {
            Order::NeedsYouFirst => (self.rank, self.id),
            Order::Newest => (0, self.id),
            Order::Due => (self.due_at.0, self.id),
        }
    }
}

/// Higher is more urgent.
const RANK: &str = "CAST(CASE WHEN state IN ('returned', 'receipt_not_confirmed') THEN 2 WHEN closed_at IS NULL THEN 1 ELSE 0 END AS BIGINT)";

/// One page of a person's own requests. Their number per person is small, so the rank needs no index of its own.
pub(crate) async fn mine(
    sql: &impl Sql,
    wanted: &Mine,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<MineLine>, StoreError> {
    let mut values: Vec<store::Value> = vec![wanted.applicant.into()];
    let mut conditions = vec!["applicant = $1".to_owned()];
    let mut place = |value: store::Value| {
        values.push(value);
        format!("${}", values.len())
    };
    match wanted.group {
        Some(Group::NeedsYou) => conditions.push("state IN ('returned', 'receipt_not_confirmed')".to_owned()),
        Some(Group::Open) => conditions.push("closed_at IS NULL".to_owned()),
        Some(Group::Closed) => conditions.push("closed_at IS NOT NULL".to_owned()),
        None => {}
    }
    match &wanted.entries {
        Some(entries) if entries.is_empty() => return Ok(Vec::new()),
        Some(entries) => {
            let list: Vec<String> = entries.iter().map(|entry| place((*entry).into())).collect();
            conditions.push(format!("entry IN ({})", list.join(", ")));
        }
        None => {}
    }
    if let Some(digits) = &wanted.digits {
        conditions.push(format!("REPLACE(number, '-', '') LIKE {}", place(format!("%{digits}%").into())));
    }
    match wanted.of {
        Some(None) => conditions.push("entity IS NULL".to_owned()),
        Some(Some(entity)) => conditions.push(format!("entity = {}", place(entity.into()))),
        None => {}
    }
    // The newest first is the order of the index, so that a page costs the same beside a hundred and beside a million.
    let order = match wanted.order {
        Order::NeedsYouFirst => format!("{RANK} DESC, id DESC"),
        Order::Newest => "id DESC".to_owned(),
        Order::Due => "due_at, id".to_owned(),
    };
    if let Some((at, id)) = after {
        conditions.push(match wanted.order {
            Order::NeedsYouFirst => format!("({RANK}, id) < ({}, {})", place(at.into()), place(id.into())),
            Order::Newest => format!("id < {}", place(id.into())),
            Order::Due => format!("(due_at, id) > ({}, {})", place(at.into()), place(id.into())),
        });
    }
    let limit = place(limit.into());
    let select = format!(
        "SELECT id, number, entry, entity, state, delivered_at, due_at, {RANK} AS rank FROM request
         WHERE {} ORDER BY {order} LIMIT {limit}",
        conditions.join(" AND ")
    );
    sql.all(&select, values).await?.iter().map(mine_line).collect()
}

fn mine_line(row: &Row) -> Result<MineLine, StoreError> {
    Ok(MineLine {
        id: row.get("id")?,
        number: row.get("number")?,
        entry: row.get("entry")?,
        entity: row.get("entity")?,
        state: state(row)?,
        delivered_at: Timestamp(row.get("delivered_at")?),
        due_at: Timestamp(row.get("due_at")?),
        rank: row.get("rank")?,
    })
}

/// How many of a person's requests there are.
pub(crate) struct MineCounts {
    pub needs: i64,
    /// Those that need them included.
    pub open: i64,
    pub closed: i64,
}

impl MineCounts {
    pub fn total(&self) -> i64 {
        self.open + self.closed
    }
}

pub(crate) async fn mine_counts(sql: &impl Sql, applicant: Uuid) -> Result<MineCounts, StoreError> {
    let select = "SELECT COUNT(CASE WHEN state IN ('returned', 'receipt_not_confirmed') THEN 1 END) AS needs,
            COUNT(CASE WHEN closed_at IS NULL THEN 1 END) AS open,
            COUNT(CASE WHEN closed_at IS NOT NULL THEN 1 END) AS closed
        FROM request WHERE applicant = $1";
    let row = sql.one(select, vec![applicant.into()]).await?;
    let row = row.ok_or_else(|| StoreError::Shape("count".into()))?;
    Ok(MineCounts { needs: row.get("needs")?, open: row.get("open")?, closed: row.get("closed")? })
}

/// The services that a person ever asked for.
pub(crate) async fn entries_of(sql: &impl Sql, applicant: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT entry FROM request WHERE applicant = $1";
    sql.all(select, vec![applicant.into()]).await?.iter().map(|row| row.get("entry")).collect()
}

/// How many requests of an applicant are open.
pub(crate) async fn open_of_applicant(sql: &impl Sql, applicant: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS open FROM request WHERE applicant = $1 AND closed_at IS NULL";
    let row = sql.one(select, vec![applicant.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("open")
}

/// One thing that happened to a request.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub state: State,
    /// The stage that was reached.
    pub stage: String,
    pub at: Timestamp,
    pub note: String,
}

pub(crate) async fn add_step(
    tx: &Tx,
    request: &Request,
    actor: Option<Uuid>,
    note: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO request_step (id, request, state, at, actor, note, stage) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        Uuid::now_v7().into(),
        request.id.into(),
        request.state.word().into(),
        at.0.into(),
        actor.into(),
        note.into(),
        request.stage.as_str().into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn steps(sql: &impl Sql, request: Uuid) -> Result<Vec<Step>, StoreError> {
    let select = "SELECT state, stage, at, note FROM request_step WHERE request = $1 ORDER BY id";
    let rows = sql.all(select, vec![request.into()]).await?;
    rows.iter()
        .map(|row| {
            let at = Timestamp(row.get("at")?);
            Ok(Step { state: state(row)?, stage: row.get("stage")?, at, note: row.get("note")? })
        })
        .collect()
}

/// When the last step was taken, and by whom.
pub(crate) async fn last_step(
    sql: &impl Sql,
    request: Uuid,
) -> Result<Option<(Uuid, Timestamp, Option<Uuid>)>, StoreError> {
    let select = "SELECT id, at, actor FROM request_step WHERE request = $1 ORDER BY id DESC LIMIT 1";
    let row = sql.one(select, vec![request.into()]).await?;
    row.map(|row| Ok((row.get("id")?, Timestamp(row.get("at")?), row.get("actor")?))).transpose()
}

/// Takes a step out of the timeline that was taken back before anybody acted on it; the ledger keeps both.
pub(crate) async fn take_back_step(tx: &Tx, step: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM request_step WHERE id = $1", vec![step.into()]).await.map(drop)
}

fn state(row: &Row) -> Result<State, StoreError> {
    let word: String = row.get("state")?;
    State::named(&word).ok_or_else(|| StoreError::Shape(format!("state {word}")))
}

fn desk(row: &Row) -> Result<Option<Desk>, StoreError> {
    let (role, body): (String, Option<Uuid>) = (row.get("desk_role")?, row.get("desk_body")?);
    Ok(body.map(|body| Desk { role, body }))
}

fn request(row: &Row) -> Result<Request, Failure> {
    let moment = |column| -> Result<Option<Timestamp>, StoreError> {
        Ok(row.get::<Option<i64>>(column)?.map(Timestamp))
    };
    Ok(Request {
        id: row.get("id")?,
        number: row.get::<String>("number")?.parse()?,
        entry: row.get("entry")?,
        entry_version: row.get("entry_version")?,
        body: row.get("body")?,
        applicant: row.get("applicant")?,
        entity: row.get("entity")?,
        state: state(row)?,
        stage: row.get("stage")?,
        desk: desk(row)?,
        revision: row.get("revision")?,
        answers: serde_json::from_str(&row.get::<String>("answers")?)?,
        documents: serde_json::from_str(&row.get::<String>("documents")?)?,
        checks: serde_json::from_str::<Checks>(&row.get::<String>("checks")?)?,
        assurance: row.get("assurance")?,
        declaration: row.get("declaration")?,
        declared_at: moment("declared_at")?,
        acknowledgement: serde_json::from_str(&row.get::<String>("acknowledgement")?)?,
        delivered_at: Timestamp(row.get("delivered_at")?),
        due_at: Timestamp(row.get("due_at")?),
        returned_at: moment("returned_at")?,
        closed_at: moment("closed_at")?,
    })
}
