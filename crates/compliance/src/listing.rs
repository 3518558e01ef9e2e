//! What `diwan controls` prints.

use std::fmt::Write;

use language::{Lang, Offset, Text};
use serde::Serialize;
use web::{Cell, ExportColumn, ExportForm, Sheet};

use crate::{Control, ControlState, Enforcement, Filter, Packs, Tally};

/// In which form the list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text(Lang),
    Json,
    /// For spreadsheets.
    Csv(Lang),
}

/// What a control is taken out with, by stable names.
pub const COLUMNS: [&str; 9] =
    ["id", "pack", "article", "duty", "enforcement", "module", "state", "where", "tests"];

/// One row of a file, in the order of [`COLUMNS`].
pub fn cells(control: &Control, lang: Lang) -> Vec<Cell> {
    vec![
        control.id.as_str().into(),
        control.pack.as_str().into(),
        control.article.get(lang).into(),
        control.title.get(lang).into(),
        control.enforcement.as_str().into(),
        control.module.as_str().into(),
        control.state().as_str().into(),
        control.proof.sites.join(" ").into(),
        control.proof.tests.join(" ").into(),
    ]
}

/// A control as programs read it, from the command and from the API alike.
#[derive(Serialize)]
pub(crate) struct Line<'c> {
    pub id: &'c str,
    pub pack: &'c str,
    pub article: &'c Text,
    pub enforcement: Enforcement,
    pub module: &'c str,
    pub state: ControlState,
    pub r#where: &'c [String],
    pub tests: &'c [String],
    pub title: &'c Text,
}

impl<'c> From<&'c Control> for Line<'c> {
    fn from(control: &'c Control) -> Line<'c> {
        Line {
            id: &control.id,
            pack: &control.pack,
            article: &control.article,
            enforcement: control.enforcement,
            module: &control.module,
            state: control.state(),
            r#where: &control.proof.sites,
            tests: &control.proof.tests,
            title: &control.title,
        }
    }
}

/// The controls that fit, one a line with a sum below, or as a JSON array.
pub fn listing(packs: &Packs, filter: &Filter, format: Format) -> Result<String, serde_json::Error> {
    let found = filter.find(packs);
    match format {
        Format::Json => {
            let lines: Vec<Line<'_>> = found.into_iter().map(Line::from).collect();
            Ok(serde_json::to_string_pretty(&lines)? + "\n")
        }
        Format::Text(lang) => Ok(text(&found, lang)),
        Format::Csv(lang) => Ok(csv(&found, lang)),
    }
}

/// The same file as from the page, with the stable names as its headers.
fn csv(found: &[&Control], lang: Lang) -> String {
    let columns = COLUMNS.map(|key| ExportColumn { key, label: key.to_owned() }).to_vec();
    let sheet = Sheet { form: ExportForm::Csv, columns, offset: Offset { minutes: 0 } };
    let mut out = sheet.head();
    for (place, control) in found.iter().enumerate() {
        sheet.row(place as u64, cells(control, lang), &mut out);
    }
    out + sheet.tail()
}

fn text(found: &[&Control], lang: Lang) -> String {
    let mut out = String::new();
    for control in found {
        let (state, kind) = (control.state().as_str(), control.enforcement.as_str());
        let title = control.title.get(lang);
        let _ = writeln!(out, "{:<16} {state:<10} {kind:<10} {:<14} {title}", control.id, control.module);
    }
    let tally = Tally::of(found.iter().copied());
    let _ = writeln!(
        out,
        "{} controls: {} enforced, {} partial, {} planned, {} reference",
        tally.total(),
        tally.enforced,
        tally.partial,
        tally.planned,
        tally.reference
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_exactly_the_agreed_fields() {
        let packs = crate::packs::shared();
        let printed = listing(&packs, &Filter::default(), Format::Json).unwrap();
        let lines: Vec<serde_json::Value> = serde_json::from_str(&printed).unwrap();
        assert_eq!(lines.len(), 472);
        let fields: Vec<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            fields,
            ["id", "pack", "article", "enforcement", "module", "state", "where", "tests", "title"]
        );
        assert!(lines[0]["title"]["ar"].is_string() && lines[0]["where"].is_array());
    }

    #[test]
    fn a_spreadsheet_gets_a_row_a_control() {
        let packs = crate::packs::shared();
        let filter = Filter { pack: Some("kw-remote".into()), ..Filter::default() };
        let printed = listing(&packs, &filter, Format::Csv(Lang::En)).unwrap();
        assert!(printed.starts_with("\u{feff}id,pack,article,"), "{printed}");
        assert_eq!(printed.matches("\r\n").count(), 97);
    }

    #[test]
    fn text_ends_with_the_sum() {
        let packs = crate::packs::shared();
        let filter = Filter { pack: Some("kw-remote".into()), ..Filter::default() };
        let printed = listing(&packs, &filter, Format::Text(Lang::En)).unwrap();
        assert_eq!(printed.lines().count(), 97);
        assert!(printed.lines().last().unwrap().starts_with("96 controls: "));
    }
}
