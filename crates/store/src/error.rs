//! What can go wrong with the database, in the words that the layers above need.

use sea_orm::{DbErr, RuntimeErr, sqlx};

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the address is neither sqlite:// nor postgres://")]
    Address,
    #[error("the database could not be opened")]
    Open(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the writer has more than it can queue")]
    Busy,
    #[error("the writer stopped before it answered")]
    Stopped,
    #[error("the transaction that carried this verb could not be committed: {0}")]
    NotCommitted(String),
    #[error("a verb panicked and was rolled back")]
    Panicked,
    #[error("migration {0} was changed after it had been applied")]
    MigrationChanged(String),
    #[error("the copy was made by a newer program: migration {0} is not known here")]
    Newer(String),
    #[error("the database could not be copied")]
    Copy(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("a row has no such value: {0}")]
    Shape(String),
    #[error("the database refused a statement")]
    Database(#[from] DbErr),
}

impl StoreError {
    pub(crate) fn open(error: sqlx::Error) -> StoreError {
        StoreError::Open(Box::new(error))
    }

    pub(crate) fn copy(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
        StoreError::Copy(error.into())
    }

    /// Serialisation failure, deadlock, or a lock that was held too long: the same verb may pass next time.
    pub fn asks_to_retry(&self) -> bool {
        matches!(self.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }

    /// Whether a row with this key is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self.code().as_deref(), Some("23505" | "2067" | "1555"))
    }

    /// SQLSTATE on PostgreSQL, the extended result code on SQLite.
    fn code(&self) -> Option<String> {
        let StoreError::Database(error) = self else { return None };
        let (DbErr::Exec(cause) | DbErr::Query(cause) | DbErr::Conn(cause)) = error else { return None };
        let RuntimeErr::SqlxError(cause) = cause else { return None };
        cause.as_database_error()?.code().map(|code| code.into_owned())
    }
}
