//! What was said and what happened: my inbox, the messages about a request, and the ledger.

use std::collections::HashMap;

use authz::{Failure, Refusal};
use clock::Timestamp;
use language::Digits;
use notify::{Notice, View, Wanted};
use uuid::Uuid;
use web::{Cell, Cursor};

use super::{PAGE_ROWS, Rows, Taking, offset};
use crate::{
    Services,
    request::{Request, act},
};

pub(super) fn inbox_wanted(taking: &Taking) -> Wanted {
    Wanted {
        view: View::named(taking.narrowed.show.as_deref().unwrap_or_default()),
        words: taking.word(|narrowed| &narrowed.q),
    }
}

/// Behind which notice the next rows begin.
fn behind(after: Option<&str>) -> Result<Option<(Timestamp, Uuid)>, Refusal> {
    let after: Option<(i64, Uuid)> = Cursor::decode_given(after)?;
    Ok(after.map(|(at, id)| (Timestamp(at), id)))
}

impl Services {
    pub(super) async fn inbox_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let (sql, wanted, limit) = (self.store.read(), inbox_wanted(taking), PAGE_ROWS as u32 + 1);
        let notices = notify::wanted(&sql, taking.actor.person, &wanted, behind(after)?, limit).await?;
        let own = |notice: &Notice| vec![Cell::from(notice.subject.clone()), notice.read_at.into()];
        self.told_rows(taking, notices, own).await
    }

    pub(super) async fn notice_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let request = self.request_of(taking).await?;
        let (sql, subject, limit) = (self.store.read(), request.subject(), PAGE_ROWS as u32 + 1);
        let notices = notify::told(&sql, request.applicant, &subject, behind(after)?, limit).await?;
        self.told_rows(taking, notices, |notice| vec![notice.read_at.into()]).await
    }

    /// When, in which words and how each notice was sent; `own` is what this list says between the words and the ways.
    async fn told_rows(
        &self,
        taking: &Taking,
        notices: Vec<Notice>,
        own: impl Fn(&Notice) -> Vec<Cell>,
    ) -> Result<Rows, Failure> {
        let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
        let mut ways: HashMap<Uuid, Vec<String>> = HashMap::new();
        for delivery in notify::deliveries(&self.store.read(), &ids).await? {
            let how = format!("{} {}", self.texts.say(taking.lang, &delivery.key(), &[]), delivery.address);
            ways.entry(delivery.notice).or_default().push(how.trim().to_owned());
        }
        let cells = |notice: Notice| {
            let words = notify::words_of(&notice, &self.texts, taking.lang, Digits::Latin, offset());
            let mut cells: Vec<Cell> =
                vec![notice.sent_at.into(), words.subject().into(), words.body().into()];
            cells.extend(own(&notice));
            cells.push(ways.remove(&notice.id).unwrap_or_default().join("; ").into());
            cells
        };
        Rows::of(notices, |notice| (notice.sent_at.0, notice.id), cells)
    }

    /// The request of a list about one, for whoever may see it.
    pub(super) async fn request_of(&self, taking: &Taking) -> Result<Request, Failure> {
        let number = taking.narrowed.request.as_deref().unwrap_or_default();
        let number = number.parse().map_err(|_| Refusal::not_found())?;
        act::visible(&self.store.read(), &self.policies, &taking.actor, &number).await
    }

    /// One request for whoever may see it, one service for whoever works on it, else what stands about oneself.
    pub(super) async fn history_subject(&self, taking: &Taking) -> Result<String, Failure> {
        if taking.narrowed.request.is_some() {
            return Ok(self.request_of(taking).await?.subject());
        }
        match &taking.narrowed.service {
            Some(slug) => {
                self.check_overview(&taking.actor, slug).await?;
                Ok(format!("service/{slug}"))
            }
            None => Ok(format!("person/{}", taking.actor.person)),
        }
    }

    pub(super) async fn history_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after: Option<Uuid> = Cursor::decode_given(after)?;
        let (subject, limit) = (self.history_subject(taking).await?, PAGE_ROWS as u64);
        // The ledger hands out at most as many as a page here has, so a full page may be the last one.
        let entries = ledger::history(&self.store.read(), &subject, after, limit).await?;
        let next = match entries.last() {
            Some(last) if entries.len() as u64 == limit => Some(Cursor::encode(&last.id)?),
            _ => None,
        };
        let names = self.names_in(entries.iter().filter_map(|entry| entry.actor), taking.lang).await?;
        let cells = entries.into_iter().map(|entry| {
            vec![
                entry.index.map_or(Cell::Empty, |index| Cell::Number(index as i64)),
                entry.at.into(),
                entry.kind.into(),
                entry.actor.map_or(Cell::Empty, |actor| names.of(actor)),
                entry.controls.join(" ").into(),
                entry.id.to_string().into(),
            ]
        });
        Ok(Rows { cells: cells.collect(), next })
    }
}
