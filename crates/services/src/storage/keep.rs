//! A document finds its request: it stays, and is bound to the storage of the request's provider (LY-SVC-20.1a).

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use jobs::Job;
use serde_json::json;
use store::Tx;
use uuid::Uuid;

use super::{house::KIND, table};

/// False when the document is not there any more; whoever refers to it must then refuse. One that another provider keeps
/// is refused here: its storage alone may hold it.
pub(crate) async fn keep(tx: &Tx, body: Uuid, document: Uuid, at: Timestamp) -> Result<bool, Failure> {
    if !documents::retain(tx, document, None).await? {
        return Ok(false);
    }
    let Some(place) = table::location_of(tx, body).await? else { return Ok(true) };
    if !documents::bind(tx, document, &place).await? {
        return Err(Refusal::new(Kind::Conflict, "documents.of_another_body", &["LY-SVC-20.1a"]).into());
    }
    let payload = json!({ "document": document });
    jobs::enqueue(tx, Job { kind: KIND, key: document.to_string(), payload, run_at: at }).await?;
    Ok(true)
}
