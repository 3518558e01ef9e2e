//! An index in memory that reads Arabic and English: it finds, ranks, completes and says what it understood.
//!
//! It knows neither what its documents are nor where they are kept: a document is a key and texts that count by the
//! field in which they stand. Copying an index is cheap and changing the copy leaves the first as it was, so that
//! readers go on with the one they hold. Ranking is BM25F with lengths fixed in advance, because scores must not move
//! with the order in which documents came; equal scores stand in an order that their keys alone decide.

mod bits;
mod build;
mod forms;
mod rank;
mod reading;
mod strip;

use std::{collections::HashMap, ops::Range, sync::Arc};

pub use bits::Bits;
pub(crate) use forms::Forms;
pub use reading::Reading;

use crate::thesaurus::Thesaurus;
use reading::Asked;

/// Where a document stands in an index.
pub type Place = u32;

/// Documents that an index takes; a place has 24 bits beside its weight.
const DOCUMENTS_MAX: usize = 1 << 24;

/// A part of a document: how much a word in it counts, and how many words it usually has.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub weight: f32,
    pub words_usual: f32,
    /// Words of it are also kept as they are written, so that the exact word comes before its relatives, and a query
    /// that is the whole text comes first.
    pub exact: bool,
}

/// The kinds of parts that the product's documents have, so that all of them are weighed alike.
impl Field {
    pub const NAME: Field = Field { weight: 12.0, words_usual: 4.0, exact: true };
    pub const KEYWORD: Field = Field { weight: 7.0, words_usual: 3.0, exact: true };
    pub const SUMMARY: Field = Field { weight: 3.0, words_usual: 10.0, exact: false };
    /// A name of something that belongs to it: who provides it, what comes out of it.
    pub const BESIDE: Field = Field { weight: 2.0, words_usual: 4.0, exact: false };
    pub const TEXT: Field = Field { weight: 1.0, words_usual: 40.0, exact: false };
}

/// A document to be found.
pub struct Document<'a> {
    /// Decides between equal scores.
    pub key: &'a str,
    pub texts: Vec<(Field, &'a str)>,
}

/// A document whose name is the query, and the share that its field has of the most.
type Bonus = (Place, f32);

/// A stem's place in the lists.
type StemId = u32;

/// Documents by their words. Cloning shares what is not changed.
#[derive(Clone, Default)]
pub struct Index {
    stems: Arc<HashMap<Box<str>, StemId>>,
    /// Under each stem the documents that hold it: the place in the upper 24 bits, the weight in the lower 8.
    postings: Vec<Arc<Vec<u32>>>,
    /// How a stem is shown to readers.
    shown: Arc<Vec<Box<str>>>,
    forms: Arc<Forms>,
    /// Whole names and keywords by their stems.
    whole: Arc<HashMap<Box<str>, Vec<Bonus>>>,
    /// What each document is called.
    keys: Arc<Vec<Box<str>>>,
    /// By what each stands among others of the same score.
    order: Arc<Vec<u32>>,
    /// How much each is in demand, from 0 to 1.
    demand: Arc<Vec<f32>>,
    /// Places of documents that are no longer to be found.
    gone: Bits,
    alive: usize,
}

/// What was found, and how the words were read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Documents that fit, of which `hits` are a part.
    pub total: usize,
    /// Best first.
    pub hits: Vec<(Place, f32)>,
    pub reading: Reading,
}

impl Index {
    /// What fits these words, best first, of the documents that are admitted.
    pub fn find(
        &self,
        words: &str,
        thesaurus: &Thesaurus,
        admits: impl Fn(Place) -> bool,
        range: Range<usize>,
    ) -> Found {
        self.answer(Asked::whole(self, thesaurus, words), words, &admits, range)
    }

    /// The same while the last word is still being typed.
    pub fn complete(
        &self,
        words: &str,
        thesaurus: &Thesaurus,
        admits: impl Fn(Place) -> bool,
        range: Range<usize>,
    ) -> Found {
        self.answer(Asked::begun(self, thesaurus, words), words, &admits, range)
    }

    fn answer(
        &self,
        asked: Asked<'_>,
        words: &str,
        admits: &impl Fn(Place) -> bool,
        range: Range<usize>,
    ) -> Found {
        let bonus = self.whole.get(crate::analyser::stems(words).as_str()).map_or(&[][..], Vec::as_slice);
        let first = rank::rank(self, &asked.words, bonus, admits, range.clone());
        // Where no document holds every word, one of the words may be another that was mistyped.
        let ranked = match first.whole {
            true => None,
            false => asked.with_slips().map(|words| (rank::rank(self, &words, bonus, admits, range), words)),
        };
        match ranked {
            Some((second, words)) if second.held > first.held => {
                Found { total: second.total, hits: second.hits, reading: Reading::of(self, words) }
            }
            _ => Found { total: first.total, hits: first.hits, reading: Reading::of(self, asked.words) },
        }
    }

    /// Documents that can be found.
    pub fn len(&self) -> usize {
        self.alive
    }

    pub fn is_empty(&self) -> bool {
        self.alive == 0
    }

    /// Places that were given out, among them those of documents that are gone.
    pub fn places(&self) -> usize {
        self.keys.len()
    }

    /// Memory that the index takes, nearly.
    pub fn bytes(&self) -> usize {
        let postings: usize = self.postings.iter().map(|list| list.capacity() * 4 + 40).sum();
        let stems: usize = self.stems.keys().map(|stem| stem.len() + 48).sum();
        let shown: usize = self.shown.iter().map(|word| word.len() + 16).sum();
        let whole: usize = self.whole.iter().map(|(stems, held)| stems.len() + 56 + held.len() * 8).sum();
        let keys: usize = self.keys.iter().map(|key| key.len() + 20).sum();
        postings + stems + shown + whole + keys + self.forms.bytes()
    }

    fn list(&self, stem: &str) -> Option<&[u32]> {
        let list = &self.postings[*self.stems.get(stem)? as usize];
        (!list.is_empty()).then_some(list.as_slice())
    }

    fn holders(&self, stem: &str) -> usize {
        self.list(stem).map_or(0, <[u32]>::len)
    }
}

#[cfg(test)]
mod tests;
