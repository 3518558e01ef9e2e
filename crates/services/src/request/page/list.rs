//! My requests: what is asked of me first, then what is open, then what is over; to search, to narrow, to order.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure};
use axum::{Router, extract::State as Extract, routing::get};
use identity::{Caller, LegalEntity};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Page, Query, Shell,
    components::{Choice, Field, Link},
};

use super::words;
use crate::{
    Services,
    draft::{self, Draft},
    request::table::{self, Group, Mine, MineLine, Order},
};

/// Requests on one page.
const PAGE_REQUESTS: i64 = 20;
/// Characters of a search; more is nobody's search.
const SEARCH_CHARACTERS_MAX: usize = 80;
/// Digits from which a search means a number.
const NUMBER_DIGITS_MIN: usize = 3;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests", get(show))
}

/// What somebody asks to see of their requests; the file of the list asks by the same words.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// `needs`, `open`, `closed`, or everything.
    pub show: Option<String>,
    /// A number or words of a service's name.
    pub q: Option<String>,
    /// A service's slug.
    pub service: Option<String>,
    /// `own`, or an entity's id.
    pub of: Option<String>,
    /// `newest`, `due`, or what needs me first.
    pub sort: Option<String>,
    pub cursor: Option<String>,
}

struct DraftLine {
    href: String,
    service: String,
    provider: String,
    saved: String,
}

