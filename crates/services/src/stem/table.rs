//! The SQL of stems.

use store::{StoreError, Tx};
use uuid::Uuid;

/// Stems are kept by so many at a time, the last ones repeated: few statements of different length, which the engine
/// remembers, instead of one for every number of words.
const AT_ONCE: usize = 16;

/// Keeps the stems of a new request.
pub(crate) async fn keep(tx: &Tx, body: Uuid, request: Uuid, stems: &[String]) -> Result<(), StoreError> {
    let Some(last) = stems.last() else { return Ok(()) };
    let places = stems.len().next_multiple_of(AT_ONCE);
    let rows: Vec<String> = (0..places).map(|place| format!("($1, ${}, $2)", place + 3)).collect();
    let insert = format!(
        "INSERT INTO request_stem (body, stem, request) VALUES {} ON CONFLICT (body, stem, request) DO NOTHING",
        rows.join(", ")
    );
    let mut values = vec![body.into(), request.into()];
    values.extend(stems.iter().map(|stem| stem.clone().into()));
    values.resize(places + 2, last.clone().into());
    tx.run(&insert, values).await.map(drop)
}

/// The same after answers were corrected: what is no longer said is no longer found.
pub(crate) async fn renew(
    tx: &Tx,
    body: Uuid,
    request: Uuid,
    before: &[String],
    after: &[String],
) -> Result<(), StoreError> {
    let forget = "DELETE FROM request_stem WHERE body = $1 AND stem = $2 AND request = $3";
    for stem in before.iter().filter(|stem| !after.contains(stem)) {
        tx.run(forget, vec![body.into(), stem.clone().into(), request.into()]).await?;
    }
    keep(tx, body, request, after).await
}
