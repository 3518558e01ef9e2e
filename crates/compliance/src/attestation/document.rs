//! The file that was attached to a confirmation, for whoever sees how the body stands.

use authz::Refusal;
use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use identity::Caller;
use uuid::Uuid;
use web::Path;

use super::table;
use crate::{Compliance, authority::About};

pub(super) async fn document(
    State(kernel): State<std::sync::Arc<Compliance>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let sql = kernel.store.read();
    let held = table::confirmation_by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
    let about = About { owner: Some(held.person), ..About::default() };
    if !kernel.acting(&actor).may(&sql, "see_body", Some(held.body), about).await? {
        return Err(Refusal::not_found().into());
    }
    let document = held.document.ok_or_else(Refusal::not_found)?;
    let (found, bytes) = kernel.documents.get(document).await?;
    let mut answer = Body::from_stream(bytes).into_response();
    let kind = [("content-type", found.media_type.as_str().to_owned())];
    for (name, value) in documents::attachment_headers(&held.file_name).into_iter().chain(kind) {
        if let Ok(value) = header::HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}
