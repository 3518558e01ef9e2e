//! A separate place on the same PostgreSQL server, for what must not touch the living tables: a restore test.

use std::time::{Duration, SystemTime};

use sea_orm::sqlx::{self, AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::StoreError;

const BEGINNING: &str = "diwan_aside_";
/// One that is older was left by a process that died.
const LEFT_AGE_MAX: Duration = Duration::from_secs(24 * 3_600);

/// A schema of its own, empty.
pub struct Aside {
    server: String,
    schema: String,
    address: String,
}

impl Aside {
    /// Makes one, and removes what is left of former ones.
    pub async fn make(address: &str) -> Result<Aside, StoreError> {
        let mut connection = PgConnection::connect(address).await.map_err(StoreError::open)?;
        let all = "SELECT schema_name::text FROM information_schema.schemata";
        let all: Vec<String> =
            sqlx::query_scalar(all).fetch_all(&mut connection).await.map_err(StoreError::copy)?;
        for left in all.iter().filter(|schema| is_left(schema)) {
            change(&mut connection, format!("DROP SCHEMA IF EXISTS {left} CASCADE")).await?;
        }
        let schema = format!("{BEGINNING}{}", Uuid::now_v7().simple());
        change(&mut connection, format!("CREATE SCHEMA {schema}")).await?;
        connection.close().await.map_err(StoreError::copy)?;
        Ok(Aside { server: address.to_owned(), address: in_schema(address, &schema), schema })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub async fn remove(self) -> Result<(), StoreError> {
        let mut connection = PgConnection::connect(&self.server).await.map_err(StoreError::open)?;
        change(&mut connection, format!("DROP SCHEMA {} CASCADE", self.schema)).await?;
        connection.close().await.map_err(StoreError::copy)
    }
}

async fn change(connection: &mut PgConnection, statement: String) -> Result<(), StoreError> {
    let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await;
    done.map(drop).map_err(StoreError::copy)
}

fn is_left(schema: &str) -> bool {
    let made = schema.strip_prefix(BEGINNING).and_then(|id| Uuid::try_parse(id).ok());
    let made = made.and_then(|id| id.get_timestamp()).map(|at| at.to_unix().0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    made.is_some_and(|made| made + LEFT_AGE_MAX.as_secs() < now.as_secs())
}

/// The same server and database, looking into this schema alone.
fn in_schema(address: &str, schema: &str) -> String {
    let (server, asked) = address.split_once('?').unwrap_or((address, ""));
    let others = asked.split('&').filter(|part| !part.is_empty() && !part.starts_with("options="));
    let own = format!("options=-c%20search_path%3D{schema}");
    let all: Vec<&str> = others.chain([own.as_str()]).collect();
    format!("{server}?{}", all.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_into_the_schema_and_nowhere_else() {
        for (address, expected) in [
            ("postgres://a@b/c", "postgres://a@b/c?options=-c%20search_path%3Ds"),
            (
                "postgres://a@b/c?sslmode=require",
                "postgres://a@b/c?sslmode=require&options=-c%20search_path%3Ds",
            ),
            (
                "postgres://a@b/c?options=-c%20search_path%3Dt",
                "postgres://a@b/c?options=-c%20search_path%3Ds",
            ),
        ] {
            assert_eq!(in_schema(address, "s"), expected);
        }
        assert!(!is_left(&format!("{BEGINNING}{}", Uuid::now_v7().simple())));
        assert!(is_left(&format!("{BEGINNING}018000000000700080000000000000aa")));
        assert!(!is_left("public"));
    }
}
