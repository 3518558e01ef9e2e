//! The SQL of views.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{VIEWS_MAX, View};

const COLUMNS: &str = "id, person, body, name, query";

pub(super) async fn insert(tx: &Tx, view: &View, at: Timestamp) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO desk_view ({COLUMNS}, saved_at) VALUES ($1, $2, $3, $4, $5, $6)");
    let values = vec![
        view.id.into(),
        view.person.into(),
        view.body.into(),
        view.name.clone().into(),
        view.query.clone().into(),
        at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(super) async fn delete(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM desk_view WHERE id = $1", vec![id.into()]).await.map(drop)
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<View>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM desk_view WHERE id = $1");
    sql.find(&select, vec![id.into()], view).await
}

/// How many a person keeps.
pub(super) async fn count(sql: &impl Sql, person: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS kept FROM desk_view WHERE person = $1";
    let row = sql.one(select, vec![person.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("kept")
}

/// A person's own views.
pub(crate) async fn own(sql: &impl Sql, person: Uuid) -> Result<Vec<View>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM desk_view WHERE person = $1 AND body IS NULL ORDER BY name, id LIMIT $2"
    );
    sql.list(&select, vec![person.into(), VIEWS_MAX.into()], view).await
}

/// The views that are everybody's at a body.
pub(crate) async fn shared(sql: &impl Sql, body: Uuid) -> Result<Vec<View>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM desk_view WHERE body = $1 ORDER BY name, id LIMIT $2");
    sql.list(&select, vec![body.into(), VIEWS_MAX.into()], view).await
}

fn view(row: &Row) -> Result<View, StoreError> {
    Ok(View {
        id: row.get("id")?,
        person: row.get("person")?,
        body: row.get("body")?,
        name: row.get("name")?,
        query: row.get("query")?,
    })
}
