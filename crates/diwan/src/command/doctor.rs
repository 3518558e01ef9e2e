//! `diwan doctor`: what an engineer looks at first, each line with what to do about it, in Arabic or English.
//!
//! Exit codes: 0 when nothing fails (a warning is no failure), 1 when something does.

use std::{os::unix::fs::PermissionsExt, process::ExitCode};

use authz::Failure;
use clock::Clock;
use language::{Lang, Texts};
use ledger::{Checkpoint, VerifyingKeys};
use operation::{Finding, Said, State, component_key};
use serde_json::json;

use super::Format;
use crate::{
    parts::{self, Parts},
    settings::{ServeSettings, Settings},
};

/// Without these nothing that was signed or sealed can be opened again.
const KEY_FILES: [&str; 3] = ["ledger.key", "documents.key", "identity.key"];

pub async fn run(
    settings: &Settings,
    serve: &ServeSettings,
    format: Format,
    lang: Lang,
) -> Result<ExitCode, Failure> {
    let texts = parts::texts()?;
    let (findings, broken) = match Parts::open(settings, serve, Clock::System).await {
        Ok(parts) => (look(&parts).await, None),
        Err(failure) => {
            let start = Finding::new("start", State::Fail, Said::new("start-fail"));
            (vec![start], Some(failure.to_string()))
        }
    };
    let well = findings.iter().all(|finding| finding.state != State::Fail);
    match format {
        Format::Json => {
            let lines: Vec<_> = findings.iter().map(|finding| as_json(finding, &texts, lang)).collect();
            println!("{}", json!({ "ok": well, "findings": lines, "broken": broken }));
        }
        Format::Text => {
            findings.iter().for_each(|finding| println!("{}", line(finding, &texts, lang)));
            broken.iter().for_each(|why| println!("     {why}"));
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn as_json(finding: &Finding, texts: &Texts, lang: Lang) -> serde_json::Value {
    json!({
        "part": finding.component,
        "state": word(finding.state),
        "said": finding.said.sentence(texts, lang),
        "do": finding.said.advice(texts, lang),
    })
}

fn line(finding: &Finding, texts: &Texts, lang: Lang) -> String {
    let name = texts.say(lang, &component_key(&finding.component), &[]);
    let (said, advice) = (finding.said.sentence(texts, lang), finding.said.advice(texts, lang));
    let mark = if finding.state == State::Fail { "FAIL" } else { word(finding.state) };
    format!("{mark:<5}{name}: {said} {}", advice.unwrap_or_default()).trim_end().to_owned()
}

/// What is not set up is worth a warning at the console.
fn word(state: State) -> &'static str {
    match state {
        State::Off => State::Warn.word(),
        other => other.word(),
    }
}

async fn look(parts: &Parts) -> Vec<Finding> {
    let mut findings = parts.operation.look().await;
    findings.push(keys(parts));
    findings.push(log(parts).await);
    findings.push(match parts.site.texts.missing().len() {
        0 => Finding::new("texts", State::Ok, Said::new("texts-ok")),
        gaps => Finding::new("texts", State::Fail, Said::new("texts-missing").with("count", gaps)),
    });
    findings
}

fn keys(parts: &Parts) -> Finding {
    let is_safe = |name: &&str| {
        let found = std::fs::metadata(parts.settings.key_file(name));
        found.is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
    };
    match KEY_FILES.iter().all(is_safe) {
        true => Finding::new("keys", State::Ok, Said::new("keys-ok")),
        false => Finding::new("keys", State::Fail, Said::new("keys-fail")),
    }
}

/// The newest checkpoint, by the public keys of this installation: a key that does not match is found here.
async fn log(parts: &Parts) -> Finding {
    let note = ledger::checkpoint(&parts.store.read()).await;
    let keys = VerifyingKeys::load(parts.settings.key_file("ledger.key.pub"));
    match (note, keys) {
        (Ok(None), _) => Finding::new("log", State::Ok, Said::new("log-empty")),
        (Ok(Some(note)), Ok(keys)) => match Checkpoint::verified(&note, &keys) {
            Ok(checkpoint) => {
                Finding::new("log", State::Ok, Said::new("log-ok").with("entries", checkpoint.size))
            }
            Err(_) => Finding::new("log", State::Fail, Said::new("log-fail")),
        },
        _ => Finding::new("log", State::Fail, Said::new("log-fail")),
    }
}
