//! The first page: one box, ten events of a life, my own open requests, and what changed. Nothing else.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure};
use axum::{Router, extract::State, routing::get};
use identity::MaybeCaller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Page, Query, Shell};

use crate::{
    Entry, Services, State as Standing, draft,
    request::{self, table::Line},
};

/// Lines of each list on the page.
const NEWS_SHOWN: usize = 6;
const REQUESTS_SHOWN: usize = 3;
const DRAFTS_SHOWN: usize = 3;
/// Requests that are read to find the newest open ones among them.
const REQUESTS_READ: i64 = 20;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/", get(show))
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    shell: Shell,
    mine: Option<Mine>,
    news: Vec<Arc<Entry>>,
    life: Vec<(String, String)>,
    /// What just happened to a draft: the key of the sentence, or nothing.
    told: &'static str,
}

/// What waits for the person who is signed in.
struct Mine {
    open: i64,
    requests: Vec<Following>,
    drafts: Vec<Unsent>,
}

struct Following {
    line: Line,
    service: Option<Arc<Entry>>,
}

struct Unsent {
    href: String,
    service: Arc<Entry>,
    saved: String,
}

#[derive(Deserialize)]
struct Told {
    kept: Option<String>,
    discarded: Option<String>,
}

async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(told): Query<Told>,
) -> Result<Page<HomePage>, web::Error> {
    let mine = match caller {
        Some(actor) => Some(services.mine(&actor, &shell).await?),
        None => None,
    };
    let told = match (told.kept, told.discarded) {
        (Some(_), _) => "services-draft-kept",
        (_, Some(_)) => "services-draft-discarded",
        _ => "",
    };
    Ok(Page(HomePage {
        news: services.news(),
        life: services.life_events_at_home(&shell),
        mine,
        shell,
        told,
    }))
}

impl Services {
    async fn mine(&self, actor: &Actor, shell: &Shell) -> Result<Mine, Failure> {
        let sql = self.store.read();
        let lines = request::table::of_applicant(&sql, actor.person, Uuid::max(), REQUESTS_READ).await?;
        let requests = lines.into_iter().filter(|line| !line.state.is_closed()).take(REQUESTS_SHOWN);
        let requests = requests
            .map(|line| Following { service: self.directory.entry_by_id(line.entry), line })
            .collect();
        let drafts = draft::table::of_person(&sql, actor.person).await?;
        let drafts = drafts.into_iter().filter_map(|draft| {
            let service = self.directory.entry_by_id(draft.entry)?;
            let href = format!("/drafts/{}/summary", draft.id);
            Some(Unsent { href, service, saved: shell.ago(draft.saved_at) })
        });
        Ok(Mine {
            open: request::table::open_of_applicant(&sql, actor.person).await?,
            requests,
            drafts: drafts.take(DRAFTS_SHOWN).collect(),
        })
    }

    /// The services that were verified last, which is when they were new or changed (LY-SVC-1.04).
    fn news(&self) -> Vec<Arc<Entry>> {
        newest(self.directory.entries())
    }
}

fn newest(mut entries: Vec<Arc<Entry>>) -> Vec<Arc<Entry>> {
    let last_first = |one: &Arc<Entry>, other: &Arc<Entry>| other.verified_at.cmp(&one.verified_at);
    if entries.len() > NEWS_SHOWN {
        entries.select_nth_unstable_by(NEWS_SHOWN, last_first);
        entries.truncate(NEWS_SHOWN);
    }
    entries.sort_by(|one, other| last_first(one, other).then_with(|| one.card.id.cmp(&other.card.id)));
    entries
}

impl HomePage {
    fn life_events(&self) -> &[(String, String)] {
        &self.life
    }

    /// The signal of a state: colour, icon and word say the same.
    fn signal(&self, state: &Standing) -> &'static str {
        match state {
            Standing::ReceiptNotConfirmed | Standing::Returned => "needs-you",
            Standing::Refused => "refused",
            Standing::Completed => "done",
            Standing::Received | Standing::Verified | Standing::Approved => "waiting",
            Standing::Withdrawn | Standing::Expired => "",
        }
    }

    /// A promise that was not kept is not repeated as if it were one.
    fn due(&self, line: &Line) -> String {
        if !line.state.was_received() {
            return self.shell.t("request-not-received");
        }
        let late = self.shell.site().clock.now() > line.due_at;
        let key = if late { "services-mine-late" } else { "services-mine-due" };
        self.shell.t1(key, "date", self.shell.day(line.due_at))
    }

    fn state(&self, state: &Standing) -> String {
        self.shell.t(&format!("services-state-{}", state.word()))
    }

    fn is_new(&self, entry: &Entry) -> bool {
        entry.version == 1
    }
}
