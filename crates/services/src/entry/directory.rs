//! The published directory in memory, the same on every node.
//!
//! Cards are read thousands of times for each time that one is published, so each node holds them with their
//! compiled forms and search index, and reads them anew when the directory's generation has moved: within a second.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use authz::Failure;
use clock::Timestamp;
use language::{Digits, Lang, Offset, Text};
use organisations::Calendar;
use store::Store;
use uuid::Uuid;

use super::{Entry, search::Index, table};

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
    generation: i64,
    entries: Vec<Arc<Entry>>,
    by_slug: HashMap<String, usize>,
    by_id: HashMap<Uuid, usize>,
    providers: HashMap<Uuid, Arc<Provider>>,
    index: Index,
}

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
        let generation = table::generation(&store.read()).await?;
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
        let entries: Vec<Arc<Entry>> =
            table::published(&store.read()).await?.into_iter().map(Arc::new).collect();
        let place = |key: fn(&Entry) -> String| -> HashMap<String, usize> {
            entries.iter().enumerate().map(|(place, entry)| (key(entry), place)).collect()
        };
        let snapshot = Snapshot {
            generation,
            by_slug: place(|entry| entry.card.id.clone()),
            by_id: entries.iter().enumerate().map(|(place, entry)| (entry.id, place)).collect(),
            index: Index::of(&entries, &providers),
            entries,
            providers,
        };
        *self.snapshot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(snapshot);
        Ok(true)
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
    pub fn search(&self, query: &super::search::Query, lang: Lang) -> Vec<Hit> {
        let snapshot = self.now();
        snapshot.index.search(&snapshot.entries, query, lang)
    }
}
