//! `GET /services`: one box, four filters that combine, and what they find. Everything is a link or a form by GET,
//! so that every view has an address and works without JavaScript.

use std::{collections::HashSet, ops::Range, sync::Arc};

use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use web::{
    Page, Query, Shell,
    components::{Choice, Link},
};

use super::marked::{Piece, marked};
use crate::{
    Services,
    classification::Tree,
    entry::{directory::Hit, search, words},
    search::told::Told,
};

const SERVICES_PER_PAGE: usize = 24;

/// What the address asks for. The theme of a service is `topic` here: `theme` is the look of the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    audience: String,
    topic: String,
    life_event: String,
    body: String,
    /// `name`, or anything else for what fits best.
    sort: String,
    page: Option<usize>,
}

struct Line {
    href: String,
    name: Vec<Piece>,
    summary: Vec<Piece>,
    provider: String,
    fee: String,
    time: String,
}

/// One way to narrow the list; its first answer is everything.
struct Filter {
    name: &'static str,
    label: String,
    chosen: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "entry/page/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    asked: Asked,
    filters: Vec<Filter>,
    chips: Vec<Link>,
    lines: Vec<Line>,
    /// How the words were read.
    told: Told,
    total: usize,
    /// What the words find when no filter is in force, where that is more than nothing.
    unfiltered: usize,
    page: usize,
    pages: usize,
    life: Vec<(String, String)>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Page<ListPage> {
    Page(services.list_page(shell, asked))
}

fn shown_on(page: usize) -> Range<usize> {
    let start = (page - 1).saturating_mul(SERVICES_PER_PAGE);
    start..start.saturating_add(SERVICES_PER_PAGE)
}

impl Services {
    fn list_page(&self, shell: Shell, asked: Asked) -> ListPage {
        let query = asked.query();
        let mut page = asked.page.unwrap_or(1).max(1);
        let mut found = self.directory.search(&query, shell.lang, shown_on(page));
        let total = found.total;
        let pages = total.div_ceil(SERVICES_PER_PAGE).max(1);
        if page > pages {
            page = pages;
            found = self.directory.search(&query, shell.lang, shown_on(page));
        }
        let told = Told::of(&found.reading, &asked.q, "/services");
        let wanted = &found.reading.stems;
        let lines = found.hits.iter().map(|hit| self.line(&shell, hit, wanted)).collect();
        let filters = self.filters(&shell, &asked);
        let chips = self.chips(&shell, &asked);
        let words_alone = search::Query { words: asked.q.clone(), ..search::Query::default() };
        let unfiltered = match total == 0 && !chips.is_empty() {
            true => self.directory.search(&words_alone, shell.lang, 0..0).total,
            false => 0,
        };
        let life = self.life_events_at_home(&shell);
        ListPage { filters, chips, lines, told, total, unfiltered, page, pages, life, asked, shell }
    }

    fn line(&self, shell: &Shell, hit: &Hit, wanted: &HashSet<String>) -> Line {
        let card = &hit.entry.card;
        let provider = self.directory.provider(hit.entry.body);
        Line {
            href: format!("/services/{}", card.id),
            name: marked(shell.text(&card.name), wanted),
            summary: marked(shell.text(&card.summary), wanted),
            provider: provider.map(|provider| shell.text(&provider.name).to_owned()).unwrap_or_default(),
            fee: words::fee(shell, card.fee_milli()),
            time: words::working_days(shell, card.delivery_working_days),
        }
    }

    fn filters(&self, shell: &Shell, asked: &Asked) -> Vec<Filter> {
        let audiences = words::AUDIENCES.map(|word| Choice::new(word, words::audience(shell, word)));
        let bodies: Vec<Choice> = self
            .directory
            .providers()
            .iter()
            .map(|provider| Choice::new(provider.slug.as_str(), shell.text(&provider.name)))
            .collect();
        let select = |name: &'static str, chosen: &str, choices: Vec<Choice>| Filter {
            name,
            label: shell.t(&format!("services-filter-{name}")),
            chosen: chosen.to_owned(),
            choices,
        };
        vec![
            select("audience", &asked.audience, audiences.to_vec()),
            select("topic", &asked.topic, self.choices(shell, Tree::Theme)),
            select("life_event", &asked.life_event, self.choices(shell, Tree::LifeEvent)),
            select("body", &asked.body, bodies),
        ]
    }

