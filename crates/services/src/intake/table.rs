//! The SQL of intakes.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Carrier, Intake, IntakeFile, Scan};

pub(super) async fn insert(tx: &Tx, new: &Intake) -> Result<(), StoreError> {
    let insert = "INSERT INTO media_intake (id, request, officer, reason, carrier, label, handed_by, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        new.id.into(),
        new.request.into(),
        new.officer.into(),
        new.reason.clone().into(),
        new.carrier.word().into(),
        new.label.clone().into(),
        new.handed_by.clone().into(),
        new.at.0.into(),
    ];
    tx.run(insert, values).await?;
    let file = "INSERT INTO media_intake_file (intake, place, name, sha256, bytes, scan, document)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for (place, it) in new.files.iter().enumerate() {
        let values = vec![
            new.id.into(),
            (place as i64).into(),
            it.name.clone().into(),
            it.sha256.clone().into(),
            it.bytes.into(),
            it.scan.word().into(),
            it.document.into(),
        ];
        tx.run(file, values).await?;
    }
    Ok(())
}

/// What came on media for a request, the newest first, each with its files.
pub(super) async fn of_request(sql: &impl Sql, request: Uuid, limit: i64) -> Result<Vec<Intake>, Failure> {
    let select = "SELECT id, request, officer, reason, carrier, label, handed_by, at FROM media_intake
        WHERE request = $1 ORDER BY id DESC LIMIT $2";
    let rows = sql.all(select, vec![request.into(), limit.into()]).await?;
    let mut intakes = rows.iter().map(read).collect::<Result<Vec<Intake>, Failure>>()?;
    let select = "SELECT f.intake, f.name, f.sha256, f.bytes, f.scan, f.document FROM media_intake_file f
        JOIN media_intake i ON i.id = f.intake WHERE i.request = $1 ORDER BY f.intake DESC, f.place";
    for row in sql.all(select, vec![request.into()]).await? {
        let intake: Uuid = row.get("intake")?;
        if let Some(found) = intakes.iter_mut().find(|it| it.id == intake) {
            found.files.push(file(&row)?);
        }
    }
    Ok(intakes)
}

/// Whether a file came on media for this request and was kept.
pub(crate) async fn holds(sql: &impl Sql, request: Uuid, document: Uuid) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM media_intake_file f JOIN media_intake i ON i.id = f.intake
        WHERE i.request = $1 AND f.document = $2 LIMIT 1";
    Ok(sql.one(select, vec![request.into(), document.into()]).await?.is_some())
}

fn read(row: &Row) -> Result<Intake, Failure> {
    let carrier: String = row.get("carrier")?;
    Ok(Intake {
        id: row.get("id")?,
        request: row.get("request")?,
        officer: row.get("officer")?,
        reason: row.get("reason")?,
        carrier: Carrier::named(&carrier).ok_or_else(|| StoreError::Shape(format!("carrier {carrier}")))?,
        label: row.get("label")?,
        handed_by: row.get("handed_by")?,
        at: Timestamp(row.get("at")?),
        files: Vec::new(),
    })
}

fn file(row: &Row) -> Result<IntakeFile, Failure> {
    let scan: String = row.get("scan")?;
    Ok(IntakeFile {
        name: row.get("name")?,
        sha256: row.get("sha256")?,
        bytes: row.get("bytes")?,
        scan: Scan::named(&scan).ok_or_else(|| StoreError::Shape(format!("scan {scan}")))?,
        document: row.get("document")?,
    })
}
