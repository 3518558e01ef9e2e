//! Bodies, their units and functions: seen by their keepers, ordered by the competent administration.

mod act;
pub(crate) mod api;
mod form;
mod functions;
mod list;
mod show;
mod units;

use std::sync::Arc;

use axum::Router;
use organisations::{Body, BodyKind};
use web::{Shell, components::Link};

use crate::Bodies;

pub(crate) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .merge(list::routes())
        .merge(show::routes())
        .merge(units::routes())
        .merge(functions::routes())
}

pub(crate) fn href(body: &Body) -> String {
    format!("/desk/bodies/{}", body.slug)
}

pub(crate) fn kind_word(shell: &Shell, kind: BodyKind) -> String {
    shell.t(&format!("org-kind-{}", kind.word()))
}

/// The name of a function; what the platform does not know has its own word.
pub(crate) fn function_word(shell: &Shell, function: &str) -> String {
    shell.said(&format!("bodies-function-{function}")).unwrap_or_else(|| function.to_owned())
}

/// The places of one body, as tabs above each of its pages.
pub(crate) fn places(shell: &Shell, body: &Body) -> Vec<Link> {
    let own = href(body);
    let place = |rest: &str, key: &str| {
        let path = format!("{own}{rest}");
        let current = if rest.is_empty() { shell.is(&shell.path, &path) } else { shell.is_at(&path) };
        Link::new(path, shell.t(key)).current(current)
    };
    vec![
        place("", "bodies-place-overview"),
        place("/units", "bodies-place-units"),
        place("/functions", "bodies-place-functions"),
        place("/people", "bodies-place-people"),
        place("/delegations", "bodies-place-delegations"),
        place("/history", "bodies-place-history"),
    ]
}
