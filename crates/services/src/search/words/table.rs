//! The SQL of the words that find each other.

use clock::Timestamp;
use language::{Group, Relation};
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::Words;

/// Rows of one statement that puts many in.
const ROWS_AT_ONCE: usize = 50;
const BETWEEN: &str = ", ";

pub(crate) async fn generation(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT value FROM search_words_generation WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("search_words_generation".into()))?.get("value")
}

const COLUMNS: &str = "id, version, relation, words, finds, in_force";

/// Every group, in the order in which they came.
pub(crate) async fn all(sql: &impl Sql) -> Result<Vec<Words>, StoreError> {
    sql.list(&format!("SELECT {COLUMNS} FROM search_words ORDER BY id"), vec![], words).await
}

/// A page of the newest groups first, before `before`.
pub(crate) async fn page(sql: &impl Sql, before: Uuid, limit: i64) -> Result<Vec<Words>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM search_words WHERE id < $1 ORDER BY id DESC LIMIT $2");
    sql.list(&select, vec![before.into(), limit.into()], words).await
}

pub(crate) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Words>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM search_words WHERE id = $1");
    sql.find(&select, vec![id.into()], words).await
}

/// The lines of the built-in list that were put in before.
pub(crate) async fn seeds(sql: &impl Sql) -> Result<Vec<String>, StoreError> {
    let rows = sql.all("SELECT seed FROM search_words WHERE seed IS NOT NULL", vec![]).await?;
    rows.iter().map(|row| row.get("seed")).collect()
}

/// Puts lines of the built-in list in; one that another node put in meanwhile stays as it is. How many were put in.
pub(crate) async fn insert_seeds(
    tx: &Tx,
    seeds: &[(Uuid, String, Group)],
    at: Timestamp,
) -> Result<u64, StoreError> {
    let mut inserted = 0;
    for rows in seeds.chunks(ROWS_AT_ONCE) {
        let mut values: Vec<Value> = vec![at.0.into()];
        let mut places = Vec::new();
        for (id, seed, group) in rows {
            let first = values.len() + 1;
            places.push(format!(
                "(${first}, ${}, 1, ${}, ${}, ${}, 1, $1)",
                first + 1,
                first + 2,
                first + 3,
                first + 4
            ));
            values.extend([
                (*id).into(),
                seed.clone().into(),
                group.relation.word().into(),
                group.words.join(BETWEEN).into(),
                group.finds.join(BETWEEN).into(),
            ]);
        }
        let insert = format!(
            "INSERT INTO search_words (id, seed, version, relation, words, finds, in_force, changed_at)
             VALUES {} ON CONFLICT (seed) DO NOTHING",
            places.join(", ")
        );
        inserted += tx.run(&insert, values).await?;
    }
    moved(tx).await?;
    Ok(inserted)
}

pub(crate) async fn insert(tx: &Tx, words: &Words, at: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO search_words (id, version, relation, words, finds, in_force, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values(words, at),
    )
    .await?;
    moved(tx).await
}

/// Writes the next version over the one before it. False when somebody else was faster.
pub(crate) async fn update(tx: &Tx, words: &Words, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE search_words SET version = $2, relation = $3, words = $4, finds = $5, in_force = $6,
            changed_at = $7
        WHERE id = $1 AND version = $2 - 1";
    let changed = tx.run(update, values(words, at)).await? == 1;
    moved(tx).await?;
    Ok(changed)
}

fn values(words: &Words, at: Timestamp) -> Vec<Value> {
    vec![
        words.id.into(),
        words.version.into(),
        words.group.relation.word().into(),
        words.group.words.join(BETWEEN).into(),
        words.group.finds.join(BETWEEN).into(),
        i64::from(words.in_force).into(),
        at.0.into(),
    ]
}

async fn moved(tx: &Tx) -> Result<(), StoreError> {
    tx.run("UPDATE search_words_generation SET value = value + 1 WHERE id = 1", vec![]).await?;
    Ok(())
}

fn words(row: &Row) -> Result<Words, StoreError> {
    let relation: String = row.get("relation")?;
    let relation = Relation::named(&relation).ok_or(StoreError::Shape(relation))?;
    Ok(Words {
        id: row.get("id")?,
        version: row.get("version")?,
        group: Group {
            relation,
            words: Group::list(&row.get::<String>("words")?),
            finds: Group::list(&row.get::<String>("finds")?),
        },
        in_force: row.get::<i64>("in_force")? == 1,
    })
}
