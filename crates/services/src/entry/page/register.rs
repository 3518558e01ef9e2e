//! `/directory/register`: every service that was ever in force, with its versions, dates and states (LY-SVC-22.1); and
//! `/directory/maturity`: how far each body has come from paper to the screen (1.07).

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{Router, extract::State, routing::get};
use clock::DAY;
use identity::MaybeCaller;
use serde::Deserialize;
use web::{
    Cursor, Page, Query, Shell,
    components::{Bar, Chart, Choice, Field},
};

use crate::{
    Services,
    entry::{
        EntryState,
        api::register::PROGRESS_MONTHS,
        desk::home::{signal, state_said},
        maturity,
        version::{Version, table},
    },
};

/// Versions on one page.
const PAGE_VERSIONS: i64 = 40;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/directory/register", get(show)).route("/directory/maturity", get(progress))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    body: String,
    state: String,
    cursor: String,
}

struct Line {
    href: String,
    name: String,
    body: String,
    version: String,
    state: String,
    signal: &'static str,
    registered: String,
    published: String,
    since: String,
}

#[derive(Template)]
#[template(path = "entry/page/register.html")]
struct RegisterPage {
    shell: Shell,
    fields: Vec<Field>,
    lines: Vec<Line>,
    next: String,
    narrowed: bool,
    works: bool,
}

async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<RegisterPage>, web::Error> {
    services.may_read_register(caller.as_ref()).await?;
    let works = caller.is_some_and(|actor| !actor.roles.is_empty());
    Ok(Page(services.register_page(shell, &asked, works).await?))
}

impl Services {
    async fn register_page(&self, shell: Shell, asked: &Asked, works: bool) -> Result<RegisterPage, Failure> {
        let body = self.directory.provider_by_slug(&asked.body);
        let state = EntryState::named(&asked.state);
        let after = Cursor::decode_given(Some(asked.cursor.as_str()))?;
        let wanted = table::Asked {
            body: body.as_ref().map(|body| body.id),
            state,
            published_only: true,
            newest_only: false,
            after,
        };
        let mut found = table::register(&self.store.read(), &wanted, PAGE_VERSIONS + 1).await?;
        let next =
            Cursor::cut(&mut found, PAGE_VERSIONS as usize, |last| (last.card.id.clone(), last.version))?;
        let here = format!("/directory/register?body={}&state={}", asked_slug(&body), asked_word(state));
        let next = next.map(|next| format!("{here}&cursor={next}")).unwrap_or_default();
        Ok(RegisterPage {
            fields: self.register_fields(&shell, asked),
            lines: found.iter().map(|it| self.register_line(&shell, it)).collect(),
            next,
            narrowed: body.is_some() || state.is_some(),
            works,
            shell,
        })
    }

    fn register_line(&self, shell: &Shell, version: &Version) -> Line {
        let body = self.directory.provider(version.body);
        Line {
            href: format!("/services/{}/history", version.card.id),
            name: shell.text(&version.card.name).to_owned(),
            body: body.map(|body| shell.text(&body.short).to_owned()).unwrap_or_default(),
            version: shell.num(version.version),
            state: state_said(shell, version.state),
            signal: signal(version.state),
            registered: shell.day(version.registered_at),
            published: version.verified_at.map(|at| shell.day(at)).unwrap_or_default(),
            since: shell.day(version.state_at),
        }
    }

    fn register_fields(&self, shell: &Shell, asked: &Asked) -> Vec<Field> {
        let states =
            [EntryState::Published, EntryState::Suspended, EntryState::Merged, EntryState::Superseded];
        let states = states.map(|state| Choice::new(state.word(), state_said(shell, state)));
        vec![
            Field::select(shell, "body", shell.t("entry-provider"), self.body_choices(shell))
                .blank(shell.t("web-any"))
                .optional()
                .value(asked.body.as_str()),
            Field::select(shell, "state", shell.t("register-state"), states.to_vec())
                .blank(shell.t("web-any"))
                .optional()
                .value(asked.state.as_str()),
        ]
    }

    fn body_choices(&self, shell: &Shell) -> Vec<Choice> {
        let bodies = self.directory.providers();
        bodies.iter().map(|body| Choice::new(body.slug.as_str(), shell.text(&body.name))).collect()
    }
}

fn asked_slug(body: &Option<Arc<crate::entry::directory::Provider>>) -> &str {
    body.as_ref().map_or("", |body| body.slug.as_str())
}

fn asked_word(state: Option<EntryState>) -> &'static str {
    state.map_or("", EntryState::word)
}

#[derive(Template)]
#[template(path = "entry/page/progress.html")]
struct ProgressPage {
    shell: Shell,
    field: Field,
    name: String,
    chart: Chart,
    now: [String; 3],
    works: bool,
}

async fn progress(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<ProgressPage>, web::Error> {
    let works = caller.is_some_and(|actor| !actor.roles.is_empty());
    Ok(Page(services.progress_page(shell, &asked, works).await?))
}

impl Services {
    async fn progress_page(&self, shell: Shell, asked: &Asked, works: bool) -> Result<ProgressPage, Failure> {
        let body = self.directory.provider_by_slug(&asked.body);
        if body.is_none() && !asked.body.is_empty() {
            return Err(Refusal::not_found().into());
        }
        let steps = maturity::table::steps(&self.store.read(), body.as_ref().map(|body| body.id)).await?;
        let now = self.clock.now();
        let bars = (0..PROGRESS_MONTHS).rev().map(|month| {
            let at = now - DAY * (month * 30);
            let [full, part, none] = maturity::counted(&steps, at);
            let all = full + part + none;
            let percent = (full * 100).checked_div(all).unwrap_or_default();
            let shown = shell.t2("maturity-bar", "percent", percent, "count", full);
            Bar::new(shell.day(at), shown, percent as f64).state("done")
        });
        let title = shell.t("maturity-chart");
        let chart = Chart::new(&shell, title, bars.collect()).out_of(100.0);
        Ok(ProgressPage {
            field: Field::select(&shell, "body", shell.t("entry-provider"), self.body_choices(&shell))
                .blank(shell.t("web-any"))
                .optional()
                .value(asked.body.as_str()),
            name: body.map_or_else(|| shell.t("maturity-all"), |body| shell.text(&body.name).to_owned()),
            now: maturity::counted(&steps, now).map(|count| shell.num(count as i64)),
            chart,
            works,
            shell,
        })
    }
}
