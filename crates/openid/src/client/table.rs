//! The SQL of systems.

use authz::Assurance;
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Client, ClientKind, Scope, scope_words};

const COLUMNS: &str = "id, body, name_ar, name_en, kind, redirect_uris, after_logout_uris, logout_uri, scopes, assurance, \
    secret_hash, secret_at, registered_at, registered_by, ended_at";

pub(super) async fn insert(tx: &Tx, new: &Client) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO openid_client ({COLUMNS}, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    tx.run(&insert, values(new)).await.map(drop)
}

pub(super) async fn save(tx: &Tx, client: &Client) -> Result<(), StoreError> {
    let update = "UPDATE openid_client SET body = $2, name_ar = $3, name_en = $4, kind = $5, redirect_uris = $6,
            after_logout_uris = $7, logout_uri = $8, scopes = $9, assurance = $10, secret_hash = $11, secret_at = $12,
            registered_at = $13, registered_by = $14, ended_at = $15, words = $16
        WHERE id = $1";
    tx.run(update, values(client)).await.map(drop)
}

fn values(client: &Client) -> Vec<Value> {
    let at = |at: Option<Timestamp>| Value::from(at.map(Timestamp::micros));
    vec![
        client.id.into(),
        client.body.into(),
        client.name.ar.clone().into(),
        client.name.en.clone().into(),
        client.kind.word().into(),
        client.redirect_uris.join("\n").into(),
        client.after_logout_uris.join("\n").into(),
        client.logout_uri.clone().into(),
        scope_words(&client.scopes).into(),
        (client.assurance as i64).into(),
        client.secret_hash.clone().into(),
        at(client.secret_at),
        client.registered_at.0.into(),
        client.registered_by.into(),
        at(client.ended_at),
        client.stems().into(),
    ]
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Client>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM openid_client WHERE id = $1"), vec![id.into()], read).await
}

/// How many systems of a body are in use.
pub(super) async fn count(sql: &impl Sql, body: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS held FROM openid_client WHERE body = $1 AND ended_at IS NULL";
    sql.one(select, vec![body.into()]).await?.map_or(Ok(0), |row| row.get("held"))
}

/// Which systems of those that somebody keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Only those in use, or only those out of use.
    pub ended: Option<bool>,
    /// Stems of which all must stand there.
    pub stems: Vec<String>,
}

/// Systems of these bodies, the newest first.
pub(super) async fn listed(
    sql: &impl Sql,
    bodies: &[Uuid],
    wanted: &Wanted,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Client>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let places: Vec<String> = bodies.iter().map(|body| place((*body).into())).collect();
    let mut only = format!("body IN ({})", places.join(", "));
    for stem in &wanted.stems {
        let stem = stem.replace(['%', '_', '\\'], "");
        only += &format!(" AND words LIKE {}", place(format!("% {stem} %").into()));
    }
    only += match wanted.ended {
        Some(true) => " AND ended_at IS NOT NULL",
        Some(false) => " AND ended_at IS NULL",
        None => "",
    };
    let select =
        format!("SELECT {COLUMNS} FROM openid_client WHERE id < $1 AND {only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

fn read(row: &Row) -> Result<Client, StoreError> {
    let (kind, level): (String, i64) = (row.get("kind")?, row.get("assurance")?);
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    let level = [Assurance::Basic, Assurance::Substantial].into_iter().find(|known| *known as i64 == level);
    Ok(Client {
        id: row.get("id")?,
        body: row.get("body")?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        kind: ClientKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("system {kind}")))?,
        redirect_uris: lines(row.get("redirect_uris")?),
        after_logout_uris: lines(row.get("after_logout_uris")?),
        logout_uri: row.get("logout_uri")?,
        scopes: Scope::among(row.get::<String>("scopes")?.split(' ')),
        assurance: level.ok_or_else(|| StoreError::Shape("assurance of a system".into()))?,
        secret_hash: row.get("secret_hash")?,
        secret_at: row.get::<Option<i64>>("secret_at")?.map(Timestamp),
        registered_at: Timestamp(row.get("registered_at")?),
        registered_by: row.get("registered_by")?,
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
    })
}
