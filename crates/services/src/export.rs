//! A list taken out as a file: a short one at once, a long one by a job that survives a crash.
//!
//! The rows come by the same statements and under the same permission as the list on the page (`lists`), page by page,
//! so that memory stays the same however long the list is. What a job makes lies encrypted among the documents, in
//! parts: a worker that takes over goes on after the last part that is there.

mod api;
pub(crate) mod ask;
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
    /// The published directory.
    Services,
    /// My inbox.
    Inbox,
    /// What the ledger holds about one request.
    History,
}

impl List {
    pub const ALL: [List; 5] = [List::Requests, List::Desk, List::Services, List::Inbox, List::History];

    pub fn code(self) -> &'static str {
        match self {
            List::Requests => "requests",
            List::Desk => "desk",
            List::Services => "services",
            List::Inbox => "inbox",
            List::History => "history",
        }
    }

    pub fn named(code: &str) -> Result<List, Refusal> {
        List::ALL.into_iter().find(|list| list.code() == code).ok_or_else(Refusal::not_found)
    }
}

/// What narrows a list: the same words as in the address of its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, utoipa::ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Narrowed {
    /// `requests`: `needs`, `open` or `closed`; `inbox`: `needs_you`, `unread` or `archived`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// `desk`: a kind of task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `desk`, `requests`: a service's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// `desk`: `mine`, `nobody`, `open`, or a colleague's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// `desk`: `late`, `today` or `week`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// `inbox`: words that the messages hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `history`: the request's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportState {
    Asked,
    Running,
    Ready,
    Failed,
}

impl ExportState {
    const ALL: [ExportState; 4] =
        [ExportState::Asked, ExportState::Running, ExportState::Ready, ExportState::Failed];

    pub fn word(self) -> &'static str {
        match self {
            ExportState::Asked => "asked",
            ExportState::Running => "running",
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

    /// The file can be fetched now.
    fn check_ready(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.standing(now) {
            "ready" => Ok(()),
            "expired" => Err(Refusal::new(Kind::Conflict, "export.expired", &[])),
            _ => Err(Refusal::new(Kind::Conflict, "export.not_ready", &[])),
        }
    }
}
