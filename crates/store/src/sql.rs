//! Statements: one way to ask and one way to change, the same on both engines.

use std::{
    future::Future,
    sync::atomic::{AtomicBool, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, QueryResult, Statement, TransactionTrait,
    TryGetable, Value,
};

use crate::{Engine, StoreError};

/// One row of an answer; columns are read by name.
pub struct Row(QueryResult);

impl Row {
    /// The value of a column. A NULL is read as `Option::None` and is an error for any other type.
    pub fn get<T: TryGetable>(&self, column: &str) -> Result<T, StoreError> {
        self.0.try_get("", column).map_err(|error| StoreError::Shape(format!("{column}: {error}")))
    }
}

/// What can be asked. Implemented by [`Reader`] and [`Tx`], so that a table function serves both.
pub trait Sql: Sync {
    fn engine(&self) -> Engine;

    fn all(&self, sql: &str, values: Vec<Value>)
    -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    fn one(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;

    /// What the first row stands for, when there is one.
    fn find<T, E: From<StoreError>>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&Row) -> Result<T, E> + Send,
    ) -> impl Future<Output = Result<Option<T>, E>> + Send {
        async move { self.one(sql, values).await?.as_ref().map(read).transpose() }
    }

    /// What each row stands for, in their order.
    fn list<T, E: From<StoreError>>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&Row) -> Result<T, E> + Send,
    ) -> impl Future<Output = Result<Vec<T>, E>> + Send {
        async move { self.all(sql, values).await?.iter().map(read).collect() }
    }
}

/// Reads outside a transaction.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub(crate) &'a DatabaseConnection);

impl Sql for Reader<'_> {
    fn engine(&self) -> Engine {
        engine_of(self.0)
    }

    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let rows = self.0.query_all_raw(statement(self.0, sql, values)).await?;
        Ok(rows.into_iter().map(Row).collect())
    }

    async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.0.query_one_raw(statement(self.0, sql, values)).await?.map(Row))
    }
}

/// The transaction that a verb runs in.
pub struct Tx {
    inner: DatabaseTransaction,
    engine: Engine,
    retry: AtomicBool,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, engine: Engine) -> Tx {
        Tx { inner, engine, retry: AtomicBool::new(false) }
    }

    /// Changes rows; answers how many.
    pub async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let outcome = self.inner.execute_raw(statement(&self.inner, sql, values)).await;
        self.noted(outcome.map(|done| done.rows_affected()))
    }

    /// Several statements without values: migrations.
    pub(crate) async fn script(&self, sql: &str) -> Result<(), StoreError> {
        let outcome = self.inner.execute_unprepared(sql).await;
        self.noted(outcome.map(drop))
    }

    /// A savepoint inside this transaction.
    pub(crate) async fn nested(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(self.inner.begin().await?, self.engine))
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }

    /// A roll-back that fails leaves a broken connection, which the pool throws away; nothing was kept.
    pub(crate) async fn roll_back(self) {
        if let Err(error) = self.inner.rollback().await {
            tracing::warn!(%error, "roll-back failed");
        }
    }

    pub(crate) fn asked_to_retry(&self) -> bool {
        self.retry.load(Ordering::Relaxed)
    }

    fn noted<T>(&self, outcome: Result<T, sea_orm::DbErr>) -> Result<T, StoreError> {
        outcome.map_err(|error| {
            let error = StoreError::from(error);
            if error.asks_to_retry() {
                self.retry.store(true, Ordering::Relaxed);
            }
            error
        })
    }
}

impl Sql for Tx {
    fn engine(&self) -> Engine {
        self.engine
    }

    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let outcome = self.inner.query_all_raw(statement(&self.inner, sql, values)).await;
        self.noted(outcome.map(|rows| rows.into_iter().map(Row).collect()))
    }

    async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        let outcome = self.inner.query_one_raw(statement(&self.inner, sql, values)).await;
        self.noted(outcome.map(|row| row.map(Row)))
    }
}

fn statement(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

fn engine_of(connection: &DatabaseConnection) -> Engine {
    match connection.get_database_backend() {
        sea_orm::DbBackend::Postgres => Engine::Postgres,
        _ => Engine::Sqlite,
    }
}
