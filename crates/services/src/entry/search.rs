//! Finding a service by the words that people type (LY-SVC-23.2).
//!
//! The analyser of crate `language` folds what readers fold and stems both languages; here its stems are indexed with
//! weights by where they stand. The index is part of each node's directory in memory: 100,000 cards fit, both engines
//! answer alike, and a slip of the finger can be compared with every stem that exists.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use language::{Lang, near};
use uuid::Uuid;

use super::{Entry, directory::Provider};

/// How much a word counts by the place where it stands.
const NAME_WEIGHT: f32 = 12.0;
const KEYWORD_WEIGHT: f32 = 7.0;
const SUMMARY_WEIGHT: f32 = 3.0;
const PROVIDER_WEIGHT: f32 = 2.0;
const DESCRIPTION_WEIGHT: f32 = 1.0;
/// A query that is the name, or one of the keywords, outright.
const WHOLE_NAME_BONUS: f32 = 400.0;
const WHOLE_KEYWORD_BONUS: f32 = 200.0;
/// What a word that only resembles the one typed is worth, and one that the synonyms brought in.
const SLIP_FACTOR: f32 = 0.4;
const SYNONYM_FACTOR: f32 = 0.6;
/// Characters of a query that are read.
pub const QUERY_CHARACTERS_MAX: usize = 200;

/// What is asked of the directory. Filters combine.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub words: String,
    pub audience: Option<String>,
    pub theme: Option<String>,
    pub life_event: Option<String>,
    pub body: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Hit {
    pub entry: Arc<Entry>,
    pub score: f32,
}

struct Posting {
    place: u32,
    weight: f32,
}

#[derive(Default)]
pub struct Index {
    postings: HashMap<String, Vec<Posting>>,
    whole: HashMap<String, Vec<(u32, f32)>>,
}

impl Index {
    pub fn of(entries: &[Arc<Entry>], providers: &HashMap<Uuid, Arc<Provider>>) -> Index {
        let mut index = Index::default();
        for (place, entry) in entries.iter().enumerate() {
            index.add(place as u32, entry, providers.get(&entry.body));
        }
        index
    }

    fn add(&mut self, place: u32, entry: &Entry, provider: Option<&Arc<Provider>>) {
        let card = &entry.card;
        let mut weights: HashMap<String, f32> = HashMap::new();
        let mut weigh = |text: &str, weight: f32| {
            for token in language::analyse(text) {
                let known = weights.entry(token.stem).or_default();
                *known = known.max(weight);
            }
        };
        for lang in [Lang::Ar, Lang::En] {
            weigh(card.name.get(lang), NAME_WEIGHT);
            weigh(card.summary.get(lang), SUMMARY_WEIGHT);
            weigh(card.description.get(lang), DESCRIPTION_WEIGHT);
            if let Some(provider) = provider {
                weigh(provider.name.get(lang), PROVIDER_WEIGHT);
            }
        }
        for keyword in card.keywords.ar.iter().chain(&card.keywords.en) {
            weigh(keyword, KEYWORD_WEIGHT);
        }
        for (stem, weight) in weights {
            self.postings.entry(stem).or_default().push(Posting { place, weight });
        }
        self.add_whole(place, entry);
    }

    fn add_whole(&mut self, place: u32, entry: &Entry) {
        let names = [&entry.card.name.ar, &entry.card.name.en].map(|name| (name, WHOLE_NAME_BONUS));
        let keywords = entry.card.keywords.ar.iter().chain(&entry.card.keywords.en);
        for (text, bonus) in names.into_iter().chain(keywords.map(|keyword| (keyword, WHOLE_KEYWORD_BONUS))) {
            self.whole.entry(language::stems(text)).or_default().push((place, bonus));
        }
    }

    pub fn search(&self, entries: &[Arc<Entry>], query: &Query, lang: Lang) -> Vec<Hit> {
        let words: String = query.words.chars().take(QUERY_CHARACTERS_MAX).collect();
        let scores = self.scores(&words, entries.len());
        let asked = !words.trim().is_empty();
        let mut hits: Vec<Hit> = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| query.admits(entry))
            .map(|(place, entry)| Hit {
                entry: entry.clone(),
                score: scores.get(place).copied().unwrap_or(0.0),
            })
            .filter(|hit| !asked || hit.score > 0.0)
            .collect();
        let name = |hit: &Hit| hit.entry.card.name.get(lang).to_owned();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| name(a).cmp(&name(b))));
        hits
    }

    /// One score a card. A card that holds every word outranks one that holds some of them.
    fn scores(&self, words: &str, entries: usize) -> Vec<f32> {
        let alternatives = language::query(words);
        if alternatives.is_empty() {
            return Vec::new();
        }
        let mut scores = vec![0.0_f32; entries];
        let mut held = vec![0_u32; entries];
        for stems in &alternatives {
            for (place, weight) in self.matches(stems, entries) {
                scores[place as usize] += weight;
                held[place as usize] += 1;
            }
        }
        for (score, held) in scores.iter_mut().zip(held) {
            let share = held as f32 / alternatives.len() as f32;
            *score *= share * share;
        }
        for (place, bonus) in self.whole.get(&language::stems(words)).into_iter().flatten() {
            scores[*place as usize] += bonus;
        }
        scores
    }

    /// The best weight a card, over one word's stem, its synonyms, and, when none exists, what resembles it.
    fn matches(&self, stems: &[String], entries: usize) -> HashMap<u32, f32> {
        let mut best: HashMap<u32, f32> = HashMap::new();
        for (order, stem) in stems.iter().enumerate() {
            let factor = if order == 0 { 1.0 } else { SYNONYM_FACTOR };
            self.weigh(stem, factor, entries, &mut best);
        }
        if best.is_empty() {
            let slips: HashSet<&String> =
                self.postings.keys().filter(|known| near(known, &stems[0])).collect();
            for known in slips {
                self.weigh(known, SLIP_FACTOR, entries, &mut best);
            }
        }
        best
    }

    fn weigh(&self, stem: &str, factor: f32, entries: usize, best: &mut HashMap<u32, f32>) {
        let Some(postings) = self.postings.get(stem) else { return };
        let rarity = (1.0 + entries as f32 / postings.len() as f32).ln();
        for Posting { place, weight } in postings {
            let known = best.entry(*place).or_default();
            *known = known.max(weight * factor * rarity);
        }
    }
}

impl Query {
    fn admits(&self, entry: &Entry) -> bool {
        let card = &entry.card;
        let within =
            |wanted: &Option<String>, held: &[String]| wanted.as_ref().is_none_or(|word| held.contains(word));
        within(&self.audience, &card.audience)
            && within(&self.theme, &card.themes)
            && within(&self.life_event, &card.life_events)
            && self.body.as_ref().is_none_or(|body| *body == card.body)
    }
}
