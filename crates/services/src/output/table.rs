//! The SQL of outputs.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, Tx};
use uuid::Uuid;

use super::Output;

const COLUMNS: &str = "id, request, part, kind, code, document, statement, leaf, delivered_at";

pub(crate) async fn insert(tx: &Tx, output: &Output) -> Result<(), Failure> {
    let insert = "INSERT INTO output (id, request, part, kind, code, document, statement, leaf, delivered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = vec![
        output.id.into(),
        output.request.into(),
        output.part.clone().into(),
        output.kind.clone().into(),
        output.code.clone().into(),
        output.document.into(),
        output.statement.to_string().into(),
        output.leaf.into(),
        output.delivered_at.0.into(),
    ];
    tx.run(insert, values).await?;
    Ok(())
}

pub(crate) async fn of_request(sql: &impl Sql, request: Uuid) -> Result<Vec<Output>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM output WHERE request = $1 ORDER BY id");
    sql.list(&select, vec![request.into()], output).await
}

/// The output behind a QR code.
pub(crate) async fn by_code(sql: &impl Sql, code: &str) -> Result<Option<Output>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM output WHERE code = $1");
    sql.find(&select, vec![code.into()], output).await
}

fn output(row: &Row) -> Result<Output, Failure> {
    Ok(Output {
        id: row.get("id")?,
        request: row.get("request")?,
        part: row.get("part")?,
        kind: row.get("kind")?,
        code: row.get("code")?,
        document: row.get("document")?,
        statement: serde_json::from_str(&row.get::<String>("statement")?)?,
        leaf: row.get("leaf")?,
        delivered_at: Timestamp(row.get("delivered_at")?),
    })
}
