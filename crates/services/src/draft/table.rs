//! The SQL of drafts, and the small verbs that keep them.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Verb};
use uuid::Uuid;

use super::{DRAFTS_PER_PERSON_MAX, Draft};

const COLUMNS: &str = "id, person, entry, entry_version, entity, answers, documents, saved_at, sent_as, revision, notes, completes";

/// A person's own draft; anybody else's does not exist.
pub(crate) async fn own(sql: &impl Sql, person: Uuid, id: Uuid) -> Result<Option<Draft>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM draft WHERE id = $1 AND person = $2");
    sql.one(&select, vec![id.into(), person.into()]).await?.as_ref().map(draft).transpose()
}

/// The newest draft that a person has open for an entry.
pub(crate) async fn open_for(sql: &impl Sql, person: Uuid, entry: Uuid) -> Result<Option<Draft>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM draft WHERE person = $1 AND entry = $2 AND sent_as IS NULL AND completes IS NULL
         ORDER BY id DESC LIMIT 1"
    );
    sql.one(&select, vec![person.into(), entry.into()]).await?.as_ref().map(draft).transpose()
}

/// The open drafts of a person that begin a new request, newest first.
pub(crate) async fn of_person(sql: &impl Sql, person: Uuid) -> Result<Vec<Draft>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM draft WHERE person = $1 AND sent_as IS NULL AND completes IS NULL
         ORDER BY saved_at DESC LIMIT $2"
    );
    let rows = sql.all(&select, vec![person.into(), DRAFTS_PER_PERSON_MAX.into()]).await?;
    rows.iter().map(draft).collect()
}

/// Writes a draft as it is now, new or known. One that was sent is never written again.
pub struct Save(pub Draft);

impl Verb for Save {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Save(draft) = self;
        let upsert =
            "INSERT INTO draft (id, person, entry, entry_version, entity, answers, documents, saved_at, revision, notes,
                completes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (id) DO UPDATE SET entry_version = excluded.entry_version, entity = excluded.entity,
                answers = excluded.answers, documents = excluded.documents, saved_at = excluded.saved_at,
                revision = excluded.revision, notes = excluded.notes
            WHERE draft.sent_as IS NULL AND draft.person = excluded.person";
        let values = vec![
            draft.id.into(),
            draft.person.into(),
            draft.entry.into(),
            draft.entry_version.into(),
            draft.entity.into(),
            serde_json::to_string(&draft.answers)?.into(),
            serde_json::to_string(&draft.documents)?.into(),
            draft.saved_at.0.into(),
            draft.revision.into(),
            serde_json::to_string(&draft.notes)?.into(),
            draft.completes.clone().into(),
        ];
        tx.run(upsert, values).await?;
        Ok(())
    }
}

/// Throws away drafts that nobody typed in since a moment.
pub struct Expire {
    pub before: Timestamp,
}

impl Verb for Expire {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let delete = "DELETE FROM draft WHERE saved_at < $1 AND sent_as IS NULL";
        tx.run(delete, vec![self.before.0.into()]).await.map(drop)
    }
}

/// Throws an open draft away at its owner's wish.
pub struct Discard {
    pub person: Uuid,
    pub id: Uuid,
}

impl Verb for Discard {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let delete = "DELETE FROM draft WHERE id = $1 AND person = $2 AND sent_as IS NULL";
        tx.run(delete, vec![self.id.into(), self.person.into()]).await.map(drop)
    }
}

/// The draft in which a person completes a request.
pub(crate) async fn completing(
    sql: &impl Sql,
    person: Uuid,
    number: &str,
) -> Result<Option<Uuid>, StoreError> {
    let select = "SELECT id FROM draft WHERE completes = $1 AND person = $2 AND sent_as IS NULL LIMIT 1";
    let row = sql.one(select, vec![number.into(), person.into()]).await?;
    row.map(|row| row.get("id")).transpose()
}

/// What was sent does not count as received: the draft stays open, and its request is completed in it.
pub(crate) async fn completes(tx: &Tx, id: Uuid, number: &str) -> Result<(), StoreError> {
    let update = "UPDATE draft SET completes = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), number.into()]).await.map(drop)
}

/// The request that it completes is closed: nothing is left to complete.
pub(crate) async fn end_completing(tx: &Tx, number: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM draft WHERE completes = $1 AND sent_as IS NULL";
    tx.run(delete, vec![number.into()]).await.map(drop)
}

/// Notes under which number a draft was sent, in the transaction that sent it.
pub(crate) async fn sent(tx: &Tx, id: Uuid, number: &str, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE draft SET sent_as = $2, saved_at = $3 WHERE id = $1";
    tx.run(update, vec![id.into(), number.into(), at.0.into()]).await.map(drop)
}

fn draft(row: &Row) -> Result<Draft, Failure> {
    Ok(Draft {
        id: row.get("id")?,
        person: row.get("person")?,
        entry: row.get("entry")?,
        entry_version: row.get("entry_version")?,
        entity: row.get("entity")?,
        answers: serde_json::from_str(&row.get::<String>("answers")?)?,
        documents: serde_json::from_str(&row.get::<String>("documents")?)?,
        saved_at: Timestamp(row.get("saved_at")?),
        sent_as: row.get("sent_as")?,
        revision: row.get("revision")?,
        notes: serde_json::from_str(&row.get::<String>("notes")?)?,
        completes: row.get("completes")?,
    })
}
