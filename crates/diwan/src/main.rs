//! `diwan`: one program with which a government runs its digital office.
//!
//! This crate composes and decides nothing: it reads the settings, opens the parts, joins the routes and the workers,
//! and offers the commands. Rules live in the crates below.

mod command;
mod demo;
mod parts;
mod serve;
mod settings;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let line = command::Line::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DIWAN_LOG").unwrap_or_else(|_| "warn,diwan=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match command::run(line).await {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("diwan: {}", chain(&failure));
            ExitCode::FAILURE
        }
    }
}

/// What broke, with every cause behind it.
fn chain(failure: &authz::Failure) -> String {
    let mut said = failure.to_string();
    if let authz::Failure::Broken(error) = failure {
        let mut source = error.source();
        while let Some(cause) = source {
            said.push_str(": ");
            said.push_str(&cause.to_string());
            source = cause.source();
        }
    }
    said
}
