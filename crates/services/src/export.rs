//! A list taken out as a file: a short one at once, a long one by a job that survives a crash.
//!
//! The rows come by the same statements and under the same permission as the list on the page (`lists`), page by page,
//! so that memory stays the same however long the list is. What a job makes lies encrypted among the documents, in
//! parts: a worker that takes over goes on after the last part that is there, and so does an export that its owner
//! stopped and resumed.

mod api;
pub(crate) mod ask;
mod hold;
pub(crate) mod lists;
pub(crate) mod make;
pub(crate) mod page;
mod table;
mod take;

use std::time::Duration;

use authz::{Assurance, Kind, Refusal};
use clock::{DAY, Timestamp};
use language::Lang;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;
use web::ExportForm;

pub use make::MakeExports;
pub(crate) use {api::routes as api_routes, page::routes as page_routes};

/// A list with more rows is made by a job; a shorter one is handed out at once.
pub const AT_ONCE_ROWS_MAX: u32 = 10_000;
/// Rows that are asked of the database at a time.
const PAGE_ROWS: i64 = 500;
/// Rows of one encrypted part: what a crash costs at most.
const PART_ROWS: u64 = 10_000;
/// How long a file is kept after it was asked for.
const KEPT: Duration = Duration::from_secs(7 * DAY.as_secs());
/// Files that one person may have waiting at a time.
const WAITING_MAX: i64 = 3;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// My requests.
    Requests,
    /// What waits on my desks.
    Desk,
    /// Requests whose promise was broken.
    Delays,
    /// Open appeals at my bodies.
    Appeals,
    /// Advice that I owe.
    Advice,
    /// Paper copies that my body posts.
    Copies,
    /// The published directory.
    Services,
    /// Every version that was ever in force.
    Register,
    /// The bodies that provide.
    Bodies,
    /// What waits for the owners of cards; error reports are one kind of it.
    Duties,
    /// The words that find each other.
    Words,
    /// What I am told of.
    Subscriptions,
    /// The duties of the regulation and how each is kept.
    Controls,
    /// My inbox.
    Inbox,
    /// What was said about one request, and how each letter went.
    Notices,
    /// What the ledger holds about one request, one service, or me.
    History,
}

impl List {
    pub const ALL: [List; 16] = [
        List::Requests,
        List::Desk,
        List::Delays,
        List::Appeals,
        List::Advice,
        List::Copies,
        List::Services,
        List::Register,
        List::Bodies,
        List::Duties,
        List::Words,
        List::Subscriptions,
        List::Controls,
        List::Inbox,
        List::Notices,
        List::History,
    ];

    pub fn code(self) -> &'static str {
        match self {
            List::Requests => "requests",
            List::Desk => "desk",
            List::Delays => "delays",
            List::Appeals => "appeals",
            List::Advice => "advice",
            List::Copies => "copies",
            List::Services => "services",
            List::Register => "register",
            List::Bodies => "bodies",
            List::Duties => "duties",
            List::Words => "words",
            List::Subscriptions => "subscriptions",
            List::Controls => "controls",
            List::Inbox => "inbox",
            List::Notices => "notices",
            List::History => "history",
        }
    }

    pub fn named(code: &str) -> Result<List, Refusal> {
        List::ALL.into_iter().find(|list| list.code() == code).ok_or_else(Refusal::not_found)
    }

    /// Its page is open to everybody, and so is its file.
    pub fn is_public(self) -> bool {
        matches!(self, List::Services | List::Register | List::Bodies | List::Controls)
    }
}

/// What narrows a list: the same words as in the address of its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, utoipa::ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Narrowed {
    /// `requests`: `needs`, `open` or `closed`; `inbox`: `needs_you`, `unread` or `archived`; `copies`: `dispatched`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// `desk`: a kind of task; `duties`: a kind of duty, such as `error_report`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `requests`, `desk`, `delays`, `history`: a service's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// `desk`: `mine`, `nobody`, `open`, or a colleague's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// `desk`: `late`, `today` or `week`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// `requests`, `services`, `inbox`, `words`, `controls`: words that must occur.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `notices`, `history`: the request's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// `requests`: `own`, or an entity's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// `services`: a kind of beneficiary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// `services`: a word of the themes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// `services`: a word of the life events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub life_event: Option<String>,
    /// `services`, `delays`, `register`: a body's slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `delays`: `open` or `closed`; `register`: a version's state; `controls`: `enforced`, `partial`, `planned` or
    /// `reference`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// `controls`: `ly-services`, `ly-mail`, `om-social`, `iq-social` or `kw-remote`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// `controls`: a part of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// `controls`: `prevent`, `do`, `detect`, `record`, `attest` or `reference`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<String>,
    /// `controls`: who is bound, such as `service provider`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// `controls`: a chapter or article, such as `Art. 13`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
}

