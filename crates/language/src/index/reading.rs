//! How a query is read: which stems each of its words may stand for, and what is told about it.
//!
//! A word stands for itself, for forms of its own, and for its synonyms. Only a word that nothing knows is taken for a
//! slip, for two words without a space, for half of a word with one, or for one typed on the other keyboard.

use std::collections::HashSet;

use super::{Index, build::EXACT_MARK, strip::bare};
use crate::{
    analyser::{self, Part, QUERY_WORDS_MAX, dictionary},
    keyboard,
    thesaurus::{Other, Thesaurus},
};

/// What a word counts that is not the typed one.
const EXACT_FACTOR: f32 = 1.15;
const SAME_FACTOR: f32 = 0.95;
const SYNONYM_FACTOR: f32 = 0.6;
const BEGUN_FACTOR: f32 = 0.85;
/// A slip by what it costs, in tenths of a slip.
const SLIP_FACTORS: [(u32, f32); 4] = [(6, 0.6), (10, 0.5), (16, 0.35), (u32::MAX, 0.25)];
/// A slip in a word that is known counts less: it was probably meant as typed.
const DOUBTED_FACTOR: f32 = 0.6;
/// Slips of one word that are considered, and how much dearer than the cheapest one they may be.
const SLIPS_MAX: usize = 6;
const SLIP_COST_SPREAD: u32 = 4;
/// Stems that the beginning of a word may stand for.
const BEGUN_STEMS_MAX: usize = 32;
/// Letters of the shorter of two words that were written without a space.
const SPLIT_LETTERS_MIN: usize = 2;
/// Synonyms that readers are told of.
const ALSO_MAX: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Typed,
    Exact,
    Synonym,
    Slip,
    Begun,
}

/// One way in which a word is found: by a stem, or by several that must all be there.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    pub stems: Vec<String>,
    pub factor: f32,
    pub how: How,
}

/// A word of the query.
#[derive(Clone, Debug)]
pub(super) struct Sought {
    /// Where it stands in the query.
    start: usize,
    end: usize,
    folded: String,
    pub alternatives: Vec<Alternative>,
}

/// A query as it was read against an index.
pub(super) struct Asked<'a> {
    index: &'a Index,
    thesaurus: &'a Thesaurus,
    pub words: Vec<Sought>,
}

