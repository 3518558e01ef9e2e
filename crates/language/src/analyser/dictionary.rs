//! The word lists in `data/`: lexicon with broken plurals, synonyms, and words without meaning. Read once.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{fold::fold, stems};

/// The longest entry of several words that is recognised in a query.
const PHRASE_WORDS_MAX: usize = 3;

static LEXICON: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in lines(include_str!("../../data/lexicon.txt")) {
        let (singular, plurals) = line.split_once(':').unwrap_or((line, ""));
        let stem = fold(singular.trim());
        // A word that is itself an entry keeps its own stem, even where it could be read as a plural.
        words.insert(stem.clone(), stem.clone());
        for plural in plurals.split_whitespace() {
            words.entry(fold(plural)).or_insert_with(|| stem.clone());
        }
    }
    words
});

static STOP: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lines(include_str!("../../data/stop.txt")).flat_map(str::split_whitespace).map(fold).collect()
});

static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| {
    let mut synonyms = Synonyms::default();
    for line in lines(include_str!("../../data/synonyms.txt")) {
        match line.split_once('>') {
            Some((from, to)) => synonyms.one_way(&entries(from), &entries(to)),
            None => synonyms.one_way(&entries(line), &entries(line)),
        }
    }
    synonyms
});

#[derive(Default)]
struct Synonyms {
    words: HashMap<String, Vec<String>>,
    phrases: HashMap<String, Vec<String>>,
}

impl Synonyms {
    /// Lets every entry of `from` find the single words of `to`; a phrase stands for them alone.
    fn one_way(&mut self, from: &[String], to: &[String]) {
        for entry in from {
            let known = if entry.contains(' ') { &mut self.phrases } else { &mut self.words }
                .entry(entry.clone())
                .or_default();
            for word in to.iter().filter(|word| !word.contains(' ') && *word != entry) {
                if !known.contains(word) {
                    known.push(word.clone());
                }
            }
        }
    }
}

/// The stem of a folded word that stands in the lexicon as it is.
pub(super) fn lexicon(word: &str) -> Option<&'static str> {
    LEXICON.get(word).map(String::as_str)
}

pub(super) fn is_stop(folded: &str) -> bool {
    STOP.contains(folded)
}

/// The other stems that a stem finds.
pub(super) fn synonyms(stem: &str) -> &'static [String] {
    SYNONYMS.words.get(stem).map_or(&[], Vec::as_slice)
}

/// The longest phrase with which these stems begin: its length in words, and what it stands for.
pub(super) fn phrase(stems: &[String]) -> Option<(usize, &'static [String])> {
    (2..=PHRASE_WORDS_MAX.min(stems.len())).rev().find_map(|length| {
        let alternatives = SYNONYMS.phrases.get(&stems[..length].join(" "))?;
        Some((length, alternatives.as_slice()))
    })
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn entries(list: &str) -> Vec<String> {
    list.split(',').map(stems).filter(|entry| !entry.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_holds_the_broken_plurals_it_promises() {
        let plurals = LEXICON.iter().filter(|(word, stem)| word != stem).count();
        assert!(plurals >= 300, "{plurals} broken plurals");
    }

    /// A plural that two words claim would silently belong to the first.
    #[test]
    fn no_plural_has_two_singulars() {
        let mut owners: HashMap<String, String> = HashMap::new();
        let mut doubtful = Vec::<String>::new();
        for line in lines(include_str!("../../data/lexicon.txt")) {
            let (singular, plurals) = line.split_once(':').unwrap_or((line, ""));
            for plural in plurals.split_whitespace() {
                let before = owners.insert(fold(plural), singular.to_owned());
                if before.is_some() || lexicon(&fold(plural)) != Some(&fold(singular.trim())) {
                    doubtful.push(format!("{plural} of {singular}"));
                }
            }
        }
        assert_eq!(doubtful, Vec::<String>::new(), "claimed by another word, or words of their own");
    }

    #[test]
    fn every_synonym_line_yields_single_words() {
        for line in lines(include_str!("../../data/synonyms.txt")) {
            let to = line.split_once('>').map_or(line, |(_, to)| to);
            assert!(entries(to).iter().any(|entry| !entry.contains(' ')), "{line} leads nowhere");
            for entry in entries(line.split_once('>').map_or(line, |(from, _)| from)) {
                assert!(
                    entry.split(' ').count() <= PHRASE_WORDS_MAX,
                    "{entry} is longer than a phrase may be"
                );
            }
        }
    }
}
