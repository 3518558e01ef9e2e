//! `/services/{slug}/history`: every version of a service that was in force, since when, and what each changed, in words.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::extract::State;
use web::{Page, Path, Shell, components::Link};

use crate::{
    Services,
    entry::{
        EntryState,
        changes::changes,
        desk::{
            home::{signal, state_said},
            said::{Marked, Said},
            verify::side,
        },
        version::{Version, table},
    },
};

/// Versions whose changes are told; a service has tens of them in a lifetime.
const VERSIONS_SHOWN: usize = 30;

struct Told {
    number: String,
    state: String,
    signal: &'static str,
    published: String,
    /// Nothing for the first.
    differences: Option<Vec<Said>>,
}

#[derive(Template)]
#[template(path = "entry/page/history.html")]
pub(super) struct HistoryPage {
    shell: Shell,
    slug: String,
    name: String,
    /// It has a page of its own.
    in_force: bool,
    merged_into: String,
    versions: Vec<Told>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Page<HistoryPage>, web::Error> {
    Ok(Page(services.history_page(shell, slug).await?))
}

impl Services {
    async fn history_page(&self, shell: Shell, slug: String) -> Result<HistoryPage, Failure> {
        let versions = table::of_entry(&self.store.read(), &slug).await?;
        let public: Vec<&Version> = versions.iter().filter(|it| it.verified_at.is_some()).collect();
        let newest = public.first().ok_or_else(Refusal::not_found)?;
        let told = |(place, version): (usize, &&Version)| Told {
            number: shell.num(version.version),
            state: state_said(&shell, version.state),
            signal: signal(version.state),
            published: version.verified_at.map(|at| shell.date(at)).unwrap_or_default(),
            differences: public
                .get(place + 1)
                .map(|before| self.say_changes(&shell, &changes(side(before), side(version)))),
        };
        Ok(HistoryPage {
            name: shell.text(&newest.card.name).to_owned(),
            in_force: public.iter().any(|it| it.state == EntryState::Published),
            merged_into: newest.merged_into.clone().unwrap_or_default(),
            versions: public.iter().enumerate().take(VERSIONS_SHOWN).map(told).collect(),
            slug,
            shell,
        })
    }
}

impl HistoryPage {
    fn trail(&self) -> Vec<Link> {
        let mut trail = vec![Link::new("/services", self.shell.t("services-title"))];
        if self.in_force {
            trail.push(Link::new(format!("/services/{}", self.slug), self.name.as_str()));
        }
        trail
    }
}
