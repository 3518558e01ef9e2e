//! The SQL of reviews.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::Review;

/// Signatures that a page shows, the newest first.
const REVIEWS_MAX: i64 = 100;

pub(super) async fn insert(tx: &Tx, policy: Uuid, new: &Review) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO policies_review (id, policy, unit, person, words, at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        Uuid::now_v7().into(),
        policy.into(),
        new.unit.into(),
        new.person.into(),
        new.words.clone().into(),
        new.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn of_policy(sql: &impl Sql, policy: Uuid) -> Result<Vec<Review>, StoreError> {
    let select =
        "SELECT unit, person, words, at FROM policies_review WHERE policy = $1 ORDER BY id DESC LIMIT $2";
    sql.list(select, vec![policy.into(), REVIEWS_MAX.into()], |row| {
        Ok(Review {
            unit: row.get("unit")?,
            person: row.get("person")?,
            words: row.get("words")?,
            at: Timestamp(row.get("at")?),
        })
    })
    .await
}
