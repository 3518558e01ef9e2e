//! الخدمات: the directory of services, their forms, the requests for them, and what comes out.
//!
//! Start at `request.rs` for the states of a request, at `request/submit.rs` for what happens when one is sent,
//! and at `entry.rs` for the card that drives both.

mod acknowledgement;
mod advice;
mod appeal;
mod appointment;
mod assignment;
mod assisted;
mod batch;
mod calendar;
mod call;
mod canned;
mod classification;
mod contact;
mod copy;
mod draft;
mod duty;
mod endpoint;
pub mod entry;
mod export;
pub mod form;
mod help;
mod home;
mod intake;
mod level;
mod load;
mod look;
mod message;
mod output;
mod posted;
pub mod process;
mod proposal;
mod quarantine;
mod reading;
mod representation;
mod request;
mod rulebook;
mod search;
mod standard;
mod stem;
mod storage;
mod subscription;
mod task;
mod telling;
mod template;
mod timing;
mod upload;
mod verify;
mod view;

use std::sync::Arc;

use authz::{Failure, Policies, Source};
use clock::Clock;
use documents::Documents;
use ledger::Ledger;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;

pub use appeal::decide::Outcome as AppealOutcome;
pub use appointment::{Plan, SetPlan, remind::RemindOfAppointment};
pub use batch::carry_out::CarryOutBatches;
pub use calendar::refit::RefitClocks;
pub use canned::{Canned, Use as CannedUse};
pub use copy::Address as PostalAddress;
pub use draft::{DRAFT_DAYS_MAX, table::Expire as ExpireDrafts};
pub use endpoint::deliver::DeliverToEndpoints;
pub use entry::{
    Card, Entry, EntryState, OutputKind,
    directory::{Directory, Hit, REFRESH_EVERY},
    publish::Publish,
    register::Register,
    search::{Found, Query},
    tell::TellOfPublication,
};
pub use export::{AT_ONCE_ROWS_MAX, MakeExports};
pub use form::Form;
pub use output::issue::IssueOutputs;
pub use process::{Process, attest::Attest};
pub use request::{
    Act, Correction, Desk, NamedAct, RequestNumber, State, decide::Decision, expire::ExpireArrivals,
    prepare::Application, submit::Submitted,
};
pub use standard::{StandardKind, act::StandardAct, write::StandardDraft};
pub use storage::{Terms as StorageTerms, house::HouseDocuments};
pub use telling::kinds;
pub use timing::{fire::FireTimers, forecast::Forecasts};
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
        Migration::same("0040_appointments", include_str!("../migrations/0040_appointments.sql")),
        Migration::same("0041_appeals", include_str!("../migrations/0041_appeals.sql")),
        Migration::same("0042_paper_copies", include_str!("../migrations/0042_paper_copies.sql")),
        Migration::same("0050_authoring", include_str!("../migrations/0050_authoring.sql")),
        Migration::same("0090_templates", include_str!("../migrations/0090_templates.sql")),
        Migration::same("0030_desk", include_str!("../migrations/0030_desk.sql")),
        Migration::same("0030_many", include_str!("../migrations/0030_many.sql")),
        Migration::same("0031_stems", include_str!("../migrations/0031_stems.sql")),
        Migration::same("0032_task_indexes", include_str!("../migrations/0032_task_indexes.sql")),
        Migration::same("0060_search_words", include_str!("../migrations/0060_search_words.sql")),
        Migration::same("0080_exports", include_str!("../migrations/0080_exports.sql")),
        Migration::same("0082_export_progress", include_str!("../migrations/0082_export_progress.sql")),
        Migration::same("0081_contact", include_str!("../migrations/0081_contact.sql")),
        Migration::same("0020_timing", include_str!("../migrations/0020_timing.sql")),
        Migration::same("0010_messages", include_str!("../migrations/0010_messages.sql")),
        Migration::same("0070_drafts", include_str!("../migrations/0070_drafts.sql")),
        Migration::same("0100_arrivals", include_str!("../migrations/0100_arrivals.sql")),
        Migration::same("0071_uploads", include_str!("../migrations/0071_uploads.sql")),
        Migration::same("0100_storage", include_str!("../migrations/0100_storage.sql")),
        Migration::same("0101_standards", include_str!("../migrations/0101_standards.sql")),
        Migration::same("0102_intakes", include_str!("../migrations/0102_intakes.sql")),
        Migration::same("0103_levels", include_str!("../migrations/0103_levels.sql")),
        Migration::same("0104_quarantine", include_str!("../migrations/0104_quarantine.sql")),
        Migration::same("0105_duties_once", include_str!("../migrations/0105_duties_once.sql")),
        Migration::same("0110_endpoints", include_str!("../migrations/0110_endpoints.sql")),
        Migration::same("0111_quarantine_release", include_str!("../migrations/0111_quarantine_release.sql")),
        Migration::same("0070_form_approvals", include_str!("../migrations/0070_form_approvals.sql")),
        Migration::same("0100_process_drafts", include_str!("../migrations/0100_process_drafts.sql")),
        Migration::same("0101_working_days", include_str!("../migrations/0101_working_days.sql")),
    ],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "services",
    schema: include_str!("../policies/services.cedarschema"),
    text: concat!(
        include_str!("../policies/services.cedar"),
        include_str!("../policies/directory.cedar"),
        include_str!("../policies/templates.cedar"),
        include_str!("../policies/desk.cedar"),
        include_str!("../policies/applicant.cedar"),
        include_str!("../policies/notices.cedar"),
        include_str!("../policies/timing.cedar"),
        include_str!("../policies/calendar.cedar"),
        include_str!("../policies/rulings.cedar"),
        include_str!("../policies/endpoints.cedar"),
    ),
};

