//! What was said and what happened: my inbox, the messages about a request, and the ledger.

use std::collections::HashMap;

use authz::{Failure, Refusal};
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

impl Services {
    pub(super) async fn inbox_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after: Option<(i64, Uuid)> = Cursor::decode_given(after)?;
        let after = after.map(|(at, id)| (clock::Timestamp(at), id));
        let sql = self.store.read();
        let wanted = inbox_wanted(taking);
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

    /// The request of a list about one, for whoever may see it.
    pub(super) async fn request_of(&self, taking: &Taking) -> Result<Request, Failure> {
        let number = taking.narrowed.request.as_deref().unwrap_or_default();
        let number = number.parse().map_err(|_| Refusal::not_found())?;
        act::visible(&self.store.read(), &self.policies, &taking.actor, &number).await
    }

    pub(super) async fn notice_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let request = self.request_of(taking).await?;
        let after: Option<(i64, Uuid)> = Cursor::decode_given(after)?;
        let after = after.map(|(at, id)| (clock::Timestamp(at), id));
        let sql = self.store.read();
        let subject = request.subject();
        let notices = notify::told(&sql, request.applicant, &subject, after, PAGE_ROWS as u32 + 1).await?;
        let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
        let deliveries = notify::deliveries(&sql, &ids).await?;
        let how = |notice: &Notice| {
            let of = deliveries.iter().filter(|delivery| delivery.notice == notice.id);
            let words = |delivery: &notify::Delivery| {
                format!("{} {}", self.texts.say(taking.lang, &delivery.key(), &[]), delivery.address)
            };
            of.map(|delivery| words(delivery).trim().to_owned()).collect::<Vec<_>>().join("; ")
        };
        Rows::of(
            notices,
            |notice| Cursor::encode(&(notice.sent_at.0, notice.id)),
            |notice| {
                let words = notify::words_of(&notice, &self.texts, taking.lang, Digits::Latin, offset());
                vec![
                    notice.sent_at.into(),
                    words.subject().into(),
                    words.body().into(),
                    notice.read_at.into(),
                    how(&notice).into(),
                ]
            },
        )
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
}
