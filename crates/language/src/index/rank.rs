//! Scoring: each list under a word's stems is read once, front to back.

use std::{borrow::Cow, cell::RefCell, cmp::Ordering, ops::Range};

use super::{
    Index, Place,
    reading::{Alternative, How, Sought},
};

/// How far a document that holds some of the words falls behind one that holds all of them.
const COVERAGE_POWER: i32 = 2;
/// Documents that hold less than this share of what the best one holds are not results.
const COVERAGE_SHARE_MIN: f32 = 0.5;
/// What a query that is the whole name is worth, in the weight of all its words.
const WHOLE_BONUS: f32 = 0.8;
/// The most that demand adds.
const DEMAND_SHARE: f32 = 0.03;
/// A word that was found by a doubtful slip is held only in part.
const SLIP_COVERAGE: f32 = 0.8;

pub(super) struct Ranked {
    pub total: usize,
    pub hits: Vec<(Place, f32)>,
    /// A document holds every word that any document holds.
    pub whole: bool,
    /// The share of the words that the best document holds.
    pub held: f32,
}

/// What is counted for one query, kept by each thread for the next.
#[derive(Default)]
struct Scratch {
    best: Vec<f32>,
    score: Vec<f32>,
    cover: Vec<f32>,
    word: Vec<Place>,
    touched: Vec<Place>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

pub(super) fn rank(
    index: &Index,
    words: &[Sought],
    bonus: &[(Place, f32)],
    admits: &impl Fn(Place) -> bool,
    range: Range<usize>,
) -> Ranked {
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.prepare(index.keys.len());
        let mut most = 0.0;
        for word in words {
            most += scratch.count(index, word);
        }
        for (place, share) in bonus {
            scratch.score[*place as usize] += share * WHOLE_BONUS * most;
        }
        scratch.take(index, most, admits, range)
    })
}

/// One list under a word, and what a full weight in it is worth.
struct List<'a> {
    postings: Cow<'a, [u32]>,
    worth: f32,
    cover: f32,
}

impl Scratch {
    fn prepare(&mut self, documents: usize) {
        for counts in [&mut self.best, &mut self.score, &mut self.cover] {
            counts.resize(documents.max(counts.len()), 0.0);
        }
    }

    /// Adds a word's best weight in each document; returns how rare the word is.
    fn count(&mut self, index: &Index, word: &Sought) -> f32 {
        let (lists, rarity) = lists(index, word);
        let Scratch { best, score, cover, word: held, touched } = self;
        for list in &lists {
            let unit = list.worth / 255.0;
            for posting in &*list.postings {
                let (place, weight) = (posting >> 8, (posting & 255) as f32 * unit);
                let known = &mut best[place as usize];
                if *known == 0.0 {
                    held.push(place);
                    // Lists come by their factor, so that the first that holds a document says how surely it does.
                    let covered = &mut cover[place as usize];
                    if *covered == 0.0 {
                        touched.push(place);
                    }
                    *covered += list.cover * rarity;
                }
                *known = known.max(weight);
            }
        }
        for place in held.drain(..) {
            score[place as usize] += std::mem::take(&mut best[place as usize]);
        }
        rarity
    }

    /// The documents that hold enough, best first, and everything as it was before.
    fn take(
        &mut self,
        index: &Index,
        most: f32,
        admits: &impl Fn(Place) -> bool,
        range: Range<usize>,
    ) -> Ranked {
        let mut found: Vec<(Place, f32, f32)> = Vec::with_capacity(self.touched.len());
        for place in self.touched.drain(..) {
            let score = std::mem::take(&mut self.score[place as usize]);
            let covered = std::mem::take(&mut self.cover[place as usize]) / most;
            if !index.gone.contains(place) && admits(place) {
                found.push((place, score, covered));
            }
        }
        let held = found.iter().map(|(.., covered)| *covered).fold(0.0, f32::max);
        let mut hits: Vec<(Place, f32)> = found
            .into_iter()
            .filter(|(.., covered)| *covered >= held * COVERAGE_SHARE_MIN)
            .map(|(place, score, covered)| {
                let demand = 1.0 + DEMAND_SHARE * index.demand[place as usize];
                (place, score * covered.powi(COVERAGE_POWER) * demand)
            })
            .collect();
        let total = hits.len();
        select(index, &mut hits, range);
        Ranked { total, hits, whole: held > 0.999, held }
    }
}

/// Leaves only the hits of a range of ranks, in their order.
fn select(index: &Index, hits: &mut Vec<(Place, f32)>, range: Range<usize>) {
    let key = |place: Place| &index.keys[place as usize];
    let better = |a: &(Place, f32), b: &(Place, f32)| -> Ordering {
        b.1.total_cmp(&a.1).then_with(|| key(a.0).cmp(key(b.0)))
    };
    if range.end < hits.len() {
        hits.select_nth_unstable_by(range.end, better);
        hits.truncate(range.end);
    }
    hits.sort_unstable_by(better);
    hits.drain(..range.start.min(hits.len()));
}

/// The lists of a word by their factor, and how rare the word is.
fn lists<'a>(index: &'a Index, word: &Sought) -> (Vec<List<'a>>, f32) {
    let mut found: Vec<(&Alternative, Cow<'a, [u32]>, f32)> = Vec::new();
    for alternative in &word.alternatives {
        if let Some(postings) = postings(index, &alternative.stems) {
            let rarity = rarity(index, postings.len());
            found.push((alternative, postings, rarity));
        }
    }
    // The word's own rarity bounds that of its synonyms: a rare synonym says no more than the word itself.
    let own =
        found.iter().find(|(alternative, ..)| alternative.how == How::Typed).map(|(.., rarity)| *rarity);
    let most = own.unwrap_or_else(|| found.iter().map(|(.., rarity)| *rarity).fold(0.0, f32::max));
    found.sort_by(|a, b| b.0.factor.total_cmp(&a.0.factor));
    let typed = own.is_some();
    let list = |(alternative, postings, rarity): (&Alternative, Cow<'a, [u32]>, f32)| {
        let rarity = if alternative.how == How::Exact { most } else { rarity.min(most) };
        let doubtful = typed && alternative.how == How::Slip;
        List {
            postings,
            worth: alternative.factor * rarity,
            cover: if doubtful { SLIP_COVERAGE } else { 1.0 },
        }
    };
    (found.into_iter().map(list).collect(), most)
}

fn rarity(index: &Index, holders: usize) -> f32 {
    let (all, holders) = (index.alive as f32, holders as f32);
    (1.0 + (all - holders + 0.5).max(0.5) / (holders + 0.5)).ln()
}

/// The documents that hold all of these stems, each with the weight of its weakest.
fn postings<'a>(index: &'a Index, stems: &[String]) -> Option<Cow<'a, [u32]>> {
    let mut lists = stems.iter().map(|stem| index.list(stem)).collect::<Option<Vec<&[u32]>>>()?;
    lists.sort_by_key(|list| list.len());
    let (first, rest) = lists.split_first()?;
    if rest.is_empty() {
        return Some(Cow::Borrowed(first));
    }
    let weakest = |posting: &u32| {
        let place = posting >> 8;
        rest.iter().try_fold(posting & 255, |least, list| {
            let at = list.partition_point(|other| other >> 8 < place);
            list.get(at).filter(|other| *other >> 8 == place).map(|other| least.min(other & 255))
        })
    };
    let all: Vec<u32> = first.iter().filter_map(|posting| Some(posting & !255 | weakest(posting)?)).collect();
    (!all.is_empty()).then_some(Cow::Owned(all))
}
