//! The SQL of versions and of the consultations about them.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{PolicyContent, Version};

const COLUMNS: &str = "id, policy, number, title_ar, title_en, subject_ar, subject_en, preparer, classification, issue, \
    storage_place, text_ar, text_en, reviewed_on, modified_by, reviewer, reasons, parts, audience_unit, audience_role, \
    separate, extra_unit, extra, due_days, repeat_months, approved_by, approved_at, approval_entry, published_by, \
    published_at, in_force_at, notifies";
/// The id of the version of the policy `p` that is in force at `$1`.
pub(crate) const CURRENT: &str =
    "SELECT c.id FROM policies_version c WHERE c.policy = p.id AND c.in_force_at <= $1
    ORDER BY c.in_force_at DESC, c.number DESC LIMIT 1";
/// Versions of one policy that a page shows; one that changes weekly for years has fewer.
const VERSIONS_MAX: i64 = 200;

/// What is written of a version, in the order of its columns.
fn written(content: &PolicyContent) -> Vec<Value> {
    vec![
        content.title_ar.clone().into(),
        content.title_en.clone().into(),
        content.subject_ar.clone().into(),
        content.subject_en.clone().into(),
        content.preparer.clone().into(),
        content.classification.clone().into(),
        content.issue.clone().into(),
        content.storage_place.clone().into(),
        content.text_ar.clone().into(),
        content.text_en.clone().into(),
        content.reviewed_on.clone().into(),
        content.modified_by.clone().into(),
        content.reviewer.clone().into(),
        content.reasons.clone().into(),
        content.parts.clone().into(),
        content.audience_unit.into(),
        content.audience_role.clone().into(),
        content.separate.clone().into(),
        content.extra_unit.into(),
        content.extra.clone().into(),
        content.due_days.into(),
        content.repeat_months.into(),
    ]
}

pub(crate) async fn insert(tx: &Tx, new: &Version, by: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO policies_version (title_ar, title_en, subject_ar, subject_en, preparer, classification, issue,
            storage_place, text_ar, text_en, reviewed_on, modified_by, reviewer, reasons, parts, audience_unit,
            audience_role, separate, extra_unit, extra, due_days, repeat_months, id, policy, number, drafted_by,
            drafted_at, notifies)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26, $27, $28)";
    let mut values = written(&new.content);
    let rest: [Value; 6] =
        [new.id.into(), new.policy.into(), new.number.into(), by.into(), at.0.into(), new.notifies.into()];
    values.extend(rest);
    tx.run(insert, values).await.map(drop)
}

/// Writes a draft anew; what was approved before is no longer. False when it was published meanwhile.
pub(super) async fn write(
    tx: &Tx,
    id: Uuid,
    content: &PolicyContent,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE policies_version SET title_ar = $1, title_en = $2, subject_ar = $3, subject_en = $4,
            preparer = $5, classification = $6, issue = $7, storage_place = $8, text_ar = $9, text_en = $10,
            reviewed_on = $11, modified_by = $12, reviewer = $13, reasons = $14, parts = $15, audience_unit = $16,
            audience_role = $17, separate = $18, extra_unit = $19, extra = $20, due_days = $21, repeat_months = $22,
            drafted_by = $24, drafted_at = $25, approved_by = NULL, approved_at = NULL, approval_entry = NULL
        WHERE id = $23 AND published_at IS NULL";
    let mut values = written(content);
    let rest: [Value; 3] = [id.into(), by.into(), at.0.into()];
    values.extend(rest);
    Ok(tx.run(update, values).await? == 1)
}

pub(super) async fn approve(
    tx: &Tx,
    id: Uuid,
    entry: Uuid,
    by: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update =
        "UPDATE policies_version SET approval_entry = $2, approved_by = $3, approved_at = $4 WHERE id = $1";
    tx.run(update, vec![id.into(), entry.into(), by.into(), at.0.into()]).await.map(drop)
}