struct Row {
    /// Said above the row where another group begins.
    group: String,
    href: String,
    number: String,
    service: String,
    provider: String,
    /// The entity on whose behalf it was sent.
    entity: String,
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
    /// Own requests and those of each entity; empty for whoever acts for nobody else.
    scopes: Vec<Link>,
    orders: Vec<Link>,
    chips: Vec<Link>,
    search_field: Field,
    service_field: Field,
    /// What the filter keeps of the view around it.
    kept: Vec<(&'static str, String)>,
    drafts: Vec<DraftLine>,
    rows: Vec<Row>,
    /// Which words an empty list speaks: `all`, `needs`, `open`, `closed` or `found`.
    view: &'static str,
    has_filter: bool,
    first: String,
    next: String,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<RequestsPage>, web::Error> {
    Ok(Page(services.requests_page(&actor, shell, asked).await?))
}

impl Asked {
    fn group(&self) -> Option<Group> {
        match self.show.as_deref() {
            Some("needs") => Some(Group::NeedsYou),
            Some("open") => Some(Group::Open),
            Some("closed") => Some(Group::Closed),
            _ => None,
        }
    }

    fn order(&self) -> Order {
        match self.sort.as_deref() {
            Some("newest") => Order::Newest,
            Some("due") => Order::Due,
            _ => Order::NeedsYouFirst,
        }
    }

    fn words(&self) -> String {
        self.q.as_deref().unwrap_or_default().trim().chars().take(SEARCH_CHARACTERS_MAX).collect()
    }

    /// The address of this view with one thing changed; the page that was reached is left.
    fn with(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut asked = Asked { cursor: None, ..self.clone() };
        change(&mut asked);
        let pairs = [("show", &asked.show), ("q", &asked.q), ("service", &asked.service), ("of", &asked.of)];
        let pairs = pairs.into_iter().chain([("sort", &asked.sort)]);
        web::address("/requests", pairs.map(|(name, value)| (name, value.as_deref().unwrap_or_default())))
    }

    fn kept(&self) -> Vec<(&'static str, String)> {
        let pairs = [("show", &self.show), ("of", &self.of), ("sort", &self.sort)];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }
}

impl Services {
    async fn requests_page(
        &self,
        actor: &Actor,
        shell: Shell,
        asked: Asked,
    ) -> Result<RequestsPage, Failure> {
        let sql = self.store.read();
        let entities: Vec<LegalEntity> = self.entities_of(actor).await?;
        let after: Option<(i64, Uuid)> = Cursor::decode_given(asked.cursor.as_deref())?;
        let wanted = self.wanted_of_mine(actor, &asked);
        let mut lines = table::mine(&sql, &wanted, after, PAGE_REQUESTS + 1).await?;
        let next = Cursor::cut(&mut lines, PAGE_REQUESTS as usize, |last| last.key(wanted.order))?;
        let next = next.map(|next| shell.with("cursor", &next)).unwrap_or_default();
        let counts = table::mine_counts(&sql, actor.person).await?;
        let is_plain = asked.group().is_none() && after.is_none() && !asked.is_narrowed();
        let drafts = if is_plain { draft::table::of_person(&sql, actor.person).await? } else { Vec::new() };
        let has_filter = counts.total() > 0;
        Ok(RequestsPage {
            tabs: tabs(&shell, &asked, &counts),
            scopes: scopes(&shell, &asked, &entities),
            orders: orders(&shell, &asked),
            chips: self.mine_chips(&shell, &asked),
            search_field: Field::text(&shell, "q", shell.t("request-search")).value(asked.words()).optional(),
            service_field: self.service_of_mine(&shell, actor, &asked).await?,
            kept: asked.kept(),
            drafts: drafts.iter().filter_map(|draft| self.draft_line(&shell, draft)).collect(),
            rows: self.rows(&shell, lines, &entities, wanted.order, after.is_some()),
            view: view(&asked),
            has_filter,
            first: if after.is_some() { asked.with(|_| ()) } else { String::new() },
            next,
            shell,
        })
    }

    async fn entities_of(&self, actor: &Actor) -> Result<Vec<LegalEntity>, Failure> {
        let held = identity::mandates(&self.store.read(), actor.person, self.clock.now()).await?;
        let mut entities: Vec<LegalEntity> = Vec::new();
        for (_, entity) in held {
            if entities.iter().all(|known| known.id != entity.id) {
                entities.push(entity);
            }
        }
        Ok(entities)
    }

    pub(crate) fn wanted_of_mine(&self, actor: &Actor, asked: &Asked) -> Mine {
        let words = asked.words();
        let digits: String = language::fold_digits(&words).chars().filter(char::is_ascii_digit).collect();
        let is_number = digits.len() >= NUMBER_DIGITS_MIN && words.chars().all(|c| !c.is_alphabetic());
        let service = asked.service.as_deref().and_then(|slug| self.directory.entry(slug));
        let named = match words.is_empty() || is_number {
            true => None,
            false => Some(self.entries_named(&words)),
        };
        Mine {
            applicant: actor.person,
            group: asked.group(),
            entries: service.map(|entry| vec![entry.id]).or(named),
            digits: is_number.then_some(digits),
            of: match asked.of.as_deref() {
                Some("own") => Some(None),
                Some(id) => id.parse().ok().map(Some),
                None => None,
            },
            order: asked.order(),
        }
    }

    /// The services whose names fit the words.
    fn entries_named(&self, words: &str) -> Vec<Uuid> {
        let wanted = language::query(words);
        let fits = |name: &language::Text| {
            let stems = language::stems(&format!("{} {}", name.ar, name.en));
            let stems: Vec<&str> = stems.split(' ').collect();
            !wanted.is_empty()
                && wanted.iter().all(|word| word.iter().any(|stem| stems.contains(&stem.as_str())))
        };
        let entries = self.directory.entries();
        entries.iter().filter(|entry| fits(&entry.card.name)).map(|entry| entry.id).collect()
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

    /// The rows; where another group begins, it says so.
    fn rows(
        &self,
        shell: &Shell,
        lines: Vec<MineLine>,
        entities: &[LegalEntity],
        order: Order,
        is_continued: bool,
    ) -> Vec<Row> {
        let mut before: Option<Group> = None;
        let mut rows = Vec::new();
        for line in lines {
            let group = Group::of(line.state);
            let is_new = order == Order::NeedsYouFirst && before != Some(group);
            let is_said = is_new && !(is_continued && before.is_none());
            before = Some(group);
            let group =
                if is_said { shell.t(&format!("request-group-{}", group.word())) } else { String::new() };
            rows.push(Row { group, ..self.request_row(shell, line, entities) });
        }
        rows
    }

    fn request_row(&self, shell: &Shell, line: MineLine, entities: &[LegalEntity]) -> Row {
        let entry = self.directory.entry_by_id(line.entry);
        let provider = entry.as_ref().and_then(|entry| self.directory.provider(entry.body));
        let with_me = line.state.needs_applicant();
        let is_confirmed = line.state.was_received();
        let entity = entities.iter().find(|entity| Some(entity.id) == line.entity);
        let entity = match line.entity {
            Some(_) => {
                entity.map_or_else(|| shell.t("request-for-entity"), |it| shell.text(&it.name).to_owned())
            }
            None => String::new(),
        };
        Row {
            group: String::new(),
            href: format!("/requests/{}", line.number),
            number: shell.in_digits(line.number),
            service: entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
            provider: provider.map_or_else(String::new, |provider| shell.text(&provider.name).to_owned()),
            entity,
            signal: words::signal(line.state),
            state: words::state_word(shell, line.state),
            delivered: shell.day(line.delivered_at),
            expected: if is_confirmed { shell.day(line.due_at) } else { String::new() },
            is_closed: line.state.is_closed(),
            is_late: !line.state.is_closed() && !with_me && self.clock.now() > line.due_at,
        }
    }

    /// The services that this person ever asked for.
    async fn service_of_mine(&self, shell: &Shell, actor: &Actor, asked: &Asked) -> Result<Field, Failure> {
        let entries = table::entries_of(&self.store.read(), actor.person).await?;
        let entries = entries.into_iter().filter_map(|id| self.directory.entry_by_id(id));
        let mut choices: Vec<Choice> =
            entries.map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name))).collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        let chosen = asked.service.clone().unwrap_or_default();
        Ok(Field::select(shell, "service", shell.t("request-service"), choices)
            .value(chosen)
            .blank(shell.t("web-any"))
            .optional())
    }

