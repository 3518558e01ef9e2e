//! `diwan controls`.

use std::{collections::BTreeMap, process::ExitCode};

use authz::Failure;
use clap::ValueEnum;
use compliance::{Filter, Packs};
use language::Lang;

#[derive(clap::Args)]
pub struct Args {
    /// `ly-services`, `ly-mail`, `om-social`, `iq-social` or `kw-remote`.
    #[arg(long)]
    pack: Option<String>,
    /// `enforced`, `partial`, `planned` or `reference`.
    #[arg(long)]
    state: Option<String>,
    #[arg(long)]
    module: Option<String>,
    /// Language of the titles.
    #[arg(long, default_value = "ar")]
    lang: String,
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    /// For spreadsheets.
    Csv,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let packs = Packs::load();
    let asked = [("pack", &args.pack), ("state", &args.state), ("module", &args.module)];
    let asked: BTreeMap<&str, &str> =
        asked.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
    let filter = Filter::read(&packs, &asked)?;
    let lang = if args.lang == "en" { Lang::En } else { Lang::Ar };
    let format = match args.format {
        Form::Json => compliance::Format::Json,
        Form::Text => compliance::Format::Text(lang),
        Form::Csv => compliance::Format::Csv(lang),
    };
    print!("{}", compliance::listing(&packs, &filter, format)?);
    Ok(ExitCode::SUCCESS)
}
