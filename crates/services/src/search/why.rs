//! Why a service was found, where its name and summary do not show it: the passage that holds the words.

use std::collections::HashSet;

use language::Lang;

use crate::entry::{
    Card,
    page::marked::{Piece, marked},
};

/// Characters of a passage that are shown around its first marked word.
const PASSAGE_CHARACTERS_MAX: usize = 160;

/// The first sentence of the card's other texts that holds a wanted word; nothing where name or summary hold one.
pub(super) fn why(card: &Card, wanted: &HashSet<String>, lang: Lang) -> Vec<Piece> {
    if holds(card.name.get(lang), wanted) || holds(card.summary.get(lang), wanted) {
        return Vec::new();
    }
    let keywords = match lang {
        Lang::Ar => card.keywords.ar.iter().chain(&card.keywords.en),
        Lang::En => card.keywords.en.iter().chain(&card.keywords.ar),
    };
    let sentences = card.description.get(lang).split_inclusive(['.', '؛', '؟']).map(str::trim);
    let beside = card.outputs.iter().map(|output| output.title.get(lang));
    let evidence = card.documents.iter().map(|document| document.title.get(lang));
    let mut passages = sentences.chain(beside).chain(evidence).chain(keywords.map(String::as_str));
    let passage = passages.find(|passage| holds(passage, wanted)).unwrap_or_default();
    let end = passage.char_indices().nth(PASSAGE_CHARACTERS_MAX).map_or(passage.len(), |(at, _)| at);
    marked(&passage[..end], wanted)
}

fn holds(text: &str, wanted: &HashSet<String>) -> bool {
    language::analyse(text).iter().any(|token| wanted.contains(&token.stem))
}
