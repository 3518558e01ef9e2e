//! The SQL of the register's rules.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, Tx};
use uuid::Uuid;

use super::{InForce, Rules};

pub(crate) async fn current(sql: &impl Sql) -> Result<InForce, Failure> {
    Ok(versions(sql, 1).await?.into_iter().next().unwrap_or_default())
}

/// The versions of the rules, the newest first.
pub(crate) async fn versions(sql: &impl Sql, limit: i64) -> Result<Vec<InForce>, Failure> {
    let select = "SELECT version, rules, actor, at FROM directory_rules ORDER BY version DESC LIMIT $1";
    sql.list(select, vec![limit.into()], read).await
}

pub(crate) async fn insert(
    tx: &Tx,
    version: i64,
    rules: &Rules,
    actor: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let insert = "INSERT INTO directory_rules (version, rules, actor, at) VALUES ($1, $2, $3, $4)";
    let text = serde_json::to_string(rules)?;
    tx.run(insert, vec![version.into(), text.into(), actor.into(), at.0.into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<InForce, Failure> {
    Ok(InForce {
        version: row.get("version")?,
        rules: serde_json::from_str(&row.get::<String>("rules")?)?,
        actor: Some(row.get("actor")?),
        at: Some(Timestamp(row.get("at")?)),
    })
}
