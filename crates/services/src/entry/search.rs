//! Finding a service by the words that people type (LY-SVC-23.2).
//!
//! The index of crate `language` reads the words of cards with a weight by where they stand; here it learns what a card
//! is, and which cards a filter admits. It is part of each node's directory in memory: both engines answer alike,
//! reading never waits, and a card that changed is the only one that is analysed anew.

use std::{collections::HashMap, ops::Range, sync::Arc};

use language::{Bits, Document, Field, Index, Lang, Place, Reading, Thesaurus};
use uuid::Uuid;

use super::{Entry, directory::Provider};

/// Characters of a query that are read.
pub const QUERY_CHARACTERS_MAX: usize = 200;
/// Of so many times the suggestions that are shown, those come first whose names begin as was typed.
const BEGUN_READ: usize = 4;
/// Cards that are gone before the index is built anew without them: a tenth, and at least so many.
const GONE_MIN: usize = 1_000;
const GONE_SHARE: usize = 10;

/// What is asked of the directory. Filters combine.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub words: String,
    pub audience: Option<String>,
    pub theme: Option<String>,
    pub life_event: Option<String>,
    pub body: Option<String>,
    /// In the order of names instead of what fits best.
    pub by_name: bool,
}

impl Query {
    /// Anything at all is asked for.
    pub(crate) fn is_narrowed(&self) -> bool {
        let filters = [&self.audience, &self.theme, &self.life_event, &self.body];
        !self.words.trim().is_empty() || filters.iter().any(|filter| filter.is_some())
    }
}

#[derive(Clone, Debug)]
pub struct Hit {
    pub entry: Arc<Entry>,
    pub score: f32,
}

/// What a search found, and how its words were read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Services that fit, of which `hits` are a part.
    pub total: usize,
    pub hits: Vec<Hit>,
    pub reading: Reading,
}

