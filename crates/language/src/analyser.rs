//! The analyser with which every search in the product matches words, in Arabic and in English.
//!
//! What it makes of a text is stored beside the text and matched by FTS5 and by PostgreSQL's `simple`
//! configuration, so that both engines find the same things, in the same transaction that changed them. One
//! analyser serves both languages, because people mix them in one box.
//! Absent on purpose: grammar. A light stemmer that errs alike in text and query finds more than a clever one.

mod arabic;
pub(crate) mod dictionary;
mod english;
mod fold;

pub use fold::fold;

use crate::thesaurus::Thesaurus;

/// Bytes of a text that are analysed; what lies behind is not searched.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// Letters of a word that count; nobody searches for the rest.
pub const WORD_LETTERS_MAX: usize = 64;
/// Words of a query that count.
pub const QUERY_WORDS_MAX: usize = 16;

/// A word of a text by its stem, and where it stands: byte offsets on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub stem: String,
    pub start: usize,
    pub end: usize,
}

/// The words of a text that carry meaning, in order, for marking hits and for [`stems`].
pub fn analyse(text: &str) -> Vec<Token> {
    parts(text).into_iter().map(|part| Token { stem: part.stem, start: part.start, end: part.end }).collect()
}

/// The stems of a text joined by spaces: what is stored for full-text search.
pub fn stems(text: &str) -> String {
    analyse(text).into_iter().map(|token| token.stem).collect::<Vec<_>>().join(" ")
}

/// What a search looks for: one list a word, the word's own stem first and its synonyms after it. A text fits when
/// it has one stem of every list. Each stem is a single word of letters and digits, so that it needs no quoting
/// beyond the quotes of the engine. Empty when nothing with a meaning was typed.
pub fn query(text: &str) -> Vec<Vec<String>> {
    let mut stems: Vec<String> = analyse(text).into_iter().map(|token| token.stem).collect();
    stems.truncate(QUERY_WORDS_MAX);
    let thesaurus = Thesaurus::built_in();
    let mut found = Vec::new();
    let mut rest = stems.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let (taken, own, others) = match thesaurus.phrase(rest) {
            Some((length, others)) => (length, None, others),
            None => (1, Some(first.clone()), thesaurus.others(first)),
        };
        let single = others.iter().filter_map(|other| match other.stems.as_slice() {
            [stem] => Some(stem.clone()),
            _ => None,
        });
        let alternatives: Vec<String> = own.into_iter().chain(single).collect();
        rest = &behind[taken - 1..];
        if !found.contains(&alternatives) {
            found.push(alternatives);
        }
    }
    found
}

/// A word of a text in one spelling, with its stem, and where it stands.
pub(crate) struct Part {
    pub folded: String,
    pub stem: String,
    pub start: usize,
    pub end: usize,
}

/// The words of a text that carry meaning, folded and stemmed.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let text = &text[..text.floor_char_boundary(TEXT_BYTES_MAX)];
    words(text).into_iter().flat_map(|(start, end)| word_parts(&text[start..end], start, end)).collect()
}

/// The words of a text as they are written, those without a meaning among them.
pub(crate) fn written(text: &str) -> Vec<&str> {
    let text = &text[..text.floor_char_boundary(TEXT_BYTES_MAX)];
    words(text).into_iter().map(|(start, end)| &text[start..end]).collect()
}

pub(crate) fn word_parts(word: &str, start: usize, end: usize) -> Vec<Part> {
    let folded = fold(word);
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|part| !part.is_empty() && !is_stop(part, word))
        .map(|part| Part { folded: part.to_owned(), stem: stem(part), start, end })
        .filter(|part| !part.stem.is_empty())
        .collect()
}

/// The preposition على folds to the name علي, so that one is dropped only where it was written with its own last letter.
fn is_stop(folded: &str, written: &str) -> bool {
    dictionary::is_stop(folded) && (folded != "علي" || written.contains('ى'))
}

/// The stem of one folded word.
pub(crate) fn stem(word: &str) -> String {
    let word = match word.char_indices().nth(WORD_LETTERS_MAX) {
        Some((cut, _)) => &word[..cut],
        None => word,
    };
    match word.chars().next() {
        Some(first) if is_arabic(first) => arabic::stem(&word.replace('\'', "")),
        Some(first) if first.is_ascii_alphabetic() => english::stem(word),
        _ => word.replace('\'', ""),
    }
}

/// Where the words of a text stand. Marks and joiners belong to their word; Arabic letters end a word of other
/// letters or digits and the other way round, because people write `لعام٢٠٢٤` without a space.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices() {
        open = match (open, kind_of(c)) {
            (Some(word), Kind::Joins) => Some(word),
            (Some((start, arabic)), Kind::Letter) if arabic == is_arabic(c) => Some((start, arabic)),
            (Some((start, _)), part) => {
                found.push((start, at));
                (part == Kind::Letter).then(|| (at, is_arabic(c)))
            }
            (None, Kind::Letter) => Some((at, is_arabic(c))),
            (None, _) => None,
        };
    }
    found.extend(open.map(|(start, _)| (start, text.len())));
    found
}

#[derive(PartialEq)]
enum Kind {
    Letter,
    /// Written inside a word without being a letter: marks, tatweel, joiners, direction marks, the apostrophe.
    Joins,
    Gap,
}

fn kind_of(c: char) -> Kind {
    match c {
        'ـ' | '\'' | '’' | '\u{200C}'..='\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{00AD}' => Kind::Joins,
        c if fold::is_mark(c) || unicode_normalization::char::is_combining_mark(c) => Kind::Joins,
        c if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Gap,
    }
}

/// Arabic letters in all their blocks; the digits of those blocks are not letters.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !c.is_numeric()
}

#[cfg(test)]
mod tests;
