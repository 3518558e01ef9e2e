//! The command line in front of the library.

use std::process::ExitCode;

use clap::Parser;
use diwan::command;

fn main() -> ExitCode {
    let line = command::Line::parse();
    line.alone().unwrap_or_else(|| node(line))
}

#[tokio::main]
async fn node(line: command::Line) -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DIWAN_LOG")
                .unwrap_or_else(|_| "warn,diwan=info".into()),
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
