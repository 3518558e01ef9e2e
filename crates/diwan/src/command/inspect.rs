//! `diwan jobs` and `diwan keys`: looking into a node from its console.

use authz::Failure;
use clap::Subcommand;
use ledger::Keys;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{parts, settings::Settings};

/// Dead jobs that one listing shows.
const DEAD_LISTED_MAX: u32 = 100;

#[derive(clap::Args)]
pub struct JobsArgs {
    /// The id of a dead job that is to run again.
    #[arg(long)]
    retry: Option<Uuid>,
}

struct Retry(Uuid);

impl Verb for Retry {
    type Answer = jobs::Retried;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<jobs::Retried, StoreError> {
        jobs::retry(tx, self.0).await
    }
}

pub async fn jobs(settings: &Settings, args: &JobsArgs) -> Result<(), Failure> {
    let store = parts::open_store(settings).await?;
    if let Some(id) = args.retry {
        println!("{:?}", store.write(Retry(id)).await?);
        return Ok(());
    }
    for count in jobs::counts(&store.read()).await? {
        println!("{}: {} waiting, {} running, {} dead", count.kind, count.waiting, count.running, count.dead);
    }
    for dead in jobs::dead(&store.read(), None, DEAD_LISTED_MAX).await? {
        println!("{dead:?}");
    }
    Ok(())
}

#[derive(clap::Args)]
pub struct KeysArgs {
    #[command(subcommand)]
    what: KeysCommand,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Prints the verifier keys, current and former.
    List,
    /// Makes a new signing key; what the former ones signed stays valid. Restart the nodes afterwards.
    Rotate,
}

pub fn keys(settings: &Settings, args: &KeysArgs) -> Result<(), Failure> {
    std::fs::create_dir_all(settings.data.join("keys"))?;
    let keys = Keys::load_or_create_named(settings.key_file("ledger.key"), &settings.ledger_origin)?;
    if matches!(args.what, KeysCommand::Rotate) {
        keys.rotate()?;
    }
    for key in keys.verifying().iter() {
        println!("{key}");
    }
    Ok(())
}
