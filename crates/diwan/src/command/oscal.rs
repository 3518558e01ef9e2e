//! `diwan oscal`: the regulation, and how a body stands with it, for auditors' tools.

use std::process::ExitCode;

use authz::{Failure, Refusal};
use clap::ValueEnum;
use clock::Clock;
use compliance::Packs;

use crate::{
    parts::Parts,
    settings::{ServeSettings, Settings},
};

#[derive(clap::Args)]
pub struct Args {
    #[arg(long, value_enum)]
    kind: Kind,
    /// A body's slug: its own profile, or how it stands.
    #[arg(long, required_if_eq("kind", "assessment-results"))]
    body: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Every control with its texts and numbers.
    Catalog,
    /// Which controls are followed, and with which values.
    Profile,
    /// What Diwan implements, where, and by which tests that is proven.
    ComponentDefinition,
    /// How a body stands.
    AssessmentResults,
}

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Failure> {
    let now = Clock::System.now();
    let document = match (args.kind, &args.body) {
        (Kind::Catalog, _) => Packs::load().oscal_catalog("all", now),
        (Kind::ComponentDefinition, _) => Packs::load().oscal_component_definition("all", now),
        (Kind::Profile, None) => Packs::load().oscal_profile("all", "Diwan", now),
        (kind, slug) => {
            let parts = Parts::open(settings, &ServeSettings::default(), Clock::System).await?;
            let slug = slug.as_deref().unwrap_or_default();
            let body = organisations::body_by_slug(&parts.store.read(), slug).await?;
            let body = body.ok_or_else(Refusal::not_found)?;
            match kind {
                Kind::Profile => parts.compliance.oscal_body_profile(&body).await?,
                _ => parts.compliance.oscal_results(&body).await?,
            }
        }
    };
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(ExitCode::SUCCESS)
}
