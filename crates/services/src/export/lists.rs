//! The rows of each list: the statements and the permission of its page, page by page.

use std::collections::HashMap;

use authz::{Actor, Failure, Kind, Refusal};
use language::{Digits, Lang, Offset};
use notify::{View, Wanted};
use uuid::Uuid;
use web::{Cell, Cursor, ExportColumn, ExportForm, Sheet};

use super::{List, Narrowed, PAGE_ROWS};
use crate::{
    Services,
    request::{
        self, act,
        table::{Group, Mine, Order},
    },
    task::queue::{self, desks},
};

/// Who takes out what, and in which language.
#[derive(Clone, Debug)]
pub(crate) struct Taking {
    pub actor: Actor,
    pub list: List,
    pub narrowed: Narrowed,
    pub lang: Lang,
    pub form: ExportForm,
}

/// Some rows, and where the next ones begin.
pub(crate) struct Rows {
    pub cells: Vec<Vec<Cell>>,
    pub next: Option<String>,
}

impl Rows {
    fn of<T>(
        mut found: Vec<T>,
        key: impl Fn(&T) -> Result<String, serde_json::Error>,
        cells: impl FnMut(T) -> Vec<Cell>,
    ) -> Result<Rows, Failure> {
        let more = found.len() as i64 > PAGE_ROWS;
        found.truncate(PAGE_ROWS as usize);
        let next = match found.last() {
            Some(last) if more => Some(key(last)?),
            _ => None,
        };
        Ok(Rows { cells: found.into_iter().map(cells).collect(), next })
    }
}

const REQUESTS: [&str; 6] = ["number", "service", "provider", "state", "delivered_at", "due_at"];
const DESK: [&str; 7] = ["number", "service", "applicant", "kind", "opened_at", "due_at", "is_late"];
const SERVICES: [&str; 7] =
    ["id", "service", "provider", "summary", "fee_milli", "delivery_working_days", "verified_at"];
const INBOX: [&str; 6] = ["sent_at", "subject", "body", "about", "read_at", "delivery"];
const HISTORY: [&str; 6] = ["place", "at", "event", "actor", "controls", "leaf"];

/// Where the office's clocks stand.
pub(crate) fn offset() -> Offset {
    Offset { minutes: organisations::Hours::default().offset_minutes }
}

impl Services {
    /// The empty file with its headers in the reader's language.
    pub(crate) fn sheet(&self, list: List, form: ExportForm, lang: Lang) -> Sheet {
        let keys: &[&'static str] = match list {
            List::Requests => &REQUESTS,
            List::Desk => &DESK,
            List::Services => &SERVICES,
            List::Inbox => &INBOX,
            List::History => &HISTORY,
        };
        let label =
            |key: &str| self.texts.say(lang, &format!("export-column-{}", key.replace('_', "-")), &[]);
        let columns = keys.iter().map(|key| ExportColumn { key, label: label(key) }).collect();
        Sheet { form, columns, offset: offset() }
    }

