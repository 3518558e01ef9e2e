//! A person's inbox, as a page and over JSON. Whose it is, is told by whoever knows sessions: the binary places a
//! [`Recipient`] in the request; without one nobody is signed in.

pub(crate) mod api;
pub(crate) mod page;

use authz::{Kind, Refusal};
use axum::{extract::FromRequestParts, http::request::Parts};
use clock::Timestamp;
use language::{Digits, Lang, Offset};
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;
use web::Shell;

use crate::notice::{
    Delivery, Notice, Reading, Words,
    table::{self, Wanted},
};

/// Notices on one page of the inbox.
const PAGE_NOTICES_MAX: u32 = 20;

/// The person whose inbox it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Recipient {
    type Rejection = web::Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Recipient, web::Error> {
        let stranger = Refusal::new(Kind::NotIdentified, "auth.sign_in_required", &[]);
        parts.extensions.get::<Recipient>().copied().ok_or_else(|| stranger.into())
    }
}

/// What a person does with one notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Read,
    Unread,
    /// Puts it away; it is read from then on.
    Archive,
    /// Takes it back from what was put away.
    Restore,
}

impl Mark {
    fn named(word: &str) -> Option<Mark> {
        match word {
            "read" => Some(Mark::Read),
            "unread" => Some(Mark::Unread),
            "archive" => Some(Mark::Archive),
            "restore" => Some(Mark::Restore),
            _ => None,
        }
    }
}

/// Marks a notice. False when this person has no such notice; marking twice changes nothing.
pub(crate) struct MarkNotice {
    pub person: Uuid,
    pub notice: Uuid,
    pub mark: Mark,
    pub now: Timestamp,
}

impl Verb for MarkNotice {
    type Answer = bool;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<bool, StoreError> {
        let MarkNotice { person, notice, mark, now } = *self;
        match mark {
            Mark::Read => table::mark_read(tx, person, notice, now).await,
            Mark::Unread => table::mark_unread(tx, person, notice).await,
            Mark::Archive => table::archive(tx, person, notice, Some(now)).await,
            Mark::Restore => table::archive(tx, person, notice, None).await,
        }
    }
}

/// One notice with its words and its deliveries.
pub(crate) struct Line {
    pub notice: Notice,
    pub words: Words,
    pub deliveries: Vec<Delivery>,
}

/// A page of the inbox, and where the next one begins.
pub(crate) struct Slice {
    pub lines: Vec<Line>,
    pub next: Option<String>,
}

/// Where a page of the inbox ended.
type After = (i64, Uuid);

pub(crate) async fn slice(
    store: &Store,
    shell: &Shell,
    person: Uuid,
    wanted: &Wanted,
    cursor: Option<&str>,
) -> Result<Slice, web::Error> {
    let after: Option<After> = web::Cursor::decode_given(cursor)?;
    let after = after.map(|(at, id)| (Timestamp(at), id));
    let sql = store.read();
    let mut notices = table::wanted(&sql, person, wanted, after, PAGE_NOTICES_MAX + 1).await?;
    let next = web::Cursor::cut(&mut notices, PAGE_NOTICES_MAX as usize, |last| (last.sent_at.0, last.id))?;
    let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
    let deliveries = table::deliveries(&sql, &ids).await?;
    let lines = notices.into_iter().map(|notice| line(notice, &deliveries, shell)).collect();
    Ok(Slice { lines, next })
}

fn line(notice: Notice, deliveries: &[Delivery], shell: &Shell) -> Line {
    let site = shell.site();
    let words = words_of(&notice, &site.texts, shell.lang, digits(shell), site.offset);
    let deliveries = deliveries.iter().filter(|delivery| delivery.notice == notice.id).cloned().collect();
    Line { notice, words, deliveries }
}

fn digits(shell: &Shell) -> Digits {
    if shell.has_arabic_digits() { Digits::Arabic } else { Digits::Latin }
}

/// A notice in somebody's language: for whoever shows or hands out notices elsewhere.
pub fn words_of(
    notice: &Notice,
    texts: &language::Texts,
    lang: Lang,
    digits: Digits,
    offset: Offset,
) -> Words {
    Words::of(notice, Reading { texts, lang, digits, offset })
}

/// Where a notice leads: only to a path of this portal.
pub(crate) fn way(link: &str) -> &str {
    let ours = link.starts_with('/') && !link.starts_with("//") && !link.contains(['\\', '\r', '\n']);
    if ours { link } else { "/inbox" }
}
