//! Whoever changes anything in the tables of the log is found, and the fault names the place.

use store::{Row, Sql, Store, StoreError, Value};
use uuid::Uuid;

use super::{Meddle, grow, logs};
use crate::{Ledger, Part, Tampered, verify_log};

const TABLES: [&str; 4] = ["ledger_entry", "ledger_tile", "ledger_checkpoint", "ledger_head"];

/// A log of 261 entries in three checkpoints: a full tile, a partial one, and one of level 1.
async fn fill(store: &Store, ledger: &Ledger) {
    for (first, count) in [(0, 3), (3, 254), (257, 4)] {
        grow(store, ledger, first, count).await.expect("rounds");
    }
    super::record(store, 261, 2).await;
    let keep = TABLES.map(|table| (format!("CREATE TABLE keep_{table} AS SELECT * FROM {table}"), vec![]));
    store.write(Meddle(keep.into())).await.expect("a copy is made");
}

async fn restore(store: &Store) {
    let back = TABLES.into_iter().flat_map(|table| {
        let all = [format!("DELETE FROM {table}"), format!("INSERT INTO {table} SELECT * FROM keep_{table}")];
        all.map(|statement| (statement, vec![]))
    });
    store.write(Meddle(back.collect())).await.expect("all is as it was");
}

/// What somebody does, and the parts of which at least one fault must speak.
type Case = (&'static str, Vec<Value>, Part);

fn cases() -> Vec<Case> {
    let bytes = |length: usize| Value::from(vec![9_u8; length]);
    let somebody = || Value::from(Uuid::from_u128(99));
    let mut cases: Vec<Case> = vec![
        ("UPDATE ledger_entry SET id = $1 WHERE idx = 4", vec![somebody()], Part::Entry),
        ("UPDATE ledger_entry SET actor = $1 WHERE idx = 4", vec![somebody()], Part::Entry),
        ("UPDATE ledger_entry SET actor = $1 WHERE idx = 5", vec![somebody()], Part::Entry),
        ("UPDATE ledger_entry SET salt = $1 WHERE idx = 4", vec![bytes(32)], Part::Entry),
        ("UPDATE ledger_entry SET salt = $1 WHERE idx = 4", vec![bytes(31)], Part::Entry),
        ("UPDATE ledger_entry SET commitment = $1 WHERE idx = 4", vec![bytes(32)], Part::Entry),
        ("UPDATE ledger_entry SET commitment = $1 WHERE idx IS NULL", vec![bytes(32)], Part::Entry),
        ("UPDATE ledger_tile SET hashes = $1 WHERE level = 0 AND idx = 0", vec![bytes(256 * 32)], Part::Tile),
        (
            "UPDATE ledger_tile SET hashes = $1 WHERE level = 0 AND idx = 0",
            vec![bytes(256 * 32 - 1)],
            Part::Tile,
        ),
        ("UPDATE ledger_tile SET hashes = $1 WHERE level = 0 AND idx = 1", vec![bytes(5 * 32)], Part::Tile),
        ("UPDATE ledger_tile SET hashes = $1 WHERE level = 1", vec![bytes(32)], Part::Tile),
        ("UPDATE ledger_tile SET width = 2, hashes = $1 WHERE level = 1", vec![bytes(64)], Part::Tile),
        ("UPDATE ledger_checkpoint SET root = $1 WHERE size = 3", vec![bytes(32)], Part::Checkpoint),
        ("UPDATE ledger_checkpoint SET root = $1 WHERE size = 261", vec![bytes(31)], Part::Checkpoint),
        ("UPDATE ledger_head SET root = $1", vec![bytes(32)], Part::Head),
        (
            "INSERT INTO ledger_tile (level, idx, width, hashes) VALUES (2, 0, 1, $1)",
            vec![bytes(32)],
            Part::Tile,
        ),
    ];
    cases.extend(plain_cases().into_iter().map(|(statement, part)| (statement, vec![], part)));
    cases
}

fn plain_cases() -> Vec<(&'static str, Part)> {
    vec![
        ("UPDATE ledger_entry SET kind = 'request.refused' WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET kind = 'request.refused' WHERE idx IS NULL", Part::Entry),
        ("UPDATE ledger_entry SET subject = 'request/9' WHERE idx = 260", Part::Entry),
        ("UPDATE ledger_entry SET actor = NULL WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET controls = '[]' WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET controls = '[\"XX-SVC-1.1\", \"XX-SVC-2.1\"]' WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET body = '{}' WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET body = body || ' ' WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET body = NULL WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET salt = NULL WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET at = at + 1 WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET idx = NULL WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET idx = 5000 WHERE idx = 4", Part::Entry),
        ("UPDATE ledger_entry SET idx = 261 WHERE idx = 260", Part::Entry),
        (
            "UPDATE ledger_entry SET idx = 261 WHERE id = (SELECT id FROM keep_ledger_entry WHERE idx IS NULL LIMIT 1)",
            Part::Entry,
        ),
        ("DELETE FROM ledger_entry WHERE idx = 0", Part::Entry),
        ("DELETE FROM ledger_entry WHERE idx = 260", Part::Entry),
        ("DELETE FROM ledger_entry WHERE idx < 261", Part::Entry),
        ("UPDATE ledger_tile SET level = 2 WHERE level = 1", Part::Tile),
        ("UPDATE ledger_tile SET idx = 7 WHERE level = 0 AND idx = 1", Part::Tile),
        ("UPDATE ledger_tile SET width = 4 WHERE level = 0 AND idx = 1", Part::Tile),
        ("UPDATE ledger_tile SET width = 255 WHERE level = 0 AND idx = 0", Part::Tile),
        ("UPDATE ledger_tile SET width = 0 WHERE level = 1", Part::Tile),
        ("DELETE FROM ledger_tile WHERE level = 0 AND idx = 0", Part::Tile),
        ("DELETE FROM ledger_tile WHERE level = 1", Part::Tile),
        ("UPDATE ledger_checkpoint SET size = 4 WHERE size = 3", Part::Checkpoint),
        ("UPDATE ledger_checkpoint SET size = 300 WHERE size = 261", Part::Checkpoint),
        ("UPDATE ledger_checkpoint SET note = note || '\n' WHERE size = 3", Part::Checkpoint),
        ("UPDATE ledger_checkpoint SET note = REPLACE(note, 'log.', 'lag.') WHERE size = 3", Part::Key),
        (
            "UPDATE ledger_checkpoint SET note = (SELECT note FROM keep_ledger_checkpoint WHERE size = 257) \
          WHERE size = 3",
            Part::Checkpoint,
        ),
        ("UPDATE ledger_checkpoint SET at = at + 1 WHERE size = 3", Part::Checkpoint),
        ("DELETE FROM ledger_checkpoint WHERE size = 261", Part::Checkpoint),
        ("UPDATE ledger_head SET size = size + 1", Part::Entry),
        ("UPDATE ledger_head SET size = size - 1", Part::Head),
        ("UPDATE ledger_head SET root = NULL", Part::Head),
        ("UPDATE ledger_head SET at = at - 1", Part::Head),
        ("UPDATE ledger_head SET id = 2", Part::Head),
        ("INSERT INTO ledger_head (id, size, at) VALUES (2, 0, 0)", Part::Head),
        ("DELETE FROM ledger_head", Part::Head),
    ]
}

#[tokio::test]
async fn a_change_to_any_column_is_found_and_named() {
    for (store, ledger) in logs().await {
        let keys = ledger.keys().verifying();
        fill(&store, &ledger).await;
        let report = verify_log(&store, &keys).await.expect("the log is whole");
        assert_eq!((report.size, report.waiting, report.checkpoints, report.tiles), (261, 2, 3, 3));
        for (statement, values, part) in cases() {
            let changed =
                store.write(Meddle(vec![(statement.into(), values)])).await.expect("the change is made");
            assert!(changed > 0, "{statement} changed nothing");
            let faults = verify_log(&store, &keys).await.expect_err(statement);
            assert!(faults.iter().any(|fault| fault.part == part), "{statement}: {faults:?}");
            assert!(faults.len() <= crate::FAULTS_MAX + 1);
            restore(&store).await;
        }
        verify_log(&store, &keys).await.expect("the log is whole again");
    }
}

#[tokio::test]
async fn two_entries_cannot_change_places() {
    for (store, ledger) in logs().await {
        fill(&store, &ledger).await;
        let swap = [("idx = 9999", "idx = 4"), ("idx = 4", "idx = 5"), ("idx = 5", "idx = 9999")];
        let swap = swap.map(|(to, from)| (format!("UPDATE ledger_entry SET {to} WHERE {from}"), vec![]));
        store.write(Meddle(swap.into())).await.expect("the change is made");
        let faults = verify_log(&store, &ledger.keys().verifying()).await.expect_err("places were changed");
        assert!(faults.iter().any(|fault| fault.sentence.contains("differs at entry 4")), "{faults:?}");
    }
}

/// A log that was rewritten from end to end, with tiles and roots that fit, is still not ours: nobody else can
/// sign its checkpoints.
#[tokio::test]
async fn a_log_signed_by_a_stranger_is_refused() {
    for (store, ledger) in logs().await {
        fill(&store, &ledger).await;
        let faults = verify_log(&store, &super::fresh_keys().verifying()).await.expect_err("another key");
        assert!(faults.iter().all(|fault: &Tampered| fault.part == Part::Key), "{faults:?}");
    }
}

#[tokio::test]
async fn one_fault_is_reported_where_it_is() {
    for (store, ledger) in logs().await {
        fill(&store, &ledger).await;
        let rows = [
            ("UPDATE ledger_entry SET kind = 'x' WHERE idx = 4", "at index 4 has a kind, subject, actor"),
            (
                "UPDATE ledger_entry SET commitment = salt WHERE idx = 4",
                "has another commitment than the one",
            ),
            ("UPDATE ledger_entry SET body = NULL WHERE idx = 4", "has a salt and no body"),
            (
                "UPDATE ledger_checkpoint SET at = 5 WHERE size = 3",
                "The checkpoint of 3 entries has another time",
            ),
            ("UPDATE ledger_head SET at = 5", "The head has another time than the newest entry."),
        ];
        for (statement, sentence) in rows {
            store.write(Meddle(vec![(statement.into(), vec![])])).await.expect("the change is made");
            let faults = verify_log(&store, &ledger.keys().verifying()).await.expect_err(statement);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].sentence.contains(sentence), "{faults:?}");
            restore(&store).await;
        }
    }
}

