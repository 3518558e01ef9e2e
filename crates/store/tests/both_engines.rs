//! The store's promises, each on both engines.

use std::sync::Arc;

use clock::Timestamp;
use store::{Migration, Migrations, Once, OnceKey, Reused, Sql, Store, StoreConfig, StoreError, Tx, Verb};
use testkit::database::{stores, urls};
use uuid::Uuid;

const NOTES: Migrations = Migrations {
    set: "notes",
    steps: &[
        Migration::same(
            "0001_note",
            "CREATE TABLE note (id UUID PRIMARY KEY, words TEXT NOT NULL UNIQUE, seen BOOLEAN NOT NULL);",
        ),
        Migration::same(
            "0002_counter",
            "CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL); INSERT INTO counter VALUES (1, 0);",
        ),
    ],
};

struct Write {
    words: String,
    then: Then,
}

#[derive(Clone, Copy)]
enum Then {
    Keep,
    Refuse,
    Panic,
}

impl Write {
    fn keeping(words: &str) -> Write {
        Write { words: words.into(), then: Then::Keep }
    }
}

#[derive(Debug)]
enum WriteError {
    Refused,
    Reused,
    Store(StoreError),
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        WriteError::Store(error)
    }
}

impl From<Reused> for WriteError {
    fn from(_: Reused) -> Self {
        WriteError::Reused
    }
}

impl Verb for Write {
    type Answer = String;
    type Error = WriteError;

    async fn apply(&self, tx: &Tx) -> Result<String, WriteError> {
        let id = Uuid::now_v7();
        tx.run(
            "INSERT INTO note (id, words, seen) VALUES ($1, $2, $3)",
            vec![id.into(), self.words.clone().into(), true.into()],
        )
        .await?;
        match self.then {
            Then::Keep => Ok(id.to_string()),
            Then::Refuse => Err(WriteError::Refused),
            Then::Panic => panic!("a verb that panics"),
        }
    }
}

async fn words(store: &Store) -> Vec<String> {
    let rows = store.read().all("SELECT words FROM note ORDER BY words", vec![]).await.unwrap();
    rows.iter().map(|row| row.get("words").unwrap()).collect()
}

#[tokio::test]
async fn an_answer_means_that_the_row_is_there() {
    for store in stores(&[NOTES]).await {
        let id = store.write(Write::keeping("سلمى")).await.unwrap();
        let row = store.read().one("SELECT id, seen FROM note", vec![]).await.unwrap().unwrap();
        assert_eq!(row.get::<Uuid>("id").unwrap().to_string(), id);
        assert!(row.get::<bool>("seen").unwrap());
    }
}

#[tokio::test]
async fn verbs_of_one_group_fail_alone() {
    for store in stores(&[NOTES]).await {
        let store = Arc::new(store);
        let mut waiting = Vec::new();
        for number in 0..60 {
            let store = store.clone();
            waiting.push(tokio::spawn(async move {
                let then = if number % 3 == 0 { Then::Refuse } else { Then::Keep };
                store.write(Write { words: format!("{number:02}"), then }).await.is_ok()
            }));
        }
        let mut kept = 0;
        for outcome in waiting {
            kept += usize::from(outcome.await.unwrap());
        }
        assert_eq!(kept, 40);
        assert_eq!(words(&store).await.len(), 40);
    }
}

#[tokio::test]
async fn a_duplicate_is_told_apart_and_leaves_the_rest() {
    for store in stores(&[NOTES]).await {
        store.write(Write::keeping("one")).await.unwrap();
        let error = store.write(Write::keeping("one")).await.unwrap_err();
        assert!(matches!(&error, WriteError::Store(cause) if cause.is_duplicate()), "{error:?}");
        store.write(Write::keeping("two")).await.unwrap();
        assert_eq!(words(&store).await, ["one", "two"]);
    }
}

