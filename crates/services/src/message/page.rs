//! `/requests/{number}/messages`: what was written on a request, by both sides, and the box to write in.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State, response::Response, routing::get};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link},
    see_other, stay,
};

use super::{Message, Side, send::WORDS_CHARACTERS_MAX, table};
use crate::{Services, request::RequestNumber};

/// Messages on one page.
const PAGE_MESSAGES: i64 = 30;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/messages", get(show).post(write))
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
    Ok(Page(services.messages_page(&actor, shell, &number, &asked, "", None).await?))
}

#[derive(Debug, Default, Deserialize)]
struct Posted {
    #[serde(default)]
    words: String,
}

async fn write(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    match services.write_message(&actor, &number, posted.words.clone(), &[], None).await {
        Ok(_) => Ok(see_other(&format!("/requests/{number}/messages"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let asked = Asked::default();
            let page =
                services.messages_page(&actor, shell, &number, &asked, &posted.words, Some(refusal)).await?;
            Ok(stay(kind, page))
        }
    }
}

impl Services {
    async fn messages_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        asked: &Asked,
        typed: &str,
        refusal: Option<Refusal>,
    ) -> Result<MessagesPage, Failure> {
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
            fault.label = shell.t("message-words");
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
                .value(typed)
                .attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string())
                .faults(&faults),
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