impl<'a> Asked<'a> {
    pub fn whole(index: &'a Index, thesaurus: &'a Thesaurus, text: &str) -> Asked<'a> {
        let mut asked = Asked { index, thesaurus, words: Vec::new() };
        asked.words = asked.read(text);
        if !asked.words.iter().any(|word| asked.is_held(word))
            && let Some(other) = other_layout(text)
        {
            let other = asked.read(&other);
            if other.iter().any(|word| asked.is_held(word)) {
                asked.words = other.into_iter().map(|word| retyped(word, text.len())).collect();
            }
        }
        asked
    }

    /// The last word is a beginning, unless a space was typed behind it.
    pub fn begun(index: &'a Index, thesaurus: &'a Thesaurus, text: &str) -> Asked<'a> {
        let open = text.chars().last().is_some_and(char::is_alphanumeric);
        let last = analyser::parts(text).pop().filter(|part| open && part.end == text.len());
        let Some(last) = last else { return Asked::whole(index, thesaurus, text) };
        let mut asked = Asked { index, thesaurus, words: Vec::new() };
        asked.words = asked.read(&text[..last.start]);
        let begun = asked.beginning(&last);
        if begun.alternatives.is_empty() {
            return Asked::whole(index, thesaurus, text);
        }
        asked.words.push(begun);
        asked
    }

    fn read(&self, text: &str) -> Vec<Sought> {
        let mut parts = analyser::parts(text);
        parts.truncate(QUERY_WORDS_MAX);
        let stems: Vec<String> = parts.iter().map(|part| part.stem.clone()).collect();
        let mut words: Vec<Sought> = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let (taken, read) = match self.thesaurus.phrase(&stems[at..]) {
                Some((length, others)) => (length, vec![self.phrase(&parts[at..at + length], others)]),
                None => self.single(&parts[at..]),
            };
            at += taken;
            for word in read {
                if !words.iter().any(|known| known.folded == word.folded) {
                    words.push(word);
                }
            }
        }
        words
    }

    fn phrase(&self, parts: &[Part], others: &[Other]) -> Sought {
        let stems: Vec<String> = parts.iter().map(|part| part.stem.clone()).collect();
        let mut alternatives = vec![Alternative { stems, factor: 1.0, how: How::Typed }];
        alternatives.extend(others.iter().map(|other| related(other, 1.0, How::Synonym)));
        let folded = parts.iter().map(|part| part.folded.as_str()).collect::<Vec<_>>().join(" ");
        Sought { start: parts[0].start, end: parts[parts.len() - 1].end, folded, alternatives }
    }

    /// The first of these words as it was typed, or mended; how many of them that took.
    fn single(&self, parts: &[Part]) -> (usize, Vec<Sought>) {
        let part = &parts[0];
        let word = self.typed(part);
        if self.is_held(&word) {
            return (1, vec![word]);
        }
        if let Some(joined) = parts.get(1).and_then(|next| self.joined(part, next)) {
            return (2, vec![joined]);
        }
        if let Some(split) = self.split(part) {
            return (1, split);
        }
        // A word that the dictionary knows was meant; there is only nothing about it here.
        if dictionary::lexicon(bare(&part.folded)).is_none() {
            let slips = self.slips(&part.folded);
            if !slips.is_empty() {
                return (1, vec![Sought { alternatives: slips, ..word }]);
            }
        }
        (1, vec![word])
    }

    fn typed(&self, part: &Part) -> Sought {
        let exact = format!("{EXACT_MARK}{}", bare(&part.folded));
        let mut alternatives = vec![
            Alternative { stems: vec![part.stem.clone()], factor: 1.0, how: How::Typed },
            Alternative { stems: vec![exact], factor: EXACT_FACTOR, how: How::Exact },
        ];
        let others = self.thesaurus.others(&part.stem).iter();
        alternatives.extend(others.map(|other| related(other, 1.0, How::Synonym)));
        Sought { start: part.start, end: part.end, folded: part.folded.clone(), alternatives }
    }

    fn is_held(&self, word: &Sought) -> bool {
        let held = |stem: &String| self.index.list(stem).is_some();
        word.alternatives.iter().any(|alternative| alternative.stems.iter().all(held))
    }

    /// A word with a space in it that does not belong there.
    fn joined(&self, part: &Part, next: &Part) -> Option<Sought> {
        let folded = format!("{}{}", part.folded, next.folded);
        let joined = Part { stem: analyser::stem(&folded), folded, start: part.start, end: next.end };
        let known = self.knows(&joined.folded)?;
        let word = self.typed(&Part { stem: known, ..joined });
        self.is_held(&word).then(|| slipped(word))
    }

    /// Two words without the space between them.
    fn split(&self, part: &Part) -> Option<Vec<Sought>> {
        let cuts: Vec<usize> = part.folded.char_indices().map(|(at, _)| at).collect();
        let ways = (SPLIT_LETTERS_MIN..=cuts.len().saturating_sub(SPLIT_LETTERS_MIN)).filter_map(|cut| {
            let (left, right) = part.folded.split_at(*cuts.get(cut)?);
            let (one, other) = (self.knows(left)?, self.knows(right)?);
            let rarer = self.index.holders(&one).min(self.index.holders(&other));
            Some((rarer, left.to_owned(), one, right.to_owned(), other))
        });
        let (_, left, one, right, other) = ways.max()?;
        let half =
            |folded, stem| slipped(self.typed(&Part { folded, stem, start: part.start, end: part.end }));
        let halves = vec![half(left, one), half(right, other)];
        halves.iter().all(|word| self.is_held(word)).then_some(halves)
    }

    /// The stem of a word that is written somewhere just like this.
    fn knows(&self, folded: &str) -> Option<String> {
        let form = self.index.forms.known(folded).or_else(|| self.thesaurus.forms.known(folded))?;
        Some(form.stem.to_string())
    }

    /// The known words that this one may have been meant to be, the likeliest first, with their synonyms.
    fn slips(&self, folded: &str) -> Vec<Alternative> {
        let word = bare(folded);
        let mut near: Vec<(u32, usize, String)> = Vec::new();
        let clitic = word.strip_prefix(['و', 'ب', 'ل', 'ف', 'ك']).filter(|rest| rest.chars().count() >= 4);
        for spelling in std::iter::once(word).chain(clitic) {
            for forms in [&*self.index.forms, &self.thesaurus.forms] {
                for (form, cost) in forms.near(spelling) {
                    let found = |other: &Other| other.stems.iter().map(|stem| self.index.holders(stem)).min();
                    let others = self.thesaurus.others(&form.stem).iter().filter_map(found).max();
                    let holders = self.index.holders(&form.stem).max(others.unwrap_or(0));
                    near.push((cost, usize::MAX - holders, form.stem.to_string()));
                }
            }
        }
        near.retain(|(_, unheld, _)| *unheld != usize::MAX);
        near.sort();
        let cheapest = near.first().map_or(0, |(cost, ..)| *cost);
        let mut seen = HashSet::new();
        near.retain(|(cost, _, stem)| *cost <= cheapest + SLIP_COST_SPREAD && seen.insert(stem.clone()));
        near.truncate(SLIPS_MAX);
        near.into_iter().flat_map(|(cost, _, stem)| self.slip(stem, cost)).collect()
    }

    fn slip(&self, stem: String, cost: u32) -> Vec<Alternative> {
        let factor = SLIP_FACTORS.iter().find(|(most, _)| cost <= *most).map_or(0.0, |(_, factor)| *factor);
        let others = self.thesaurus.others(&stem).iter();
        let others: Vec<Alternative> = others.map(|other| related(other, factor, How::Slip)).collect();
        std::iter::once(Alternative { stems: vec![stem], factor, how: How::Slip }).chain(others).collect()
    }

    /// The query with known words taken for slips too; None where that brings nothing in.
    pub fn with_slips(&self) -> Option<Vec<Sought>> {
        let mut words = self.words.clone();
        let mut more = false;
        for word in &mut words {
            let typed = word.alternatives.iter().any(|alternative| alternative.how == How::Typed);
            let real = dictionary::lexicon(bare(&word.folded)).is_some() || word.folded.contains(' ');
            if typed && !real {
                let slips = self.slips(&word.folded).into_iter();
                let slips = slips.map(|slip| Alternative { factor: slip.factor * DOUBTED_FACTOR, ..slip });
                let before = word.alternatives.len();
                word.alternatives.extend(slips);
                more |= word.alternatives.len() > before;
            }
        }
        more.then_some(words)
    }

    /// The stems that may follow from the letters typed so far, the most frequent first.
    fn beginning(&self, part: &Part) -> Sought {
        let prefix = part.folded.strip_prefix("ال").filter(|rest| !rest.is_empty()).unwrap_or(&part.folded);
        let mut stems: Vec<(usize, String, f32)> = Vec::new();
        let mut offer = |stem: &str, factor: f32| {
            let holders = self.index.holders(stem);
            if holders > 0 && !stems.iter().any(|(_, known, _)| known == stem) {
                stems.push((usize::MAX - holders, stem.to_owned(), factor));
            }
        };
        for form in self.index.forms.beginning(prefix) {
            offer(&form.stem, BEGUN_FACTOR);
        }
        for form in self.thesaurus.forms.beginning(prefix) {
            for other in self.thesaurus.others(&form.stem).iter().filter(|other| other.stems.len() == 1) {
                offer(&other.stems[0], BEGUN_FACTOR * SYNONYM_FACTOR);
            }
        }
        stems.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        stems.truncate(BEGUN_STEMS_MAX);
        let begun = |(_, stem, factor): (usize, String, f32)| {
            let finished = stem == part.stem;
            let (factor, how) = if finished { (1.0, How::Typed) } else { (factor, How::Begun) };
            Alternative { stems: vec![stem], factor, how }
        };
        let alternatives = stems.into_iter().map(begun).collect();
        Sought { start: part.start, end: part.end, folded: part.folded.clone(), alternatives }
    }
}