    /// The filters in force, each a link that takes it away.
    fn chips(&self, shell: &Shell, asked: &Asked) -> Vec<Link> {
        let providers = self.directory.providers();
        let body = providers.iter().find(|provider| provider.slug == asked.body);
        let body = body.map_or_else(|| asked.body.clone(), |provider| shell.text(&provider.name).to_owned());
        [
            ("audience", &asked.audience, words::audience(shell, &asked.audience)),
            ("topic", &asked.topic, self.term_said(shell, Tree::Theme.word(), &asked.topic)),
            (
                "life_event",
                &asked.life_event,
                self.term_said(shell, Tree::LifeEvent.word(), &asked.life_event),
            ),
            ("body", &asked.body, body),
        ]
        .into_iter()
        .filter(|(_, value, _)| !value.is_empty())
        .map(|(name, _, label)| Link::new(asked.href(&[(name, "")]), label))
        .collect()
    }
}

impl Asked {
    fn query(&self) -> search::Query {
        let given = |word: &str| (!word.is_empty()).then(|| word.to_owned());
        search::Query {
            words: self.q.clone(),
            audience: given(&self.audience),
            theme: given(&self.topic),
            life_event: given(&self.life_event),
            body: given(&self.body),
            by_name: self.sort == "name",
        }
    }

    /// The address of this view with some parts changed; it starts at the first page unless that is what changes.
    fn href(&self, changed: &[(&str, &str)]) -> String {
        let parts = [
            ("q", self.q.as_str()),
            ("audience", &self.audience),
            ("topic", &self.topic),
            ("life_event", &self.life_event),
            ("body", &self.body),
            ("sort", &self.sort),
            ("page", ""),
        ];
        let now =
            |name: &str, value| changed.iter().find(|(known, _)| *known == name).map_or(value, |(_, to)| *to);
        web::address("/services", parts.map(|(name, value)| (name, now(name, value))))
    }
}

impl ListPage {
    fn has_words(&self) -> bool {
        !self.asked.q.trim().is_empty()
    }

    fn sorts(&self) -> Vec<Link> {
        let by_name = self.asked.sort == "name";
        vec![
            Link::new(self.asked.href(&[("sort", "")]), self.shell.t("services-sort-best")).current(!by_name),
            Link::new(self.asked.href(&[("sort", "name")]), self.shell.t("services-sort-name"))
                .current(by_name),
        ]
    }

    fn everywhere_href(&self) -> String {
        web::address("/search", [("q", self.asked.q.as_str())])
    }

    fn unfiltered_href(&self) -> String {
        Asked { q: self.asked.q.clone(), ..Asked::default() }.href(&[])
    }

    fn page_href(&self, page: usize) -> String {
        self.asked.href(&[("page", &page.to_string())])
    }

    fn life_events(&self) -> &[(String, String)] {
        &self.life
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_chosen_and_starts_at_the_first_page() {
        let asked =
            Asked { q: "شهادة".into(), topic: "housing".into(), page: Some(3), ..Asked::default() };
        let words = "q=%D8%B4%D9%87%D8%A7%D8%AF%D8%A9";
        assert_eq!(asked.href(&[]), format!("/services?{words}&topic=housing"));
        assert_eq!(asked.href(&[("topic", "")]), format!("/services?{words}"));
        assert_eq!(asked.href(&[("page", "2")]), format!("/services?{words}&topic=housing&page=2"));
        assert_eq!(asked.href(&[("q", ""), ("topic", "")]), "/services");
    }
}