    /// The list can be seen by this person at all: asked when it is ordered, for each part, and when it is fetched.
    pub(crate) async fn check_taking(&self, taking: &Taking) -> Result<(), Failure> {
        match taking.list {
            List::Desk if desks(&taking.actor).is_empty() => {
                Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into())
            }
            List::History => self.subject(taking).await.map(drop),
            _ => Ok(()),
        }
    }

    async fn subject(&self, taking: &Taking) -> Result<String, Failure> {
        let number = taking.narrowed.request.as_deref().unwrap_or_default();
        let number = number.parse().map_err(|_| Refusal::not_found())?;
        let request = act::visible(&self.store.read(), &self.policies, &taking.actor, &number).await?;
        Ok(request.subject())
    }

    /// The next rows of a list.
    pub(crate) async fn export_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        match taking.list {
            List::Requests => self.request_rows(taking, after).await,
            List::Desk => self.desk_rows(taking, after).await,
            List::Services => self.service_rows(taking, after),
            List::Inbox => self.inbox_rows(taking, after).await,
            List::History => self.history_rows(taking, after).await,
        }
    }

    fn named(&self, entry: Uuid, lang: Lang) -> (String, String) {
        let entry = self.directory.entry_by_id(entry);
        let provider = entry.as_ref().and_then(|entry| self.directory.provider(entry.body));
        let service = entry.map(|entry| entry.card.name.get(lang).to_owned());
        let provider = provider.map(|provider| provider.name.get(lang).to_owned());
        (service.unwrap_or_default(), provider.unwrap_or_default())
    }

    async fn request_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after: Option<(i64, Uuid)> = Cursor::decode_given(after)?;
        let group = match taking.narrowed.show.as_deref() {
            Some("needs") => Some(Group::NeedsYou),
            Some("open") => Some(Group::Open),
            Some("closed") => Some(Group::Closed),
            _ => None,
        };
        let service = taking.narrowed.service.as_deref().and_then(|slug| self.directory.entry(slug));
        let mine = Mine {
            applicant: taking.actor.person,
            group,
            entries: service.map(|entry| vec![entry.id]),
            digits: None,
            of: None,
            order: Order::Newest,
        };
        let lines = request::table::mine(&self.store.read(), &mine, after, PAGE_ROWS + 1).await?;
        Rows::of(
            lines,
            |line| Cursor::encode(&line.key(Order::Newest)),
            |line| {
                let (service, provider) = self.named(line.entry, taking.lang);
                let state = self.texts.say(taking.lang, &format!("request-state-{}", line.state.word()), &[]);
                vec![
                    line.number.into(),
                    service.into(),
                    provider.into(),
                    state.into(),
                    line.delivered_at.into(),
                    line.due_at.into(),
                ]
            },
        )
    }

    async fn desk_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let narrowed = &taking.narrowed;
        let word = |given: &Option<String>| given.clone().unwrap_or_default();
        let asked = queue::Asked {
            kind: word(&narrowed.kind),
            service: word(&narrowed.service),
            holder: word(&narrowed.holder),
            due: word(&narrowed.due),
            ..queue::Asked::default()
        };
        let wanted = self.wanted(&asked);
        let after: Option<queue::After> = Cursor::decode_given(after)?;
        let after = after.unwrap_or_else(|| wanted.sort.start());
        let tasks = self.desk(&taking.actor, &wanted, after, PAGE_ROWS + 1).await?;
        let mut ids: Vec<Uuid> = tasks.iter().map(|task| task.applicant).collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        let mut names: HashMap<Uuid, String> =
            persons.into_iter().map(|person| (person.id, person.name.get(taking.lang).to_owned())).collect();
        let now = self.clock.now();
        Rows::of(
            tasks,
            |task| Cursor::encode(&(task.place, task.id)),
            |task| {
                let kind = self.texts.say(taking.lang, &format!("task-kind-{}", task.kind.word()), &[]);
                vec![
                    task.number.into(),
                    self.named(task.entry, taking.lang).0.into(),
                    names.entry(task.applicant).or_default().clone().into(),
                    kind.into(),
                    task.opened_at.into(),
                    task.due_at.into(),
                    Cell::Truth(now > task.due_at),
                ]
            },
        )
    }

    /// The directory lies in memory; a place in it is enough to go on.
    fn service_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let from: Option<String> = Cursor::decode_given(after)?;
        let mut entries = self.directory.entries();
        entries.sort_by(|one, other| one.card.id.cmp(&other.card.id));
        entries.retain(|entry| from.as_ref().is_none_or(|from| entry.card.id > *from));
        entries.truncate(PAGE_ROWS as usize + 1);
        Rows::of(
            entries,
            |entry| Cursor::encode(&entry.card.id),
            |entry| {
                let (service, provider) = self.named(entry.id, taking.lang);
                vec![
                    entry.card.id.clone().into(),
                    service.into(),
                    provider.into(),
                    entry.card.summary.get(taking.lang).into(),
                    Cell::Number(entry.card.fee_milli() as i64),
                    entry.card.delivery_working_days.map_or(Cell::Empty, |days| Cell::Number(days.into())),
                    entry.verified_at.into(),
                ]
            },
        )
    }

    async fn inbox_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after: Option<(i64, Uuid)> = Cursor::decode_given(after)?;
        let after = after.map(|(at, id)| (clock::Timestamp(at), id));
        let sql = self.store.read();
        let wanted = Wanted {
            view: View::named(taking.narrowed.show.as_deref().unwrap_or_default()),
            words: taking.narrowed.q.clone().unwrap_or_default(),
        };
        let limit = PAGE_ROWS as u32 + 1;
        let notices = notify::wanted(&sql, taking.actor.person, &wanted, after, limit).await?;
        let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
        let mut deliveries = HashMap::new();
        for delivery in notify::deliveries(&sql, &ids).await? {
            deliveries.insert(delivery.notice, self.texts.say(taking.lang, &delivery.key(), &[]));
        }
        Rows::of(
            notices,
            |notice| Cursor::encode(&(notice.sent_at.0, notice.id)),
            |notice| {
                let words = notify::words_of(&notice, &self.texts, taking.lang, Digits::Latin, offset());
                vec![
                    notice.sent_at.into(),
                    words.subject().into(),
                    words.body().into(),
                    notice.subject.into(),
                    notice.read_at.into(),
                    deliveries.remove(&notice.id).into(),
                ]
            },
        )
    }

    async fn history_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after: Option<Uuid> = Cursor::decode_given(after)?;
        let (subject, limit) = (self.subject(taking).await?, PAGE_ROWS as u64);
        // The ledger hands out at most as many as a page here has, so a full page may be the last one.
        let entries = ledger::history(&self.store.read(), &subject, after, limit).await?;
        let next = match entries.last() {
            Some(last) if entries.len() as u64 == limit => Some(Cursor::encode(&last.id)?),
            _ => None,
        };
        let mut cells = Vec::with_capacity(entries.len());
        for entry in entries {
            let actor = match entry.actor {
                Some(actor) => identity::person(&self.store.read(), actor).await?,
                None => None,
            };
            cells.push(vec![
                entry.index.map_or(Cell::Empty, |index| Cell::Number(index as i64)),
                entry.at.into(),
                entry.kind.into(),
                actor.map(|person| person.name.get(taking.lang).to_owned()).into(),
                entry.controls.join(" ").into(),
                entry.id.to_string().into(),
            ]);
        }
        Ok(Rows { cells, next })
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
