//! A letter as a body writes it: words with places for values, and a little structure.
//!
//! The language is Jinja without anything that reaches outside (no includes, macros or built-in functions) around plain
//! Markdown: headings, paragraphs, lists, tables, rules and strong words. Values are never read as markup. What comes
//! out are [`Block`]s, so that a page and a paper show the same; a letter never sees how it is laid out.
//!
//! Absent on purpose: raw Typst and raw HTML. Whoever writes letters cannot write programs for this machine. What a
//! hostile letter can still do is work and memory without end, and that ends in [`crate::press`].

mod blocks;
mod fill;
#[cfg(test)]
mod tests;

use language::{Lang, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Characters of a letter in one language.
pub const LETTER_CHARACTERS_MAX: usize = 40_000;
/// Characters of a letter with its values in place.
pub const FILLED_CHARACTERS_MAX: usize = 120_000;
/// Steps of the template engine for one letter.
pub const STEPS_MAX: u64 = 200_000;
/// Blocks of a letter in one language.
pub const BLOCKS_MAX: usize = 1_000;
/// Cells of all tables of a letter in one language.
pub const CELLS_MAX: usize = 10_000;

/// Words of one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    #[serde(default)]
    pub strong: bool,
}

/// One cell, item or paragraph.
pub type Line = Vec<Run>;

/// A piece of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// `level` 1 to 3; the title of the paper stands above all of them.
    Heading {
        level: u8,
        line: Line,
    },
    Paragraph {
        line: Line,
    },
    List {
        ordered: bool,
        items: Vec<Line>,
    },
    Table {
        head: Vec<Line>,
        rows: Vec<Vec<Line>>,
    },
    Rule,
}

/// A letter with its values in place, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composed {
    pub ar: Vec<Block>,
    pub en: Vec<Block>,
}

/// Why a letter cannot be composed, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    pub lang: Option<Lang>,
    /// From 1; nothing where the letter as a whole is meant.
    pub line: Option<usize>,
    pub what: What,
}

/// What is wrong with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum What {
    /// It cannot be read; the engine's own words.
    Syntax(String),
    /// A place that no value belongs to.
    Unknown(String),
    /// A picture or raw markup, which letters do not have.
    Forbidden,
    /// It takes too many steps.
    Work,
    /// The letter, or what it became, is too long.
    Length,
    /// It took too much time or memory and was ended.
    Stopped,
}

/// Puts the values in their places and reads the structure. `values` holds an object for each language.
pub fn compose(letter: &Text, values: &Value) -> Result<Composed, Flaw> {
    let one = |lang: Lang| {
        let own = values.get(lang.code()).unwrap_or(&Value::Null);
        fill::filled(letter.get(lang), own)
            .and_then(|text| blocks::blocks(&text))
            .map_err(|(line, what)| Flaw { lang: Some(lang), line, what })
    };
    Ok(Composed { ar: one(Lang::Ar)?, en: one(Lang::En)? })
}

/// The places that a letter names, in both languages, without those that `known` holds.
pub fn unknown_places(letter: &Text, known: &[String]) -> Result<Vec<Flaw>, Flaw> {
    let mut flaws = Vec::new();
    for lang in [Lang::Ar, Lang::En] {
        let source = letter.get(lang);
        let places = fill::places(source).map_err(|(line, what)| Flaw { lang: Some(lang), line, what })?;
        flaws.extend(places.into_iter().filter(|place| !known.contains(place)).map(|place| Flaw {
            lang: Some(lang),
            line: source.lines().position(|line| line.contains(&place)).map(|at| at + 1),
            what: What::Unknown(place),
        }));
    }
    Ok(flaws)
}

impl Block {
    /// All words, for a reader that needs no structure.
    pub fn lines(&self) -> Vec<&Line> {
        match self {
            Block::Heading { line, .. } | Block::Paragraph { line } => vec![line],
            Block::List { items, .. } => items.iter().collect(),
            Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).collect(),
            Block::Rule => Vec::new(),
        }
    }
}
