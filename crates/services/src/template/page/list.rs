//! The list: for an author every output of the body's services with the state of its letter, for the competent
//! administration what waits for agreement.

use std::{collections::HashMap, sync::Arc};

use askama::Template as Askama;
use authz::{Actor, Failure, Kind, Refusal};
use axum::extract::State;
use identity::Caller;
use uuid::Uuid;
use web::{Page, Shell};

use super::shown::{Signal, signal};
use crate::{
    Services,
    template::{Template, table},
};

/// Versions that are read to say how each letter of a body stands.
const VERSIONS_MAX: i64 = 1_000;
/// Letters that wait, on one page: the oldest first, so that what is decided makes room.
const PENDING_MAX: i64 = 50;

struct Line {
    href: String,
    output: String,
    service: String,
    signal: Signal,
    /// The version that outputs are made from; empty while the card's words are.
    used: String,
    saved: String,
}

struct Desk {
    name: String,
    lines: Vec<Line>,
}

#[derive(Askama)]
#[template(path = "template/page/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    pending: Vec<Line>,
    is_verifier: bool,
    desks: Vec<Desk>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<ListPage>, web::Error> {
    let is_verifier = services.agrees(&actor).await?;
    let bodies = bodies(&actor);
    if bodies.is_empty() && !is_verifier {
        return Err(Refusal::new(Kind::NotAllowed, "template.none", &["LY-SVC-10.2"]).into());
    }
    let pending = match is_verifier {
        true => table::pending(&services.store.read(), Uuid::nil(), PENDING_MAX).await?,
        false => Vec::new(),
    };
    let pending = pending.iter().filter_map(|waiting| services.pending_line(&shell, waiting)).collect();
    let mut desks = Vec::new();
    for body in bodies {
        desks.extend(services.template_desk(&shell, body).await?);
    }
    Ok(Page(ListPage { shell, pending, is_verifier, desks }))
}

/// Where the person writes letters or puts them to use.
fn bodies(actor: &Actor) -> Vec<Uuid> {
    let roles = actor.roles.iter().filter(|role| ["author", "head"].contains(&role.name.as_str()));
    let mut bodies: Vec<Uuid> = roles.map(|role| role.body).collect();
    bodies.sort();
    bodies.dedup();
    bodies
}

impl Services {
    pub(super) async fn agrees(&self, actor: &Actor) -> Result<bool, Failure> {
        let sql = self.store.read();
        let administration = organisations::holder_of(&sql, organisations::COMPETENT_ADMINISTRATION).await?;
        let verifies = |body| actor.roles.iter().any(|role| role.body == body && role.name == "verifier");
        Ok(administration.is_some_and(verifies))
    }

    async fn template_desk(&self, shell: &Shell, body: Uuid) -> Result<Option<Desk>, Failure> {
        let Some(provider) = self.directory.provider(body) else { return Ok(None) };
        let versions = table::of_body(&self.store.read(), body, Uuid::max(), VERSIONS_MAX).await?;
        let (mut newest, mut used) = (HashMap::new(), HashMap::new());
        for version in &versions {
            let key = (version.service.as_str(), version.output.as_str());
            newest.entry(key).or_insert(version);
            if version.used_from > used.get(&key).and_then(|known: &&Template| known.used_from) {
                used.insert(key, version);
            }
        }
        let mut lines = Vec::new();
        for entry in self.directory.entries().iter().filter(|entry| entry.body == body) {
            for output in &entry.card.outputs {
                let key = (entry.card.id.as_str(), output.id.as_str());
                let newest = newest.get(&key).copied();
                lines.push(Line {
                    href: href(key.0, key.1),
                    output: shell.text(&output.title).to_owned(),
                    service: shell.text(&entry.card.name).to_owned(),
                    signal: signal(shell, newest),
                    used: used.get(&key).map(|used| shell.num(used.version)).unwrap_or_default(),
                    saved: newest.map(|newest| shell.ago(newest.saved_at)).unwrap_or_default(),
                });
            }
        }
        lines.sort_by(|a, b| (&a.service, &a.output).cmp(&(&b.service, &b.output)));
        Ok(Some(Desk { name: shell.text(&provider.name).to_owned(), lines }))
    }

    fn pending_line(&self, shell: &Shell, version: &Template) -> Option<Line> {
        let entry = self.directory.entry(&version.service)?;
        let output = entry.card.outputs.iter().find(|output| output.id == version.output)?;
        Some(Line {
            href: href(&version.service, &version.output),
            output: shell.text(&output.title).to_owned(),
            service: shell.text(&entry.card.name).to_owned(),
            signal: signal(shell, Some(version)),
            used: String::new(),
            saved: shell.ago(version.saved_at),
        })
    }
}

pub(super) fn href(service: &str, output: &str) -> String {
    format!("/templates/{service}/{output}")
}
