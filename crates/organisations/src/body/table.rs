//! The SQL of bodies and their functions.

use std::collections::HashMap;

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Body, BodyKind};

const COLUMNS: &str = "id, slug, kind, name_ar, name_en, short_ar, short_en, mandate_ar, mandate_en,
    city_ar, city_en, phone";

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
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
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
        at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(crate) async fn insert_function(
    tx: &Tx,
    body: Uuid,
    function: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO organisations_function (body, name, given_at) VALUES ($1, $2, $3)";
    tx.run(insert, vec![body.into(), function.into(), at.0.into()]).await.map(drop)
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
        kind: BodyKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("kind of body: {kind}")))?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        short: Text::new(row.get::<String>("short_ar")?, row.get::<String>("short_en")?),
        mandate: Text::new(row.get::<String>("mandate_ar")?, row.get::<String>("mandate_en")?),
        functions: Vec::new(),
        city: Text::new(row.get::<String>("city_ar")?, row.get::<String>("city_en")?),
        phone: row.get("phone")?,
    })
}
