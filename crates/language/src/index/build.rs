//! Taking documents into an index, and out of it.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use super::{DOCUMENTS_MAX, Document, Field, Index, Place, StemId, strip::bare};
use crate::analyser;

/// How much the length of a field tells against a word in it.
const LENGTH_SHARE: f32 = 0.4;
/// Once more in the same field says more; a third time says no more.
const REPEATS_MAX: f32 = 2.0;
/// How fast the weight of a word in a document nears its most.
const SATURATION: f32 = 6.0;
/// What a query is worth that is the whole text of an exact field, by the field's share of this weight.
const WHOLE_WEIGHT: f32 = 12.0;
/// Marks a word that is kept as it is written; no stem has it.
pub(super) const EXACT_MARK: char = '=';

/// What the analyser said of a word when it came first.
struct Known {
    stem: StemId,
    text: Box<str>,
    /// The word as it is written.
    exact: Box<str>,
}

/// Analyses many documents and remembers each word, because most words come again.
pub(super) struct Batch<'a> {
    index: &'a mut Index,
    known: HashMap<Box<str>, Rc<[Known]>>,
}

impl Index {
    /// Takes documents in; their places follow those that were given out, in order.
    pub fn extend<'a>(&mut self, documents: impl IntoIterator<Item = Document<'a>>) {
        let mut batch = Batch { index: self, known: HashMap::new() };
        for document in documents {
            batch.add(&document);
        }
        Arc::make_mut(&mut self.forms).settle();
    }

    /// Takes a document out. Its words stay in the lists until the index is built anew.
    pub fn remove(&mut self, place: Place) {
        if (place as usize) < self.keys.len() && !self.gone.contains(place) {
            self.gone.insert(place);
            self.alive -= 1;
        }
    }

    /// Says how much a document is in demand, from 0 to 1: the smallest of all reasons to come first.
    pub fn set_demand(&mut self, place: Place, demand: f32) {
        if self.demand.get(place as usize).is_some_and(|known| *known != demand) {
            Arc::make_mut(&mut self.demand)[place as usize] = demand.clamp(0.0, 1.0);
        }
    }

    fn stem_id(&mut self, stem: &str, shown: &str) -> StemId {
        if let Some(id) = self.stems.get(stem) {
            let known = &self.shown[*id as usize];
            if (shown.len(), shown) < (known.len(), known) {
                Arc::make_mut(&mut self.shown)[*id as usize] = shown.into();
            }
            return *id;
        }
        let id = self.postings.len() as StemId;
        Arc::make_mut(&mut self.stems).insert(stem.into(), id);
        Arc::make_mut(&mut self.shown).push(shown.into());
        self.postings.push(Arc::default());
        id
    }
}

impl Batch<'_> {
    fn add(&mut self, document: &Document<'_>) {
        let place = self.index.keys.len();
        if place >= DOCUMENTS_MAX {
            return;
        }
        Arc::make_mut(&mut self.index.keys).push(document.key.into());
        Arc::make_mut(&mut self.index.order).push(order(document.key));
        Arc::make_mut(&mut self.index.demand).push(0.0);
        self.index.alive += 1;
        let mut weights: Vec<(StemId, f32)> = Vec::new();
        for (field, text) in &document.texts {
            self.weigh(place as Place, *field, text, &mut weights);
        }
        for (stem, weight) in summed(weights) {
            let share = (255.0 * weight / (SATURATION + weight)).round().max(1.0);
            Arc::make_mut(&mut self.index.postings[stem as usize]).push((place as u32) << 8 | share as u32);
        }
    }

    fn weigh(&mut self, place: Place, field: Field, text: &str, weights: &mut Vec<(StemId, f32)>) {
        let mut counts: Vec<(StemId, f32)> = Vec::new();
        let mut whole = String::new();
        let mut words = 0.0;
        for word in analyser::written(text) {
            for known in self.known(word).iter() {
                counts.push((known.stem, 1.0));
                words += 1.0;
                if field.exact {
                    counts.push((self.index.stem_id(&known.exact, ""), 1.0));
                    whole.push_str(if whole.is_empty() { "" } else { " " });
                    whole.push_str(&known.text);
                }
            }
        }
        let length = 1.0 - LENGTH_SHARE + LENGTH_SHARE * words / field.words_usual;
        let weight = |count: f32| field.weight * count.min(REPEATS_MAX) / length;
        weights.extend(summed(counts).into_iter().map(|(stem, count)| (stem, weight(count))));
        if !whole.is_empty() {
            self.add_whole(place, field, whole);
        }
    }

    /// What a word is by the analyser, which is asked once for each spelling.
    fn known(&mut self, word: &str) -> Rc<[Known]> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let mut parts = Vec::new();
        for part in analyser::word_parts(word, 0, word.len()) {
            let stem = self.index.stem_id(&part.stem, word);
            let forms = Arc::make_mut(&mut self.index.forms);
            forms.add(&part.folded, word, &part.stem);
            forms.add(&part.stem, word, &part.stem);
            let exact = format!("{EXACT_MARK}{}", bare(&part.folded)).into_boxed_str();
            parts.push(Known { stem, text: part.stem.into(), exact });
        }
        let known: Rc<[Known]> = parts.into();
        self.known.insert(word.into(), known.clone());
        known
    }

    fn add_whole(&mut self, place: Place, field: Field, stems: String) {
        let held = Arc::make_mut(&mut self.index.whole).entry(stems.into()).or_default();
        if held.last().is_none_or(|(known, _)| *known != place) {
            held.push((place, field.weight / WHOLE_WEIGHT));
        }
    }
}

/// Each stem once, with the sum of its numbers, in the order of stems.
fn summed(mut numbers: Vec<(StemId, f32)>) -> Vec<(StemId, f32)> {
    numbers.sort_by_key(|(stem, _)| *stem);
    numbers.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0.0 };
        same
    });
    numbers
}

/// FNV-1a of a key.
fn order(key: &str) -> u32 {
    key.bytes().fold(0x811C_9DC5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
