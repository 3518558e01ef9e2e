//! `/drafts/{id}/documents`: the evidence that the card lists, one file after the other. Each has its own small form,
//! so that it works without JavaScript and a slip with one file touches no other.

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use documents::{Document, MediaType};
use uuid::Uuid;
use web::{Fault, Page, Path, Shell, see_other, stay};

use super::{
    frame::Frame,
    journey::Stop,
    open::Opened,
    page::{Whence, Working},
};
use crate::{Services, entry::Evidence};

const KIBIBYTE: u64 = 1024;
const MEBIBYTE: u64 = 1024 * 1024;

#[derive(Template)]
#[template(path = "draft/documents.html")]
struct DocumentsPage {
    shell: Shell,
    frame: Frame,
    slots: Vec<Slot>,
    faults: Vec<Fault>,
}

/// One piece of evidence, and the file that stands for it.
struct Slot {
    id: String,
    title: String,
    help: String,
    is_required: bool,
    fault: String,
    file: Option<File>,
    /// Where its forms post.
    attach: String,
    remove: String,
}

struct File {
    name: String,
    size: String,
    is_scanned: bool,
}

pub(super) async fn show(Working { shell, whence, opened, .. }: Working) -> Result<Response, web::Error> {
    Ok(Page(DocumentsPage::new(shell, &opened, &whence, Vec::new())).into_response())
}

/// Goes on when nothing that must be supplied is missing.
pub(super) async fn submit(Working { shell, whence, opened, .. }: Working) -> Result<Response, web::Error> {
    let missing = opened.open_items().into_iter().filter(|item| item.field.starts_with("document."));
    let faults: Vec<Fault> = missing.map(|item| opened.fault(&item, &shell)).collect();
    match faults.is_empty() {
        true => Ok(see_other(&whence.next(&opened, Stop::Documents))),
        false => Ok(unacceptable(DocumentsPage::new(shell, &opened, &whence, faults))),
    }
}

pub(super) async fn attach(
    Working { services, actor, shell, whence, mut opened }: Working,
    Path((_, evidence)): Path<(Uuid, String)>,
    form: Multipart,
) -> Result<Response, web::Error> {
    let message = match services.take_evidence(&actor, &mut opened, &evidence, form).await {
        Ok(true) => return Ok(see_other(&opened.file_href(&evidence, &whence))),
        Ok(false) => shell.t("draft-file-missing"),
        Err(Failure::Refused(refusal)) if is_theirs(&refusal) => said(&refusal, &shell),
        Err(failure) => return Err(failure.into()),
    };
    let field = format!("document.{evidence}");
    let faults = vec![Fault { label: opened.label_of(&field, &shell), field, message }];
    Ok(unacceptable(DocumentsPage::new(shell, &opened, &whence, faults)))
}

impl Services {
    /// Puts a file in its place, where it replaces the one before; false when none was chosen.
    async fn take_evidence(
        &self,
        actor: &Actor,
        opened: &mut Opened,
        evidence: &str,
        form: Multipart,
    ) -> Result<bool, Failure> {
        opened.entry.evidence(evidence).ok_or_else(Refusal::not_found)?;
        let taken = self.take_file(actor.person, form).await;
        let Some(document) = self.noted(actor, "document", taken).await? else { return Ok(false) };
        let given = [(evidence.to_owned(), document.id)];
        let supplied = self.supplied(actor, &opened.entry, &given).await?;
        opened.draft.documents.retain(|known| known.evidence != evidence);
        opened.draft.documents.extend(supplied);
        self.save(opened).await?;
        Ok(true)
    }
}

/// Takes the file out of the draft; the file itself goes when its time is over.
pub(super) async fn remove(
    Working { services, whence, mut opened, .. }: Working,
    Path((_, evidence)): Path<(Uuid, String)>,
) -> Result<Response, web::Error> {
    opened.draft.documents.retain(|known| known.evidence != evidence);
    services.save(&mut opened).await?;
    Ok(see_other(&opened.file_href(&evidence, &whence)))
}

fn unacceptable(page: DocumentsPage) -> Response {
    stay(Kind::Invalid, page)
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
        let readable =
            evidence.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
        let place = if readable { format!("#title.{evidence}") } else { String::new() };
        format!("{}{}{place}", self.href(Stop::Documents), whence.query())
    }

    pub fn file(&self, evidence: &Evidence) -> Option<&Document> {
        self.files.iter().find(|(id, _)| *id == evidence.id).map(|(_, document)| document)
    }
}

/// `340 كيلوبايت`, `2.4 ميغابايت`.
pub(super) fn size(shell: &Shell, bytes: u64) -> String {
    let (unit, key) =
        if bytes < MEBIBYTE { (KIBIBYTE, "draft-size-kib") } else { (MEBIBYTE, "draft-size-mib") };
    let tenths = (bytes.saturating_mul(10) / unit).max(1);
    let amount = match (unit, tenths % 10) {
        (KIBIBYTE, _) | (_, 0) => (tenths / 10).max(1).to_string(),
        (_, rest) => format!("{}.{rest}", tenths / 10),
    };
    shell.t1(key, "amount", shell.in_digits(amount))
}

impl DocumentsPage {
    fn new(shell: Shell, opened: &Opened, whence: &Whence, faults: Vec<Fault>) -> DocumentsPage {
        let evidences = opened.entry.card.documents.iter();
        let slots = evidences.map(|evidence| opened.slot(&shell, evidence, whence, &faults)).collect();
        DocumentsPage { frame: opened.frame(&shell, Stop::Documents, whence), slots, faults, shell }
    }

    /// What the file dialog offers; the content is what counts.
    fn accepted(&self) -> String {
        let endings = MediaType::ALL.iter().flat_map(|kind| kind.endings());
        endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }
}

impl Opened {
    fn slot(&self, shell: &Shell, evidence: &Evidence, whence: &Whence, faults: &[Fault]) -> Slot {
        let field = format!("document.{}", evidence.id);
        let fault = faults.iter().find(|fault| fault.field == field);
        let action = format!("/drafts/{}/documents/{}", self.draft.id, evidence.id);
        let file = self.file(evidence).map(|document| File {
            name: document.name.clone(),
            size: size(shell, document.bytes),
            is_scanned: document.state == documents::State::Clean,
        });
        Slot {
            id: evidence.id.clone(),
            title: shell.text(&evidence.title).to_owned(),
            help: shell.text(&evidence.help).to_owned(),
            is_required: evidence.required,
            fault: fault.map(|fault| fault.message.clone()).unwrap_or_default(),
            remove: format!("{action}/remove{}", whence.query()),
            attach: format!("{action}{}", whence.query()),
            file,
        }
    }
}
