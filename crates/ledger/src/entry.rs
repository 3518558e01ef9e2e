//! What is recorded: an entry, its salted commitment, and the statement by which the commitment can be
//! computed again.
//!
//! The tree holds commitments only. Bodies may hold personal data: [`erase`] removes the body and the salt,
//! and what is left in the tree tells nothing. The first half of a salt is the id of its entry, so that a
//! commitment also binds the id; the second half is random.

pub(crate) mod table;

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use crate::canonical;
use crate::hash::{Hash, hex_text, sha256};

/// Largest canonical body, in bytes. Larger things are documents, and the entry holds their hash.
pub const BODY_BYTES_MAX: usize = 262_144;
/// Deepest body, in levels of arrays and objects: in a seal it lies inside others, and is read with a limit.
pub const BODY_DEPTH_MAX: usize = canonical::DEPTH_MAX - 10;
/// Largest kind, in bytes.
pub const KIND_BYTES_MAX: usize = 200;
/// Largest subject, in bytes.
pub const SUBJECT_BYTES_MAX: usize = 1_000;
/// Most controls that one entry cites.
pub const CONTROLS_MAX: usize = 100;
/// Most entries that one page of a history holds.
pub const HISTORY_ENTRIES_MAX: u64 = 500;

/// Something that happened, to be recorded in the transaction that made it happen.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// `request.submitted`.
    pub kind: &'a str,
    /// What it is about: `request/26-000123`.
    pub subject: String,
    /// The person who acted; nothing when the platform did.
    pub actor: Option<Uuid>,
    /// Ids of the controls that it fulfils or that refused it.
    pub controls: &'a [&'a str],
    /// May hold personal data: it can be erased.
    pub body: Value,
    pub at: Timestamp,
}

/// What a verb gets back for its entry; the index comes when the log is sequenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub id: Uuid,
    pub salt: [u8; 32],
    pub commitment: Hash,
}

/// The public part of an entry, with the salt: from it anyone computes the commitment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub kind: String,
    pub subject: String,
    pub actor: Option<Uuid>,
    pub controls: Vec<String>,
    pub body: Value,
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    #[serde(with = "hex_text")]
    pub salt: [u8; 32],
}

impl Statement {
    /// The statement of an entry that has just been appended.
    pub fn of(entry: &Entry<'_>, leaf: &Leaf) -> Statement {
        Statement {
            kind: entry.kind.to_owned(),
            subject: entry.subject.clone(),
            actor: entry.actor,
            controls: entry.controls.iter().map(|control| control.to_string()).collect(),
            body: entry.body.clone(),
            at: entry.at.micros(),
            salt: leaf.salt,
        }
    }

    /// The id of the entry, which its salt begins with.
    pub fn entry_id(&self) -> Uuid {
        id_in(&self.salt)
    }

    /// SHA-256(salt ‖ canonical JSON of everything else).
    pub fn commitment(&self) -> Hash {
        let body = canonical::write(&self.body);
        let controls = controls_text(self.controls.iter().map(String::as_str));
        let parts = Committed {
            kind: &self.kind,
            subject: &self.subject,
            actor: self.actor,
            controls: &controls,
            body: &body,
            at: self.at,
        };
        parts.commitment(&self.salt)
    }
}

/// What a commitment covers; `body` and `controls` are canonical JSON already.
pub(crate) struct Committed<'a> {
    pub(crate) kind: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) actor: Option<Uuid>,
    pub(crate) controls: &'a str,
    pub(crate) body: &'a str,
    pub(crate) at: i64,
}

impl Committed<'_> {
    /// The members stand in sorted order, so that the text is canonical as a whole.
    pub(crate) fn commitment(&self, salt: &[u8; 32]) -> Hash {
        let mut text = String::with_capacity(160 + self.body.len() + self.controls.len());
        text.push_str("{\"actor\":");
        match self.actor {
            Some(actor) => canonical::write_text(&actor.to_string(), &mut text),
            None => text.push_str("null"),
        }
        text.push_str(&format!(",\"at\":{},\"body\":{},\"controls\":{}", self.at, self.body, self.controls));
        text.push_str(",\"kind\":");
        canonical::write_text(self.kind, &mut text);
        text.push_str(",\"subject\":");
        canonical::write_text(self.subject, &mut text);
        text.push('}');
        sha256(&[salt, text.as_bytes()])
    }
}

