//! The house rules as programs. `cargo xtask` without a word says which there are.

mod allowed;
mod controls;
mod junit;
mod openapi;
mod source;
mod tidy;
mod tree;

use std::{error::Error, path::PathBuf, process::ExitCode};

const HELP: &str = "cargo xtask tidy [--tighten]
cargo xtask controls [--check] [--junit FILE]...
cargo xtask openapi-check [FILE]";

/// What a check found: sentences that say where and what to do.
pub(crate) type Findings = Vec<String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(findings) if findings.is_empty() => ExitCode::SUCCESS,
        Ok(findings) => {
            for finding in &findings {
                eprintln!("{finding}");
            }
            eprintln!("{} to mend", findings.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<Findings, Box<dyn Error>> {
    let root = root();
    match words.first().map(String::as_str) {
        Some("tidy") => tidy::run(&tree::Tree::read(&root)?, words.iter().any(|word| word == "--tighten")),
        Some("controls") => controls::run(&tree::Tree::read(&root)?, &words[1..]),
        Some("openapi-check") => openapi::run(&tree::Tree::read(&root)?, words.get(1).map(PathBuf::from)),
        _ => Err(HELP.into()),
    }
}

/// The workspace, wherever the command was given.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}
