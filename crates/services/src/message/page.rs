//! `/requests/{number}/messages`: what was written on a request, by both sides, and the box to write in.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State},
    response::Response,
    routing::get,
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Page, Path, Query, Shell,
    components::{Field, Link},
    see_other, stay,
};

use super::{Message, Side, send::WORDS_CHARACTERS_MAX, table};
use crate::{
    Services, UPLOAD_BYTES_MAX,
    request::{
        RequestNumber,
        page::correct::{accepted, posted::Posted},
    },
};

/// The field of the file; what was taken already is posted under `kept.file`.
const FILE: &str = "document.file";
/// Messages on one page.
const PAGE_MESSAGES: i64 = 30;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/requests/{number}/messages", get(show).post(write))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    cursor: Option<String>,
}

struct Line {
    who: String,
    is_mine: bool,
    when: String,
    words: String,
    /// Names and addresses of what is enclosed.
    enclosed: Vec<Link>,
}

#[derive(Template)]
#[template(path = "message/page.html")]
struct MessagesPage {
    trail: Vec<Link>,
    base: String,
    number: String,
    service: String,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    may_write: bool,
    words_field: Field,
    file_field: Field,
    /// A file that was taken before something else was refused.
    kept: Option<Link>,
    lines: Vec<Line>,
    earlier: String,
    shell: Shell,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    Query(asked): Query<Asked>,
) -> Result<Page<MessagesPage>, web::Error> {
    Ok(Page(services.messages_page(&actor, shell, &number, &asked, Written::default()).await?))
}

/// What was written, as far as it came.
#[derive(Default)]
struct Written {
    words: String,
    /// Document and name.
    file: Option<(Uuid, String)>,
    refusal: Option<Refusal>,
}

async fn write(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    form: Multipart,
) -> Result<Response, web::Error> {
    // Whoever may not see the request uploads nothing to it.
    services.follow(&actor, &number).await?;
    let posted = services.read_correction(&actor, form).await?;
    Ok(services.write_by_page(&actor, shell, &number, posted).await?)
}

impl Services {
    async fn write_by_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        posted: Posted,
    ) -> Result<Response, Failure> {
        let words = posted.words.iter().find(|(name, _)| name == "words");
        let words = words.map(|(_, words)| words.clone()).unwrap_or_default();
        let kept = self.kept_files(actor, &posted).await?;
        let file = kept.into_iter().next().map(|(_, id, name)| (id, name));
        let documents: Vec<Uuid> = file.iter().map(|(id, _)| *id).collect();
        let refusal = match posted.refusal {
            Some(refusal) => refusal,
            None => match self.write_message(actor, number, words.clone(), &documents, None).await {
                Ok(_) => return Ok(see_other(&format!("/requests/{number}/messages"))),
                Err(failure) => failure.mendable()?,
            },
        };
        let kind = refusal.kind;
        let written = Written { words, file, refusal: Some(refusal) };
        let page = self.messages_page(actor, shell, number, &Asked::default(), written).await?;
        Ok(stay(kind, page))
    }

    async fn messages_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        asked: &Asked,
        written: Written,
    ) -> Result<MessagesPage, Failure> {
        let Written { words, file, refusal } = written;
        let followed = self.follow(actor, number).await?;
        let request = &followed.request;
        let before = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or(Uuid::max());
        let mut messages =
            table::of_request(&self.store.read(), request.id, before, PAGE_MESSAGES + 1).await?;
        let earlier = Cursor::cut(&mut messages, PAGE_MESSAGES as usize, |last| last.id)?
            .map(|next| format!("?cursor={next}"))
            .unwrap_or_default();
        let lines = self.message_lines(&shell, actor, number, &messages).await?;
        let may_write = !request.state.is_closed()
            && self.policies.decide("services", actor, "write", &request.resource()).permitted;
        let mut faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        for fault in &mut faults {
            fault.label = shell.t(if fault.field == FILE { "message-file" } else { "message-words" });
        }
        let shown = shell.in_digits(number.to_string());
        Ok(MessagesPage {
            trail: vec![
                match request.applicant == actor.person {
                    true => Link::new("/requests", shell.t("request-mine")),
                    false => Link::new("/desk", shell.t("desk-title")),
                },
                Link::new(format!("/requests/{number}"), shown.clone()),
            ],
            base: format!("/requests/{number}/messages"),
            number: shown,
            service: shell.text(&followed.entry.card.name).to_owned(),
            words_field: Field::area(&shell, "words", shell.t("message-words"))
                .hint(shell.t("message-words-hint"))
                .value(words)
                .attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string())
                .faults(&faults),
            file_field: Field::file(&shell, FILE, shell.t("message-file"), &accepted())
                .hint(shell.t("request-file-hint"))
                .optional()
                .faults(&faults),
            kept: file.map(|(id, name)| Link::new(id.to_string(), name)),
            refusal,
            faults,
            may_write,
            lines,
            earlier,
            shell,
        })
    }

    async fn message_lines(
        &self,
        shell: &Shell,
        actor: &Actor,
        number: &RequestNumber,
        messages: &[Message],
    ) -> Result<Vec<Line>, Failure> {
        let mut authors: Vec<Uuid> = messages.iter().map(|message| message.author).collect();
        authors.sort();
        authors.dedup();
        let persons = identity::persons(&self.store.read(), &authors).await?;
        let line = |message: &Message| {
            let name = persons.iter().find(|person| person.id == message.author);
            let name = name.map(|person| shell.text(&person.name)).unwrap_or_default();
            let is_mine = message.author == actor.person;
            let enclosed = message.enclosed.iter();
            Line {
                who: match message.side {
                    _ if is_mine => shell.t("message-mine"),
                    Side::Applicant => shell.t1("message-applicant", "name", name),
                    Side::Desk => shell.t1("message-desk", "name", name),
                },
                is_mine,
                when: shell.moment(message.at),
                words: message.words.clone(),
                enclosed: enclosed
                    .map(|it| Link::new(format!("/requests/{number}/documents/{}", it.document), &*it.name))
                    .collect(),
            }
        };
        Ok(messages.iter().map(line).collect())
    }
}
