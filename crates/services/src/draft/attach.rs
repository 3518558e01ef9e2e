//! `/drafts/{id}/documents`: the evidence that the card lists, one file after the other. Each has its own small form,
//! so that it works without JavaScript and a slip with one file touches no other.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    extract::{Multipart, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use documents::{Document, MediaType};
use identity::Caller;
use uuid::Uuid;
use web::{Fault, Page, Path, Query, Shell, see_other};

use super::{journey::Stop, open::Opened, page::Whence};
use crate::{Services, entry::Evidence};

const KIBIBYTE: u64 = 1024;
const MEBIBYTE: u64 = 1024 * 1024;

#[derive(Template)]
#[template(path = "draft/documents.html")]
struct DocumentsPage {
    shell: Shell,
    opened: Opened,
    whence: Whence,
    faults: Vec<Fault>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(whence): Query<Whence>,
) -> Result<Response, web::Error> {
    let opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    Ok(Page(DocumentsPage { shell, opened, whence, faults: Vec::new() }).into_response())
}

/// Goes on when nothing that must be supplied is missing.
pub(super) async fn submit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(whence): Query<Whence>,
) -> Result<Response, web::Error> {
    let opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    let missing = opened.open_items().into_iter().filter(|item| item.field.starts_with("document."));
    let faults: Vec<Fault> = missing.map(|item| opened.fault(&item, &shell)).collect();
    match faults.is_empty() {
        true => Ok(see_other(&whence.next(&opened, Stop::Documents))),
        false => Ok(unacceptable(DocumentsPage { shell, opened, whence, faults })),
    }
}

pub(super) async fn attach(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, evidence)): Path<(Uuid, String)>,
    Query(whence): Query<Whence>,
    form: Multipart,
) -> Result<Response, web::Error> {
    let mut opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    opened.entry.evidence(&evidence).ok_or_else(Refusal::not_found)?;
    let message = match services.take_file(actor.person, form).await {
        Ok(Some(document)) => {
            let given = [(evidence.clone(), document.id)];
            let supplied = services.supplied(&actor, &opened.entry, &given).await?;
            opened.draft.documents.retain(|known| known.evidence != evidence);
            opened.draft.documents.extend(supplied);
            services.save(&mut opened).await?;
            return Ok(see_other(&opened.file_href(&evidence, &whence)));
        }
        Ok(None) => shell.t("draft-file-missing"),
        Err(Failure::Refused(refusal)) if is_theirs(&refusal) => said(&refusal, &shell),
        Err(failure) => return Err(failure.into()),
    };
    let field = format!("document.{evidence}");
    let faults = vec![Fault { label: opened.label_of(&field, &shell), field, message }];
    Ok(unacceptable(DocumentsPage { shell, opened, whence, faults }))
}

/// Takes the file out of the draft; the file itself goes when its time is over.
pub(super) async fn remove(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((id, evidence)): Path<(Uuid, String)>,
    Query(whence): Query<Whence>,
) -> Result<Response, web::Error> {
    let mut opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    opened.draft.documents.retain(|known| known.evidence != evidence);
    services.save(&mut opened).await?;
    Ok(see_other(&opened.file_href(&evidence, &whence)))
}

fn unacceptable(page: DocumentsPage) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
}

/// What the person can mend with another file is said at the field.
fn is_theirs(refusal: &Refusal) -> bool {
    matches!(refusal.kind, Kind::Invalid | Kind::TooLarge | Kind::Conflict | Kind::TooMany)
}

fn said(refusal: &Refusal, shell: &Shell) -> String {
    let items = refusal.items.iter().map(|item| shell.item(item));
    let sentences: Vec<String> =
        std::iter::once(shell.refusal(refusal)).chain(items).chain([shell.refusal_detail(refusal)]).collect();
    sentences.iter().map(|sentence| sentence.trim_end_matches('.')).collect::<Vec<_>>().join(". ") + "."
}

impl Opened {
    /// A missing document is asked for as a document, not as a field.
    pub(super) fn fault(&self, item: &authz::Item, shell: &Shell) -> Fault {
        let is_document = item.field.starts_with("document.") && item.code == "required";
        let message = if is_document { shell.t("draft-file-required") } else { shell.item(item) };
        Fault { field: item.field.clone(), label: self.label_of(&item.field, shell), message }
    }

    /// Back to the place of this file in the list.
    fn file_href(&self, evidence: &str, whence: &Whence) -> String {
        let readable = evidence.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
        let place = if readable { format!("#document.{evidence}") } else { String::new() };
        format!("{}{}{place}", self.href(Stop::Documents), whence.query())
    }

    pub fn file(&self, evidence: &Evidence) -> Option<&Document> {
        self.files.iter().find(|(id, _)| *id == evidence.id).map(|(_, document)| document)
    }
}

/// `340 كيلوبايت`, `2.4 ميغابايت`.
pub(super) fn size(shell: &Shell, bytes: u64) -> String {
    let (unit, key) = if bytes < MEBIBYTE { (KIBIBYTE, "draft-size-kib") } else { (MEBIBYTE, "draft-size-mib") };
    let tenths = (bytes.saturating_mul(10) / unit).max(1);
    let amount = match (unit, tenths % 10) {
        (KIBIBYTE, _) | (_, 0) => (tenths / 10).max(1).to_string(),
        (_, rest) => format!("{}.{rest}", tenths / 10),
    };
    shell.t1(key, "amount", shell.in_digits(amount))
}

impl DocumentsPage {
    fn fault_of(&self, evidence: &Evidence) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == format!("document.{}", evidence.id))
    }

    fn size(&self, document: &Document) -> String {
        size(&self.shell, document.bytes)
    }

    fn is_scanned(&self, document: &Document) -> bool {
        document.state == documents::State::Clean
    }

    fn action(&self, evidence: &Evidence, verb: &str) -> String {
        let (id, query) = (self.opened.draft.id, self.whence.query());
        format!("/drafts/{id}/documents/{}{verb}{query}", evidence.id)
    }

    /// What the file dialog offers; the content is what counts.
    fn accepted(&self) -> String {
        let endings = MediaType::ALL.iter().flat_map(|kind| kind.endings());
        endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }
}
