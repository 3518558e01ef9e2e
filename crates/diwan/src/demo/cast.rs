//! `demo/cast.json` in the data folder: who can sign in to the demo, and with what.

use authz::{Assurance, Failure};
use clock::Clock;
use identity::{DemoPerson, IssueToken};
use language::Text;
use serde::{Deserialize, Serialize};

use super::people::Cast;
use crate::{command::Format, parts::Parts, settings::Settings};

/// How long the demo's tokens hold.
const TOKEN_DAYS: u32 = 365;

#[derive(Clone, Serialize, Deserialize)]
pub struct CastLine {
    /// The name by which everybody knows them: `Salma`.
    pub name: String,
    /// `applicant`, or the role of their first appointment: `officer`, `decider`, `verifier` …
    pub role: String,
    /// Slug of the body at which they hold it.
    pub body: Option<String>,
    pub full_name: Text,
    pub does: Text,
    pub identifier: String,
    pub password: String,
    pub totp_secret: Option<String>,
    pub token: String,
}

fn file(settings: &Settings) -> std::path::PathBuf {
    settings.demo_folder().join("cast.json")
}

pub fn exists(settings: &Settings) -> bool {
    file(settings).exists()
}

/// The cast as the file has it.
pub fn read(settings: &Settings) -> Result<Vec<CastLine>, Failure> {
    Ok(serde_json::from_slice(&std::fs::read(file(settings))?)?)
}

fn capitalised(handle: &str) -> String {
    let (first, rest) = handle.split_at(handle.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}

/// Issues a token for each and writes the file last, so that it stands for a complete demo.
pub async fn write(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for member in &cast.members {
        let assurance = if member.totp_secret.is_some() { Assurance::Substantial } else { Assurance::Basic };
        let now = Clock::System.now();
        let (token, issue) = IssueToken::new(member.person.id, "demo", assurance, TOKEN_DAYS, now)?;
        parts.store.write(issue).await?;
        lines.push(CastLine {
            name: capitalised(&member.file.handle),
            role: member.file.appointment.first().map_or("applicant", |held| &held.role).to_owned(),
            body: member.file.appointment.first().map(|held| held.body.clone()),
            full_name: member.file.name.clone(),
            does: member.file.role.clone(),
            identifier: member.file.identifier.clone(),
            password: member.password.clone(),
            totp_secret: member.totp_secret.clone(),
            token,
        });
    }
    std::fs::create_dir_all(parts.settings.demo_folder())?;
    let path = file(&parts.settings);
    let whole = path.with_extension("part");
    std::fs::write(&whole, serde_json::to_vec_pretty(&lines)?)?;
    Ok(std::fs::rename(whole, path)?)
}

/// What the sign-in page offers in demo mode.
pub fn on_sign_in(settings: &Settings) -> Result<Vec<DemoPerson>, Failure> {
    if !exists(settings) {
        return Ok(Vec::new());
    }
    let person = |line: CastLine| DemoPerson {
        key: line.name.to_lowercase(),
        name: line.full_name,
        role: line.does,
        identifier: line.identifier,
        password: line.password,
        totp_secret: line.totp_secret,
    };
    Ok(read(settings)?.into_iter().map(person).collect())
}

/// Says who can sign in.
pub fn print(settings: &Settings, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        print!("{}", std::fs::read_to_string(file(settings))?);
        return Ok(());
    }
    println!("Who can sign in (all of them, with tokens and codes, in {}):", file(settings).display());
    for line in read(settings)? {
        println!("  {:<8} {}  {:<22} {}", line.name, line.identifier, line.password, line.does.en);
    }
    Ok(())
}
