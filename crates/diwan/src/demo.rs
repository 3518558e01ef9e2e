//! The demo state: a whole small government with its people, services and a month of history.
//!
//! It is made from the readable files in `demo/` by the same verbs that people use, once, into an empty database.

pub mod cast;
mod files;
mod history;
mod people;
mod state;

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

/// Loads the demo unless it is there already.
pub async fn load_once(settings: &Settings, serve: &ServeSettings) -> Result<(), Failure> {
    let store = parts::open_store(settings).await?;
    let bodies = organisations::bodies(&store.read()).await?;
    if cast::exists(settings) && !bodies.is_empty() {
        return Ok(());
    }
    if !bodies.is_empty() {
        return Err(DemoError::NotEmpty.into());
    }
    eprintln!("loading the demo state: bodies, people, services, a month of history");
    let clock = Clock::fixed(Clock::System.now() - DAY * HISTORY_DAYS);
    let quiet = ServeSettings { demo: false, ..serve.clone() };
    let parts = Parts::open(settings, &quiet, clock).await?;
    let state = state::load(&parts).await?;
    let people = people::load(&parts, &state).await?;
    state::publish_services(&parts, &people).await?;
    history::live(&parts, &quiet, &people).await?;
    while parts.ledger.sequence().await? > 0 {}
    cast::write(&parts, &people).await
}