/// The words of this crate.
pub const LOCALE: language::Locale = language::Locale {
    name: "services",
    ar: concat!(
        include_str!("../locales/ar.ftl"),
        include_str!("../locales/desk.ar.ftl"),
        include_str!("../locales/process.ar.ftl"),
        include_str!("../locales/notices.ar.ftl"),
        include_str!("../locales/directory.ar.ftl"),
        include_str!("../locales/templates.ar.ftl"),
        include_str!("../locales/officers.ar.ftl"),
        include_str!("../locales/applicant.ar.ftl"),
        include_str!("../locales/search.ar.ftl"),
        include_str!("../locales/exports.ar.ftl"),
        include_str!("../locales/contact.ar.ftl"),
        include_str!("../locales/timing.ar.ftl"),
        include_str!("../locales/forms.ar.ftl"),
        include_str!("../locales/arrivals.ar.ftl"),
        include_str!("../locales/mandates.ar.ftl"),
        include_str!("../locales/authoring.ar.ftl"),
        include_str!("../locales/calendar.ar.ftl"),
        include_str!("../locales/uploads.ar.ftl"),
        include_str!("../locales/previews.ar.ftl"),
        include_str!("../locales/rulings.ar.ftl"),
        include_str!("../locales/endpoints.ar.ftl"),
        include_str!("../locales/acts.ar.ftl"),
    ),
    en: concat!(
        include_str!("../locales/en.ftl"),
        include_str!("../locales/desk.en.ftl"),
        include_str!("../locales/process.en.ftl"),
        include_str!("../locales/notices.en.ftl"),
        include_str!("../locales/directory.en.ftl"),
        include_str!("../locales/templates.en.ftl"),
        include_str!("../locales/officers.en.ftl"),
        include_str!("../locales/applicant.en.ftl"),
        include_str!("../locales/search.en.ftl"),
        include_str!("../locales/exports.en.ftl"),
        include_str!("../locales/contact.en.ftl"),
        include_str!("../locales/timing.en.ftl"),
        include_str!("../locales/forms.en.ftl"),
        include_str!("../locales/arrivals.en.ftl"),
        include_str!("../locales/mandates.en.ftl"),
        include_str!("../locales/authoring.en.ftl"),
        include_str!("../locales/calendar.en.ftl"),
        include_str!("../locales/uploads.en.ftl"),
        include_str!("../locales/previews.en.ftl"),
        include_str!("../locales/rulings.en.ftl"),
        include_str!("../locales/endpoints.en.ftl"),
        include_str!("../locales/acts.en.ftl"),
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
    /// The regulation: the list of its duties is taken out like every other.
    pub packs: Arc<compliance::Packs>,
    /// Where letters that bodies wrote are made.
    pub press: print::Press,
    pub forecasts: Forecasts,
    /// Who carries what bodies are told by machine.
    pub courier: courier::Courier,
    /// `https://portal.example`, without a slash at the end.
    pub public_address: String,
}

/// The calls of this capability, described for OpenAPI.
pub fn api() -> OpenApiRouter<Arc<Services>> {
    entry::api::routes()
        .merge(duty::api::routes())
        .merge(subscription::api::routes())
        .merge(upload::routes())
        .merge(request::api::routes())
        .merge(appointment::api::routes())
        .merge(appeal::api::routes())
        .merge(copy::api::routes())
        .merge(task::api::routes())
        .merge(search::api::routes())
        .merge(export::api_routes())
        .merge(contact::api_routes())
        .merge(acknowledgement::api_routes())
        .merge(timing::delays::api::routes())
        .merge(calendar::api_routes())
        .merge(message::api::routes())
        .merge(process::api::routes())
        .merge(process::waiting::api_routes())
        .merge(proposal::process::api::routes())
        .merge(form::api::routes())
        .merge(storage::api::routes())
        .merge(endpoint::api::routes())
        .merge(standard::api::routes())
        .merge(intake::api::routes())
}

/// The pages of this capability.
pub fn pages() -> axum::Router<Arc<Services>> {
    axum::Router::new()
        .merge(home::routes())
        .merge(look::routes())
        .merge(entry::page::routes())
        .merge(entry::desk::routes())
        .merge(proposal::page::routes())
        .merge(form::preview::routes())
        .merge(classification::page::routes())
        .merge(rulebook::page::routes())
        .merge(storage::page::routes())
        .merge(endpoint::page::routes())
        .merge(level::page::routes())
        .merge(standard::page::routes())
        .merge(standard::desk::routes())
        .merge(intake::page::routes())
        .merge(quarantine::page::routes())
        .merge(draft::page::routes())
        .merge(request::page::routes())
        .merge(appointment::page::routes())
        .merge(appeal::page::routes())
        .merge(copy::page::routes())
        .merge(task::desk::routes())
        .merge(template::routes())
        .merge(advice::page::routes())
        .merge(assignment::page::routes())
        .merge(assisted::page::routes())
        .merge(batch::page::routes())
        .merge(canned::page::routes())
        .merge(load::page::routes())
        .merge(view::page::routes())
        .merge(export::page_routes())
        .merge(contact::page_routes())
        .merge(acknowledgement::page_routes())
        .merge(timing::delays::page::routes())
        .merge(calendar::page::routes())
        .merge(message::page::routes())
        .merge(representation::page_routes())
        .merge(process::page::routes())
        .merge(process::waiting::routes())
        .merge(verify::routes())
        .merge(search::routes())
        .merge(help::routes())
}

impl Services {
    /// Reads the directory, so that the first page is as fast as the next.
    pub async fn start(self) -> Result<Arc<Services>, Failure> {
        search::words::seed::seed(&self.store, &self.clock).await?;
        self.directory.refresh(&self.store).await?;
        Ok(Arc::new(self))
    }
}