    fn mine_chips(&self, shell: &Shell, asked: &Asked) -> Vec<Link> {
        let service = asked.service.as_deref().and_then(|slug| self.directory.entry(slug));
        let service = service
            .map(|entry| Link::new(asked.with(|asked| asked.service = None), shell.text(&entry.card.name)));
        let words = Some(asked.words()).filter(|words| !words.is_empty());
        let words = words.map(|words| Link::new(asked.with(|asked| asked.q = None), words));
        words.into_iter().chain(service).collect()
    }
}

impl Asked {
    fn is_narrowed(&self) -> bool {
        !self.words().is_empty() || self.service.as_deref().is_some_and(|slug| !slug.is_empty())
    }
}

fn view(asked: &Asked) -> &'static str {
    match asked.group() {
        _ if asked.is_narrowed() => "found",
        None => "all",
        Some(group) => group.word(),
    }
}

fn tabs(shell: &Shell, asked: &Asked, counts: &table::MineCounts) -> Vec<Link> {
    let tab = |show: Option<&str>, key: &str| {
        let href = asked.with(|asked| asked.show = show.map(str::to_owned));
        Link::new(href, shell.t(key)).current(asked.group().map(Group::word) == show)
    };
    let needs = tab(Some("needs"), "request-tab-needs").count(counts.needs);
    let shown = counts.needs > 0 || asked.group() == Some(Group::NeedsYou);
    let tabs = [
        Some(tab(None, "request-tab-all")),
        shown.then_some(needs),
        Some(tab(Some("open"), "request-tab-open").count(counts.open)),
        Some(tab(Some("closed"), "request-tab-closed")),
    ];
    tabs.into_iter().flatten().collect()
}

fn scopes(shell: &Shell, asked: &Asked, entities: &[LegalEntity]) -> Vec<Link> {
    if entities.is_empty() {
        return Vec::new();
    }
    let scope = |of: Option<String>, label: String| {
        let current = asked.of.as_deref().filter(|of| !of.is_empty()) == of.as_deref();
        Link::new(asked.with(|asked| asked.of = of), label).current(current)
    };
    let everybody = scope(None, shell.t("request-scope-all"));
    let own = scope(Some("own".to_owned()), shell.t("request-scope-own"));
    let entities = entities.iter().map(|it| scope(Some(it.id.to_string()), shell.text(&it.name).to_owned()));
    [everybody, own].into_iter().chain(entities).collect()
}

fn orders(shell: &Shell, asked: &Asked) -> Vec<Link> {
    let order = |sort: Option<&str>, order: Order, key: &str| {
        let href = asked.with(|asked| asked.sort = sort.map(str::to_owned));
        Link::new(href, shell.t(key)).current(asked.order() == order)
    };
    vec![
        order(None, Order::NeedsYouFirst, "request-sort-needs"),
        order(Some("newest"), Order::Newest, "request-sort-newest"),
        order(Some("due"), Order::Due, "request-sort-due"),
    ]
}
