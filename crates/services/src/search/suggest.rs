//! `GET /services/suggest`: the options under a search field, as a piece of HTML for the script that shows them.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use web::{Page, Query, Shell};

use crate::{
    Services,
    entry::page::marked::{Piece, marked},
};

/// Services that are suggested: as many as a phone shows above its keyboard.
pub(super) const SUGGESTIONS_MAX: usize = 6;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

struct Line {
    slug: String,
    name: Vec<Piece>,
    provider: String,
}

#[derive(Template)]
#[template(path = "search/suggest.html")]
pub(super) struct Suggestions {
    shell: Shell,
    words: String,
    everything: String,
    lines: Vec<Line>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Page<Suggestions> {
    let found = services.directory.suggest(&asked.q, SUGGESTIONS_MAX);
    let lines = found.hits.iter().map(|hit| {
        let provider = services.directory.provider(hit.entry.body);
        Line {
            slug: hit.entry.card.id.clone(),
            name: marked(shell.text(&hit.entry.card.name), &found.reading.stems),
            provider: provider.map(|provider| shell.text(&provider.name).to_owned()).unwrap_or_default(),
        }
    });
    let lines = lines.collect();
    let words = asked.q.trim().to_owned();
    let everything = web::address("/search", [("q", words.as_str())]);
    Page(Suggestions { lines, everything, words, shell })
}
