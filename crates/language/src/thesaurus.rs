//! Words that find each other: synonyms, dialect and foreign words, and forms that no rule derives.
//!
//! The list in `data/synonyms.txt` is the built-in one. A product may keep its own list and build a [`Thesaurus`] of it;
//! searching with it needs no text to be analysed anew, so that a change of the list counts at once.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    analyser::{dictionary::lines, parts},
    index::Forms,
};

/// The longest entry of several words that is recognised in a query.
pub const PHRASE_WORDS_MAX: usize = 4;

/// How the words of a group find each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Forms of one word: each counts like the other.
    Same,
    /// Words of one meaning: each finds the others.
    Both,
    /// What people say finds what is written, and not the other way round.
    OneWay,
}

impl Relation {
    pub const ALL: [Relation; 3] = [Relation::Both, Relation::OneWay, Relation::Same];

    pub fn word(self) -> &'static str {
        match self {
            Relation::Same => "same",
            Relation::Both => "both",
            Relation::OneWay => "one_way",
        }
    }

    pub fn named(word: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|relation| relation.word() == word)
    }
}

/// Words and phrases that belong together, in natural spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub relation: Relation,
    pub words: Vec<String>,
    /// What they find; empty unless the relation is one-way.
    pub finds: Vec<String>,
}

impl Group {
    /// Reads `a, b`, `a > b` or `a = b`.
    fn parse(line: &str) -> Group {
        let (relation, words, finds) = match (line.split_once('>'), line.split_once('=')) {
            (Some((words, finds)), _) => (Relation::OneWay, words.to_owned(), finds),
            (None, Some((one, other))) => (Relation::Same, format!("{one},{other}"), ""),
            (None, None) => (Relation::Both, line.to_owned(), ""),
        };
        Group { relation, words: Group::list(&words), finds: Group::list(finds) }
    }

    /// The entries of a list as people type one: by commas of either script, semicolons or lines.
    pub fn list(text: &str) -> Vec<String> {
        let entries = text.split([',', '،', ';', '؛', '\n']).map(str::trim);
        entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
    }

    /// The built-in groups.
    pub fn built_in() -> impl Iterator<Item = Group> {
        lines(include_str!("../data/synonyms.txt")).map(Group::parse)
    }
}

/// What stands for a word or phrase: one stem, or several that must all be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Other {
    pub stems: Vec<String>,
    /// A form of the same word, and not only of the same meaning.
    pub same: bool,
}

/// Groups in the shape in which a search asks them.
#[derive(Clone, Debug, Default)]
pub struct Thesaurus {
    words: HashMap<String, Vec<Other>>,
    phrases: HashMap<String, Vec<Other>>,
    /// The words that it knows, for slips of the finger in them.
    pub(crate) forms: Forms,
}

static BUILT_IN: LazyLock<Thesaurus> = LazyLock::new(|| Thesaurus::of(Group::built_in()));

impl Thesaurus {
    pub fn built_in() -> &'static Thesaurus {
        &BUILT_IN
    }

    pub fn of(groups: impl IntoIterator<Item = Group>) -> Thesaurus {
        let mut thesaurus = Thesaurus::default();
        for group in groups {
            let words: Vec<Vec<String>> =
                group.words.iter().filter_map(|entry| thesaurus.learn(entry)).collect();
            let finds: Vec<Vec<String>> = match group.relation {
                Relation::OneWay => group.finds.iter().filter_map(|entry| thesaurus.learn(entry)).collect(),
                Relation::Same | Relation::Both => words.clone(),
            };
            thesaurus.relate(&words, &finds, group.relation == Relation::Same);
        }
        thesaurus.forms.settle();
        thesaurus
    }

    /// The stems of an entry; its words become known.
    fn learn(&mut self, entry: &str) -> Option<Vec<String>> {
        let parts = parts(entry);
        if parts.is_empty() || parts.len() > PHRASE_WORDS_MAX {
            return None;
        }
        for part in &parts {
            self.forms.add(&part.folded, &entry[part.start..part.end], &part.stem);
        }
        Some(parts.into_iter().map(|part| part.stem).collect())
    }

    fn relate(&mut self, words: &[Vec<String>], finds: &[Vec<String>], same: bool) {
        for stems in words {
            let known = match stems.as_slice() {
                [word] => self.words.entry(word.clone()).or_default(),
                _ => self.phrases.entry(stems.join(" ")).or_default(),
            };
            for found in finds.iter().filter(|found| *found != stems) {
                if !known.iter().any(|other| other.stems == *found) {
                    known.push(Other { stems: found.clone(), same });
                }
            }
        }
    }

    /// What else a stem finds.
    pub(crate) fn others(&self, stem: &str) -> &[Other] {
        self.words.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The longest phrase with which these stems begin: its length in words, and what it finds.
    pub(crate) fn phrase(&self, stems: &[String]) -> Option<(usize, &[Other])> {
        (2..=PHRASE_WORDS_MAX.min(stems.len())).rev().find_map(|length| {
            let others = self.phrases.get(&stems[..length].join(" "))?;
            Some((length, others.as_slice()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_group_leads_somewhere() {
        for group in Group::built_in() {
            let to = if group.relation == Relation::OneWay { &group.finds } else { &group.words };
            assert!(!to.is_empty(), "{group:?} leads nowhere");
            for entry in group.words.iter().chain(&group.finds) {
                let length = parts(entry).len();
                assert!((1..=PHRASE_WORDS_MAX).contains(&length), "{entry} has {length} words");
            }
        }
    }

    #[test]
    fn a_list_is_read_as_people_type_one() {
        assert_eq!(Group::list(" رخصة،ترخيص ,\nتصريح ;; "), ["رخصة", "ترخيص", "تصريح"]);
        assert_eq!(Group::parse("باسبور > جواز سفر").finds, ["جواز سفر"]);
        assert_eq!(Group::parse("كراسة = كراريس").relation, Relation::Same);
    }

    #[test]
    fn one_way_is_not_the_way_back() {
        let thesaurus = Thesaurus::of([Group::parse("باسبور > جواز")]);
        assert_eq!(thesaurus.others("باسبور").len(), 1);
        assert_eq!(thesaurus.others("جواز").len(), 0);
    }
}
