//! `cargo xtask tidy`: if a reviewer says a thing twice, a machine says it the third time.

mod imports;
mod libraries;
mod names;
mod readmes;
pub(crate) mod routes;
mod schemas;
mod sizes;
mod sql;
mod texts;
mod words;

use std::error::Error;

use crate::{Findings, tree::Tree};

pub(crate) fn run(tree: &Tree, tighten: bool) -> Result<Findings, Box<dyn Error>> {
    if tighten {
        sizes::tighten(tree)?;
        routes::tighten(tree)?;
        return Ok(Findings::new());
    }
    let mut findings = imports::check(tree)?;
    findings.extend(names::check(tree));
    findings.extend(sizes::check(tree)?);
    findings.extend(sql::check(tree));
    let texts = texts::check(tree)?;
    findings.extend(texts.findings);
    findings.extend(routes::check(tree)?);
    findings.extend(schemas::check(tree));
    findings.extend(readmes::check(tree));
    findings.extend(words::check(tree));
    findings.extend(libraries::check(tree)?);
    for note in texts.notes {
        println!("note: {note}");
    }
    Ok(findings)
}
