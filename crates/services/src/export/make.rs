//! The job that makes a long file: part by part, each encrypted and committed before the next is begun.
//!
//! What the owner may see is asked anew for each part. A node that dies loses one part at most; the next one goes on
//! where the last commit ended.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use async_trait::async_trait;
use authz::{Actor, Failure, Refusal, Via};
use bytes::Bytes;
use clock::{HOUR, Timestamp};
use documents::{Accept, MediaType};
use futures::stream;
use jobs::{JobError, Policy, Task, Work};
use language::Text;
use store::{Tx, Verb};
use uuid::Uuid;
use web::Sheet;

use super::{
    Export, ExportState, PART_ROWS, ask,
    lists::{Rows, Taking},
    table::{self, Part},
};
use crate::{Services, telling};

/// The kind of the job that makes a file.
pub const KIND: &str = "services.export";

/// The worker of [`KIND`].
pub struct MakeExports(pub Arc<Services>);

#[async_trait]
impl Work for MakeExports {
    fn kind(&self) -> &'static str {
        KIND
    }

    /// A long list takes its time; it holds nothing that others wait for.
    fn policy(&self) -> Policy {
        Policy { attempt_max: 6 * HOUR, ..Policy::default() }
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        self.0.make_export(export_id(task)?).await.map_err(JobError::of)
    }

    async fn given_up(&self, task: &Task, reason: &str) -> Result<(), JobError> {
        let fail = Fail { id: export_id(task)?, reason: reason.to_owned(), at: self.0.clock.now() };
        Ok(self.0.store.write(fail).await?)
    }
}

fn export_id(task: &Task) -> Result<Uuid, JobError> {
    let id = task.payload.get("export").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    id.ok_or_else(|| JobError::Never("the payload names no export".into()))
}

struct Fail {
    id: Uuid,
    reason: String,
    at: Timestamp,
}

impl Verb for Fail {
    type Answer = ();
    type Error = store::StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), store::StoreError> {
        table::fail(tx, self.id, &self.reason, self.at).await
    }
}

/// Makes a part visible, and with the last one tells the owner. False when another worker was faster.
struct AddPart {
    export: Export,
    part: Part,
    list: Text,
    address: Option<notify::Address>,
    at: Timestamp,
}

impl Verb for AddPart {
    type Answer = bool;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<bool, Failure> {
        if !table::add_part(tx, &self.export, &self.part, self.at).await? {
            return Ok(false);
        }
        if self.part.state == ExportState::Ready {
            let rows = self.export.rows + self.part.rows;
            let export = Export { rows, ..self.export.clone() };
            ask::noted(tx, &export, "export.made", self.at).await?;
            let link = format!("/exports/{}", export.id);
            let message = telling::message(export.owner, "export-ready", export.subject(), link)
                .text("list", &self.list)
                .word("rows_count", rows.to_string())
                .moment("expires_on", export.expires_at);
            notify::send(tx, self.at, message, self.address.clone()).await?;
        }
        Ok(true)
    }
}

/// How far the writing of one part has come; the stream that feeds the documents moves it.
struct Writing {
    services: Arc<Services>,
    taking: Taking,
    sheet: Sheet,
    /// Read, and not written yet.
    rows: Option<Rows>,
    done: Arc<Mutex<Done>>,
}

#[derive(Clone, Default)]
struct Done {
    /// Rows of the parts before.
    before: u64,
    rows: u64,
    bytes: u64,
    continues: Option<String>,
    is_last: bool,
}

impl Services {
    async fn make_export(self: &Arc<Services>, id: Uuid) -> Result<(), Failure> {
        loop {
            let Some(export) = table::find(&self.store.read(), id).await? else { return Ok(()) };
            if !matches!(export.state, ExportState::Asked | ExportState::Running) {
                return Ok(());
            }
            let taking = self.taking_of(&export).await?;
            self.check_taking(&taking).await?;
            if !self.make_part(export, taking).await? {
                return Ok(());
            }
        }
    }

    /// The owner with the roles of today.
    pub(super) async fn taking_of(&self, export: &Export) -> Result<Taking, Failure> {
        let sql = self.store.read();
        let person = identity::person(&sql, export.owner).await?.ok_or_else(Refusal::not_found)?;
        let roles = organisations::roles_of(&sql, person.id, self.clock.now()).await?;
        let kind = person.kind.word().to_owned();
        let actor = Actor { person: person.id, via: Via::System, assurance: export.assurance, roles, kind };
        let (list, narrowed, form) = (export.list, export.narrowed.clone(), export.form);
        Ok(Taking { actor, list, narrowed, lang: export.language, form })
    }

