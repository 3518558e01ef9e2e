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
    table,
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
}

impl Directory {
    fn now(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads the directory when its generation has moved; true when it had.
    pub async fn refresh(&self, store: &Store) -> Result<bool, Failure> {
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
        let held = |id: &Uuid, version: i64| {
            let entry = snapshot.by_id.get(id).map(|place| &snapshot.entries[*place]);
            entry.filter(|entry| entry.version == version).cloned()
        };
        let versions = table::published_versions(&store.read()).await?;
        let changed = versions.iter().filter(|(id, version)| held(id, *version).is_none()).count();
        if changed > CHANGED_ONE_BY_ONE_MAX {
            return Ok(table::published(&store.read()).await?.into_iter().map(Arc::new).collect());
        }
        let mut entries = Vec::with_capacity(versions.len());
        for (id, version) in versions {
            match held(&id, version) {
                Some(entry) => entries.push(entry),
                None => entries.extend(table::at_version(&store.read(), id, version).await?.map(Arc::new)),
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

    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.now().entries.clone()
    }

    /// What matches, best first; everything in the order of names when nothing is asked.
    pub fn search(&self, query: &Query, lang: Lang, range: Range<usize>) -> Found {
        let snapshot = self.now();
        snapshot.catalogue.find(query, Thesaurus::built_in(), lang, range)
    }

    /// Services for what has been typed so far.
    pub fn suggest(&self, words: &str, most: usize) -> Found {
        let snapshot = self.now();
        snapshot.catalogue.suggest(words, Thesaurus::built_in(), most)
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
