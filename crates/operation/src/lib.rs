//! التشغيل: what keeps an installation safe and awake, and who is told when it is not. See `README.md` for the words.
//!
//! Start at `component/watch.rs` for what is looked at, and at `run.rs` for backups and their proof.

mod alert;
mod api;
mod component;
mod overview;
mod people;
mod run;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use authz::{Actor, Failure, Policies, Source};
use clock::{Clock, MINUTE, Timestamp};
use compliance::{Door, Packs};
use documents::Documents;
use ledger::Ledger;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

pub use alert::open::kinds;
pub use component::{Finding, Said, State, key as component_key, watch::LOOK_EVERY};
pub use run::{
    Backups, By,
    back_up::Watching,
    due::{BACKUP_JOB, RESTORE_TEST_JOB, TakeBackup, TestRestore},
};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    set: "operation",
    steps: &[Migration::same("0110_operation", include_str!("../migrations/0110_operation.sql"))],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "operation",
    schema: include_str!("../policies/operation.cedarschema"),
    text: include_str!("../policies/operation.cedar"),
};

/// The words of this crate.
pub const LOCALE: language::Locale = language::Locale {
    name: "operation",
    ar: concat!(include_str!("../locales/ar.ftl"), include_str!("../locales/acts.ar.ftl")),
    en: concat!(include_str!("../locales/en.ftl"), include_str!("../locales/acts.en.ftl")),
};

/// What is around the program on this node.
#[derive(Clone)]
pub struct Surroundings {
    /// The data folder; also where copies lie for a while.
    pub data: PathBuf,
    pub keys: PathBuf,
    pub database_url: String,
    /// `host:port` of the mail server, where there is one.
    pub mail: Option<String>,
    pub backups: Option<Backups>,
    /// What goes into a backup beside the data; no secrets.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// Every crate's tables, which a restore makes first.
    pub sets: &'static [Migrations],
    pub role: &'static str,
}

/// What every verb and page of this capability stands on.
pub struct Operation {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub documents: Arc<Documents>,
    pub policies: Arc<Policies>,
    pub packs: Arc<Packs>,
    pub texts: Arc<language::Texts>,
    /// Who this process is among the nodes; the same after a restart at the same place.
    pub node: Uuid,
    pub started: Timestamp,
    pub place: Surroundings,
}

/// Where the packs in force name no time for alerts.
const ALERT_TIME: Duration = Duration::from_secs(5 * 60);

impl Operation {
    /// The time within which somebody is told of a part that failed or fell silent.
    pub(crate) fn alert_time(&self) -> Duration {
        run::span(&self.packs, "monitoring.alert_time").unwrap_or(ALERT_TIME).max(2 * MINUTE)
    }

    /// Refuses whoever has no business here; strangers cannot tell that there is anything.
    pub(crate) async fn permitted(&self, actor: &Actor, act: &'static str) -> Result<(), Failure> {
        let installation = people::installation(&self.store.read()).await?;
        self.policies.require("operation", actor, act, &installation)?;
        Ok(())
    }
}

impl Door for Operation {
    fn store(&self) -> &Store {
        &self.store
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// When the newest good backup and the newest passed restore test began, for metrics.
pub async fn last_good(store: &Store) -> Result<[Option<Timestamp>; 2], store::StoreError> {
    let sql = store.read();
    let began = |run: Option<run::Run>| run.map(|run| run.started_at);
    Ok([
        began(run::table::last_done(&sql, run::Kind::Backup).await?),
        began(run::table::last_done(&sql, run::Kind::RestoreTest).await?),
    ])
}

/// The components as they were seen last, for metrics.
pub async fn seen(store: &Store) -> Result<Vec<(String, State)>, store::StoreError> {
    let components = component::table::components(&store.read()).await?;
    Ok(components.into_iter().map(|component| (component.name, component.state)).collect())
}

/// The calls of this capability, described for OpenAPI.
pub fn api() -> OpenApiRouter<Arc<Operation>> {
    api::routes()
}

/// The pages of this capability.
pub fn pages() -> axum::Router<Arc<Operation>> {
    overview::routes()
}
