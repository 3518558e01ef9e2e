//! The SQL of stems.

use store::{StoreError, Tx};
use uuid::Uuid;

/// Keeps the stems of a new request, all of them in one statement.
pub(crate) async fn keep(tx: &Tx, body: Uuid, request: Uuid, stems: &[String]) -> Result<(), StoreError> {
    if stems.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = (0..stems.len()).map(|place| format!("($1, ${}, $2)", place + 3)).collect();
    let insert = format!(
        "INSERT INTO request_stem (body, stem, request) VALUES {} ON CONFLICT (body, stem, request) DO NOTHING",
        rows.join(", ")
    );
    let mut values = vec![body.into(), request.into()];
    values.extend(stems.iter().map(|stem| stem.clone().into()));
    tx.run(&insert, values).await.map(drop)
}

/// The same after answers were corrected: what is no longer said is no longer found.
pub(crate) async fn renew(tx: &Tx, body: Uuid, request: Uuid, stems: &[String]) -> Result<(), StoreError> {
    tx.run("DELETE FROM request_stem WHERE request = $1", vec![request.into()]).await?;
    keep(tx, body, request, stems).await
}
