//! Moves what was committed from SQLite's write-ahead log into the database file, beside the writer and not in its way.
//!
//! Left to itself, SQLite does this within a commit, and everybody who waits for that commit waits for the moving of
//! a thousand pages too. A second connection does it every second; the writer's own turn is kept for the case that
//! this one cannot keep up, so that the log has an end.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::StoreConfig;

/// How often the log is moved.
const EVERY: Duration = Duration::from_secs(1);
/// Pages of 4 KiB after which the writer moves them itself: 64 MiB.
pub(crate) const PAGES_MAX: &str = "16384";

/// Goes on until the last clone of the store is gone.
pub(crate) fn keep_short(connection: DatabaseConnection, config: &Arc<StoreConfig>) {
    tokio::spawn(move_on(connection, Arc::downgrade(config)));
}

async fn move_on(connection: DatabaseConnection, store: Weak<StoreConfig>) {
    while store.strong_count() > 0 {
        tokio::time::sleep(EVERY).await;
        // What is not moved now is moved in a second, or by the writer: nothing is lost meanwhile.
        if let Err(error) = connection.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
            tracing::warn!(%error, "the write-ahead log was not moved");
        }
    }
}
