//! The SQL of bodies and their functions.

use std::collections::HashMap;

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Body, BodyKind};

const COLUMNS: &str = "id, slug, kind, name_ar, name_en, short_ar, short_en, mandate_ar, mandate_en,
    city_ar, city_en, phone, parent, closed_at, successor";

/// All bodies, by slug. A state has tens or hundreds of them, so they come at once.
pub async fn bodies(sql: &impl Sql) -> Result<Vec<Body>, StoreError> {
    let rows = sql.all(&format!("SELECT {COLUMNS} FROM organisations_body ORDER BY slug"), vec![]).await?;
    let held = sql.all("SELECT body, name FROM organisations_function ORDER BY name", vec![]).await?;
    let mut functions: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in held {
        functions.entry(row.get("body")?).or_default().push(row.get("name")?);
    }
    rows.iter()
        .map(|row| {
            let mut body = from_row(row)?;
            body.functions = functions.remove(&body.id).unwrap_or_default();
            Ok(body)
        })
        .collect()
}

pub async fn body(sql: &impl Sql, id: Uuid) -> Result<Option<Body>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM organisations_body WHERE id = $1");
    with_functions(sql, sql.one(&select, vec![id.into()]).await?).await
}

pub async fn body_by_slug(sql: &impl Sql, slug: &str) -> Result<Option<Body>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM organisations_body WHERE slug = $1");
    with_functions(sql, sql.one(&select, vec![slug.into()]).await?).await
}

/// The body that holds a function which only one may hold; the first by age where several do.
pub async fn holder_of(sql: &impl Sql, function: &str) -> Result<Option<Uuid>, StoreError> {
    let select = "SELECT body FROM organisations_function WHERE name = $1 ORDER BY given_at, body LIMIT 1";
    sql.one(select, vec![function.into()]).await?.map(|row| row.get("body")).transpose()
}

pub(crate) async fn insert(tx: &Tx, body: &Body, at: Timestamp) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO organisations_body ({COLUMNS}, registered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let values = vec![
        body.id.into(),
        body.slug.clone().into(),
        body.kind.word().into(),
        body.name.ar.clone().into(),
        body.name.en.clone().into(),
        body.short.ar.clone().into(),
        body.short.en.clone().into(),
        body.mandate.ar.clone().into(),
        body.mandate.en.clone().into(),
        body.city.ar.clone().into(),
        body.city.en.clone().into(),
        body.phone.clone().into(),
        body.parent.into(),
        body.closed_at.map(Timestamp::micros).into(),
        body.successor.into(),
        at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// Everything that may change of a body.
pub(super) async fn save(tx: &Tx, body: &Body) -> Result<(), StoreError> {
    let update = "UPDATE organisations_body SET kind = $2, name_ar = $3, name_en = $4, short_ar = $5, short_en = $6,
        mandate_ar = $7, mandate_en = $8, city_ar = $9, city_en = $10, phone = $11, parent = $12, closed_at = $13,
        successor = $14 WHERE id = $1";
    let values = vec![
        body.id.into(),
        body.kind.word().into(),
        body.name.ar.clone().into(),
        body.name.en.clone().into(),
        body.short.ar.clone().into(),
        body.short.en.clone().into(),
        body.mandate.ar.clone().into(),
        body.mandate.en.clone().into(),
        body.city.ar.clone().into(),
        body.city.en.clone().into(),
        body.phone.clone().into(),
        body.parent.into(),
        body.closed_at.map(Timestamp::micros).into(),
        body.successor.into(),
    ];
    tx.run(update, values).await.map(drop)
}

pub(crate) async fn insert_function(
    tx: &Tx,
    (body, unit): (Uuid, Option<Uuid>),
    function: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO organisations_function (body, unit, name, given_at) VALUES ($1, $2, $3, $4)";
    tx.run(insert, vec![body.into(), unit.into(), function.into(), at.0.into()]).await.map(drop)
}

/// Takes a function from a body and keeps that it was held. False when the body does not hold it.
pub(super) async fn end_function(
    tx: &Tx,
    body: Uuid,
    function: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let keep = "INSERT INTO organisations_function_past (id, body, unit, name, from_at, until_at)
        SELECT $1, body, unit, name, given_at, $4 FROM organisations_function WHERE body = $2 AND name = $3";
    let values = vec![Uuid::now_v7().into(), body.into(), function.into(), at.0.into()];
    if tx.run(keep, values).await? == 0 {
        return Ok(false);
    }
    let delete = "DELETE FROM organisations_function WHERE body = $1 AND name = $2";
    tx.run(delete, vec![body.into(), function.into()]).await?;
    Ok(true)
}

/// A function as a body holds it or held it, with the unit that sees to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub body: Uuid,
    pub unit: Option<Uuid>,
    pub function: String,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// The functions of a body: those that it holds, then those that it held, the latest first.
pub async fn functions_of(sql: &impl Sql, body: Uuid) -> Result<Vec<Held>, StoreError> {
    let select = "SELECT body, unit, name, given_at AS from_at, CAST(NULL AS BIGINT) AS until_at
            FROM organisations_function WHERE body = $1
        UNION ALL SELECT body, unit, name, from_at, until_at FROM organisations_function_past WHERE body = $1";
    let mut held = sql.list(select, vec![body.into()], held_from).await?;
    held.sort_by_key(|it| (it.until.map(|until| -until.0), it.function.clone()));
    Ok(held)
}

fn held_from(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        body: row.get("body")?,
        unit: row.get("unit")?,
        function: row.get("name")?,
        from: Timestamp(row.get("from_at")?),
        until: row.get::<Option<i64>>("until_at")?.map(Timestamp),
    })
}

