//! The demo state: a whole small government with its people, services and a month of history.
//!
//! It is made from the readable files in `demo/` by the same verbs that people use, once, into an empty database.

pub mod cast;
mod collection;
mod desk;
mod devices;
mod files;
mod history;
mod oversight;
mod people;
mod policies;
mod rulings;
mod staff_directory;
mod state;
mod systems;
mod tree;

use authz::Failure;
use clock::{Clock, DAY};

use crate::{
    parts::{self, Parts},
    settings::{ServeSettings, Settings},
};

/// How far back the history begins.
const HISTORY_DAYS: u32 = 30;

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the database holds bodies that are not of the demo; the demo is only loaded into an empty one")]
    NotEmpty,
    #[error("demo/{0} is missing or cannot be read")]
    File(String),
    #[error("demo/{0} names {1}, which does not exist")]
    Unknown(&'static str, String),
}

/// How much of the demo is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scope {
    /// Every service and a month of history.
    Whole,
    /// The bodies, the people and a handful of services that differ in kind; nothing has happened yet.
    Small,
}

impl Scope {
    /// One service of each kind: free, at a higher level of assurance, for companies, ending in a measure, ending
    /// in an administrative act; and every process that is not the standard one.
    const SMALL: [&str; 11] = [
        "residence-certificate",
        "birth-certificate",
        "commercial-registration",
        "road-damage-report",
        "name-correction",
        "building-permit",
        "event-permit",
        "land-survey-request",
        "medical-practice-licence",
        "property-transfer",
        "trade-licence-renewal",
    ];

    fn has(self, service: &str) -> bool {
        self == Scope::Whole || Scope::SMALL.contains(&service)
    }
}

/// Loads the demo unless it is there already.
pub async fn load_once(settings: &Settings, serve: &ServeSettings, scope: Scope) -> Result<(), Failure> {
    let store = parts::open_store(settings).await?;
    let bodies = organisations::bodies(&store.read()).await?;
    if cast::exists(settings) && !bodies.is_empty() {
        return Ok(());
    }
    if !bodies.is_empty() {
        return Err(DemoError::NotEmpty.into());
    }
    eprintln!("loading the demo state: {scope:?}");
    let clock = Clock::fixed(Clock::System.now() - DAY * HISTORY_DAYS);
    let quiet = ServeSettings { demo: false, ..serve.clone() };
    let parts = Parts::open(settings, &quiet, clock).await?;
    let state = state::load(&parts).await?;
    let people = people::load(&parts, &state).await?;
    rulings::agree_on_storage(&parts, &state, &people).await?;
    rulings::set_standards(&parts, &people).await?;
    state::publish_services(&parts, &people, scope).await?;
    collection::plan(&parts, &people).await?;
    if scope == Scope::Whole {
        desk::furnish(&parts, &people).await?;
        oversight::begin(&parts, &people).await?;
        let begun = policies::begin(&parts, &state, &people).await?;
        history::live(&parts, &quiet, &people).await?;
        desk::share_out(&parts, &people).await?;
        policies::end(&parts, &state, &people, begun).await?;
        devices::hand_out(&parts, &people).await?;
        systems::connect(&parts, &people).await?;
        tree::grow(&parts, &state, &people).await?;
        staff_directory::name(&parts, &people).await?;
        oversight::end(&parts, &quiet, &people).await?;
    }
    while parts.ledger.sequence().await? > 0 {}
    cast::write(&parts, &people).await
}