#[tokio::test]
async fn a_verb_that_panics_on_sqlite_takes_nothing_with_it() {
    let store = &stores(&[NOTES]).await[0];
    let error = store.write(Write { words: "x".into(), then: Then::Panic }).await.unwrap_err();
    assert!(matches!(error, WriteError::Store(StoreError::Panicked)));
    store.write(Write::keeping("after")).await.unwrap();
    assert_eq!(words(store).await, ["after"]);
}

#[tokio::test]
async fn asked_twice_answers_twice_and_acts_once() {
    for store in stores(&[NOTES]).await {
        let key = |asked: &str| {
            Some(OnceKey::new("salma/notes".into(), "k1".into(), asked.as_bytes(), Timestamp(1)))
        };
        let first = store.write(Once { key: key("a"), verb: Write::keeping("a") }).await.unwrap();
        let second = store.write(Once { key: key("a"), verb: Write::keeping("a") }).await.unwrap();
        assert_eq!(first, second);
        let other = store.write(Once { key: key("b"), verb: Write::keeping("b") }).await.unwrap_err();
        assert!(matches!(other, WriteError::Reused));
        assert_eq!(words(&store).await, ["a"]);
    }
}

#[tokio::test]
async fn asked_by_sixteen_at_once_acts_once() {
    for store in stores(&[NOTES]).await {
        let mut waiting = Vec::new();
        for _ in 0..16 {
            let store = store.clone();
            waiting.push(tokio::spawn(async move {
                let key = Some(OnceKey::new("salma/notes".into(), "same".into(), b"a", Timestamp(1)));
                store.write(Once { key, verb: Write::keeping("a") }).await.unwrap()
            }));
        }
        let mut answers = Vec::new();
        for answer in waiting {
            answers.push(answer.await.unwrap());
        }
        answers.dedup();
        assert_eq!(answers.len(), 1);
    }
}

struct Count;

impl Verb for Count {
    type Answer = i64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<i64, StoreError> {
        let row = tx.one("UPDATE counter SET value = value + 1 WHERE id = 1 RETURNING value", vec![]).await?;
        row.ok_or(StoreError::Shape("counter".into()))?.get("value")
    }
}

#[tokio::test]
async fn counting_together_counts_each_once() {
    for store in stores(&[NOTES]).await {
        let all: Vec<_> = (0..200)
            .map(|_| {
                tokio::spawn({
                    let store = store.clone();
                    async move { store.write(Count).await.unwrap() }
                })
            })
            .collect();
        let mut seen = Vec::new();
        for one in all {
            seen.push(one.await.unwrap());
        }
        seen.sort();
        assert_eq!(seen, (1..=200).collect::<Vec<i64>>());
    }
}

#[tokio::test]
async fn migrations_run_once_even_from_two_nodes() {
    for url in urls().await {
        let one = Store::open(&url, StoreConfig::default()).await.unwrap();
        let two = Store::open(&url, StoreConfig::default()).await.unwrap();
        let sets = [NOTES];
        let (first, second) = tokio::join!(one.migrate(&sets), two.migrate(&sets));
        assert_eq!(first.unwrap().len() + second.unwrap().len(), 3);
        assert!(one.migrate(&[NOTES]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_migration_that_was_changed_is_named() {
    const CHANGED: Migrations =
        Migrations { set: "notes", steps: &[Migration::same("0001_note", "CREATE TABLE note (id UUID);")] };
    for store in stores(&[NOTES]).await {
        let error = store.migrate(&[CHANGED]).await.unwrap_err();
        assert!(matches!(error, StoreError::MigrationChanged(name) if name == "notes/0001_note"));
    }
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing() {
    const BROKEN: Migrations = Migrations {
        set: "broken",
        steps: &[Migration::same("0001", "CREATE TABLE half (id BIGINT); CREATE TABLE half (id BIGINT);")],
    };
    for store in stores(&[]).await {
        assert!(store.migrate(&[BROKEN]).await.is_err());
        assert!(store.read().all("SELECT id FROM half", vec![]).await.is_err());
    }
}

#[tokio::test]
async fn an_unknown_address_is_refused() {
    let outcome = Store::open("mysql://x", StoreConfig::default()).await;
    assert!(matches!(outcome.err(), Some(StoreError::Address)));
}
