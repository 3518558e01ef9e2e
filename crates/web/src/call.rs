//! What is known about one call from its first line on: the page, the problem and the log all ask here.

use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, Request, header};
use uuid::Uuid;

use crate::{Preferences, Site};

/// Who is signed in, as the header of a page shows it. Placed by whoever knows sessions, with [`seat`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub name: String,
    /// Works at a desk: sees the way to it.
    pub desk: bool,
    pub inbox_unread: u32,
    pub admin: bool,
}

/// How the answer should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    Page,
    Problem,
}

pub(crate) struct Call {
    pub site: Arc<Site>,
    pub preferences: Preferences,
    pub path: String,
    pub query: String,
    pub id: Uuid,
    pub wants: Wants,
    /// htmx asked for a piece, not for a whole page.
    pub partial: bool,
    /// The page that the person came from, when it is one of ours: the way back.
    pub came_from: Option<String>,
    pub signed: OnceLock<Signed>,
}

impl Call {
    pub fn of<B>(site: Arc<Site>, request: &Request<B>) -> Call {
        let (path, headers) = (request.uri().path().to_owned(), request.headers());
        let query = request.uri().query().unwrap_or_default().to_owned();
        Call {
            preferences: Preferences::negotiate(&query, headers),
            wants: wants(&path, headers),
            partial: says(headers, "hx-request", "true") && !says(headers, "hx-boosted", "true"),
            came_from: came_from(&site, headers),
            id: Uuid::now_v7(),
            signed: OnceLock::new(),
            site,
            path,
            query,
        }
    }

    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }
}

/// Tells the header of the page, and of any error page, who is signed in.
pub fn seat<B>(request: &mut Request<B>, signed: Signed) {
    if let Some(call) = request.extensions().get::<Arc<Call>>() {
        call.signed.get_or_init(|| signed.clone());
    }
    request.extensions_mut().insert(signed);
}

fn says(headers: &HeaderMap, name: &str, value: &str) -> bool {
    headers.get(name).is_some_and(|given| given.as_bytes() == value.as_bytes())
}

/// Programs get problems: everything under /api/, and whoever asks for JSON and not for HTML.
fn wants(path: &str, headers: &HeaderMap) -> Wants {
    let accept = headers.get(header::ACCEPT).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let asks_json = accept.contains("json") && !accept.contains("text/html");
    if path.starts_with("/api/") || asks_json { Wants::Problem } else { Wants::Page }
}

fn came_from(site: &Site, headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/')?);
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    (Some(authority) == host || authority == site.authority()).then(|| path.to_owned())
}
