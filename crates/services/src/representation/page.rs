//! `/account/mandates`: who acts for the entities that I stand for; and what taking a mandate back means, before it happens.

use std::sync::Arc;

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Cursor, Page, Path, Query, Shell, components::Link, see_other};

use super::Represented;
use crate::{
    Services,
    request::{page::words, table::Line},
};

/// Requests on one page.
const PAGE_REQUESTS: i64 = 25;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/account/mandates", get(list))
        .route("/account/mandates/{id}/withdraw", get(show).post(withdraw))
}

struct Row {
    entity: String,
    holder: String,
    is_mine: bool,
    scope: String,
    since: String,
    until: String,
    href: String,
}

#[derive(Template)]
#[template(path = "representation/list.html")]
struct ListPage {
    trail: Vec<Link>,
    rows: Vec<Row>,
    is_done: bool,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    cursor: Option<String>,
    done: Option<String>,
}

struct Made {
    number: String,
    service: String,
    signal: &'static str,
    state: String,
    sent: String,
    /// Where the one who looks may open it; empty where it is somebody else's.
    href: String,
}

#[derive(Template)]
#[template(path = "representation/withdraw.html")]
struct WithdrawPage {
    trail: Vec<Link>,
    row: Row,
    made: Vec<Made>,
    next: String,
    shell: Shell,
}

async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<ListPage>, web::Error> {
    let represented = services.representations(&actor).await?;
    let rows = represented.iter().map(|one| services.represented_row(&shell, one, actor.person)).collect();
    let trail = vec![Link::new("/account", shell.t("identity-account"))];
    Ok(Page(ListPage { trail, rows, is_done: asked.done.is_some(), shell }))
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Page<WithdrawPage>, web::Error> {
    let represented = services.represented(&actor, id).await?;
    let before = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or(Uuid::max());
    let lines = services.made_under(&represented.mandate, before, PAGE_REQUESTS).await?;
    let next = match lines.last() {
        Some(last) if lines.len() as i64 == PAGE_REQUESTS => format!("?cursor={}", Cursor::encode(&last.id)?),
        _ => String::new(),
    };
    let is_mine = represented.holder.id == actor.person;
    let made = lines.into_iter().map(|line| services.made(&shell, line, is_mine)).collect();
    let trail = vec![
        Link::new("/account", shell.t("identity-account")),
        Link::new("/account/mandates", shell.t("mandate-title")),
    ];
    Ok(Page(WithdrawPage {
        trail,
        row: services.represented_row(&shell, &represented, actor.person),
        made,
        next,
        shell,
    }))
}

async fn withdraw(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    services.withdraw_mandate(&actor, id).await?;
    Ok(see_other("/account/mandates?done=1"))
}

impl Services {
    fn represented_row(&self, shell: &Shell, one: &Represented, me: Uuid) -> Row {
        let Represented { mandate, entity, holder } = one;
        let service = self.directory.entry(&mandate.scope);
        Row {
            entity: shell.text(&entity.name).to_owned(),
            holder: shell.text(&holder.name).to_owned(),
            is_mine: holder.id == me,
            scope: match mandate.scope.as_str() {
                identity::SCOPE_ALL => shell.t("mandate-scope-all"),
                slug => service.map_or_else(|| slug.to_owned(), |it| shell.text(&it.card.name).to_owned()),
            },
            since: shell.day(mandate.from),
            until: mandate.until.map(|until| shell.day(until)).unwrap_or_default(),
            href: format!("/account/mandates/{}/withdraw", mandate.id),
        }
    }

    fn made(&self, shell: &Shell, line: Line, is_mine: bool) -> Made {
        let entry = self.directory.entry_by_id(line.entry);
        Made {
            href: if is_mine { format!("/requests/{}", line.number) } else { String::new() },
            number: shell.in_digits(line.number),
            service: entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
            signal: words::signal(line.state),
            state: words::state_word(shell, line.state),
            sent: shell.day(line.delivered_at),
        }
    }
}
