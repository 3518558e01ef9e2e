//! The delay report as a page: what is late, who holds it, what its applicant was told.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure};
use axum::{Router, extract::State as Extract, routing::get};
use identity::Caller;
use serde::Deserialize;
use web::{
    Cursor, Page, Query, Shell,
    components::{Choice, Field, Link},
};

use super::{NEWEST, Wanted};
use crate::{
    Services,
    timing::{
        Holder,
        table::{After, Delay},
    },
};

const PAGE_DELAYS: i64 = 25;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/delays", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    body: Option<String>,
    service: Option<String>,
    /// `open` or `closed`.
    state: Option<String>,
    cursor: Option<String>,
}

struct Line {
    /// Empty for those who have no desk at the body.
    href: String,
    service: String,
    number: String,
    provider: String,
    holder: String,
    due: String,
    expected: String,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "timing/delays/page.html")]
struct DelaysPage {
    places: Vec<Link>,
    chips: Vec<Link>,
    fields: Vec<Field>,
    lines: Vec<Line>,
    sees_all: bool,
    is_narrowed: bool,
    first: String,
    next: String,
    shell: Shell,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<DelaysPage>, web::Error> {
    Ok(Page(services.delays_page(&actor, shell, &asked).await?))
}

impl Services {
    async fn delays_page(&self, actor: &Actor, shell: Shell, asked: &Asked) -> Result<DelaysPage, Failure> {
        let before: Option<After> = Cursor::decode_given(asked.cursor.as_deref())?;
        let state = asked.state.as_deref().filter(|state| ["open", "closed"].contains(state));
        let wanted = Wanted {
            body: asked.body.clone().unwrap_or_default(),
            service: asked.service.clone().unwrap_or_default(),
            open: state.map(|state| state == "open"),
        };
        let mut delays = self.delays(actor, &wanted, before.unwrap_or(NEWEST), PAGE_DELAYS + 1).await?;
        let next = Cursor::cut(&mut delays, PAGE_DELAYS as usize, |last| (last.late_at.0, last.request))?;
        let sees_all = self.sees_all_delays(actor).await?;
        let view = View { wanted: &wanted, state: state.unwrap_or_default() };
        let next = next.map(|next| view.href("", &next)).unwrap_or_default();
        Ok(DelaysPage {
            places: self.desk_places(&shell, actor, "/delays").await?,
            chips: view.chips(self, &shell),
            fields: view.fields(self, &shell, actor, sees_all),
            lines: delays.iter().map(|delay| self.delay_line(&shell, actor, delay)).collect(),
            sees_all,
            is_narrowed: wanted != Wanted::default() || state.is_some(),
            first: if before.is_some() { view.href("", "") } else { String::new() },
            next,
            shell,
        })
    }

    fn delay_line(&self, shell: &Shell, actor: &Actor, delay: &Delay) -> Line {
        let entry = self.directory.entry_by_id(delay.entry);
        let provider = self.directory.provider(delay.body);
        let sits_there = actor.roles.iter().any(|role| role.body == delay.body);
        let stage = entry.as_ref().and_then(|entry| entry.process.stage(&delay.stage));
        Line {
            href: if sits_there { format!("/desk/{}", delay.number) } else { String::new() },
            service: entry.as_ref().map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
            number: shell.in_digits(delay.number.clone()),
            provider: provider.map_or_else(String::new, |body| shell.text(&body.short).to_owned()),
            holder: match delay.holder {
                Holder::Nobody => shell.t("delays-closed"),
                Holder::Applicant => shell.t("delays-with-applicant"),
                _ => stage.map_or_else(String::new, |stage| shell.text(&stage.holder).to_owned()),
            },
            due: shell.day(delay.due_at),
            expected: shell.day(delay.closed_at.unwrap_or(delay.expected_at)),
            is_open: delay.closed_at.is_none(),
        }
    }
}

/// The address of a view of the report.
struct View<'w> {
    wanted: &'w Wanted,
    state: &'w str,
}

impl View<'_> {
    /// Everything in force but one, from a place in the list.
    fn href(&self, without: &str, cursor: &str) -> String {
        let all = [("body", &*self.wanted.body), ("service", &*self.wanted.service), ("state", self.state)];
        let kept = all.into_iter().filter(|(name, _)| *name != without);
        web::address("/delays", kept.chain([("cursor", cursor)]))
    }

    fn chips(&self, services: &Services, shell: &Shell) -> Vec<Link> {
        let provider = services.directory.providers().into_iter().find(|one| one.slug == self.wanted.body);
        let entry = services.directory.entry(&self.wanted.service);
        let body = provider.map(|one| Link::new(self.href("body", ""), shell.text(&one.short)));
        let service = entry.map(|entry| Link::new(self.href("service", ""), shell.text(&entry.card.name)));
        let state = (!self.state.is_empty())
            .then(|| Link::new(self.href("state", ""), shell.t(&format!("delays-state-{}", self.state))));
        [body, service, state].into_iter().flatten().collect()
    }

    fn fields(&self, services: &Services, shell: &Shell, actor: &Actor, sees_all: bool) -> Vec<Field> {
        let bodies = services.directory.providers();
        let own = |body: uuid::Uuid| sees_all || actor.roles.iter().any(|role| role.body == body);
        let entries = services.directory.entries();
        let mut named: Vec<Choice> = entries
            .iter()
            .filter(|entry| own(entry.body))
            .map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name)))
            .collect();
        named.sort_by(|a, b| a.label.cmp(&b.label));
        let states =
            ["open", "closed"].map(|state| Choice::new(state, shell.t(&format!("delays-state-{state}"))));
        let select = |name: &str, label: &str, choices: Vec<Choice>, chosen: &str| {
            Field::select(shell, name, shell.t(label), choices)
                .value(chosen)
                .blank(shell.t("web-any"))
                .optional()
        };
        let mut fields = Vec::new();
        if sees_all {
            let bodies =
                bodies.iter().map(|one| Choice::new(one.slug.clone(), shell.text(&one.name))).collect();
            fields.push(select("body", "delays-body", bodies, &self.wanted.body));
        }
        fields.push(select("service", "desk-service", named, &self.wanted.service));
        fields.push(select("state", "delays-state", states.into(), self.state));
        fields
    }
}
