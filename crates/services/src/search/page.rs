//! `GET /search`: services, the person's requests and help, on one page.

use std::{collections::HashSet, sync::Arc};

use askama::Template;
use authz::{Actor, Failure};
use axum::extract::State;
use identity::MaybeCaller;
use language::Lang;
use serde::Deserialize;
use web::{Page, Query, Shell};

use super::{told::Told, why::why};
use crate::{
    Services, State as Standing,
    entry::{
        page::marked::{Piece, marked},
        search,
    },
    help,
};

/// Services that are shown before all of them are asked for.
const SERVICES_SHOWN: usize = 8;
/// Services whose requests are looked for: more than are shown, because a person knows what she asked for.
const SERVICES_READ: usize = 30;
const ARTICLES_SHOWN: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

struct ServiceLine {
    slug: String,
    name: Vec<Piece>,
    summary: Vec<Piece>,
    why: Vec<Piece>,
    provider: String,
}

struct RequestLine {
    href: String,
    number: String,
    name: String,
    state: String,
    signal: &'static str,
}

struct ArticleLine {
    slug: &'static str,
    title: Vec<Piece>,
    summary: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "search/page.html")]
pub(super) struct SearchPage {
    life: Vec<(String, String)>,
    shell: Shell,
    words: String,
    told: Told,
    total: usize,
    services: Vec<ServiceLine>,
    requests: Vec<RequestLine>,
    articles: Vec<ArticleLine>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<SearchPage>, web::Error> {
    Ok(Page(services.search_page(caller.as_ref(), shell, asked.q).await?))
}

impl Services {
    async fn search_page(
        &self,
        caller: Option<&Actor>,
        shell: Shell,
        words: String,
    ) -> Result<SearchPage, Failure> {
        let words: String = words.trim().chars().take(search::QUERY_CHARACTERS_MAX).collect();
        let found = match words.is_empty() {
            true => search::Found::default(),
            false => {
                let query = search::Query { words: words.clone(), ..search::Query::default() };
                self.directory.search(&query, shell.lang, 0..SERVICES_READ)
            }
        };
        let requests = match caller.filter(|_| !words.is_empty()) {
            None => Vec::new(),
            Some(actor) => {
                let services: HashSet<_> = found.hits.iter().map(|hit| hit.entry.id).collect();
                let lines = self.requests_found(actor, &words, &services).await?;
                lines.into_iter().map(|line| self.request_line(&shell, line)).collect()
            }
        };
        let wanted = &found.reading.stems;
        let services =
            found.hits.iter().take(SERVICES_SHOWN).map(|hit| self.service_line(&shell, hit, wanted));
        Ok(SearchPage {
            life: self.life_events_at_home(&shell),
            told: Told::of(&found.reading, &words, "/search"),
            total: found.total,
            services: services.collect(),
            requests,
            articles: articles(&words, shell.lang),
            words,
            shell,
        })
    }

    fn service_line(&self, shell: &Shell, hit: &search::Hit, wanted: &HashSet<String>) -> ServiceLine {
        let card = &hit.entry.card;
        let provider = self.directory.provider(hit.entry.body);
        ServiceLine {
            slug: card.id.clone(),
            name: marked(shell.text(&card.name), wanted),
            summary: marked(shell.text(&card.summary), wanted),
            why: why(card, wanted, shell.lang),
            provider: provider.map(|provider| shell.text(&provider.short).to_owned()).unwrap_or_default(),
        }
    }

    fn request_line(&self, shell: &Shell, line: crate::request::table::Line) -> RequestLine {
        let service = self.directory.entry_by_id(line.entry);
        let name = service.map(|service| shell.text(&service.card.name).to_owned());
        RequestLine {
            href: format!("/requests/{}", line.number),
            name: name.unwrap_or_else(|| line.number.clone()),
            number: line.number,
            state: shell.t(&format!("services-state-{}", line.state.word())),
            signal: signal(line.state),
        }
    }
}

fn signal(state: Standing) -> &'static str {
    match state {
        Standing::ReceiptNotConfirmed | Standing::Returned => "needs-you",
        Standing::Refused => "refused",
        Standing::Completed => "done",
        Standing::Withdrawn | Standing::Expired => "",
        Standing::Received | Standing::Verified | Standing::Approved => "waiting",
    }
}

fn articles(words: &str, lang: Lang) -> Vec<ArticleLine> {
    let (found, wanted) = help::found(words, lang, ARTICLES_SHOWN);
    let line = |article: &help::Article| ArticleLine {
        slug: article.slug,
        title: marked(article.title, &wanted),
        summary: marked(article.summary, &wanted),
    };
    found.into_iter().map(line).collect()
}

impl SearchPage {
    fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    fn found_nothing(&self) -> bool {
        self.has_words() && self.services.is_empty() && self.requests.is_empty() && self.articles.is_empty()
    }

    fn services_href(&self) -> String {
        web::address("/services", [("q", self.words.as_str())])
    }

    fn life_events(&self) -> &[(String, String)] {
        &self.life
    }
}
