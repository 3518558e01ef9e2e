//! The rows of each list: the statements and the permission of its page, page by page.

mod controls;
mod desks;
mod directory;
mod messages;

use std::collections::HashMap;

use authz::{Actor, Assurance, Failure, Kind, Refusal, Via};
use language::{Lang, Offset};
use serde::Serialize;
use uuid::Uuid;
use web::{Cell, Cursor, ExportColumn, ExportForm, Sheet};

use super::{List, Narrowed, PAGE_ROWS};
use crate::{Services, duty, task::queue::desks};

/// Who takes out what, and in which language.
#[derive(Clone, Debug)]
pub(crate) struct Taking {
    pub actor: Actor,
    pub list: List,
    pub narrowed: Narrowed,
    pub lang: Lang,
    pub form: ExportForm,
}

/// What people are called.
struct Names(HashMap<Uuid, String>);

impl Names {
    fn of(&self, id: Uuid) -> Cell {
        self.0.get(&id).map(String::as_str).into()
    }
}

/// Some rows, and where the next ones begin.
pub(crate) struct Rows {
    pub cells: Vec<Vec<Cell>>,
    pub next: Option<String>,
}

impl Rows {
    /// A list that is short enough to be whole.
    fn whole(cells: Vec<Vec<Cell>>) -> Rows {
        Rows { cells, next: None }
    }

    fn of<T, K: Serialize>(
        mut found: Vec<T>,
        key: impl FnOnce(&T) -> K,
        cells: impl FnMut(T) -> Vec<Cell>,
    ) -> Result<Rows, Failure> {
        let next = Cursor::cut(&mut found, PAGE_ROWS as usize, key)?;
        Ok(Rows { cells: found.into_iter().map(cells).collect(), next })
    }
}

/// The columns of a list by their stable names.
fn columns(list: List) -> &'static [&'static str] {
    match list {
        List::Requests => &["number", "service", "provider", "state", "delivered_at", "due_at"],
        List::Desk => &["number", "service", "applicant", "kind", "opened_at", "due_at", "is_late"],
        List::Delays => &[
            "number",
            "service",
            "provider",
            "with",
            "since",
            "due_at",
            "expected_at",
            "late_at",
            "closed_at",
        ],
        List::Appeals => &["number", "service", "applicant", "against", "filed_at", "due_at", "is_late"],
        List::Advice => &["number", "service", "asked_by", "question", "due_at", "is_late"],
        List::Copies => &[
            "number",
            "service",
            "recipient",
            "city",
            "asked_at",
            "prints",
            "dispatched_at",
            "carrier",
            "tracking",
        ],
        List::Services => {
            &["id", "service", "provider", "summary", "fee_milli", "delivery_working_days", "verified_at"]
        }
        List::Register => {
            &["id", "service", "provider", "version", "state", "registered_at", "published_at", "state_at"]
        }
        List::Bodies => &["id", "body_name", "short", "services"],
        List::Duties => {
            &["id", "service", "duty", "update_due", "owner", "words", "reference", "registered_at", "due_at"]
        }
        List::Words => &["words", "relation", "finds", "in_force"],
        List::Subscriptions => &["tree", "id", "name"],
        List::Controls => &compliance::COLUMNS,
        List::Inbox => &["sent_at", "subject", "body", "about", "read_at", "delivery"],
        List::Notices => &["sent_at", "subject", "body", "read_at", "delivery"],
        List::History => &["place", "at", "event", "actor", "controls", "leaf"],
    }
}

/// Where the office's clocks stand.
pub(crate) fn offset() -> Offset {
    Offset { minutes: organisations::Hours::default().offset_minutes }
}

/// Nobody: who reads what is open to everybody.
pub(crate) fn nobody() -> Actor {
    let (person, assurance) = (Uuid::nil(), Assurance::Basic);
    Actor { person, via: Via::System, assurance, roles: Vec::new(), kind: String::new() }
}

impl Taking {
    /// Nobody in particular takes it.
    pub fn is_nobodys(&self) -> bool {
        self.actor.person.is_nil()
    }

    fn caller(&self) -> Option<&Actor> {
        (!self.is_nobodys()).then_some(&self.actor)
    }

    /// A word that narrows, or nothing.
    fn word(&self, of: impl Fn(&Narrowed) -> &Option<String>) -> String {
        of(&self.narrowed).clone().unwrap_or_default()
    }
}

