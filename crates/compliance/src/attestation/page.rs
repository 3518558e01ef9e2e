//! `/compliance/attestations`: what has to be confirmed, by whom and by when; first what is mine.

use std::sync::Arc;

use askama::Template;
use axum::{Router, routing::get};
use uuid::Uuid;
use web::{Page, Query, Shell, components::Link};

use super::{
    Attestation, document,
    list::{AttestationsAsked, STATES},
};
use crate::{Compliance, call::Visit, places::Places};

/// Rows of a page.
const PAGE_ATTESTATIONS: usize = 25;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/attestations", get(list))
        .route("/compliance/attestations/{id}/document", get(document::document))
}

struct Row {
    href: String,
    control: String,
    title: String,
    body: String,
    who: String,
    standing: String,
    signal: &'static str,
    confirmed: String,
    due: String,
}

#[derive(Template)]
#[template(path = "attestation/list.html")]
struct ListPage {
    places: Places,
    whose: Vec<Link>,
    views: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    shell: Shell,
}

async fn list(visit: Visit, Query(asked): Query<AttestationsAsked>) -> Result<Page<ListPage>, web::Error> {
    let kernel = &visit.kernel;
    let listed = kernel.attestations(&visit.actor, &asked, PAGE_ATTESTATIONS).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let bodies = kernel.bodies_by_id().await?;
    let names = kernel.names(listed.held.iter().map(|it| it.person)).await?;
    let (shell, now) = (&visit.shell, kernel.clock.now());
    let titles = kernel.own_titles(&listed.held).await?;
    let row = |it: &Attestation| {
        let body = bodies.get(&it.body);
        let slug = body.map(|it| it.slug.as_str()).unwrap_or_default();
        let control = kernel.packs.control(&it.control);
        let named = |person: Uuid| names.get(&person).map(|name| shell.text(name).to_owned());
        let standing = it.standing(now);
        Row {
            href: format!("/compliance/bodies/{slug}/{}", it.control),
            control: it.control.clone(),
            title: match control {
                Some(control) => shell.text(&control.title).to_owned(),
                None => titles.get(&it.control).cloned().unwrap_or_default(),
            },
            body: body.map(|it| shell.text(&it.short).to_owned()).unwrap_or_default(),
            who: it.person.and_then(named).unwrap_or_else(|| shell.t("attestation-by-head")),
            standing: shell.t(&format!("attestation-state-{}", standing.word())),
            signal: standing.signal(),
            confirmed: it.confirmed_at.map(|at| shell.day(at)).unwrap_or_default(),
            due: shell.day(it.due_at),
        }
    };
    let rows = listed.held.iter().map(row).collect();
    let to = |state: &str, mine: &str| {
        web::address("/compliance/attestations", [("state", state), ("mine", mine), ("body", &asked.body)])
    };
    let view = |state: &str, key: &str| {
        Link::new(to(state, &asked.mine), shell.t(key)).current(asked.state == state)
    };
    let states = STATES.map(|state| view(state, &format!("attestation-state-{state}")));
    let whose = |mine: &str, key: &str| {
        Link::new(to(&asked.state, mine), shell.t(key)).current((asked.mine == "yes") == (mine == "yes"))
    };
    Ok(Page(ListPage {
        places,
        whose: vec![whose("", "attestation-all"), whose("yes", "attestation-mine")],
        views: std::iter::once(view("", "exemption-state-any")).chain(states).collect(),
        rows,
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: if listed.next.is_empty() { String::new() } else { shell.with("cursor", &listed.next) },
        shell: visit.shell,
    }))
}
