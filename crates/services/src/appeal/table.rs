//! The SQL of appeals.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Against, Appeal, AppealState};

const COLUMNS: &str =
    "p.id, p.request, p.body, p.against, p.grounds, p.state, p.filed_at, p.due_at, p.reasons,
    p.remedy, p.decided_by, p.decided_at";

/// False when the request has an appeal of this kind already.
pub(crate) async fn insert(tx: &Tx, appeal: &Appeal) -> Result<bool, StoreError> {
    let insert =
        "INSERT INTO appeal (id, request, body, against, grounds, state, filed_at, due_at, reasons, remedy)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '') ON CONFLICT (request, against) DO NOTHING";
    let values = vec![
        appeal.id.into(),
        appeal.request.into(),
        appeal.body.into(),
        appeal.against.word().into(),
        appeal.grounds.clone().into(),
        appeal.state.word().into(),
        appeal.filed_at.0.into(),
        appeal.due_at.0.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

/// Writes the decision of an open appeal. False when somebody was faster.
pub(crate) async fn decide(tx: &Tx, appeal: &Appeal) -> Result<bool, StoreError> {
    let update = "UPDATE appeal SET state = $2, reasons = $3, remedy = $4, decided_by = $5, decided_at = $6
        WHERE id = $1 AND state = 'open'";
    let values = vec![
        appeal.id.into(),
        appeal.state.word().into(),
        appeal.reasons.clone().into(),
        appeal.remedy.clone().into(),
        appeal.decided_by.into(),
        appeal.decided_at.map(|at| at.0).into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

pub(crate) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Appeal>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM appeal p WHERE p.id = $1");
    sql.find(&select, vec![id.into()], appeal).await
}

/// The appeals of a request, the newest first; there are two at most.
pub(crate) async fn of_request(sql: &impl Sql, request: Uuid) -> Result<Vec<Appeal>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM appeal p WHERE p.request = $1 ORDER BY p.id DESC");
    sql.list(&select, vec![request.into()], appeal).await
}

/// A line of the head's desk.
pub(crate) struct Line {
    pub appeal: Appeal,
    pub number: String,
    pub entry: Uuid,
    pub applicant: Uuid,
}

/// Open appeals at a body, the most urgent first.
pub(crate) async fn open_at(
    sql: &impl Sql,
    body: Uuid,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS}, r.number, r.entry, r.applicant FROM appeal p JOIN request r ON r.id = p.request
         WHERE p.body = $1 AND p.decided_at IS NULL AND (p.due_at, p.id) > ($2, $3)
         ORDER BY p.due_at, p.id LIMIT $4"
    );
    let values = vec![body.into(), after.0.into(), after.1.into(), limit.into()];
    let rows = sql.all(&select, values).await?;
    let line = |row: &Row| -> Result<Line, StoreError> {
        Ok(Line {
            appeal: appeal(row)?,
            number: row.get("number")?,
            entry: row.get("entry")?,
            applicant: row.get("applicant")?,
        })
    };
    rows.iter().map(line).collect()
}

fn appeal(row: &Row) -> Result<Appeal, StoreError> {
    let (against, state): (String, String) = (row.get("against")?, row.get("state")?);
    let unknown = |word: &str| StoreError::Shape(format!("appeal: {word}"));
    Ok(Appeal {
        id: row.get("id")?,
        request: row.get("request")?,
        body: row.get("body")?,
        against: Against::named(&against).ok_or_else(|| unknown(&against))?,
        grounds: row.get("grounds")?,
        state: AppealState::named(&state).ok_or_else(|| unknown(&state))?,
        filed_at: Timestamp(row.get("filed_at")?),
        due_at: Timestamp(row.get("due_at")?),
        reasons: row.get("reasons")?,
        remedy: row.get("remedy")?,
        decided_by: row.get("decided_by")?,
        decided_at: row.get::<Option<i64>>("decided_at")?.map(Timestamp),
    })
}
