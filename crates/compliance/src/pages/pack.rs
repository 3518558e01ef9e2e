//! `/controls/packs/{pack}`: one document of the register: who issued it, in which edition and when, its chapters, the laws
//! and practices that it rests on, and where programs read it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use web::{Page, Path, Shell, components::Link};

use super::{list::strip_cells, percent};
use crate::{Control, FootingKind, PackTitle, Packs, Tally};

struct Chapter {
    title: String,
    href: String,
    told: String,
}

struct SourceLine {
    title: String,
    from: String,
    controls: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/pack.html")]
pub(super) struct PackPage {
    id: String,
    title: String,
    issuer: String,
    edition: String,
    total: usize,
    enforced: String,
    cells: Vec<(usize, &'static str)>,
    told: String,
    chapters: Vec<Chapter>,
    laws: Vec<SourceLine>,
    practices: Vec<SourceLine>,
    programs: Vec<Link>,
    trail: Vec<Link>,
    shell: Shell,
}

pub(super) async fn show(
    shell: Shell,
    State(packs): State<Arc<Packs>>,
    Path(pack): Path<String>,
) -> Result<Page<PackPage>, web::Error> {
    let pack = packs.pack(&pack).ok_or_else(web::Error::not_found)?;
    Ok(Page(page(shell, &packs, pack)))
}

fn page(shell: Shell, packs: &Packs, pack: &PackTitle) -> PackPage {
    let controls: Vec<&Control> = packs.all().iter().filter(|control| control.pack == pack.id).collect();
    let tally = Tally::of(controls.iter().copied());
    let sources = |kind: FootingKind| {
        let own = pack.footings.iter().filter(|source| source.kind == kind);
        let line = |source: &crate::Footing| SourceLine {
            title: shell.text(&source.title).to_owned(),
            from: shell.text(&source.from).to_owned(),
            controls: source.controls.clone(),
        };
        own.map(line).collect()
    };
    let oscal =
        |path: &str, key: &str| Link::new(format!("/api/v1/oscal/{path}?pack={}", pack.id), shell.t(key));
    PackPage {
        chapters: chapters(&shell, packs, pack),
        laws: sources(FootingKind::Law),
        practices: sources(FootingKind::Practice),
        programs: vec![
            oscal("catalog", "pack-oscal-catalog"),
            oscal("profile", "pack-oscal-profile"),
            oscal("component-definition", "pack-oscal-component"),
        ],
        total: tally.total(),
        enforced: shell.t1(
            "controls-strip-percent",
            "percent",
            percent(tally.enforced, tally.total() - tally.reference),
        ),
        cells: strip_cells(&shell, &controls),
        told: shell.t2("controls-strip", "enforced", tally.enforced, "total", tally.total()),
        title: shell.text(&pack.title).to_owned(),
        issuer: shell.text(&pack.issuer).to_owned(),
        edition: edition(&shell, pack),
        trail: vec![Link::new("/controls", shell.t("controls-title"))],
        id: pack.id.clone(),
        shell,
    }
}

/// Edition and date as far as the document states them.
pub(super) fn edition(shell: &Shell, pack: &PackTitle) -> String {
    match (pack.edition.as_str(), pack.date.as_str()) {
        ("", "") => shell.t("pack-edition-unstated"),
        (edition, "") => shell.t1("pack-edition", "edition", edition),
        ("", date) => shell.t1("pack-date", "date", date),
        (edition, date) => shell.t2("pack-edition-and-date", "edition", edition, "date", date),
    }
}

fn chapters(shell: &Shell, packs: &Packs, pack: &PackTitle) -> Vec<Chapter> {
    let line = |(chapter, held): (language::Text, Vec<&Control>)| {
        let tally = Tally::of(held.iter().copied());
        Chapter {
            title: shell.text(&chapter).to_owned(),
            href: web::address("/controls", [("pack", pack.id.as_str()), ("chapter", &chapter.en)]),
            told: shell.t2("controls-strip", "enforced", tally.enforced, "total", tally.total()),
        }
    };
    packs.chapters(&pack.id).into_iter().map(line).collect()
}
