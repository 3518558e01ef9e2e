//! `diwan bounce`: takes in one letter that came back, from a mail server's pipe.
//!
//! The server hands the message over on the standard input and the address to which it came as `--recipient`. Whatever is no
//! report, or about no letter of this house, is let go: answering it would send a bounce for a bounce. Only trouble of our own
//! ends with 75, on which the server tries again later.

use std::{io::Read, process::ExitCode};

use authz::Failure;
use clock::Clock;
use notify::{BOUNCE_BYTES_MAX, Report, TakeBounce};

use crate::{parts, settings::Settings};

/// What mail servers read as "try again later" (`EX_TEMPFAIL`).
const TRY_AGAIN: u8 = 75;

#[derive(clap::Args)]
pub struct Args {
    /// The address to which it came back; without it, the one that the message names.
    #[arg(long)]
    recipient: Option<String>,
}

pub async fn run(settings: &Settings, args: &Args) -> ExitCode {
    match taken(settings, args).await {
        Ok(outcome) => {
            eprintln!("{outcome}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(TRY_AGAIN)
        }
    }
}

async fn taken(settings: &Settings, args: &Args) -> Result<String, Failure> {
    let mut message = Vec::new();
    std::io::stdin().lock().take(BOUNCE_BYTES_MAX).read_to_end(&mut message)?;
    let named = args.recipient.as_deref().and_then(notify::letter_of);
    let Some(letter) = named.or_else(|| Report::recipient(&message)) else {
        return Ok("No letter of ours is named; let go.".into());
    };
    let Some(report) = Report::read(&message) else {
        return Ok("It is no delivery report; let go.".into());
    };
    let store = parts::open_store(settings).await?;
    let taken = store.write(TakeBounce { letter, report, now: Clock::System.now() }).await?;
    Ok(format!("{taken:?}"))
}
