//! `smsc`: an SMS centre for the demo, and a page on which a person reads what it was given.

use std::{error::Error, path::PathBuf, time::Duration};

use clap::Parser;
use smsc::{Centre, Habits, pages};
use tokio::{net::TcpListener, time::sleep};

/// How often it looks whether the other process is still there.
const LOOKS_EVERY: Duration = Duration::from_secs(1);

#[derive(Parser)]
#[command(about = "An SMS centre that shows what it is given")]
struct Settings {
    /// Where SMPP is spoken.
    #[arg(long, default_value = "127.0.0.1:2775")]
    smpp: String,

    /// Where messages are shown.
    #[arg(long, default_value = "127.0.0.1:2780")]
    page: String,

    /// Who may bind.
    #[arg(long, default_value = "diwan")]
    system: String,

    /// With which password; it is a stand-in for an operator, so this is no secret.
    #[arg(long, default_value = "demo")]
    password: String,

    /// Parts a second that are taken; 0 takes all.
    #[arg(long, default_value_t = 0)]
    per_second: u32,

    /// Ends when the process with this number does.
    #[arg(long)]
    until: Option<u32>,

    /// Milliseconds until a receipt.
    #[arg(long, default_value_t = 200)]
    receipt_after_ms: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::parse();
    let centre = Centre::new(Habits {
        system: settings.system,
        password: settings.password,
        per_second_max: (settings.per_second > 0).then_some(settings.per_second),
        receipt_after: Duration::from_millis(settings.receipt_after_ms),
    });
    let smpp = centre.listen(&settings.smpp).await?;
    let listener = TcpListener::bind(&settings.page).await?;
    println!("SMPP at {smpp}; messages at http://{}/", listener.local_addr()?);
    tokio::select! {
        served = axum::serve(listener, pages(centre)) => served?,
        () = gone(settings.until) => {}
    }
    Ok(())
}

/// Waits for the end of a process; without one, for ever.
async fn gone(process: Option<u32>) {
    let Some(process) = process else { return std::future::pending().await };
    let place = PathBuf::from(format!("/proc/{process}"));
    while place.exists() {
        sleep(LOOKS_EVERY).await;
    }
}
