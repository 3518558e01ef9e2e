//! The published directory in memory, the same on every node.
//!
//! Cards are read thousands of times for each time that one is published, so each node holds them with their
//! compiled forms and search index, and reads them anew when the directory's generation has moved, or that of the bodies'
//! calendars: within a second.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::{Arc, RwLock},
    time::Duration,
};

use authz::Failure;
use clock::Timestamp;
use language::{Digits, Lang, Offset, Text, Thesaurus};
use organisations::Calendar;
use store::Store;
use uuid::Uuid;

use super::{
    Entry,
    search::{Catalogue, Found, Query},
    table::{self, InForce},
};
use crate::{
    classification::{self, Term},
    search::words::table as words,
};

pub use super::search::Hit;

/// How often a node looks whether the directory has moved.
pub const REFRESH_EVERY: Duration = Duration::from_millis(500);

/// A body as the directory shows it, with the calendar that its time limits count.
#[derive(Clone, Debug)]
pub struct Provider {
    pub id: Uuid,
    pub slug: String,
    pub name: Text,
    pub short: Text,
    pub calendar: Calendar,
}

impl Provider {
    fn offset(&self) -> Offset {
        Offset { minutes: self.calendar.hours.offset_minutes }
    }

    /// The day where the provider is, counted since 1970: what `today()` means in the rules of its forms.
    pub fn today(&self, now: Timestamp) -> i64 {
        self.offset().local(now).day()
    }

    /// A moment on the provider's wall clock, as its own texts say it.
    pub fn moment(&self, at: Timestamp, lang: Lang) -> String {
        language::moment(at, lang, Digits::Latin, language::Calendar::Gregorian, self.offset())
    }

    pub fn date(&self, at: Timestamp, lang: Lang) -> String {
        language::date_at(at, lang, Digits::Latin, language::Calendar::Gregorian, self.offset())
    }

    pub fn both_dates(&self, at: Timestamp, lang: Lang) -> String {
        language::date_at(at, lang, Digits::Latin, language::Calendar::Both, self.offset())
    }
}

#[derive(Default)]
struct Snapshot {
    /// Of the cards, and of the calendars.
    generation: (i64, i64),
    entries: Vec<Arc<Entry>>,
    by_slug: HashMap<String, usize>,
    by_id: HashMap<Uuid, usize>,
    providers: HashMap<Uuid, Arc<Provider>>,
    catalogue: Catalogue,
}

/// Cards that changed are read one by one up to this number; beyond it all are read at once.
const CHANGED_ONE_BY_ONE_MAX: usize = 64;

/// The door to the published directory. Reading never waits for the database.
#[derive(Default)]
pub struct Directory {
    snapshot: RwLock<Arc<Snapshot>>,
    words: RwLock<Arc<WordsNow>>,
    /// The trees that services are sorted by; they move with the same generation.
    terms: RwLock<Arc<Vec<Term>>>,
}

/// The words that find each other, and the generation at which they were read.
#[derive(Default)]
struct WordsNow {
    generation: i64,
    thesaurus: Thesaurus,
}

