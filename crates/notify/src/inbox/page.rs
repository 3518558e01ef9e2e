//! The inbox as a page: what needs the person first, dense lines, and each line's own small acts.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use store::Store;
use uuid::Uuid;
use web::{
    Form, Page, Path, Query, Shell,
    components::{Field, Link},
    see_other,
};

use super::{Line, Mark, MarkNotice, Recipient, slice, way};
use crate::notice::{
    Means,
    table::{self, View, Wanted},
};

/// How often an open page asks for the count of what is unread. Asking more often would cost more than it tells.
const COUNT_SECONDS: u32 = 60;
/// Characters of a search that are taken.
const SEARCH_CHARACTERS_MAX: usize = 100;

/// `/inbox`, the acts on its lines, and `/inbox/{id}`, which marks as read and leads on.
pub(crate) fn pages(store: Store) -> Router {
    Router::new()
        .route("/inbox", get(inbox))
        .route("/inbox/count", get(count))
        .route("/inbox/{id}", get(open))
        .route("/inbox/{id}/mark", post(mark))
        .with_state(store)
}

#[derive(Template)]
#[template(path = "inbox/page.html")]
struct InboxPage {
    shell: Shell,
    lines: Vec<Line>,
    tabs: Vec<Link>,
    chips: Vec<Link>,
    search: Field,
    view: View,
    words: String,
    /// This page, for the acts to come back to.
    here: String,
    /// Where the first page is, unless this is it.
    first: String,
    /// Where the next page is, or nothing.
    next: String,
    unread: i64,
    /// The address at which the last letter was refused for good.
    bounced: String,
    seconds: u32,
}

impl InboxPage {
    fn is_archive(&self) -> bool {
        self.view == View::Archived
    }

    /// The signal at the edge of a line.
    fn signal(&self, line: &Line) -> &'static str {
        match (line.notice.asks, line.notice.read_at) {
            (true, _) => "needs-you",
            (false, None) => "unread",
            (false, Some(_)) => "",
        }
    }

    /// How the e-mail of a line stands, when that is worth a word: not where it simply arrived.
    fn trouble(&self, line: &Line) -> Option<String> {
        let email = line.deliveries.iter().find(|delivery| delivery.means == Means::Email)?;
        email.state.may_be_retried().then(|| self.shell.t(&email.key()))
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    show: Option<String>,
    q: Option<String>,
    cursor: Option<String>,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let words = self.q.as_deref().unwrap_or_default().trim();
        Wanted {
            view: View::named(self.show.as_deref().unwrap_or_default()),
            words: words.chars().take(SEARCH_CHARACTERS_MAX).collect(),
        }
    }
}

/// Strangers are led to the sign-in and come back.
pub(crate) fn sign_in(shell: &Shell) -> Response {
    see_other(&format!("/sign-in?next={}", shell.path))
}

fn list_href(view: View) -> String {
    match view {
        View::All => "/inbox".to_owned(),
        view => format!("/inbox?show={}", view.code()),
    }
}

async fn inbox(
    State(store): State<Store>,
    recipient: Result<Recipient, web::Error>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let Ok(Recipient(person)) = recipient else { return Ok(sign_in(&shell)) };
    Ok(Page(inbox_page(&store, shell, person, &asked).await?).into_response())
}

async fn inbox_page(
    store: &Store,
    shell: Shell,
    person: Uuid,
    asked: &Asked,
) -> Result<InboxPage, web::Error> {
    let (sql, wanted) = (store.read(), asked.wanted());
    let unread = table::unread(&sql, person).await?;
    let asking = table::asking(&sql, person).await?;
    let bounced = table::last_email_bounced(&sql, person).await?;
    let slice = slice(store, &shell, person, &wanted, asked.cursor.as_deref()).await?;
    let view = wanted.view;
    let chips = match wanted.words.is_empty() {
        true => Vec::new(),
        false => vec![Link::new(list_href(view), wanted.words.clone())],
    };
    let search = Field::text(&shell, "q", shell.t("notify-inbox-search")).value(wanted.words.as_str());
    Ok(InboxPage {
        tabs: tabs(&shell, view, unread, asking),
        chips,
        search: search.optional().attribute("maxlength", "100"),
        here: shell.with("show", view.code()),
        first: if asked.cursor.is_some() { list_href(view) } else { String::new() },
        next: slice.next.map(|next| shell.with("cursor", &next)).unwrap_or_default(),
        lines: slice.lines,
        words: wanted.words,
        bounced: bounced.unwrap_or_default(),
        seconds: COUNT_SECONDS,
        view,
        unread,
        shell,
    })
}

fn tabs(shell: &Shell, current: View, unread: i64, asking: i64) -> Vec<Link> {
    View::ALL
        .into_iter()
        .map(|view| {
            let key = format!("notify-inbox-tab-{}", view.code().replace('_', "-"));
            let link = Link::new(list_href(view), shell.t(&key)).current(view == current);
            match view {
                View::NeedsYou if asking > 0 => link.count(asking),
                View::Unread if unread > 0 => link.count(unread),
                _ => link,
            }
        })
        .collect()
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
        let now = shell.site().clock.now();
        store.write(MarkNotice { person, notice, mark: Mark::Read, now }).await?;
    }
    Ok(see_other(way(&found.link)))
}

#[derive(Deserialize)]
struct Marked {
    mark: String,
    /// The view that the person came from.
    #[serde(default)]
    back: String,
}

async fn mark(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
    Path(notice): Path<Uuid>,
    Form(marked): Form<Marked>,
) -> Result<Response, web::Error> {
    let mark = Mark::named(&marked.mark).ok_or_else(web::Error::not_found)?;
    let now = shell.site().clock.now();
    if !store.write(MarkNotice { person, notice, mark, now }).await? {
        return Err(web::Error::not_found());
    }
    let back = if marked.back.starts_with("/inbox") { way(&marked.back) } else { "/inbox" };
    Ok(see_other(back))
}

#[derive(Template)]
#[template(path = "inbox/count.html")]
struct Count {
    shell: Shell,
    unread: i64,
}

/// The count beside the way to the inbox, for a page that stays open.
async fn count(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
) -> Result<Page<Count>, web::Error> {
    let unread = table::unread(&store.read(), person).await?;
    Ok(Page(Count { shell, unread }))
}