/// Every byte of every binary column and every letter of every text column of a short log.
#[tokio::test]
async fn a_flip_of_any_byte_is_found() {
    for (store, ledger) in logs().await {
        grow(&store, &ledger, 0, 2).await.expect("rounds");
        grow(&store, &ledger, 2, 1).await.expect("rounds");
        let columns = [
            (
                "ledger_entry",
                "idx",
                &["salt", "commitment"][..],
                &["kind", "subject", "controls", "body"][..],
            ),
            ("ledger_tile", "idx", &["hashes"], &[]),
            ("ledger_checkpoint", "size", &["root"], &["note"]),
            ("ledger_head", "id", &["root"], &[]),
        ];
        for (table, key, binary, texts) in columns {
            for column in binary {
                let read = |row: &Row| row.get::<Vec<u8>>(column);
                flip(&store, &ledger, table, key, column, read, |bytes| flips(bytes)).await;
            }
            for column in texts {
                let read = |row: &Row| row.get::<String>(column);
                flip(&store, &ledger, table, key, column, read, |text| letters(text)).await;
            }
        }
        verify_log(&store, &ledger.keys().verifying()).await.expect("the log is whole again");
    }
}

fn flips(bytes: &[u8]) -> Vec<Vec<u8>> {
    let flipped = |position: usize| {
        let mut changed = bytes.to_vec();
        changed[position] ^= 1 << (position % 8);
        changed
    };
    (0..bytes.len()).map(flipped).collect()
}