impl Directory {
    fn now(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads the directory when its generation has moved; true when it had.
    pub async fn refresh(&self, store: &Store) -> Result<bool, Failure> {
        let worded = self.refresh_words(store).await?;
        Ok(self.refresh_entries(store).await? || worded)
    }

    async fn refresh_words(&self, store: &Store) -> Result<bool, Failure> {
        let generation = words::generation(&store.read()).await?;
        if generation == self.words().generation {
            return Ok(false);
        }
        let groups = words::all(&store.read()).await?.into_iter().filter(|words| words.in_force);
        let thesaurus = Thesaurus::of(groups.map(|words| words.group));
        let next = Arc::new(WordsNow { generation, thesaurus });
        *self.words.write().unwrap_or_else(std::sync::PoisonError::into_inner) = next;
        Ok(true)
    }

    fn words(&self) -> Arc<WordsNow> {
        self.words.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    async fn refresh_entries(&self, store: &Store) -> Result<bool, Failure> {
        let sql = store.read();
        let generation = (table::generation(&sql).await?, organisations::generation(&sql).await?);
        if generation == self.now().generation {
            return Ok(false);
        }
        let mut providers = HashMap::new();
        for body in organisations::bodies(&store.read()).await? {
            let calendar = organisations::calendar(&store.read(), body.id).await?;
            let provider =
                Provider { id: body.id, slug: body.slug, name: body.name, short: body.short, calendar };
            providers.insert(body.id, Arc::new(provider));
        }
        let entries = self.entries_now(store).await?;
        let demand = table::demand(&store.read()).await?;
        let terms = classification::ordered(classification::table::all(&store.read()).await?);
        *self.terms.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(terms);
        let before = self.now();
        // Analysing takes a while when many cards are new; whoever reads or writes meanwhile must not feel it.
        let next =
            tokio::task::spawn_blocking(move || before.next(generation, entries, providers, &demand)).await?;
        *self.snapshot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(next);
        Ok(true)
    }

    /// The published entries, of which only those are read that changed.
    async fn entries_now(&self, store: &Store) -> Result<Vec<Arc<Entry>>, Failure> {
        let snapshot = self.now();
        let held = |now: &InForce| {
            let entry = snapshot.by_id.get(&now.id).map(|place| &snapshot.entries[*place]);
            let same_level =
                |entry: &Arc<Entry>| now.level.as_ref().is_none_or(|it| *it == entry.card.assurance);
            entry.filter(|entry| entry.version == now.version && same_level(entry)).cloned()
        };
        let versions = table::published_versions(&store.read()).await?;
        let changed = versions.iter().filter(|now| held(now).is_none()).count();
        if changed > CHANGED_ONE_BY_ONE_MAX {
            return Ok(table::published(&store.read()).await?.into_iter().map(Arc::new).collect());
        }
        let mut entries = Vec::with_capacity(versions.len());
        for now in versions {
            match held(&now) {
                Some(entry) => entries.push(entry),
                None => {
                    let read = table::at_version(&store.read(), now.id, now.version).await?;
                    entries.extend(read.map(Arc::new));
                }
            }
        }
        entries.sort_by(|a, b| a.card.id.cmp(&b.card.id));
        Ok(entries)
    }

    pub fn entry(&self, slug: &str) -> Option<Arc<Entry>> {
        let snapshot = self.now();
        snapshot.by_slug.get(slug).map(|place| snapshot.entries[*place].clone())
    }

    pub fn entry_by_id(&self, id: Uuid) -> Option<Arc<Entry>> {
        let snapshot = self.now();
        snapshot.by_id.get(&id).map(|place| snapshot.entries[*place].clone())
    }

    /// The entry at the version under which a request was made (published or since superseded).
    pub async fn entry_at(
        &self,
        store: &Store,
        id: Uuid,
        version: i64,
    ) -> Result<Option<Arc<Entry>>, Failure> {
        match self.entry_by_id(id).filter(|entry| entry.version == version) {
            Some(entry) => Ok(Some(entry)),
            None => Ok(table::at_version(&store.read(), id, version).await?.map(Arc::new)),
        }
    }

    pub fn provider(&self, body: Uuid) -> Option<Arc<Provider>> {
        self.now().providers.get(&body).cloned()
    }

    pub fn providers(&self) -> Vec<Arc<Provider>> {
        let mut providers: Vec<_> = self.now().providers.values().cloned().collect();
        providers.sort_by(|a, b| a.slug.cmp(&b.slug));
        providers
    }

    /// Whether a body has a service in the directory.
    pub fn provides(&self, body: Uuid) -> bool {
        self.now().entries.iter().any(|entry| entry.body == body)
    }

    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.now().entries.clone()
    }

    pub fn provider_by_slug(&self, slug: &str) -> Option<Arc<Provider>> {
        self.now().providers.values().find(|provider| provider.slug == slug).cloned()
    }

    /// Both trees that services are sorted by, retired words among them.
    pub(crate) fn terms(&self) -> Arc<Vec<Term>> {
        self.terms.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// What a word of a tree is called, for as long as the tree has known it.
    pub(crate) fn term(&self, tree: &str, word: &str) -> Option<Text> {
        let terms = self.terms();
        let found = terms.iter().find(|term| term.tree.word() == tree && term.word == word);
        found.map(|term| term.name.clone())
    }

    /// What matches, best first; everything in the order of names when nothing is asked.
    pub fn search(&self, query: &Query, lang: Lang, range: Range<usize>) -> Found {
        self.search_with(query, &self.words().thesaurus, lang, range)
    }

    /// The same with other words that find each other than those in force.
    pub(crate) fn search_with(
        &self,
        query: &Query,
        thesaurus: &Thesaurus,
        lang: Lang,
        range: Range<usize>,
    ) -> Found {
        self.now().catalogue.find(query, thesaurus, lang, range)
    }

    /// Services for what has been typed so far.
    pub fn suggest(&self, words: &str, most: usize) -> Found {
        self.now().catalogue.suggest(words, &self.words().thesaurus, most)
    }

    /// Services that can be found, and the memory that finding them takes.
    pub fn search_size(&self) -> (usize, usize) {
        let snapshot = self.now();
        (snapshot.entries.len(), snapshot.catalogue.bytes())
    }
}

impl Snapshot {
    fn next(
        &self,
        generation: (i64, i64),
        entries: Vec<Arc<Entry>>,
        providers: HashMap<Uuid, Arc<Provider>>,
        demand: &HashMap<Uuid, f32>,
    ) -> Snapshot {
        // The names of providers are searched with their cards, so that a body with another name means reading anew.
        let named = |providers: &HashMap<Uuid, Arc<Provider>>| -> HashSet<(Uuid, Text)> {
            providers.values().map(|provider| (provider.id, provider.name.clone())).collect()
        };
        let renamed = !named(&self.providers).is_subset(&named(&providers));
        let before = if renamed { &Catalogue::default() } else { &self.catalogue };
        let mut catalogue = before.with(&entries, &providers);
        catalogue.set_demand(demand);
        let slugs = entries.iter().enumerate().map(|(place, entry)| (entry.card.id.clone(), place));
        Snapshot {
            generation,
            by_slug: slugs.collect(),
            by_id: entries.iter().enumerate().map(|(place, entry)| (entry.id, place)).collect(),
            entries,
            providers,
            catalogue,
        }
    }
}
