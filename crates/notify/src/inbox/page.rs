//! The inbox as a page.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use store::Store;
use uuid::Uuid;
use web::{Page, Path, Query, Shell, see_other};

use super::{Line, MarkRead, Recipient, slice, way};
use crate::notice::table;

/// `/inbox` and `/inbox/{id}`, which marks as read and leads on.
pub fn pages(store: Store) -> Router {
    Router::new().route("/inbox", get(inbox)).route("/inbox/{id}", get(open)).with_state(store)
}

#[derive(Template)]
#[template(path = "inbox/page.html")]
struct InboxPage {
    shell: Shell,
    lines: Vec<Line>,
    /// Where the first page is, unless this is it.
    first: &'static str,
    /// Where the next page is, or nothing.
    next: String,
    unread: i64,
}

#[derive(Deserialize)]
struct Asked {
    cursor: Option<String>,
}

/// Strangers are led to the sign-in and come back.
fn sign_in(shell: &Shell) -> Response {
    see_other(&format!("/sign-in?next={}", shell.path))
}

async fn inbox(
    State(store): State<Store>,
    recipient: Result<Recipient, web::Error>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let Ok(Recipient(person)) = recipient else { return Ok(sign_in(&shell)) };
    let unread = table::unread(&store.read(), person).await?;
    let slice = slice(&store, &shell, person, asked.cursor.as_deref()).await?;
    let first = if asked.cursor.is_some() { "/inbox" } else { "" };
    let next = slice.next.map(|next| format!("/inbox?cursor={next}")).unwrap_or_default();
    Ok(Page(InboxPage { lines: slice.lines, first, next, unread, shell }).into_response())
}

async fn open(
    State(store): State<Store>,
    recipient: Result<Recipient, web::Error>,
    shell: Shell,
    Path(notice): Path<Uuid>,
) -> Result<Response, web::Error> {
    let Ok(Recipient(person)) = recipient else { return Ok(sign_in(&shell)) };
    let Some(found) = table::find(&store.read(), person, notice).await? else {
        return Err(web::Error::not_found());
    };
    if found.read_at.is_none() {
        store.write(MarkRead { person, notice, now: shell.site().clock.now() }).await?;
    }
    Ok(see_other(way(&found.link)))
}
