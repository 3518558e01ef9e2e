//! الخدمات: the directory of services, their forms, the requests for them, and what comes out.
//!
//! Start at `request.rs` for the states of a request, at `request/submit.rs` for what happens when one is sent,
//! and at `entry.rs` for the card that drives both.

mod draft;
pub mod entry;
pub mod form;
mod home;
mod look;
mod noted;
mod output;
pub mod process;
mod request;
mod task;
mod telling;
mod template;
mod upload;
mod verify;

use std::sync::Arc;

use authz::{Failure, Policies, Source};
use clock::Clock;
use documents::Documents;
use ledger::Ledger;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;

pub use draft::{DRAFT_DAYS_MAX, table::Expire as ExpireDrafts};
pub use entry::{
    Card, Entry, EntryState, OutputKind,
    directory::{Directory, Hit, REFRESH_EVERY},
    publish::Publish,
    register::Register,
    search::{Found, Query},
};
pub use form::Form;
pub use output::issue::IssueOutputs;
pub use process::{Process, attest::Attest};
pub use request::{
    Act, Correction, Desk, RequestNumber, State, decide::Decision, prepare::Application, submit::Submitted,
};
pub use telling::kinds;
pub use upload::UPLOAD_BYTES_MAX;

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    set: "services",
    steps: &[
        Migration::same("0001_directory", include_str!("../migrations/0001_directory.sql")),
        Migration::same("0002_requests", include_str!("../migrations/0002_requests.sql")),
        Migration::same("0003_outcomes", include_str!("../migrations/0003_outcomes.sql")),
        Migration::same("0010_processes", include_str!("../migrations/0010_processes.sql")),
        Migration::same("0010_process_reviews", include_str!("../migrations/0010_process_reviews.sql")),
        Migration::same("0090_templates", include_str!("../migrations/0090_templates.sql")),
        Migration::same("0070_drafts", include_str!("../migrations/0070_drafts.sql")),
        Migration::same("0070_form_approvals", include_str!("../migrations/0070_form_approvals.sql")),
    ],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "services",
    text: concat!(include_str!("../policies/services.cedar"), include_str!("../policies/templates.cedar")),
};

/// The words of this crate.
pub const LOCALE: language::Locale = language::Locale {
    name: "services",
    ar: concat!(
        include_str!("../locales/ar.ftl"),
        include_str!("../locales/desk.ar.ftl"),
        include_str!("../locales/process.ar.ftl"),
        include_str!("../locales/notices.ar.ftl"),
        include_str!("../locales/templates.ar.ftl"),
        include_str!("../locales/forms.ar.ftl"),
    ),
    en: concat!(
        include_str!("../locales/en.ftl"),
        include_str!("../locales/desk.en.ftl"),
        include_str!("../locales/process.en.ftl"),
        include_str!("../locales/notices.en.ftl"),
        include_str!("../locales/templates.en.ftl"),
        include_str!("../locales/forms.en.ftl"),
    ),
};

/// What every verb and page of this capability stands on.
pub struct Services {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub documents: Arc<Documents>,
    pub policies: Arc<Policies>,
    pub texts: Arc<language::Texts>,
    pub directory: Directory,
    /// Where letters that bodies wrote are made.
    pub press: print::Press,
    /// `https://portal.example`, without a slash at the end.
    pub public_address: String,
}

/// The calls of this capability, described for OpenAPI.
pub fn api() -> OpenApiRouter<Arc<Services>> {
    entry::api::routes()
        .merge(form::api::routes())
        .merge(upload::routes())
        .merge(request::api::routes())
        .merge(task::api::routes())
}

/// The pages of this capability.
pub fn pages() -> axum::Router<Arc<Services>> {
    axum::Router::new()
        .merge(home::routes())
        .merge(look::routes())
        .merge(entry::page::routes())
        .merge(draft::page::routes())
        .merge(request::page::routes())
        .merge(task::desk::routes())
        .merge(template::routes())
        .merge(verify::routes())
}

impl Services {
    /// Reads the directory, so that the first page is as fast as the next.
    pub async fn start(self) -> Result<Arc<Services>, Failure> {
        self.directory.refresh(&self.store).await?;
        Ok(Arc::new(self))
    }
}
