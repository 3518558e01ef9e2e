//! The SQL of templates.

use authz::Failure;
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Template, TemplateState};

const COLUMNS: &str =
    "id, service, output, version, body, state, ar, en, revision, author, saved_at, standard,
    decided_at, remarks, used_from";

pub(crate) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Template>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM template WHERE id = $1");
    sql.find(&select, vec![id.into()], template).await
}

/// The newest version of an output's letter.
pub(crate) async fn newest(sql: &impl Sql, service: &str, output: &str) -> Result<Option<Template>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM template WHERE service = $1 AND output = $2 ORDER BY version DESC LIMIT 1"
    );
    sql.find(&select, vec![service.into(), output.into()], template).await
}

/// All versions of an output's letter, newest first.
pub(crate) async fn versions(
    sql: &impl Sql,
    service: &str,
    output: &str,
    limit: i64,
) -> Result<Vec<Template>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM template WHERE service = $1 AND output = $2 ORDER BY version DESC LIMIT $3"
    );
    sql.list(&select, vec![service.into(), output.into(), limit.into()], template).await
}

/// The letter that outputs are made from now.
pub(crate) async fn in_use(sql: &impl Sql, service: &str, output: &str) -> Result<Option<Template>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM template WHERE service = $1 AND output = $2 AND used_from IS NOT NULL
         ORDER BY used_from DESC, version DESC LIMIT 1"
    );
    sql.find(&select, vec![service.into(), output.into()], template).await
}

/// The versions of a body's letters, newest first, before an id from the page before.
pub(crate) async fn of_body(
    sql: &impl Sql,
    body: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Template>, Failure> {
    let select =
        format!("SELECT {COLUMNS} FROM template WHERE body = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    sql.list(&select, vec![body.into(), before.into(), limit.into()], template).await
}

/// What waits for the competent administration, oldest first.
pub(crate) async fn pending(sql: &impl Sql, after: Uuid, limit: i64) -> Result<Vec<Template>, Failure> {
    let select =
        format!("SELECT {COLUMNS} FROM template WHERE state = 'pending' AND id > $1 ORDER BY id LIMIT $2");
    sql.list(&select, vec![after.into(), limit.into()], template).await
}

pub(crate) async fn insert(tx: &Tx, template: &Template) -> Result<(), StoreError> {
    let insert = "INSERT INTO template (id, service, output, version, body, state, ar, en, revision, author,
            saved_at, standard, remarks)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, '', '')";
    let values = vec![
        template.id.into(),
        template.service.clone().into(),
        template.output.clone().into(),
        template.version.into(),
        template.body.into(),
        template.state.word().into(),
        template.letter.ar.clone().into(),
        template.letter.en.clone().into(),
        template.author.into(),
        template.saved_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Writes what a verb changed, if nobody else changed it since it was read. False when somebody did.
pub(crate) async fn update(tx: &Tx, template: &Template) -> Result<bool, StoreError> {
    let update =
        "UPDATE template SET state = $3, ar = $4, en = $5, author = $6, saved_at = $7, standard = $8,
            decided_at = $9, remarks = $10, used_from = $11, revision = revision + 1
        WHERE id = $1 AND revision = $2";
    let values = vec![
        template.id.into(),
        template.revision.into(),
        template.state.word().into(),
        template.letter.ar.clone().into(),
        template.letter.en.clone().into(),
        template.author.into(),
        template.saved_at.0.into(),
        template.standard.clone().into(),
        template.decided_at.map(|at| at.0).into(),
        template.remarks.clone().into(),
        template.used_from.map(|at| at.0).into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

fn template(row: &Row) -> Result<Template, Failure> {
    let moment = |column| -> Result<Option<Timestamp>, StoreError> {
        Ok(row.get::<Option<i64>>(column)?.map(Timestamp))
    };
    let state: String = row.get("state")?;
    Ok(Template {
        id: row.get("id")?,
        service: row.get("service")?,
        output: row.get("output")?,
        version: row.get("version")?,
        body: row.get("body")?,
        state: TemplateState::named(&state).ok_or_else(|| StoreError::Shape(format!("state {state}")))?,
        letter: Text::new(row.get::<String>("ar")?, row.get::<String>("en")?),
        revision: row.get("revision")?,
        author: row.get("author")?,
        saved_at: Timestamp(row.get("saved_at")?),
        standard: row.get("standard")?,
        decided_at: moment("decided_at")?,
        remarks: row.get("remarks")?,
        used_from: moment("used_from")?,
    })
}
