//! The command line: each command is a file; this one only names them.

mod agent;
mod backup;
mod bounce;
mod controls;
mod doctor;
mod inspect;
mod oscal;
mod restore;
mod verify;
mod vpn_use;

use std::process::ExitCode;

use authz::Failure;
use clap::{Parser, Subcommand, ValueEnum};
use clock::Clock;
use language::Lang;

use crate::{
    demo,
    parts::{self, Parts},
    serve,
    settings::{ServeSettings, Settings},
};

/// The open platform on which a government runs its digital office.
#[derive(Parser)]
#[command(name = "diwan", version, about)]
pub struct Line {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the node until it is told to end.
    Serve(Box<ServeSettings>),
    /// Brings the database to this version. Safe to run twice and beside running nodes.
    Migrate,
    /// Loads the demo state into an empty database, once, and names the cast.
    Demo {
        #[command(flatten)]
        serve: Box<ServeSettings>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        #[arg(long, value_enum, default_value = "whole")]
        scope: demo::Scope,
    },
    /// Lists the controls of the regulation with their state, where they are enforced and which tests prove them.
    Controls(controls::Args),
    /// Prints the regulation, or how a body stands with it, in OSCAL 1.1.3 for auditors' tools.
    Oscal(oscal::Args),
    /// Verifies a receipt or an output offline, or, without a file, the whole ledger of this installation.
    Verify(verify::Args),
    /// Shows jobs that were given up, with the reason, and retries one.
    Jobs(inspect::JobsArgs),
    /// Lists or rotates the ledger's keys; what former keys signed stays valid.
    Keys(inspect::KeysArgs),
    /// Takes a backup: database, documents, keys and settings, encrypted, in restic's format; only what is new is added.
    Backup(Box<backup::Args>),
    /// Brings a backup back into an empty place and proves it, or tests that it could be.
    Restore(Box<restore::Args>),
    /// Checks this installation and says what to do about what it finds.
    Doctor {
        #[command(flatten)]
        serve: Box<ServeSettings>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        /// `ar` or `en`.
        #[arg(long, env = "DIWAN_LANGUAGE", default_value = "en")]
        lang: Lang,
    },
    /// Speaks for the device on which it runs: hands in its key, reports how it stands, shows it in a browser.
    Agent(agent::Args),
    /// Takes in a letter that came back, from a mail server's pipe on the standard input.
    Bounce(bounce::Args),
    /// Logs the uses that a WireGuard gateway tells: `wg show all dump | diwan vpn-use`, as often as once a minute.
    VpnUse,
    /// Prints the OpenAPI description of the API.
    Openapi,
    /// Makes one letter from an order on its standard input, within limits; a node starts it for itself.
    #[command(hide = true)]
    Press,
}

impl Line {
    /// What needs no node and no threads, and ends the process with its code.
    pub fn alone(&self) -> Option<ExitCode> {
        matches!(self.command, Command::Press).then(print::press::press)
    }
}

pub async fn run(line: Line) -> Result<ExitCode, Failure> {
    let settings = line.settings;
    match line.command {
        Command::Serve(args) => serve_node(&settings, &args).await?,
        Command::Migrate => migrate(&settings).await?,
        Command::Demo { serve, format, scope } => {
            demo::load_once(&settings, &serve, scope).await?;
            demo::cast::print(&settings, format)?;
        }
        Command::Controls(args) => return controls::run(&args),
        Command::Oscal(args) => return oscal::run(&settings, &args).await,
        Command::Verify(args) => return verify::run(&settings, &args).await,
        Command::Jobs(args) => inspect::jobs(&settings, &args).await?,
        Command::Keys(args) => inspect::keys(&settings, &args)?,
        Command::Backup(args) => return backup::run(&settings, &args).await,
        Command::Restore(args) => return restore::run(&settings, &args).await,
        Command::Doctor { serve, format, lang } => {
            return doctor::run(&settings, &serve, format, lang).await;
        }
        Command::Agent(args) => return agent::run(&settings, &args).await,
        Command::Bounce(args) => return Ok(bounce::run(&settings, &args).await),
        Command::VpnUse => vpn_use::run(&settings).await?,
        Command::Openapi => {
            let parts = Parts::open(&settings, &ServeSettings::default(), Clock::System).await?;
            println!("{}", serve::routes::openapi(&parts).to_pretty_json()?);
        }
        Command::Press => return Ok(print::press::press()),
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve_node(settings: &Settings, args: &ServeSettings) -> Result<(), Failure> {
    if args.demo {
        demo::load_once(settings, args, demo::Scope::Whole).await?;
        demo::cast::print(settings, Format::Text)?;
    }
    let parts = Parts::open(settings, args, Clock::System).await?;
    serve::serve(parts, args).await
}

async fn migrate(settings: &Settings) -> Result<(), Failure> {
    let store = parts::open_store(settings).await?;
    println!("The {:?} database is at this version.", store.engine());
    Ok(())
}
