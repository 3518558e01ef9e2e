//! The promises of this crate, on both engines where a store is involved.

mod audit;
mod canonical;
mod keys;
mod seal;
mod sequence;
mod tree;

use std::{path::PathBuf, sync::Arc};

use clock::{Clock, Timestamp};
use serde_json::{Value, json};
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{Entry, Keys, Leaf, Ledger, LedgerError, MIGRATIONS, append, erase};

const NOW: Timestamp = Timestamp(1_772_357_400_000_000);

/// A path in a new folder for the files of one test.
fn fresh_path(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join("ledger-tests").join(Uuid::now_v7().to_string());
    std::fs::create_dir_all(&folder).expect("a folder for the test can be made");
    folder.join(name)
}

fn fresh_keys() -> Arc<Keys> {
    Arc::new(Keys::load_or_create_named(fresh_path("keys"), "log.example.org").expect("keys can be made"))
}

/// An empty log on each engine.
async fn logs() -> Vec<(Store, Arc<Ledger>)> {
    let stores = testkit::database::stores(&[MIGRATIONS]).await;
    stores.into_iter().map(|store| (store.clone(), ledger_over(store, fresh_keys()))).collect()
}

fn ledger_over(store: Store, keys: Arc<Keys>) -> Arc<Ledger> {
    Ledger::new(store, Clock::fixed(NOW), keys, "log.example.org".into())
}

fn entry(number: u64) -> Entry<'static> {
    Entry {
        kind: "request.submitted",
        subject: format!("request/{}", number % 3),
        actor: number.is_multiple_of(2).then(|| Uuid::from_u128(u128::from(number))),
        controls: &["XX-SVC-1.1", "XX-SVC-2.1"],
        body: json!({"رقم": number, "name": "سلمى", "fee": 12.5}),
        at: Timestamp(NOW.0 + number as i64),
    }
}

/// Records `count` entries in one transaction.
struct Record {
    first: u64,
    count: u64,
}

impl Verb for Record {
    type Answer = Vec<Leaf>;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Leaf>, StoreError> {
        let mut leaves = Vec::new();
        for number in self.first..self.first + self.count {
            leaves.push(append(tx, entry(number)).await?);
        }
        Ok(leaves)
    }
}

/// Records one entry with a body of its own.
struct RecordBody(Value);

impl Verb for RecordBody {
    type Answer = Leaf;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<Leaf, StoreError> {
        append(tx, Entry { body: self.0.clone(), ..entry(1) }).await
    }
}

struct Erase(Uuid);

impl Verb for Erase {
    type Answer = bool;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<bool, StoreError> {
        erase(tx, self.0).await
    }
}

/// Statements that somebody with access to the database runs behind our back.
struct Meddle(Vec<(String, Vec<store::Value>)>);

impl Verb for Meddle {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        let mut rows = 0;
        for (statement, values) in &self.0 {
            rows += tx.run(statement, values.clone()).await?;
        }
        Ok(rows)
    }
}

async fn record(store: &Store, first: u64, count: u64) -> Vec<Leaf> {
    store.write(Record { first, count }).await.expect("entries are recorded")
}

/// Records and sequences to the end.
async fn grow(store: &Store, ledger: &Ledger, first: u64, count: u64) -> Result<Vec<Leaf>, LedgerError> {
    let leaves = record(store, first, count).await;
    while ledger.sequence().await? > 0 {}
    Ok(leaves)
}