/// How many bodies belong to this one and still exist.
pub(super) async fn count_below(sql: &impl Sql, body: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS found FROM organisations_body WHERE parent = $1 AND closed_at IS NULL";
    let row = sql.one(select, vec![body.into()]).await?;
    row.map_or(Ok(0), |row| row.get("found"))
}

/// The fields in which a body may offer services, by name.
pub async fn fields_of(sql: &impl Sql, body: Uuid) -> Result<Vec<String>, StoreError> {
    let select = "SELECT field FROM organisations_field WHERE body = $1 ORDER BY field";
    sql.all(select, vec![body.into()]).await?.iter().map(|row| row.get("field")).collect()
}

pub(super) async fn set_fields(tx: &Tx, body: Uuid, fields: &[String]) -> Result<(), StoreError> {
    tx.run("DELETE FROM organisations_field WHERE body = $1", vec![body.into()]).await?;
    for field in fields {
        let insert = "INSERT INTO organisations_field (body, field) VALUES ($1, $2)";
        tx.run(insert, vec![body.into(), field.as_str().into()]).await?;
    }
    Ok(())
}

async fn with_functions(sql: &impl Sql, row: Option<Row>) -> Result<Option<Body>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let mut body = from_row(&row)?;
    let select = "SELECT name FROM organisations_function WHERE body = $1 ORDER BY name";
    let held = sql.all(select, vec![body.id.into()]).await?;
    body.functions = held.iter().map(|row| row.get("name")).collect::<Result<_, _>>()?;
    Ok(Some(body))
}

fn from_row(row: &Row) -> Result<Body, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Body {
        id: row.get("id")?,
        slug: row.get("slug")?,
        parent: row.get("parent")?,
        closed_at: row.get::<Option<i64>>("closed_at")?.map(Timestamp),
        successor: row.get("successor")?,
        kind: BodyKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("kind of body: {kind}")))?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        short: Text::new(row.get::<String>("short_ar")?, row.get::<String>("short_en")?),
        mandate: Text::new(row.get::<String>("mandate_ar")?, row.get::<String>("mandate_en")?),
        functions: Vec::new(),
        city: Text::new(row.get::<String>("city_ar")?, row.get::<String>("city_en")?),
        phone: row.get("phone")?,
    })
}
