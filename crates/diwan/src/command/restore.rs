//! `diwan restore`: brings a backup back into an empty place and proves that it is whole; or, with `--test`, does so in a
//! separate place that goes again.
//!
//! Exit codes: 0 when everything is as it was, 1 when anything is not, and then nothing starts on the folder.

use std::{path::PathBuf, process::ExitCode};

use authz::Failure;
use backup::{Evidence, Target, Vault};
use clock::Clock;
use operation::By;
use serde_json::json;

use super::{
    Format,
    backup::{NoPlace, said},
};
use crate::{
    parts::{self, MIGRATIONS, Parts},
    settings::{ServeSettings, Settings},
};

#[derive(clap::Args)]
pub struct Args {
    /// A folder that is not there or empty: the data folder of the restored installation.
    #[arg(long, required_unless_present = "test")]
    into: Option<PathBuf>,

    /// Where a backup of PostgreSQL goes: the address of an empty database. By the environment when it holds a password.
    #[arg(long, env = "DIWAN_RESTORE_DATABASE_URL", hide_env_values = true)]
    into_database: Option<String>,

    /// The beginning of a backup's hash; the newest when empty.
    #[arg(long)]
    backup: Option<String>,

    /// Restores the newest backup into a separate place, compares everything, keeps the result in the ledger, and leaves
    /// nothing behind.
    #[arg(long, conflicts_with_all = ["into", "into_database", "backup"])]
    test: bool,

    #[command(flatten)]
    serve: ServeSettings,

    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Failure> {
    let Some(folder) = &args.into else { return test(settings, args).await };
    let backups = parts::backups(&settings.backup)?.ok_or(NoPlace)?;
    let vault = backups.open(false).await?;
    let (found, wanted) = (vault.clone(), args.backup.clone());
    let snapshot = Vault::on_thread(move || found.find(wanted.as_deref())).await?;
    let target = Target {
        folder: folder.clone(),
        database: args.into_database.clone().filter(|address| !address.is_empty()),
    };
    let (manifest, evidence) = backup::restore(&vault, &snapshot, &target, MIGRATIONS).await?;
    let value = json!({
        "backup": snapshot.id,
        "taken_at": manifest.taken_at().to_string(),
        "into": folder,
        "evidence": evidence,
    });
    Ok(judged(args.format, value, &evidence))
}

async fn test(settings: &Settings, args: &Args) -> Result<ExitCode, Failure> {
    let parts = Parts::open(settings, &args.serve, Clock::System).await?;
    let outcome = parts.operation.test_restore(By::Hand).await;
    while parts.ledger.sequence().await? > 0 {}
    let evidence = outcome?;
    Ok(judged(args.format, json!({ "evidence": evidence }), &evidence))
}

fn judged(format: Format, value: serde_json::Value, evidence: &Evidence) -> ExitCode {
    let Evidence { tables, documents, log, .. } = evidence;
    let checkpoint = log.checkpoint.map_or_else(|| "none".to_owned(), |size| size.to_string());
    let mut lines = vec![
        format!("tables: {}, with {} rows, each as many as in the backup", tables.tables, tables.rows),
        format!(
            "documents: {} opened and equal to their hashes, {} past their time, {} elsewhere",
            documents.whole, documents.expired, documents.elsewhere
        ),
        format!("ledger: {} entries recomputed, root {}, checkpoint of {checkpoint}", log.size, log.root),
    ];
    lines.extend(evidence.faults.iter().map(|fault| format!("FAULT {fault}")));
    if evidence.more_faults > 0 {
        lines.push(format!("FAULT and {} more", evidence.more_faults));
    }
    lines.push(if evidence.whole { "whole".to_owned() } else { "NOT whole: do not use it".to_owned() });
    said(format, value, &lines.join("\n"));
    if evidence.whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
