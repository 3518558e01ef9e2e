//! My requests: what is asked of me first, then everything that I ever sent, newest first.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure};
use axum::{Router, extract::State as Extract, routing::get};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Cursor, Page, Query, Shell, components::Link};

use super::words;
use crate::{
    Services,
    draft::{self, Draft},
    request::{
        State,
        table::{self, Line},
    },
};

/// Requests on one page.
const PAGE_REQUESTS: i64 = 20;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// `open`, `closed`, or everything.
    show: Option<String>,
    cursor: Option<String>,
}

impl Asked {
    fn closed(&self) -> Option<bool> {
        match self.show.as_deref() {
            Some("open") => Some(false),
            Some("closed") => Some(true),
            _ => None,
        }
    }
}

struct DraftLine {
    href: String,
    service: String,
    provider: String,
    saved: String,
}

struct Row {
    href: String,
    number: String,
    service: String,
    provider: String,
    signal: &'static str,
    state: String,
    delivered: String,
    expected: String,
    is_closed: bool,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "request/page/list.html")]
struct RequestsPage {
    shell: Shell,
    tabs: Vec<Link>,
    drafts: Vec<DraftLine>,
    rows: Vec<Row>,
    /// Which words an empty list speaks: `all`, `open` or `closed`.
    view: &'static str,
    first: String,
    next: String,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<RequestsPage>, web::Error> {
    Ok(Page(services.requests_page(&actor, shell, &asked).await?))
}

impl Services {
    async fn requests_page(
        &self,
        actor: &Actor,
        shell: Shell,
        asked: &Asked,
    ) -> Result<RequestsPage, Failure> {
        let sql = self.store.read();
        let before: Option<Uuid> = Cursor::decode_given(asked.cursor.as_deref())?;
        let closed = asked.closed();
        let limit = PAGE_REQUESTS + 1;
        let mut lines =
            table::of_applicant_where(&sql, actor.person, closed, before.unwrap_or(Uuid::max()), limit)
                .await?;
        let more = lines.len() as i64 > PAGE_REQUESTS;
        lines.truncate(PAGE_REQUESTS as usize);
        let next = match lines.last() {
            Some(last) if more => shell.with("cursor", &Cursor::encode(&last.id)?),
            _ => String::new(),
        };
        let open = table::open_of_applicant(&sql, actor.person).await?;
        let drafts =
            if before.is_none() { draft::table::of_person(&sql, actor.person).await? } else { Vec::new() };
        Ok(RequestsPage {
            tabs: tabs(&shell, closed, open),
            drafts: drafts.iter().filter_map(|draft| self.draft_line(&shell, draft)).collect(),
            rows: lines.into_iter().map(|line| self.request_row(&shell, line)).collect(),
            view: view(closed),
            first: if before.is_some() { list_href(closed) } else { String::new() },
            next,
            shell,
        })
    }

    /// A draft of a service that left the directory cannot be sent any more, so it is not offered.
    fn draft_line(&self, shell: &Shell, draft: &Draft) -> Option<DraftLine> {
        let entry = self.directory.entry_by_id(draft.entry)?;
        let provider = self.directory.provider(entry.body)?;
        Some(DraftLine {
            href: format!("/drafts/{}/summary", draft.id),
            service: shell.text(&entry.card.name).to_owned(),
            provider: shell.text(&provider.name).to_owned(),
            saved: shell.ago(draft.saved_at),
        })
    }

    fn request_row(&self, shell: &Shell, line: Line) -> Row {
        let entry = self.directory.entry_by_id(line.entry);
        let provider = entry.as_ref().and_then(|entry| self.directory.provider(entry.body));
        let with_me = line.state == State::Returned;
        Row {
            href: format!("/requests/{}", line.number),
            number: shell.in_digits(line.number),
            service: entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
            provider: provider.map_or_else(String::new, |provider| shell.text(&provider.name).to_owned()),
            signal: words::signal(line.state),
            state: words::state_word(shell, line.state),
            delivered: shell.day(line.delivered_at),
            expected: shell.day(line.due_at),
            is_closed: line.state.is_closed(),
            is_late: !line.state.is_closed() && !with_me && self.clock.now() > line.due_at,
        }
    }
}

fn view(closed: Option<bool>) -> &'static str {
    match closed {
        None => "all",
        Some(false) => "open",
        Some(true) => "closed",
    }
}

fn list_href(closed: Option<bool>) -> String {
    match closed {
        None => "/requests".to_owned(),
        some => format!("/requests?show={}", view(some)),
    }
}

fn tabs(shell: &Shell, closed: Option<bool>, open: i64) -> Vec<Link> {
    [None, Some(false), Some(true)]
        .into_iter()
        .map(|tab| {
            let link = Link::new(list_href(tab), shell.t(&format!("request-tab-{}", view(tab))));
            let link = link.current(tab == closed);
            if tab == Some(false) { link.count(open) } else { link }
        })
        .collect()
}