/// Records an entry: one INSERT in the transaction of the verb. It is in a signed checkpoint a moment later,
/// when the log is sequenced.
///
/// # Errors
/// [`StoreError::Shape`] when the entry passes a limit of this module, else what the database says.
pub async fn append(tx: &Tx, entry: Entry<'_>) -> Result<Leaf, StoreError> {
    let entry = by_delegation(entry);
    let body = canonical::write(&entry.body);
    check_limits(&entry, &body)?;
    let controls = controls_text(entry.controls.iter().copied());
    let id = Uuid::now_v7();
    let salt = fresh_salt(id);
    let committed = Committed {
        kind: entry.kind,
        subject: &entry.subject,
        actor: entry.actor,
        controls: &controls,
        body: &body,
        at: entry.at.micros(),
    };
    let leaf = Leaf { id, salt, commitment: committed.commitment(&salt) };
    table::insert(tx, &leaf, &committed).await?;
    Ok(leaf)
}

/// The entry, with the delegation by which its person acted (KW-RW-9.1.1b).
fn by_delegation(mut entry: Entry<'_>) -> Entry<'_> {
    let Some(delegation) = entry.actor.and_then(behalf::of) else { return entry };
    let said = [("on_behalf_of", delegation.of), ("delegation", delegation.id)];
    let mut body = match entry.body {
        Value::Object(members) => members,
        other => serde_json::Map::from_iter([("said".to_owned(), other)]),
    };
    body.extend(said.map(|(name, id)| (name.to_owned(), id.to_string().into())));
    entry.body = Value::Object(body);
    entry
}

fn check_limits(entry: &Entry<'_>, body: &str) -> Result<(), StoreError> {
    let limits = [
        ("body", body.len(), BODY_BYTES_MAX),
        ("the depth of body", canonical::depth(&entry.body), BODY_DEPTH_MAX),
        ("kind", entry.kind.len(), KIND_BYTES_MAX),
        ("subject", entry.subject.len(), SUBJECT_BYTES_MAX),
        ("controls", entry.controls.len(), CONTROLS_MAX),
    ];
    match limits.iter().find(|(_, size, max)| size > max) {
        Some((what, size, max)) => {
            Err(StoreError::Shape(format!("ledger_entry: {what} is {size}, and may be {max}")))
        }
        None => Ok(()),
    }
}

fn controls_text<'a>(controls: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::from("[");
    for (position, control) in controls.enumerate() {
        if position > 0 {
            text.push(',');
        }
        canonical::write_text(control, &mut text);
    }
    text.push(']');
    text
}

fn fresh_salt(id: Uuid) -> [u8; 32] {
    let mut salt = [0; 32];
    let (named, random) = salt.split_at_mut(16);
    named.copy_from_slice(id.as_bytes());
    rand::fill(random);
    salt
}

pub(crate) fn id_in(salt: &[u8; 32]) -> Uuid {
    let mut id = [0; 16];
    id.copy_from_slice(&salt[..16]);
    Uuid::from_bytes(id)
}

/// Removes the body and the salt of an entry and keeps its commitment: the log stays whole, and what the body
/// said can no longer be proven or guessed. Answers whether there was anything to erase.
///
/// The erasure itself is for the calling verb to record, with its reason and its control.
pub async fn erase(tx: &Tx, entry_id: Uuid) -> Result<bool, StoreError> {
    table::erase(tx, entry_id).await
}

/// An entry as it is read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub id: Uuid,
    pub kind: String,
    pub subject: String,
    pub actor: Option<Uuid>,
    pub controls: Vec<String>,
    /// Nothing when it was erased.
    pub body: Option<Value>,
    pub at: Timestamp,
    /// The place in the tree; nothing until the log is sequenced.
    pub index: Option<u64>,
}

/// What happened to a subject, oldest first, after the entry `after`; at most [`HISTORY_ENTRIES_MAX`].
pub async fn history(
    sql: &impl Sql,
    subject: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Recorded>, StoreError> {
    table::history(sql, subject, after, limit.min(HISTORY_ENTRIES_MAX)).await
}

/// Entries in the order of the log, from a place on; at most [`HISTORY_ENTRIES_MAX`]. What waits for its place is not there.
pub async fn from_index(sql: &impl Sql, first: u64, limit: u64) -> Result<Vec<Recorded>, StoreError> {
    table::from_index(sql, first, limit.min(HISTORY_ENTRIES_MAX)).await
}

/// One entry by its id.
pub async fn find(sql: &impl Sql, entry_id: Uuid) -> Result<Option<Recorded>, StoreError> {
    table::find(sql, entry_id).await
}

/// What a seal over this entry states; nothing when there is no such entry or it was erased.
pub async fn statement(sql: &impl Sql, entry_id: Uuid) -> Result<Option<Statement>, StoreError> {
    table::statement(sql, entry_id).await
}
