//! The SQL of keys.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};

use super::KeptKey;

const COLUMNS: &str = "id, public, sealed, made_at, signs_until, published_until";
/// Keys that are published at a time: never more than two, unless a clock went wrong.
const PUBLISHED_MAX: i64 = 10;

/// The newest key that still signs.
pub(super) async fn current(sql: &impl Sql, now: Timestamp) -> Result<Option<KeptKey>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM openid_key WHERE signs_until > $1 ORDER BY id DESC LIMIT 1");
    sql.find(&select, vec![now.0.into()], read).await
}

pub(super) async fn published(sql: &impl Sql, now: Timestamp) -> Result<Vec<KeptKey>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM openid_key WHERE published_until > $1 ORDER BY id DESC LIMIT $2");
    sql.list(&select, vec![now.0.into(), PUBLISHED_MAX.into()], read).await
}

pub(super) async fn insert(tx: &Tx, key: &KeptKey) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO openid_key ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)");
    let values = vec![
        key.id.into(),
        key.public.clone().into(),
        key.sealed.clone().into(),
        key.made_at.0.into(),
        key.signs_until.0.into(),
        key.published_until.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// What signs no more cannot be made to sign; what is published no more goes.
pub(crate) async fn sweep(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let forget = "UPDATE openid_key SET sealed = $2 WHERE signs_until <= $1";
    tx.run(forget, vec![now.0.into(), Vec::<u8>::new().into()]).await?;
    tx.run("DELETE FROM openid_key WHERE published_until <= $1", vec![now.0.into()]).await.map(drop)
}

fn read(row: &Row) -> Result<KeptKey, StoreError> {
    Ok(KeptKey {
        id: row.get("id")?,
        public: row.get("public")?,
        sealed: row.get("sealed")?,
        made_at: Timestamp(row.get("made_at")?),
        signs_until: Timestamp(row.get("signs_until")?),
        published_until: Timestamp(row.get("published_until")?),
    })
}