/// False when it was published meanwhile.
pub(super) async fn publish(
    tx: &Tx,
    id: Uuid,
    (in_force_at, notifies): (Timestamp, bool),
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE policies_version SET in_force_at = $2, notifies = $3, published_by = $4, published_at = $5
        WHERE id = $1 AND published_at IS NULL";
    let values = vec![id.into(), in_force_at.0.into(), notifies.into(), by.into(), at.0.into()];
    Ok(tx.run(update, values).await? == 1)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Version>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM policies_version WHERE id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// The one that is being written.
pub(crate) async fn draft(sql: &impl Sql, policy: Uuid) -> Result<Option<Version>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM policies_version WHERE policy = $1 AND published_at IS NULL ORDER BY number DESC LIMIT 1"
    );
    sql.find(&select, vec![policy.into()], read).await
}

/// The one that is in force at a moment.
pub(crate) async fn in_force(
    sql: &impl Sql,
    policy: Uuid,
    at: Timestamp,
) -> Result<Option<Version>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM policies_version WHERE policy = $1 AND in_force_at <= $2
         ORDER BY in_force_at DESC, number DESC LIMIT 1"
    );
    sql.find(&select, vec![policy.into(), at.0.into()], read).await
}

/// All of a policy, the first one first.
pub(crate) async fn of_policy(sql: &impl Sql, policy: Uuid) -> Result<Vec<Version>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM policies_version WHERE policy = $1 ORDER BY number LIMIT $2");
    sql.list(&select, vec![policy.into(), VERSIONS_MAX.into()], read).await
}

/// What somebody of the implementing body said.
#[derive(Clone, Debug)]
pub(crate) struct Consultation {
    pub person: Uuid,
    pub opinion: String,
    pub at: Timestamp,
}

pub(super) async fn consult(tx: &Tx, version: Uuid, new: &Consultation) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO policies_consultation (id, version, person, opinion, at) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        Uuid::now_v7().into(),
        version.into(),
        new.person.into(),
        new.opinion.clone().into(),
        new.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn consultations(sql: &impl Sql, version: Uuid) -> Result<Vec<Consultation>, StoreError> {
    let select =
        "SELECT person, opinion, at FROM policies_consultation WHERE version = $1 ORDER BY id LIMIT $2";
    sql.list(select, vec![version.into(), VERSIONS_MAX.into()], |row| {
        Ok(Consultation {
            person: row.get("person")?,
            opinion: row.get("opinion")?,
            at: Timestamp(row.get("at")?),
        })
    })
    .await
}

fn read(row: &Row) -> Result<Version, StoreError> {
    let moment = |column: &str| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp));
    Ok(Version {
        id: row.get("id")?,
        policy: row.get("policy")?,
        number: row.get("number")?,
        content: content(row)?,
        approved_by: row.get("approved_by")?,
        approved_at: moment("approved_at")?,
        approval_entry: row.get("approval_entry")?,
        published_by: row.get("published_by")?,
        published_at: moment("published_at")?,
        in_force_at: moment("in_force_at")?,
        notifies: row.get("notifies")?,
    })
}

fn content(row: &Row) -> Result<PolicyContent, StoreError> {
    Ok(PolicyContent {
        title_ar: row.get("title_ar")?,
        title_en: row.get("title_en")?,
        subject_ar: row.get("subject_ar")?,
        subject_en: row.get("subject_en")?,
        preparer: row.get("preparer")?,
        classification: row.get("classification")?,
        issue: row.get("issue")?,
        storage_place: row.get("storage_place")?,
        text_ar: row.get("text_ar")?,
        text_en: row.get("text_en")?,
        reviewed_on: row.get("reviewed_on")?,
        modified_by: row.get("modified_by")?,
        reviewer: row.get("reviewer")?,
        reasons: row.get("reasons")?,
        parts: row.get("parts")?,
        audience_unit: row.get("audience_unit")?,
        audience_role: row.get("audience_role")?,
        separate: row.get("separate")?,
        extra_unit: row.get("extra_unit")?,
        extra: row.get("extra")?,
        due_days: row.get("due_days")?,
        repeat_months: row.get("repeat_months")?,
    })
}