impl Services {
    /// The empty file with its headers in the reader's language.
    pub(crate) fn sheet(&self, list: List, form: ExportForm, lang: Lang) -> Sheet {
        let label =
            |key: &str| self.texts.say(lang, &format!("export-column-{}", key.replace('_', "-")), &[]);
        let columns = columns(list).iter().map(|key| ExportColumn { key, label: label(key) }).collect();
        Sheet { form, columns, offset: offset() }
    }

    /// The list can be seen by this person at all: asked when it is ordered, for each part, and when it is fetched.
    pub(crate) async fn check_taking(&self, taking: &Taking) -> Result<(), Failure> {
        if taking.is_nobodys() && !taking.list.is_public() {
            return Err(identity::SIGN_IN_REQUIRED.into());
        }
        match taking.list {
            List::Desk | List::Advice if desks(&taking.actor).is_empty() => {
                Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into())
            }
            List::Delays => self.check_delays(taking).await,
            List::Appeals => self.headed_bodies(&taking.actor).map(drop).map_err(Failure::from),
            List::Copies => self.copies_body(&taking.actor).map(drop).map_err(Failure::from),
            List::Register => self.may_read_register(taking.caller()).await,
            List::Duties => {
                let start = duty::table::BEFORE_ALL;
                self.duties_for(&taking.actor, None, start, 1).await.map(drop)
            }
            List::Words => self.may_edit_words(&taking.actor).await,
            List::Controls => self.controls_wanted(taking).map(drop).map_err(Failure::from),
            List::Notices => self.request_of(taking).await.map(drop),
            List::History => self.history_subject(taking).await.map(drop),
            _ => Ok(()),
        }
    }

    /// The next rows of a list.
    pub(crate) async fn export_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        match taking.list {
            List::Requests => self.request_rows(taking, after).await,
            List::Desk => self.desk_rows(taking, after).await,
            List::Delays => self.delay_rows(taking, after).await,
            List::Appeals => self.appeal_rows(taking, after).await,
            List::Advice => self.advice_rows(taking).await,
            List::Copies => self.copy_rows(taking, after).await,
            List::Services => self.service_rows(taking, after),
            List::Register => self.register_rows(taking, after).await,
            List::Bodies => Ok(self.body_rows(taking)),
            List::Duties => self.duty_rows(taking, after).await,
            List::Words => self.word_rows(taking, after).await,
            List::Subscriptions => self.subscription_rows(taking).await,
            List::Controls => Ok(self.control_rows(taking)?),
            List::Inbox => self.inbox_rows(taking, after).await,
            List::Notices => self.notice_rows(taking, after).await,
            List::History => self.history_rows(taking, after).await,
        }
    }

    /// How many rows a list has that can be long enough for the question; asked once, in the job.
    pub(super) async fn export_expected(&self, taking: &Taking) -> Result<Option<i64>, Failure> {
        let sql = self.store.read();
        match taking.list {
            List::Requests => self.requests_expected(taking).await,
            List::Desk => self.desk_expected(taking).await.map(Some),
            List::Inbox => {
                Ok(Some(notify::count(&sql, taking.actor.person, &messages::inbox_wanted(taking)).await?))
            }
            _ => Ok(None),
        }
    }

    /// A service and its provider in the reader's words.
    fn named(&self, entry: Uuid, lang: Lang) -> (String, String) {
        let entry = self.directory.entry_by_id(entry);
        let provider = entry.as_ref().and_then(|entry| self.directory.provider(entry.body));
        let service = entry.map(|entry| entry.card.name.get(lang).to_owned());
        let provider = provider.map(|provider| provider.name.get(lang).to_owned());
        (service.unwrap_or_default(), provider.unwrap_or_default())
    }

    /// The names of persons by their ids.
    async fn names_in(&self, ids: impl IntoIterator<Item = Uuid>, lang: Lang) -> Result<Names, Failure> {
        let mut ids: Vec<Uuid> = ids.into_iter().collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        Ok(Names(persons.into_iter().map(|person| (person.id, person.name.get(lang).to_owned())).collect()))
    }

    /// Whether the list is too long to be handed out at once: pages are counted, their rows are not kept.
    pub(crate) async fn is_long(&self, taking: &Taking) -> Result<bool, Failure> {
        let (mut seen, mut after) = (0, None::<String>);
        loop {
            let rows = self.export_rows(taking, after.as_deref()).await?;
            seen += rows.cells.len();
            if seen > super::AT_ONCE_ROWS_MAX as usize {
                return Ok(true);
            }
            match rows.next {
                Some(next) => after = Some(next),
                None => return Ok(false),
            }
        }
    }
}