fn other_layout(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let words = text.split_whitespace().map(keyboard::other_layout).collect::<Option<Vec<_>>>()?;
    Some(words.join(" "))
}

fn related(other: &Other, factor: f32, how: How) -> Alternative {
    let share = if other.same { SAME_FACTOR } else { SYNONYM_FACTOR };
    Alternative { stems: other.stems.clone(), factor: factor * share, how }
}

/// A word that is known, but was not typed like this.
fn slipped(mut word: Sought) -> Sought {
    for alternative in word.alternatives.iter_mut().filter(|known| known.how == How::Typed) {
        alternative.how = How::Slip;
    }
    word
}

/// A word that was typed on the other keyboard: all of the query is told anew.
fn retyped(word: Sought, length: usize) -> Sought {
    Sought { start: 0, end: length, ..slipped(word) }
}

/// What readers are told about how their words were read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The stems by which texts were found, for marking them.
    pub stems: HashSet<String>,
    /// Synonyms that were looked for besides, as they are written in the texts.
    pub also: Vec<String>,
    /// Where the query was mended: from and to in bytes, and the word that stands there now.
    mended: Vec<(usize, usize, String)>,
}

impl Reading {
    pub(super) fn of(index: &Index, words: Vec<Sought>) -> Reading {
        let mut reading = Reading::default();
        for word in &words {
            let held = |known: &&Alternative| known.stems.iter().all(|stem| index.list(stem).is_some());
            let mut held = word.alternatives.iter().filter(held).peekable();
            if let Some(best) = held.peek().filter(|best| best.how == How::Slip) {
                reading.mended.push((word.start, word.end, index.shown(&best.stems)));
            }
            for alternative in held {
                if alternative.how == How::Synonym && reading.also.len() < ALSO_MAX {
                    let shown = index.shown(&alternative.stems);
                    if !shown.is_empty() && !reading.also.contains(&shown) {
                        reading.also.push(shown);
                    }
                }
                let stems = alternative.stems.iter().filter(|stem| !stem.starts_with(EXACT_MARK));
                reading.stems.extend(stems.cloned());
            }
        }
        reading
    }

    /// The query as it was probably meant, if it was not taken as it was typed.
    pub fn meant(&self, query: &str) -> Option<String> {
        let mut meant = String::new();
        let mut told = 0;
        for (start, end, word) in &self.mended {
            // Both halves of a word that was split stand in its place.
            match query.get(told..*start) {
                Some(between) => meant.push_str(between),
                None => meant.push(' '),
            }
            meant.push_str(word);
            told = *end;
        }
        meant.push_str(query.get(told..).unwrap_or_default());
        (!self.mended.is_empty()).then_some(meant)
    }
}

impl Index {
    fn shown(&self, stems: &[String]) -> String {
        let shown = |stem: &String| Some(&*self.shown[*self.stems.get(stem.as_str())? as usize]);
        stems.iter().filter_map(shown).collect::<Vec<_>>().join(" ")
    }
}
