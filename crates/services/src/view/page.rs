//! Keeping and forgetting views from the desk; the desk itself shows them.

use std::sync::Arc;

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use identity::Caller;
use uuid::Uuid;
use web::{Form, Path, see_other};

use crate::{Services, task::queue::Asked};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/views", post(save)).route("/desk/views/{id}/forget", post(forget))
}

async fn save(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let value = |name: &str| {
        let pair = posted.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let asked = Asked::of(&value("view"));
    services.save_view(&actor, &value("name"), !value("shared").is_empty(), &asked).await?;
    Ok(see_other(&services.wanted(&asked).href("/desk")))
}

async fn forget(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    services.forget_view(&actor, id).await?;
    Ok(see_other("/desk"))
}
