//! A bounded load generator for the platform, and a harness that kills it under load.
//!
//! `load requests` submits as fast as the clients can, or at a given rate, and remembers every acknowledged number;
//! `load check` asks for each of them afterwards; `load crash` starts the server itself, kills it again and again
//! while clients submit, and checks at the end that nothing acknowledged is gone and nothing was done twice.
//! It speaks to this machine only: a tool that submits thousands of requests must not reach anybody's real office.

mod check;
mod crash;
mod limits;
mod numbers;
mod percentile;
mod run;
mod server;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(version, about = "Loads a Diwan on this machine and checks what it acknowledged")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Submits requests; prints {acknowledged, per_second, p50_ms, p99_ms, errors, …}
    Requests {
        #[command(flatten)]
        whom: Whom,
        #[command(flatten)]
        what: What,
        /// How long, in seconds
        #[arg(long, default_value_t = 10, value_parser = limits::seconds())]
        seconds: u64,
    },
    /// Asks for every acknowledged number; prints {asked, missing, duplicates, unknown}
    Check {
        #[command(flatten)]
        whom: Whom,
        /// The file that `requests` or `crash` wrote
        #[arg(long)]
        numbers: PathBuf,
    },
    /// Starts the server, kills it under load, starts it again; then checks
    Crash {
        #[command(flatten)]
        whom: Whom,
        #[command(flatten)]
        what: What,
        /// How often the server is killed
        #[arg(long, default_value_t = 10, value_parser = limits::rounds())]
        rounds: u32,
        /// The server's command line, after --
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

#[derive(Args, Clone)]
struct Whom {
    /// The server: http:// and an address of this machine
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    base: String,
    /// A file with one bearer token a line; the clients take turns
    #[arg(long)]
    token_file: PathBuf,
}

#[derive(Args, Clone)]
struct What {
    /// Which service is asked for, with the example answers of its form
    #[arg(long, default_value = "residence-certificate")]
    service: String,
    /// How many clients submit at the same time
    #[arg(long, default_value_t = 16, value_parser = limits::clients())]
    clients: u64,
    /// Submissions a second in all, evenly spaced; without it each client submits again at once
    #[arg(long, value_parser = limits::rate())]
    rate: Option<u64>,
    /// Sends every call twice under its key and counts answers that differ
    #[arg(long)]
    idempotency: bool,
    /// How long a call without an answer is repeated under its key, in seconds
    #[arg(long, default_value_t = 0, value_parser = limits::seconds())]
    repeat_seconds: u64,
    /// Where acknowledged numbers are written, one a line
    #[arg(long)]
    numbers: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
enum LoadError {
    #[error("{0} is not http:// and an address of this machine")]
    Base(String),
    #[error("{0} holds no token")]
    Tokens(String),
    #[error("the service gives no example of its answers")]
    NoExample,
    #[error("the service wants documents, which this tool does not upload")]
    WantsDocuments,
    #[error("the server answered {0}")]
    Status(u16),
    #[error("the server did not come up within {0} s")]
    NotUp(u64),
    #[error("line {0} of the numbers file is not one of ours")]
    Numbers(usize),
    #[error("{0}: {1}")]
    File(String, #[source] std::io::Error),
    #[error("the server cannot be asked: {0}")]
    Http(#[from] reqwest::Error),
    #[error("the server's answer is not JSON: {0}")]
    Json(#[from] serde_json::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    let (report, good) = match perform(Cli::parse().command).await {
        Ok(outcome) => outcome,
        Err(error) => {
            eprintln!("load: {error}");
            return ExitCode::from(2);
        }
    };
    println!("{report}");
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The report, and whether it is good news.
async fn perform(command: Command) -> Result<(String, bool), LoadError> {
    match command {
        Command::Requests { whom, what, seconds } => {
            let server = server::Server::open(&whom)?;
            let report = run::run(&server, &what, seconds).await?;
            Ok((serde_json::to_string(&report)?, report.acknowledged > 0 && report.differing == 0))
        }
        Command::Check { whom, numbers } => {
            let server = server::Server::open(&whom)?;
            let report = check::check(&server, &numbers).await?;
            Ok((serde_json::to_string(&report)?, report.is_clean()))
        }
        Command::Crash { whom, what, rounds, command } => {
            let server = server::Server::open(&whom)?;
            let report = crash::crash(&server, &what, rounds, &command).await?;
            Ok((serde_json::to_string(&report)?, report.is_clean()))
        }
    }
}

#[cfg(test)]
mod tests;