impl Narrowed {
    /// Everything that narrows, by its name in an address.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("show", &self.show),
            ("kind", &self.kind),
            ("service", &self.service),
            ("holder", &self.holder),
            ("due", &self.due),
            ("q", &self.q),
            ("request", &self.request),
            ("of", &self.of),
            ("audience", &self.audience),
            ("topic", &self.topic),
            ("life_event", &self.life_event),
            ("body", &self.body),
            ("state", &self.state),
            ("pack", &self.pack),
            ("module", &self.module),
            ("enforcement", &self.enforcement),
            ("actor", &self.actor),
            ("chapter", &self.chapter),
        ];
        let given = all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        given.filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportState {
    Asked,
    Running,
    /// Its owner stopped it; what was written stays, and it goes on from there.
    Stopped,
    Ready,
    Failed,
}

impl ExportState {
    const ALL: [ExportState; 5] = [
        ExportState::Asked,
        ExportState::Running,
        ExportState::Stopped,
        ExportState::Ready,
        ExportState::Failed,
    ];

    pub fn word(self) -> &'static str {
        match self {
            ExportState::Asked => "asked",
            ExportState::Running => "running",
            ExportState::Stopped => "stopped",
            ExportState::Ready => "ready",
            ExportState::Failed => "failed",
        }
    }

    fn named(word: &str) -> Option<ExportState> {
        ExportState::ALL.into_iter().find(|state| state.word() == word)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Export {
    pub id: Uuid,
    pub owner: Uuid,
    pub list: List,
    pub narrowed: Narrowed,
    pub form: ExportForm,
    pub language: Lang,
    /// How surely the owner was identified when asking.
    pub assurance: Assurance,
    pub state: ExportState,
    pub rows: i64,
    /// How many rows there will be, counted when the first part was written; nothing where nobody counts.
    pub expected: Option<i64>,
    /// How long the parts took to write, waiting and standing still not counted.
    pub spent: Duration,
    pub bytes: i64,
    pub parts: i64,
    pub continues: Option<String>,
    pub reason: String,
    pub asked_at: Timestamp,
    pub changed_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Export {
    pub fn subject(&self) -> String {
        format!("export/{}", self.id)
    }

    /// Where it stands for its owner: what was ready expires.
    pub fn standing(&self, now: Timestamp) -> &'static str {
        if self.expires_at <= now { "expired" } else { self.state.word() }
    }

    /// What its owner may do with it now.
    pub fn acts(&self, now: Timestamp) -> &'static [&'static str] {
        match self.standing(now) {
            "asked" | "running" => &["stop"],
            "stopped" | "failed" => &["resume"],
            "ready" => &["fetch"],
            _ => &[],
        }
    }

    /// How many hundredths of the file are written, where the end is known.
    pub fn percent(&self) -> Option<i64> {
        let expected = self.expected.filter(|expected| *expected > 0)?;
        Some((self.rows * 100 / expected).min(99))
    }

    /// How long the rest takes at the pace so far.
    pub fn remaining(&self) -> Option<Duration> {
        let left = u32::try_from((self.expected? - self.rows).max(0)).ok()?;
        let done = u32::try_from(self.rows).ok().filter(|rows| *rows > 0)?;
        Some(self.spent * left / done)
    }

    /// The file can be fetched now.
    fn check_ready(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.standing(now) {
            "ready" => Ok(()),
            "expired" => Err(Refusal::new(Kind::Conflict, "export.expired", &[])),
            _ => Err(Refusal::new(Kind::Conflict, "export.not_ready", &[])),
        }
    }
}