/// The published cards as a search sees them. Cloning shares what does not change.
#[derive(Clone, Default)]
pub(crate) struct Catalogue {
    index: Index,
    /// The card at each place; none where it is gone.
    held: Vec<Option<Arc<Entry>>>,
    places: HashMap<Uuid, Place>,
    /// By kind of filter and its value.
    facets: HashMap<(Facet, String), Bits>,
    /// Places in the order of names.
    by_name: [Arc<Vec<Place>>; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Facet {
    Audience,
    Theme,
    LifeEvent,
    Body,
}

impl Catalogue {
    /// The same for these cards: only what changed is read again.
    pub fn with(&self, entries: &[Arc<Entry>], providers: &HashMap<Uuid, Arc<Provider>>) -> Catalogue {
        let gone = self.index.places() - self.index.len();
        let worn = gone > GONE_MIN && gone > self.index.len() / GONE_SHARE;
        let mut next = if worn { Catalogue::default() } else { self.clone() };
        let fresh: Vec<&Arc<Entry>> = entries.iter().filter(|entry| !next.holds(entry)).collect();
        let kept: HashMap<Uuid, i64> = entries.iter().map(|entry| (entry.id, entry.version)).collect();
        let leaving: Vec<Uuid> = next
            .held
            .iter()
            .flatten()
            .filter(|held| kept.get(&held.id) != Some(&held.version))
            .map(|held| held.id)
            .collect();
        for id in leaving {
            next.remove(id);
        }
        next.extend(&fresh, providers);
        if !fresh.is_empty() || next.index.len() != self.index.len() {
            next.sort();
        }
        next
    }

    /// Says of each service how much it is in demand, from 0 to 1.
    pub fn set_demand(&mut self, demand: &HashMap<Uuid, f32>) {
        for (id, place) in &self.places {
            self.index.set_demand(*place, demand.get(id).copied().unwrap_or_default());
        }
    }

    pub fn bytes(&self) -> usize {
        self.index.bytes()
    }

    fn holds(&self, entry: &Entry) -> bool {
        let held = self.places.get(&entry.id).and_then(|place| self.held[*place as usize].as_ref());
        held.is_some_and(|held| held.version == entry.version)
    }

    fn remove(&mut self, id: Uuid) {
        let Some(place) = self.places.remove(&id) else { return };
        self.index.remove(place);
        self.held[place as usize] = None;
        for bits in self.facets.values_mut() {
            bits.remove(place);
        }
    }

    fn extend(&mut self, entries: &[&Arc<Entry>], providers: &HashMap<Uuid, Arc<Provider>>) {
        self.index.extend(entries.iter().map(|entry| document(entry, providers.get(&entry.body))));
        for entry in entries {
            let place = self.held.len() as Place;
            self.held.push(Some(Arc::clone(entry)));
            self.places.insert(entry.id, place);
            for (facet, value) in facets(entry) {
                self.facets.entry((facet, value.to_owned())).or_default().insert(place);
            }
        }
    }

    fn sort(&mut self) {
        for lang in [Lang::Ar, Lang::En] {
            let name =
                |place: &Place| self.held[*place as usize].as_ref().map(|entry| entry.card.name.get(lang));
            let mut places: Vec<Place> = self.places.values().copied().collect();
            places.sort_by_cached_key(|place| (name(place).map(language::fold), *place));
            self.by_name[of(lang)] = Arc::new(places);
        }
    }

    /// What matches, best first; everything in the order of names when nothing is asked.
    pub fn find(&self, query: &Query, thesaurus: &Thesaurus, lang: Lang, range: Range<usize>) -> Found {
        let admits = self.admission(query);
        let words: String = query.words.chars().take(QUERY_CHARACTERS_MAX).collect();
        if words.trim().is_empty() {
            let all = self.by_name[of(lang)].iter().filter(|place| admits(**place));
            let all: Vec<(Place, f32)> = all.map(|place| (*place, 0.0)).collect();
            return self.found(all.len(), slice(&all, range), Reading::default());
        }
        if !query.by_name {
            let found = self.index.find(&words, thesaurus, admits, range);
            return self.found(found.total, &found.hits, found.reading);
        }
        let found = self.index.find(&words, thesaurus, admits, 0..usize::MAX);
        let scores: HashMap<Place, f32> = found.hits.into_iter().collect();
        let named = self.by_name[of(lang)].iter();
        let named: Vec<(Place, f32)> =
            named.filter_map(|place| Some((*place, *scores.get(place)?))).collect();
        self.found(found.total, slice(&named, range), found.reading)
    }

    /// The services whose words begin like this.
    pub fn suggest(&self, words: &str, thesaurus: &Thesaurus, most: usize) -> Found {
        let words: String = words.chars().take(QUERY_CHARACTERS_MAX).collect();
        let found = self.index.complete(&words, thesaurus, |_| true, 0..most * BEGUN_READ);
        let mut found = self.found(found.total, &found.hits, found.reading);
        // Whoever begins to type a name looks for the services that begin so.
        let begun = language::fold(words.trim());
        let begins = |text: &str| language::fold(text).starts_with(&begun);
        found.hits.sort_by_key(|hit| !(begins(&hit.entry.card.name.ar) || begins(&hit.entry.card.name.en)));
        found.hits.truncate(most);
        found
    }

    fn found(&self, total: usize, hits: &[(Place, f32)], reading: Reading) -> Found {
        let hit = |(place, score): &(Place, f32)| {
            let entry = self.held.get(*place as usize)?.clone()?;
            Some(Hit { entry, score: *score })
        };
        Found { total, hits: hits.iter().filter_map(hit).collect(), reading }
    }

    fn admission(&self, query: &Query) -> impl Fn(Place) -> bool {
        let asked = [
            (Facet::Audience, &query.audience),
            (Facet::Theme, &query.theme),
            (Facet::LifeEvent, &query.life_event),
            (Facet::Body, &query.body),
        ];
        let wanted: Vec<Option<&Bits>> = asked
            .into_iter()
            .filter_map(|(facet, value)| Some(self.facets.get(&(facet, value.clone()?))))
            .collect();
        move |place| wanted.iter().all(|bits| bits.is_some_and(|bits| bits.contains(place)))
    }
}

fn of(lang: Lang) -> usize {
    match lang {
        Lang::Ar => 0,
        Lang::En => 1,
    }
}

fn slice<T>(all: &[T], range: Range<usize>) -> &[T] {
    let end = range.end.min(all.len());
    &all[range.start.min(end)..end]
}

fn facets(entry: &Entry) -> impl Iterator<Item = (Facet, &str)> {
    let card = &entry.card;
    let audience = card.audience.iter().map(|word| (Facet::Audience, word.as_str()));
    let themes = card.themes.iter().map(|word| (Facet::Theme, word.as_str()));
    let life_events = card.life_events.iter().map(|word| (Facet::LifeEvent, word.as_str()));
    audience.chain(themes).chain(life_events).chain([(Facet::Body, card.body.as_str())])
}

fn document<'a>(entry: &'a Entry, provider: Option<&'a Arc<Provider>>) -> Document<'a> {
    let card = &entry.card;
    let mut texts = Vec::new();
    for lang in [Lang::Ar, Lang::En] {
        texts.push((Field::NAME, card.name.get(lang)));
        texts.push((Field::SUMMARY, card.summary.get(lang)));
        texts.push((Field::TEXT, card.description.get(lang)));
        texts.extend(provider.map(|provider| (Field::BESIDE, provider.name.get(lang))));
        texts.extend(card.outputs.iter().map(|output| (Field::BESIDE, output.title.get(lang))));
        texts.extend(card.documents.iter().map(|evidence| (Field::TEXT, evidence.title.get(lang))));
    }
    let keywords = card.keywords.ar.iter().chain(&card.keywords.en);
    texts.extend(keywords.map(|keyword| (Field::KEYWORD, keyword.as_str())));
    Document { key: &card.id, texts }
}