/// A database refuses text that is not UTF-8, so a letter becomes its neighbour.
fn letters(text: &str) -> Vec<String> {
    let changed = |(position, letter): (usize, char)| {
        let other = char::from_u32(letter as u32 ^ 1).unwrap_or('?');
        format!("{}{other}{}", &text[..position], &text[position + letter.len_utf8()..])
    };
    text.char_indices().map(changed).collect()
}

async fn flip<T: Clone + Into<Value>>(
    store: &Store,
    ledger: &Ledger,
    table: &str,
    key: &str,
    column: &str,
    read: impl Fn(&Row) -> Result<T, StoreError>,
    changes: impl Fn(&T) -> Vec<T>,
) {
    let keys = ledger.keys().verifying();
    let rows = store.read().all(&format!("SELECT {key}, {column} FROM {table}"), vec![]).await.expect("rows");
    for row in &rows {
        let (place, original) = (row.get::<i64>(key).expect("a key"), read(row).expect("a value"));
        let update = format!("UPDATE {table} SET {column} = $1 WHERE {key} = $2");
        for changed in changes(&original).into_iter().map(Some).chain([None]) {
            let last = changed.is_none();
            let value = changed.unwrap_or_else(|| original.clone());
            let set = vec![(update.clone(), vec![value.into(), place.into()])];
            store.write(Meddle(set)).await.expect("the change is made");
            let outcome = verify_log(store, &keys).await;
            assert_eq!(outcome.is_ok(), last, "{table}.{column} of {place} was changed unseen");
        }
    }
}
