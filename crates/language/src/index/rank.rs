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

/// Documents that are looked up one by one in a list; beyond, the list is read through, which costs less.
const LOOKED_UP_SHARE: usize = 16;

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
    let mut read: Vec<(Vec<List<'_>>, f32)> = words.iter().map(|word| lists(index, word)).collect();
    read.sort_by(|a, b| b.1.total_cmp(&a.1));
    let most: f32 = read.iter().map(|(_, rarity)| rarity).sum();
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.prepare(index.keys.len());
        let mut rest = most;
        for (lists, rarity) in &read {
            // Once the rarer words have found documents that the commoner ones alone cannot come near, those only add
            // to what was found. A word that half of all cards hold costs next to nothing then.
            let suffices = rest < COVERAGE_SHARE_MIN * scratch.covered(index, admits);
            if suffices {
                scratch.add(lists, *rarity)
            } else {
                scratch.count(lists, *rarity)
            }
            rest -= rarity;
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

    /// The most that an admitted document holds so far.
    fn covered(&self, index: &Index, admits: &impl Fn(Place) -> bool) -> f32 {
        let mut most = 0.0_f32;
        for place in &self.touched {
            let covered = self.cover[*place as usize];
            // Asked of those alone that would change the answer.
            if covered > most && !index.gone.contains(*place) && admits(*place) {
                most = covered;
            }
        }
        most
    }

    /// Adds a word's best weight in each document that holds it.
    fn count(&mut self, lists: &[List<'_>], rarity: f32) {
        let Scratch { best, score, cover, word, touched } = self;
        for list in lists {
            let unit = list.worth / 255.0;
            for posting in &*list.postings {
                let (place, weight) = (posting >> 8, (posting & 255) as f32 * unit);
                let known = &mut best[place as usize];
                if *known == 0.0 {
                    word.push(place);
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
        for place in word.drain(..) {
            score[place as usize] += std::mem::take(&mut best[place as usize]);
        }
    }

    /// The same for those documents alone that were found already.
    fn add(&mut self, lists: &[List<'_>], rarity: f32) {
        let held: usize = lists.iter().map(|list| list.postings.len()).sum();
        if self.touched.len() * LOOKED_UP_SHARE > held {
            return self.add_through(lists, rarity);
        }
        for place in &self.touched {
            let mut best = 0.0_f32;
            let mut covered = 0.0;
            for list in lists {
                let at = list.postings.partition_point(|posting| posting >> 8 < *place);
                if let Some(posting) = list.postings.get(at).filter(|posting| *posting >> 8 == *place) {
                    covered = if covered == 0.0 { list.cover } else { covered };
                    best = best.max((posting & 255) as f32 * list.worth / 255.0);
                }
            }
            self.score[*place as usize] += best;
            self.cover[*place as usize] += covered * rarity;
        }
    }

    /// The same by reading the lists through: a document that was not found yet covers nothing.
    fn add_through(&mut self, lists: &[List<'_>], rarity: f32) {
        let Scratch { best, score, cover, word, .. } = self;
        for list in lists {
            let unit = list.worth / 255.0;
            for posting in &*list.postings {
                let place = posting >> 8;
                if cover[place as usize] == 0.0 {
                    continue;
                }
                let known = &mut best[place as usize];
                if *known == 0.0 {
                    word.push(place);
                    cover[place as usize] += list.cover * rarity;
                }
                *known = known.max((posting & 255) as f32 * unit);
            }
        }
        for place in word.drain(..) {
            score[place as usize] += std::mem::take(&mut best[place as usize]);
        }
    }

    /// The documents that hold enough, best first, and everything as it was before.
    fn take(
        &mut self,
        index: &Index,
        most: f32,
        admits: &impl Fn(Place) -> bool,
        range: Range<usize>,
    ) -> Ranked {
        // What the best one holds is known before, so that of very many the weak ones are not even written down.
        let best = self.covered(index, admits);
        let held = best / most;
        let mut hits: Vec<(Place, f32)> = Vec::new();
        for place in self.touched.drain(..) {
            let score = std::mem::take(&mut self.score[place as usize]);
            let cover = std::mem::take(&mut self.cover[place as usize]);
            if cover < best * COVERAGE_SHARE_MIN || index.gone.contains(place) || !admits(place) {
                continue;
            }
            let demand = 1.0 + DEMAND_SHARE * index.demand[place as usize];
            hits.push((place, score * (cover / most).powi(COVERAGE_POWER) * demand));
        }
        let total = hits.len();
        select(index, &mut hits, range);
        Ranked { total, hits, whole: held > 0.999, held }
    }
}

/// Leaves only the hits of a range of ranks, in their order. Equal scores stand in the order of their keys' hashes: alike
/// on every node, and not to be bought by a name that begins with the first letter.
fn select(index: &Index, hits: &mut Vec<(Place, f32)>, range: Range<usize>) {
    let better = |a: &(Place, f32), b: &(Place, f32)| -> Ordering {
        let order = |place: Place| (index.order[place as usize], &index.keys[place as usize]);
        b.1.total_cmp(&a.1).then_with(|| order(a.0).cmp(&order(b.0)))
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
    // Each list is read on from where the last document was found in it.
    let mut at = vec![0; rest.len()];
    let mut weakest = |posting: &u32| {
        let place = posting >> 8;
        rest.iter().zip(&mut at).try_fold(posting & 255, |least, (list, at)| {
            *at += ahead(&list[*at..], place);
            list.get(*at).filter(|other| *other >> 8 == place).map(|other| least.min(other & 255))
        })
    };
    let all: Vec<u32> = first.iter().filter_map(|posting| Some(posting & !255 | weakest(posting)?)).collect();
    (!all.is_empty()).then_some(Cow::Owned(all))
}

/// How many postings stand before a place: in growing steps first, because it is mostly near.
fn ahead(list: &[u32], place: Place) -> usize {
    let mut step = 1;
    while step < list.len() && list[step - 1] >> 8 < place {
        step *= 2;
    }
    let (from, to) = (step / 2, step.min(list.len()));
    from + list[from..to].partition_point(|posting| posting >> 8 < place)
}
