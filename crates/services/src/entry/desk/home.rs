//! `GET /directory`: what lies on the desk of an author or of a verifier. Most urgent first: what was handed back, what waits
//! for verification, duties with their time limits, then the proposals and the entries themselves.

use std::{collections::HashSet, sync::Arc};

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State, routing::get};
use clock::DAY;
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Cursor, Page, Query, Shell};

use crate::{
    Services,
    duty::{self, Duty},
    entry::{
        EntryState,
        version::{Version, table},
    },
    proposal, rulebook,
};

/// Entries on one page.
const PAGE_ENTRIES: i64 = 30;
/// Lines of each of the lists above them.
const WAITING_SHOWN: i64 = 25;
const DUTIES_SHOWN: i64 = 25;
const PROPOSALS_SHOWN: i64 = 25;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/directory", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
    /// What was done a moment ago.
    done: String,
}

pub(super) struct Line {
    pub href: String,
    pub name: String,
    pub body: String,
    pub version: String,
    pub state: EntryState,
    pub state_said: String,
    pub when: String,
    pub update_due: bool,
}

struct Task {
    href: String,
    name: String,
    what: String,
    due: String,
    late: bool,
}

struct Unsent {
    href: String,
    name: String,
    saved: String,
}

#[derive(Template)]
#[template(path = "entry/desk/home.html")]
struct HomePage {
    shell: Shell,
    notice: String,
    verifies: bool,
    writes: bool,
    waiting: Vec<Line>,
    waiting_count: i64,
    tasks: Vec<Task>,
    proposals: Vec<Unsent>,
    entries: Vec<Line>,
    next: String,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<HomePage>, web::Error> {
    Ok(Page(services.directory_desk(&actor, shell, &asked).await?))
}

impl Services {
    async fn directory_desk(&self, actor: &Actor, shell: Shell, asked: &Asked) -> Result<HomePage, Failure> {
        let sql = self.store.read();
        let verifies = self.verifies(actor).await?;
        let provides =
            |role: &&authz::Role| matches!(role.name.as_str(), "author" | "head" | "administrator");
        let body = actor.roles.iter().find(provides).map(|role| role.body);
        if !verifies && body.is_none() {
            return Err(Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-23.5"]).into());
        }
        let flagged: HashSet<Uuid> = duty::table::updates_due(&sql).await?.into_iter().collect();
        let start = (i64::MIN, Uuid::nil());
        let waiting = if verifies { table::waiting(&sql, start, WAITING_SHOWN).await? } else { Vec::new() };
        let duties = self.duties_for(actor, None, start, DUTIES_SHOWN).await?;
        let after = Cursor::decode_given(Some(asked.cursor.as_str()))?;
        let of_body = if verifies { None } else { body };
        let asked_for = table::Asked { body: of_body, newest_only: true, after, ..table::Asked::default() };
        let mut entries = table::register(&sql, &asked_for, PAGE_ENTRIES + 1).await?;
        let key = |last: &Version| (last.card.id.clone(), last.version);
        let next = Cursor::cut(&mut entries, PAGE_ENTRIES as usize, key)?.unwrap_or_default();
        let writes = actor.holds_anywhere("author");
        Ok(HomePage {
            notice: done(&shell, &asked.done),
            verifies,
            writes,
            waiting_count: if verifies { table::waiting_count(&sql).await? } else { 0 },
            waiting: waiting.iter().map(|it| self.entry_line(&shell, it, &flagged)).collect(),
            tasks: self.duty_lines(&shell, duties).await?,
            proposals: if writes { self.proposal_lines(actor, &shell).await? } else { Vec::new() },
            entries: entries.iter().map(|it| self.entry_line(&shell, it, &flagged)).collect(),
            next,
            shell,
        })
    }

    fn entry_line(&self, shell: &Shell, version: &Version, flagged: &HashSet<Uuid>) -> Line {
        let body = self.directory.provider(version.body);
        let slug = &version.card.id;
        let href = match version.state {
            EntryState::PendingVerification => {
                format!("/directory/entries/{slug}/versions/{}", version.version)
            }
            _ => format!("/directory/entries/{slug}"),
        };
        Line {
            href,
            name: shell.text(&version.card.name).to_owned(),
            body: body.map(|body| shell.text(&body.short).to_owned()).unwrap_or_default(),
            version: shell.num(version.version),
            state: version.state,
            state_said: state_said(shell, version.state),
            when: shell.day(version.state_at),
            update_due: flagged.contains(&version.entry),
        }
    }

    async fn duty_lines(&self, shell: &Shell, duties: Vec<Duty>) -> Result<Vec<Task>, Failure> {
        let now = self.clock.now();
        let mut lines = Vec::with_capacity(duties.len());
        for duty in duties {
            let slug = duty::table::slug_of(&self.store.read(), duty.entry).await?.unwrap_or_default();
            let entry = self.directory.entry(&slug);
            let name = entry.map_or_else(|| slug.clone(), |entry| shell.text(&entry.card.name).to_owned());
            lines.push(Task {
                href: format!("/directory/entries/{slug}#duties"),
                name,
                what: duty_said(shell, &duty),
                due: shell.day(duty.due_at),
                late: duty.due_at < now,
            });
        }
        Ok(lines)
    }

    async fn proposal_lines(&self, actor: &Actor, shell: &Shell) -> Result<Vec<Unsent>, Failure> {
        let rules = rulebook::table::current(&self.store.read()).await?.rules;
        let since = self.clock.now() - DAY * rules.proposal_days;
        let mut lines = Vec::new();
        for role in actor.roles.iter().filter(|role| role.name == "author") {
            let sql = self.store.read();
            for proposal in proposal::table::open_at(&sql, role.body, since, PROPOSALS_SHOWN).await? {
                let name = proposal.name(shell.lang);
                lines.push(Unsent {
                    href: format!("/directory/proposals/{}", proposal.id),
                    name: if name.is_empty() { shell.t("proposal-nameless") } else { name },
                    saved: shell.ago(proposal.saved_at),
                });
            }
        }
        Ok(lines)
    }
}

pub(crate) fn state_said(shell: &Shell, state: EntryState) -> String {
    shell.t(&format!("entry-state-{}", state.word().replace('_', "-")))
}

pub(super) fn duty_said(shell: &Shell, duty: &Duty) -> String {
    shell.t(&format!("duty-kind-{}", duty.kind.word().replace('_', "-")))
}

/// What was done a moment ago; words that we did not write are not repeated.
pub(super) fn done(shell: &Shell, word: &str) -> String {
    let known = [
        "published",
        "returned",
        "suspended",
        "restored",
        "merged",
        "classified",
        "submitted",
        "put-away",
        "answered",
        "filed",
        "owner",
    ];
    match known.contains(&word) {
        true => shell.t(&format!("directory-done-{word}")),
        false => String::new(),
    }
}

/// The signal of a state: colour, icon and word say the same.
pub(crate) fn signal(state: EntryState) -> &'static str {
    match state {
        EntryState::Published => "done",
        EntryState::PendingVerification => "waiting",
        EntryState::Returned => "needs-you",
        EntryState::Suspended => "refused",
        EntryState::Merged | EntryState::Superseded => "",
    }
}

impl HomePage {
    fn signal(&self, line: &Line) -> &'static str {
        signal(line.state)
    }
}
