//! The word lists in `data/`: the lexicon with broken plurals, and words without meaning. Read once.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::fold::fold;

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

/// The stem of a folded word that stands in the lexicon as it is.
pub(crate) fn lexicon(word: &str) -> Option<&'static str> {
    LEXICON.get(word).map(String::as_str)
}

pub(super) fn is_stop(folded: &str) -> bool {
    STOP.contains(folded)
}

pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
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
}
