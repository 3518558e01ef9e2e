//! `diwan backup`: takes one, lists them, or reads all that is kept.
//!
//! Exit codes: 0 when all of it was done, 1 when it was not; nothing half-done is kept.

use std::{process::ExitCode, sync::Arc, time::Duration};

use authz::Failure;
use backup::{Progress, Snapshot, Vault};
use clock::Clock;
use operation::{Backups, By};
use serde_json::json;

use super::Format;
use crate::{
    parts::{self, Parts},
    settings::{ServeSettings, Settings},
};

/// How often somebody who waits at a console is told how far it has come.
const TOLD_EVERY: Duration = Duration::from_secs(5);

#[derive(clap::Args)]
pub struct Args {
    /// Lists the backups that are kept, and takes none.
    #[arg(long, conflicts_with = "check")]
    list: bool,
    /// Reads every byte that is kept and compares it with its hash, and takes none.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    serve: ServeSettings,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, thiserror::Error)]
#[error(
    "no place for backups is set: DIWAN_BACKUP names a folder or a bucket, DIWAN_BACKUP_PASSWORD_FILE their password"
)]
pub struct NoPlace;

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Failure> {
    let backups = parts::backups(&settings.backup)?.ok_or(NoPlace)?;
    if args.list {
        return list(&backups, args.format).await;
    }
    if args.check {
        let vault = backups.open(false).await?;
        Vault::on_thread(move || vault.check()).await?;
        return Ok(said(args.format, json!({ "whole": true }), "Every byte is as it was written."));
    }
    let parts = Parts::open(settings, &args.serve, Clock::System).await?;
    let watching: Option<operation::Watching> = match args.format {
        Format::Text => Some(Box::new(|progress| drop(tokio::spawn(tell(progress))))),
        Format::Json => None,
    };
    let snapshot = parts.operation.back_up(By::Hand, watching).await?;
    while parts.ledger.sequence().await? > 0 {}
    let text = format!("taken: {}", line(&snapshot));
    Ok(said(args.format, serde_json::to_value(&snapshot)?, &text))
}

async fn list(backups: &Backups, format: Format) -> Result<ExitCode, Failure> {
    let vault = backups.open(false).await?;
    let snapshots = Vault::on_thread(move || vault.snapshots()).await?;
    let lines: Vec<String> = snapshots.iter().map(line).collect();
    Ok(said(format, json!({ "backups": snapshots }), &lines.join("\n")))
}

fn line(snapshot: &Snapshot) -> String {
    let (files, bytes, added) = (snapshot.files, snapshot.bytes, snapshot.added_bytes);
    let id = snapshot.id.get(..16).unwrap_or_default();
    format!("{id} of {}: {files} files, {bytes} bytes, {added} of them new", snapshot.taken_at())
}

/// On the error stream, so that the output holds the result alone.
async fn tell(progress: Arc<Progress>) {
    loop {
        tokio::time::sleep(TOLD_EVERY).await;
        let (done, whole) = progress.bytes();
        eprintln!("read {} of {} MiB", done >> 20, whole >> 20);
    }
}

pub(super) fn said(format: Format, value: serde_json::Value, text: &str) -> ExitCode {
    match format {
        Format::Json => println!("{value}"),
        Format::Text => println!("{text}"),
    }
    ExitCode::SUCCESS
}
