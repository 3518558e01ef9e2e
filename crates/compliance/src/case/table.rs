//! The SQL of cases.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Case, CaseKind, Evidence, Taken};

const COLUMNS: &str = "id, kind, body, control, edition, person, origin, title_ar, title_en, facts_ar, facts_en, procedure_steps, steps_done, \
    opened_by, opened_at, closed_at, law";
/// Pieces of evidence of one case; more would be a case of its own.
pub(super) const EVIDENCE_MAX: i64 = 200;

pub(super) async fn insert(tx: &Tx, new: &Case, words: &str) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO compliance_case ({COLUMNS}, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, NULL, $15, $16)"
    );
    let values = vec![
        new.id.into(),
        new.kind.word().into(),
        new.body.into(),
        new.control.clone().into(),
        new.edition.clone().into(),
        new.person.into(),
        new.origin.clone().into(),
        new.title.ar.clone().into(),
        new.title.en.clone().into(),
        new.facts.ar.clone().into(),
        new.facts.en.clone().into(),
        new.steps.join(",").into(),
        new.opened_by.into(),
        new.opened_at.0.into(),
        new.law.clone().into(),
        words.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Case>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM compliance_case WHERE id = $1"), vec![id.into()], read).await
}

/// False when somebody took a step meanwhile. `closes` with the last one.
pub(super) async fn advance(
    tx: &Tx,
    case: &Case,
    words: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let closes = (case.done + 1 == case.steps.len()).then_some(at.0);
    let update = "UPDATE compliance_case SET steps_done = steps_done + 1, closed_at = $3
        WHERE id = $1 AND steps_done = $2";
    let place = case.done as i64;
    if tx.run(update, vec![case.id.into(), place.into(), closes.into()]).await? == 0 {
        return Ok(false);
    }
    let insert = "INSERT INTO compliance_case_step (matter, place, step, words, by_person, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let step = case.next().unwrap_or_default();
    let values = vec![case.id.into(), place.into(), step.into(), words.into(), by.into(), at.0.into()];
    tx.run(insert, values).await.map(|_| true)
}

pub(super) async fn taken(sql: &impl Sql, case: Uuid) -> Result<Vec<Taken>, StoreError> {
    let select =
        "SELECT step, words, by_person, at FROM compliance_case_step WHERE matter = $1 ORDER BY place";
    sql.list(select, vec![case.into()], |row| {
        Ok(Taken {
            step: row.get("step")?,
            words: row.get("words")?,
            by: row.get("by_person")?,
            at: Timestamp(row.get("at")?),
        })
    })
    .await
}

pub(super) async fn add_evidence(tx: &Tx, case: Uuid, new: &Evidence) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO compliance_case_evidence (id, matter, what, subject, entries, hash, by_person, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        new.id.into(),
        case.into(),
        new.what.clone().into(),
        new.subject.clone().into(),
        new.entries.into(),
        new.hash.clone().into(),
        new.by.into(),
        new.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn evidence(sql: &impl Sql, case: Uuid) -> Result<Vec<Evidence>, StoreError> {
    let select = "SELECT id, what, subject, entries, hash, by_person, at FROM compliance_case_evidence
        WHERE matter = $1 ORDER BY id LIMIT $2";
    sql.list(select, vec![case.into(), EVIDENCE_MAX.into()], |row| {
        Ok(Evidence {
            id: row.get("id")?,
            what: row.get("what")?,
            subject: row.get("subject")?,
            entries: row.get("entries")?,
            hash: row.get("hash")?,
            by: row.get("by_person")?,
            at: Timestamp(row.get("at")?),
        })
    })
    .await
}

/// False when this person was let in before.
pub(super) async fn let_in(tx: &Tx, case: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let insert = "INSERT INTO compliance_case_reader (matter, person) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(tx.run(insert, vec![case.into(), person.into()]).await? == 1)
}

pub(super) async fn readers(sql: &impl Sql, case: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT person FROM compliance_case_reader WHERE matter = $1 ORDER BY person";
    sql.list(select, vec![case.into()], |row| row.get("person")).await
}

/// Which cases of those that somebody may see.
#[derive(Clone, Debug, Default)]
pub(crate) struct CasesWanted {
    pub kind: Option<CaseKind>,
    /// `open` or `closed`; nothing for both.
    pub closed: Option<bool>,
    pub stems: Vec<String>,
}

/// The newest first: those of these bodies and those that the person was let into, but none about that person.
pub(super) async fn listed(
    sql: &impl Sql,
    (person, bodies): (Uuid, &[Uuid]),
    wanted: &CasesWanted,
    (at, id): (i64, Uuid),
    limit: i64,
) -> Result<Vec<Case>, StoreError> {
    let mut values: Vec<Value> = vec![at.into(), id.into(), person.into()];
    let mut seen = "EXISTS (SELECT 1 FROM compliance_case_reader r WHERE r.matter = compliance_case.id AND r.person = $3)"
        .to_owned();
    for body in bodies {
        values.push((*body).into());
        seen += &format!(" OR body = ${}", values.len());
    }
    let mut only = String::new();
    if let Some(kind) = wanted.kind {
        values.push(kind.word().into());
        only += &format!(" AND kind = ${}", values.len());
    }
    for stem in &wanted.stems {
        values.push(format!("% {} %", stem.replace(['%', '_', '\\'], "")).into());
        only += &format!(" AND words LIKE ${}", values.len());
    }
    only += match wanted.closed {
        Some(true) => " AND closed_at IS NOT NULL",
        Some(false) => " AND closed_at IS NULL",
        None => "",
    };
    values.push(limit.into());
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_case WHERE (opened_at, id) < ($1, $2) AND (person IS NULL OR person <> $3)
         AND ({seen}){only} ORDER BY opened_at DESC, id DESC LIMIT ${}",
        values.len()
    );
    sql.list(&select, values, read).await
}

fn read(row: &Row) -> Result<Case, StoreError> {
    let (kind, steps, done): (String, String, i64) =
        (row.get("kind")?, row.get("procedure_steps")?, row.get("steps_done")?);
    Ok(Case {
        id: row.get("id")?,
        kind: CaseKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("case {kind}")))?,
        body: row.get("body")?,
        control: row.get("control")?,
        law: row.get("law")?,
        edition: row.get("edition")?,
        person: row.get("person")?,
        origin: row.get("origin")?,
        title: Text::new(row.get::<String>("title_ar")?, row.get::<String>("title_en")?),
        facts: Text::new(row.get::<String>("facts_ar")?, row.get::<String>("facts_en")?),
        steps: steps.split(',').map(str::to_owned).collect(),
        done: usize::try_from(done).unwrap_or_default(),
        opened_by: row.get("opened_by")?,
        opened_at: Timestamp(row.get("opened_at")?),
        closed_at: row.get::<Option<i64>>("closed_at")?.map(Timestamp),
    })
}
