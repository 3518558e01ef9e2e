//! `diwan verify`: whether a file, or the whole ledger, is as it was sealed.

use std::{fmt::Display, io::Write, path::PathBuf, process::ExitCode};

use authz::Failure;
use ledger::{Tampered, VerifyingKeys, verify_handed_in, verify_log};
use serde_json::json;

use super::Format;
use crate::{parts, settings::Settings};

#[derive(clap::Args)]
pub struct Args {
    /// A receipt (JSON or PDF) or an output (PDF). Without it the ledger of this installation is verified.
    file: Option<PathBuf>,
    /// Verifier keys, one a line; by default those of the data folder.
    #[arg(long)]
    keys: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Failure> {
    let keys = args.keys.clone().unwrap_or_else(|| settings.key_file("ledger.key.pub"));
    let keys = VerifyingKeys::load(keys)?;
    match &args.file {
        Some(file) => Ok(one_file(&std::fs::read(file)?, &keys, args.format)),
        None => whole_ledger(settings, &keys, args.format).await,
    }
}

fn one_file(bytes: &[u8], keys: &VerifyingKeys, format: Format) -> ExitCode {
    match verify_handed_in(bytes, keys) {
        Ok(verified) => {
            let statement = &verified.seal.statement;
            match format {
                Format::Json => say(json!({ "untouched": true, "statement": statement })),
                Format::Text => {
                    say(format_args!("untouched: {} about {}", statement.kind, statement.subject));
                    say(format_args!("{:#}", statement.body));
                }
            }
            ExitCode::SUCCESS
        }
        Err(tampered) => told(&[tampered], format),
    }
}

async fn whole_ledger(
    settings: &Settings,
    keys: &VerifyingKeys,
    format: Format,
) -> Result<ExitCode, Failure> {
    let store = parts::open_store(settings).await?;
    match verify_log(&store, keys).await {
        Ok(report) => {
            match format {
                Format::Json => say(json!({ "untouched": true, "report": report })),
                Format::Text => say(format_args!("untouched: {report:?}")),
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(tampered) => Ok(told(&tampered, format)),
    }
}

/// Says what does not match, one line each, and fails.
fn told(tampered: &[Tampered], format: Format) -> ExitCode {
    match format {
        Format::Json => {
            let lines: Vec<String> = tampered.iter().map(ToString::to_string).collect();
            say(json!({ "untouched": false, "differs": lines }));
        }
        Format::Text => tampered.iter().for_each(|line| eprintln!("changed: {line}")),
    }
    ExitCode::FAILURE
}

/// Whoever reads may stop reading; the verdict is in the exit code.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
