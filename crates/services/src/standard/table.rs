//! The SQL of standards.

use authz::Failure;
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};

use super::{StandardKind, Standing, Version};

const SELECT: &str = "SELECT v.slug, s.kind, v.version, v.title_ar, v.title_en, v.summary_ar, v.summary_en, v.document,
        v.file_name, v.sha256, v.bytes, v.state, v.written_by, v.written_at, v.published_at, v.in_force_at, v.ended_at
    FROM standard_version v JOIN standard s ON s.slug = v.slug";

pub(super) async fn insert(tx: &Tx, new: &Version) -> Result<(), Failure> {
    let known = "INSERT INTO standard (slug, kind) VALUES ($1, $2)
        ON CONFLICT (slug) DO UPDATE SET kind = excluded.kind";
    tx.run(known, vec![new.slug.clone().into(), new.kind.word().into()]).await?;
    let insert =
        "INSERT INTO standard_version (slug, version, title_ar, title_en, summary_ar, summary_en, document,
            file_name, sha256, bytes, state, written_by, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values = vec![
        new.slug.clone().into(),
        new.version.into(),
        new.title.ar.clone().into(),
        new.title.en.clone().into(),
        new.summary.ar.clone().into(),
        new.summary.en.clone().into(),
        new.document.into(),
        new.file_name.clone().into(),
        new.sha256.clone().into(),
        new.bytes.into(),
        new.standing.word().into(),
        new.written_by.into(),
        new.written_at.0.into(),
    ];
    tx.run(insert, values).await?;
    Ok(())
}

/// The number of the newest version; 0 before there is one.
pub(super) async fn newest(sql: &impl Sql, slug: &str) -> Result<i64, StoreError> {
    let select = "SELECT version FROM standard_version WHERE slug = $1 ORDER BY version DESC LIMIT 1";
    let row = sql.one(select, vec![slug.into()]).await?;
    row.map_or(Ok(0), |row| row.get("version"))
}

pub(super) async fn find(sql: &impl Sql, slug: &str, version: i64) -> Result<Option<Version>, Failure> {
    let select = format!("{SELECT} WHERE v.slug = $1 AND v.version = $2");
    sql.one(&select, vec![slug.into(), version.into()]).await?.as_ref().map(read).transpose()
}

/// The versions of one standard, the newest first.
pub(super) async fn of(sql: &impl Sql, slug: &str, limit: i64) -> Result<Vec<Version>, Failure> {
    let select = format!("{SELECT} WHERE v.slug = $1 ORDER BY v.version DESC LIMIT $2");
    sql.all(&select, vec![slug.into(), limit.into()]).await?.iter().map(read).collect()
}

/// One line a standard, by name: the version in force, or else the newest that may be seen. `public` leaves out what was
/// never published.
pub(super) async fn listed(
    sql: &impl Sql,
    public: bool,
    after: &str,
    limit: i64,
) -> Result<Vec<Version>, Failure> {
    let seen = if public { "AND n.published_at IS NOT NULL" } else { "" };
    let select = format!(
        "{SELECT} WHERE v.slug > $1 AND v.version = (
            SELECT n.version FROM standard_version n WHERE n.slug = v.slug {seen}
            ORDER BY CASE WHEN n.state = 'in_force' THEN 0 ELSE 1 END, n.version DESC LIMIT 1)
         ORDER BY v.slug LIMIT $2"
    );
    sql.all(&select, vec![after.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Versions that the administration has something to do with: written or published, and not in force.
pub(super) async fn open(sql: &impl Sql, limit: i64) -> Result<Vec<Version>, Failure> {
    let select = format!(
        "{SELECT} WHERE v.state IN ('draft', 'published') ORDER BY v.written_at DESC, v.slug LIMIT $1"
    );
    sql.all(&select, vec![limit.into()]).await?.iter().map(read).collect()
}

pub(super) async fn publish(tx: &Tx, version: &Version, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE standard_version SET state = 'published', published_at = $3
        WHERE slug = $1 AND version = $2 AND state = 'draft'";
    Ok(tx.run(update, key(version, at)).await? == 1)
}

/// Puts a version in force in the place of the one before.
pub(super) async fn enforce(tx: &Tx, version: &Version, at: Timestamp) -> Result<bool, StoreError> {
    let before = "UPDATE standard_version SET state = 'superseded', ended_at = $3
        WHERE slug = $1 AND version <> $2 AND state = 'in_force'";
    tx.run(before, key(version, at)).await?;
    let update = "UPDATE standard_version SET state = 'in_force', in_force_at = $3
        WHERE slug = $1 AND version = $2 AND state = 'published'";
    Ok(tx.run(update, key(version, at)).await? == 1)
}

pub(super) async fn end(tx: &Tx, version: &Version, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE standard_version SET state = 'ended', ended_at = $3
        WHERE slug = $1 AND version = $2 AND state = 'in_force'";
    Ok(tx.run(update, key(version, at)).await? == 1)
}

fn key(version: &Version, at: Timestamp) -> Vec<sea_orm::Value> {
    vec![version.slug.clone().into(), version.version.into(), at.0.into()]
}

fn read(row: &Row) -> Result<Version, Failure> {
    let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
    Ok(Version {
        slug: row.get("slug")?,
        kind: StandardKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("standard {kind}")))?,
        version: row.get("version")?,
        title: Text::new(row.get::<String>("title_ar")?, row.get::<String>("title_en")?),
        summary: Text::new(row.get::<String>("summary_ar")?, row.get::<String>("summary_en")?),
        document: row.get("document")?,
        file_name: row.get("file_name")?,
        sha256: row.get("sha256")?,
        bytes: row.get("bytes")?,
        standing: Standing::named(&state).ok_or_else(|| StoreError::Shape(format!("standard {state}")))?,
        written_by: row.get("written_by")?,
        written_at: Timestamp(row.get("written_at")?),
        published_at: row.get::<Option<i64>>("published_at")?.map(Timestamp),
        in_force_at: row.get::<Option<i64>>("in_force_at")?.map(Timestamp),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
    })
}
