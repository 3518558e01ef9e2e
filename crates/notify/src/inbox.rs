//! A person's inbox, as a page and over JSON. Whose it is, is told by whoever knows sessions: the binary places a
//! [`Recipient`] in the request; without one nobody is signed in.

mod api;
mod page;

use authz::{Kind, Refusal};
use axum::{extract::FromRequestParts, http::request::Parts};
use clock::Timestamp;
use language::{Digits, Offset};
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;
use web::Shell;

use crate::notice::{Delivery, Notice, Reading, Words, table};

pub use api::api;
pub use page::pages;

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

/// Opens a notice: it is read from now on. False when this person has no such notice.
struct MarkRead {
    person: Uuid,
    notice: Uuid,
    now: Timestamp,
}

impl Verb for MarkRead {
    type Answer = bool;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<bool, StoreError> {
        table::mark_read(tx, self.person, self.notice, self.now).await
    }
}

/// One notice with its words and its deliveries.
struct Line {
    notice: Notice,
    words: Words,
    deliveries: Vec<Delivery>,
}

impl Line {
    fn sent_at(&self) -> Timestamp {
        self.notice.sent_at
    }
}

/// A page of the inbox, and where the next one begins.
struct Slice {
    lines: Vec<Line>,
    next: Option<String>,
}

async fn slice(
    store: &Store,
    shell: &Shell,
    person: Uuid,
    cursor: Option<&str>,
) -> Result<Slice, web::Error> {
    let after: Option<(i64, Uuid)> = web::Cursor::decode_given(cursor)?;
    let after = after.map(|(at, id)| (Timestamp(at), id));
    let sql = store.read();
    let mut notices = table::list(&sql, person, after, PAGE_NOTICES_MAX + 1).await?;
    let more = notices.len() > PAGE_NOTICES_MAX as usize;
    notices.truncate(PAGE_NOTICES_MAX as usize);
    let next = match notices.last() {
        Some(last) if more => Some(web::Cursor::encode(&(last.sent_at.0, last.id))?),
        _ => None,
    };
    let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
    let deliveries = table::deliveries(&sql, &ids).await?;
    let lines = notices.into_iter().map(|notice| line(notice, &deliveries, shell)).collect();
    Ok(Slice { lines, next })
}

fn line(notice: Notice, deliveries: &[Delivery], shell: &Shell) -> Line {
    let site = shell.site();
    let digits = if shell.has_arabic_digits() { Digits::Arabic } else { Digits::Latin };
    let offset: Offset = site.offset;
    let words = Words::of(&notice, Reading { texts: &site.texts, lang: shell.lang, digits, offset });
    let deliveries = deliveries.iter().filter(|delivery| delivery.notice == notice.id).cloned().collect();
    Line { notice, words, deliveries }
}

/// Where a notice leads: only to a path of this portal.
fn way(link: &str) -> &str {
    let ours = link.starts_with('/') && !link.starts_with("//") && !link.contains(['\\', '\r', '\n']);
    if ours { link } else { "/inbox" }
}
