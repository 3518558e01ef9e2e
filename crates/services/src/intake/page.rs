//! `/desk/{number}/media`: what came on storage media for a request, and the form by which an officer takes in more
//! (LY-SVC-7.2).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::{Multipart, State},
    response::{IntoResponse, Response},
    routing::get,
};
use documents::MediaType;
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Page, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{Carrier, INTAKES_SHOWN, table};
use crate::{Services, posted::Posted, request::RequestNumber};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/{number}/media", get(show).post(take))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

struct FileLine {
    href: String,
    name: String,
    size: String,
    sha256: String,
    scan: String,
    signal: &'static str,
}

struct Line {
    carrier: String,
    label: String,
    handed_by: String,
    reason: String,
    officer: String,
    when: String,
    files: Vec<FileLine>,
}

#[derive(Template)]
#[template(path = "intake/page.html")]
struct MediaPage {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    faults: Vec<Fault>,
    lines: Vec<Line>,
    fields: Vec<Field>,
    scans: bool,
    done: bool,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    services.may_take_media(&actor, &number).await?;
    let done = asked.done == "taken";
    let page = services.media_page(&actor, shell, &number, &Posted::default(), None, done).await?;
    Ok(Page(page).into_response())
}

async fn take(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    form: Multipart,
) -> Result<Response, web::Error> {
    services.may_take_media(&actor, &number).await?;
    let mut posted = services.posted_media(&actor, form).await?;
    match services.take_media(&actor, &number, &mut posted, None).await {
        Ok(_) => Ok(see_other(&format!("/desk/{number}/media?done=taken"))),
        Err(failure) => {
            let refusal = failure.of(&[Kind::Invalid, Kind::TooLarge])?;
            let kind = refusal.kind;
            Ok(stay(kind, services.media_page(&actor, shell, &number, &posted, Some(refusal), false).await?))
        }
    }
}

impl Services {
    async fn media_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        typed: &Posted,
        refusal: Option<Refusal>,
        done: bool,
    ) -> Result<MediaPage, Failure> {
        let sql = self.store.read();
        let request = self.acting(actor, number, None).permitted(&sql, "take_media").await?;
        let held = table::of_request(&sql, request.id, INTAKES_SHOWN).await?;
        let people: Vec<Uuid> = held.iter().map(|it| it.officer).collect();
        let people = identity::persons(&sql, &people).await?;
        let line = |it: &super::Intake| {
            let officer = people.iter().find(|person| person.id == it.officer);
            Line {
                carrier: shell.t(&carrier_key(it.carrier)),
                label: it.label.clone(),
                handed_by: it.handed_by.clone(),
                reason: it.reason.clone(),
                officer: officer.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
                when: shell.moment(it.at),
                files: it.files.iter().map(|file| file_line(&shell, number, file)).collect(),
            }
        };
        let lines = held.iter().map(line).collect();
        let faults = refusal.map(|it| shell.faults(&it)).unwrap_or_default();
        let fields = fields(&shell, typed, &faults);
        let trail = vec![
            Link::new("/desk", shell.t("desk-title")),
            Link::new(format!("/desk/{number}"), number.to_string()),
        ];
        Ok(MediaPage {
            number: number.to_string(),
            trail,
            lines,
            faults: named(faults, &fields),
            fields,
            scans: self.documents.scans(),
            done,
            shell,
        })
    }
}

fn carrier_key(carrier: Carrier) -> String {
    format!("media-{}", carrier.word().replace('_', "-"))
}

fn file_line(shell: &Shell, number: &RequestNumber, file: &super::IntakeFile) -> FileLine {
    let href = file.document.map(|id| format!("/requests/{number}/documents/{id}"));
    FileLine {
        href: href.unwrap_or_default(),
        name: file.name.clone(),
        size: shell.size(file.bytes),
        sha256: file.sha256.clone(),
        scan: shell.t(&format!("media-scan-{}", file.scan.word())),
        signal: file.scan.signal(),
    }
}

fn fields(shell: &Shell, typed: &Posted, faults: &[Fault]) -> Vec<Field> {
    let carriers = Carrier::ALL.map(|it| Choice::new(it.word(), shell.t(&carrier_key(it))));
    let endings = MediaType::ALL.iter().flat_map(|kind| kind.endings());
    let accept = endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
    let all = vec![
        Field::area(shell, "reason", shell.t("media-reason"))
            .hint(shell.t("media-reason-hint"))
            .rows(3)
            .value(typed.word("reason")),
        Field::select(shell, "carrier", shell.t("media-carrier"), carriers.to_vec())
            .value(typed.word("carrier")),
        Field::text(shell, "label", shell.t("media-label"))
            .hint(shell.t("media-label-hint"))
            .value(typed.word("label")),
        Field::text(shell, "handed_by", shell.t("media-handed-by")).value(typed.word("handed_by")),
        Field::file(shell, "file", shell.t("media-files"), &accept).attribute("multiple", "multiple"),
    ];
    all.into_iter().map(|field| field.faults(faults)).collect()
}
