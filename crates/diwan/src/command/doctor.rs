//! `diwan doctor`: what an engineer looks at first, with what to do about it.

use std::process::ExitCode;

use authz::Failure;
use clock::Clock;
use serde_json::json;

use super::Format;
use crate::{
    parts::Parts,
    settings::{ServeSettings, Settings},
};

struct Finding {
    part: &'static str,
    well: bool,
    said: String,
}

pub async fn run(settings: &Settings, serve: &ServeSettings, format: Format) -> Result<ExitCode, Failure> {
    let findings = match Parts::open(settings, serve, Clock::System).await {
        Ok(parts) => look(&parts).await,
        Err(failure) => vec![Finding { part: "start", well: false, said: failure.to_string() }],
    };
    let well = findings.iter().all(|finding| finding.well);
    match format {
        Format::Json => {
            let lines: Vec<_> = findings
                .iter()
                .map(|finding| json!({ "part": finding.part, "ok": finding.well, "said": finding.said }))
                .collect();
            println!("{}", json!({ "ok": well, "findings": lines }));
        }
        Format::Text => {
            for finding in &findings {
                println!("{} {}: {}", if finding.well { "ok  " } else { "FAIL" }, finding.part, finding.said);
            }
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn look(parts: &Parts) -> Vec<Finding> {
    let database = parts.store.ping().await;
    let documents = parts.documents.ping().await;
    let gaps = parts.site.texts.missing();
    let dead = jobs::dead(&parts.store.read(), None, 1).await;
    let scans = parts.documents.scans();
    let finding = |part, well, said: &str| Finding { part, well, said: said.to_owned() };
    vec![
        finding(
            "database",
            database.is_ok(),
            "the address in DIWAN_DATABASE_URL answers, migrations are applied",
        ),
        finding("documents", documents.is_ok(), "the folder or bucket for documents answers"),
        finding("texts", gaps.is_empty(), "every text stands in Arabic and in English"),
        finding(
            "jobs",
            dead.is_ok_and(|dead| dead.is_empty()),
            "no job was given up; `diwan jobs` shows them",
        ),
        finding("scanner", true, if scans { "clamd scans uploads" } else { "no scanner: set DIWAN_CLAMD" }),
    ]
}