    /// True when another part follows.
    async fn make_part(self: &Arc<Services>, export: Export, taking: Taking) -> Result<bool, Failure> {
        let began = Instant::now();
        let sheet = self.sheet(taking.list, taking.form, taking.lang);
        let expected = if export.parts == 0 { self.export_expected(&taking).await? } else { None };
        let first = self.export_rows(&taking, export.continues.as_deref()).await?;
        let done = Arc::new(Mutex::new(Done { before: export.rows as u64, ..Done::default() }));
        let begins = export.parts == 0 && export.rows == 0;
        let name = format!("{}.txt", export.list.code());
        let nothing =
            first.cells.is_empty() && sheet.tail().is_empty() && (!begins || sheet.head().is_empty());
        let document = if nothing {
            lock(&done).is_last = true;
            None
        } else {
            let head = if begins { sheet.head() } else { String::new() };
            let writing =
                Writing { services: self.clone(), taking, sheet, rows: Some(first), done: done.clone() };
            let types: &'static [MediaType] = &[MediaType::Text];
            let accept = Accept { types, retention_until: Some(export.expires_at), ..Accept::default() };
            // Owned by the file itself, so that it does not count among what the person handed in.
            Some(self.documents.put(export.id, &name, feed(head, writing), accept).await?.id)
        };
        let done = lock(&done).clone();
        let is_last = done.is_last;
        let part = Part {
            document,
            rows: done.rows as i64,
            bytes: done.bytes as i64,
            continues: done.continues,
            state: if is_last { ExportState::Ready } else { ExportState::Running },
            expected,
            spent: began.elapsed(),
        };
        self.add_part(export, part).await
    }

    async fn add_part(&self, export: Export, part: Part) -> Result<bool, Failure> {
        let owner = identity::person(&self.store.read(), export.owner).await?;
        let is_last = part.state == ExportState::Ready;
        let name = |lang| self.texts.say(lang, &format!("export-list-{}", export.list.code()), &[]);
        let list = Text::new(name(language::Lang::Ar), name(language::Lang::En));
        let address = owner.and_then(|owner| owner.address());
        let add = AddPart { export, part, list, address, at: self.clock.now() };
        let added = self.store.write(add).await?;
        if is_last {
            self.ledger.wake();
        }
        Ok(added && !is_last)
    }
}

/// The bytes of one part, made as they are asked for.
fn feed(head: String, writing: Writing) -> impl futures::Stream<Item = Result<Bytes, Stopped>> + Send {
    let state = (Some(head).filter(|head| !head.is_empty()), Some(writing));
    stream::try_unfold(state, |(head, writing)| async move {
        let Some(mut writing) = writing else { return Ok(None) };
        if let Some(head) = head {
            lock(&writing.done).bytes += head.len() as u64;
            return Ok(Some((Bytes::from(head), (None, Some(writing)))));
        }
        let (text, more) = writing.page().await.map_err(Stopped)?;
        Ok(Some((Bytes::from(text), (None, more.then_some(writing)))))
    })
}

impl Writing {
    /// The next page of rows as text, and whether this part goes on.
    async fn page(&mut self) -> Result<(String, bool), Failure> {
        let continues = lock(&self.done).continues.clone();
        let rows = match self.rows.take() {
            Some(rows) => rows,
            None => self.services.export_rows(&self.taking, continues.as_deref()).await?,
        };
        let mut text = String::new();
        let mut done = lock(&self.done);
        for cells in rows.cells {
            self.sheet.row(done.before + done.rows, cells, &mut text);
            done.rows += 1;
        }
        done.is_last = rows.next.is_none();
        if done.is_last {
            text.push_str(self.sheet.tail());
        } else {
            done.continues = rows.next;
        }
        done.bytes += text.len() as u64;
        Ok((text, !done.is_last && done.rows < PART_ROWS))
    }
}

fn lock(done: &Mutex<Done>) -> std::sync::MutexGuard<'_, Done> {
    done.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why the rows ended before their time, as a stream tells it.
#[derive(Debug, thiserror::Error)]
#[error("the rows could not be read: {0}")]
pub(super) struct Stopped(pub(super) Failure);
