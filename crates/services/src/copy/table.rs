//! The SQL of paper copies.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Address, Dispatch, PaperCopy};

const COLUMNS: &str = "c.id, c.request, c.body, c.recipient, c.street, c.city, c.phone, c.asked_at, c.prints,
    c.carrier, c.tracking, c.dispatched_by, c.dispatched_at";

/// False when one is under way for the request already.
pub(crate) async fn insert(tx: &Tx, copy: &PaperCopy) -> Result<bool, StoreError> {
    let insert = "INSERT INTO paper_copy (id, request, body, recipient, street, city, phone, state, asked_at,
            prints, carrier, tracking)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, 0, '', '')
        ON CONFLICT (request) WHERE state = 'asked' DO NOTHING";
    let values = vec![
        copy.id.into(),
        copy.request.into(),
        copy.body.into(),
        copy.address.recipient.clone().into(),
        copy.address.street.clone().into(),
        copy.address.city.clone().into(),
        copy.address.phone.clone().into(),
        copy.asked_at.0.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

pub(crate) async fn printed(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    tx.run("UPDATE paper_copy SET prints = prints + 1 WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// False when it was dispatched already.
pub(crate) async fn dispatch(tx: &Tx, id: Uuid, dispatch: &Dispatch) -> Result<bool, StoreError> {
    let update =
        "UPDATE paper_copy SET state = 'dispatched', carrier = $2, tracking = $3, dispatched_by = $4,
            dispatched_at = $5
        WHERE id = $1 AND state = 'asked'";
    let values = vec![
        id.into(),
        dispatch.carrier.clone().into(),
        dispatch.tracking.clone().into(),
        dispatch.by.into(),
        dispatch.at.0.into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

pub(crate) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<PaperCopy>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM paper_copy c WHERE c.id = $1");
    sql.find(&select, vec![id.into()], copy).await
}

/// The newest copy that was asked for.
pub(crate) async fn of_request(sql: &impl Sql, request: Uuid) -> Result<Option<PaperCopy>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM paper_copy c WHERE c.request = $1 ORDER BY c.id DESC LIMIT 1");
    sql.find(&select, vec![request.into()], copy).await
}

/// A line of the desk.
pub(crate) struct Line {
    pub copy: PaperCopy,
    pub number: String,
    pub entry: Uuid,
}

/// Copies of a body in one state (`asked` or `dispatched`), the oldest first.
pub(crate) async fn at_desk(
    sql: &impl Sql,
    body: Uuid,
    state: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS}, r.number, r.entry FROM paper_copy c JOIN request r ON r.id = c.request
         WHERE c.body = $1 AND c.state = $2 AND c.id > $3 ORDER BY c.id LIMIT $4"
    );
    let rows = sql.all(&select, vec![body.into(), state.into(), after.into(), limit.into()]).await?;
    let line = |row: &Row| -> Result<Line, StoreError> {
        Ok(Line { copy: copy(row)?, number: row.get("number")?, entry: row.get("entry")? })
    };
    rows.iter().map(line).collect()
}

fn copy(row: &Row) -> Result<PaperCopy, StoreError> {
    let dispatch = match row.get::<Option<i64>>("dispatched_at")? {
        None => None,
        Some(at) => Some(Dispatch {
            carrier: row.get("carrier")?,
            tracking: row.get("tracking")?,
            by: row.get("dispatched_by")?,
            at: Timestamp(at),
        }),
    };
    Ok(PaperCopy {
        id: row.get("id")?,
        request: row.get("request")?,
        body: row.get("body")?,
        address: Address {
            recipient: row.get("recipient")?,
            street: row.get("street")?,
            city: row.get("city")?,
            phone: row.get("phone")?,
        },
        asked_at: Timestamp(row.get("asked_at")?),
        prints: row.get("prints")?,
        dispatch,
    })
}
