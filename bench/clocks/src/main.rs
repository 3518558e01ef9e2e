//! A year of a government's cases, simulated: do the figures that people are told come true?
//!
//! Pure and seeded: the same seed gives the same year. The range comes from the crate that the product uses, and
//! working time from the bodies' calendars.

mod service;
mod year;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(version, about = "Simulates a year and judges what people were told")]
struct Cli {
    #[arg(long, default_value_t = 1_000_000)]
    cases: usize,
    #[arg(long, default_value_t = 40)]
    services: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let told = year::live(&year::Plan { cases: cli.cases, services: cli.services, seed: cli.seed });
    match serde_json::to_string(&told) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
