//! `/drafts/{id}/documents`: the evidence that the card lists, each with its files in an order of the applicant's own.
//! Each has its own small form, so that it works without JavaScript and a slip with one file touches no other; where
//! JavaScript runs, files are dropped, sent piece by piece, and gone on with after a broken line.

use std::collections::BTreeMap;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use compliance::Door;
use documents::{Document, MediaType};
use uuid::Uuid;
use web::{Fault, Form, Page, Path, Shell, see_other, stay};

use super::{
    files::{Arrange, Order},
    frame::Frame,
    journey::Stop,
    open::Opened,
    page::{Whence, Working},
};
use crate::{
    Services,
    entry::Evidence,
    request::prepare::supply,
    upload::{Upload, table},
};

#[derive(Template)]
#[template(path = "draft/documents.html")]
struct DocumentsPage {
    shell: Shell,
    frame: Frame,
    draft: Uuid,
    bytes_max: u64,
    slots: Vec<Slot>,
    faults: Vec<Fault>,
}

/// One piece of evidence, and the files that stand for it.
struct Slot {
    id: String,
    title: String,
    help: String,
    is_required: bool,
    fault: String,
    files: Vec<File>,
    /// Files that stopped on their way.
    rests: Vec<Rest>,
    files_max: u32,
    /// Where its forms post.
    attach: String,
    arrange: String,
    remove: String,
}

struct File {
    id: Uuid,
    name: String,
    size: String,
    is_scanned: bool,
}

/// An upload that somebody may go on with, by choosing the same file again.
struct Rest {
    id: Uuid,
    name: String,
    bytes: u64,
    /// How much of it is here, as `43%` is said.
    share: String,
    metadata: String,
}

impl Slot {
    fn is_full(&self) -> bool {
        self.files_max > 1 && self.files.len() >= self.files_max as usize
    }

    /// A single file is replaced, so that the form for it stands folded beside the file.
    fn replaces(&self) -> bool {
        self.files_max == 1 && !self.files.is_empty()
    }
}

pub(super) async fn show(
    Working { services, actor, shell, whence, opened }: Working,
) -> Result<Response, web::Error> {
    let page = services.documents_page(&actor, shell, &opened, &whence, Vec::new()).await?;
    Ok(Page(page).into_response())
}

/// Goes on when nothing that must be supplied is missing.
pub(super) async fn submit(
    Working { services, actor, shell, whence, opened }: Working,
) -> Result<Response, web::Error> {
    let missing = opened.open_items().into_iter().filter(|item| item.field.starts_with("document."));
    let faults: Vec<Fault> = missing.map(|item| opened.fault(&item, &shell)).collect();
    if faults.is_empty() {
        return Ok(see_other(&whence.next(&opened, Stop::Documents)));
    }
    Ok(unacceptable(services.documents_page(&actor, shell, &opened, &whence, faults).await?))
}

pub(super) async fn attach(
    Working { services, actor, shell, whence, opened }: Working,
    Path((_, evidence)): Path<(Uuid, String)>,
    form: Multipart,
) -> Result<Response, web::Error> {
    let message = match services.take_evidence(&actor, &opened, &evidence, form).await {
        Ok(true) => return Ok(see_other(&opened.file_href(&evidence, &whence))),
        Ok(false) => shell.t("draft-file-missing"),
        Err(Failure::Refused(refusal)) if is_theirs(&refusal) => said(&refusal, &shell),
        Err(failure) => return Err(failure.into()),
    };
    // Files that were taken before the one that was not are there.
    let opened = services.open_draft(&actor, opened.draft.id).await?;
    let field = format!("document.{evidence}");
    let faults = vec![Fault { label: opened.label_of(&field, &shell), field, message }];
    Ok(unacceptable(services.documents_page(&actor, shell, &opened, &whence, faults).await?))
}

impl Services {
    /// Puts each file in its place as it arrives; false when none was chosen.
    async fn take_evidence(
        &self,
        actor: &Actor,
        opened: &Opened,
        evidence: &str,
        mut form: Multipart,
    ) -> Result<bool, Failure> {
        opened.entry.evidence(evidence).ok_or_else(Refusal::not_found)?;
        let mut any = false;
        loop {
            let taken = self.take_file(actor.person, &mut form).await;
            let Some(document) = self.noted(actor, "document", taken).await? else { return Ok(any) };
            let verb = self.hand_in(actor, opened.draft.id, supply(evidence, document)).await?;
            self.store.write(verb).await?;
            any = true;
        }
    }
}

type Posted = Vec<(String, String)>;

/// Takes a file out of the draft, or all files of a document; gives up one that stopped on its way.
pub(super) async fn remove(
    working: Working,
    Path((_, evidence)): Path<(Uuid, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    if let Some(upload) = named(&posted, "upload") {
        working.services.end_upload(&working.actor, upload).await?;
        return Ok(see_other(&working.opened.file_href(&evidence, &working.whence)));
    }
    working.arrange(evidence, named(&posted, "file"), Order::Out).await
}

/// Moves a file before or behind the one beside it.
pub(super) async fn arrange(
    working: Working,
    Path((_, evidence)): Path<(Uuid, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    let (up, down) = (named(&posted, "up"), named(&posted, "down"));
    let order = if up.is_some() { Order::Up } else { Order::Down };
    working.arrange(evidence, up.or(down), order).await
}

fn named(posted: &Posted, name: &str) -> Option<Uuid> {
    posted.iter().find(|(known, _)| known == name).and_then(|(_, id)| id.parse().ok())
}

impl Working {
    async fn arrange(
        self,
        evidence: String,
        file: Option<Uuid>,
        order: Order,
    ) -> Result<Response, web::Error> {
        let (draft, at) = (self.opened.draft.id, self.services.clock.now());
        let href = self.opened.file_href(&evidence, &self.whence);
        let arrange = Arrange { person: self.actor.person, draft, evidence, file, order, at };
        self.services.store.write(arrange).await?;
        Ok(see_other(&href))
    }
}

impl Services {
    /// The page with every file that is there, and every one that stopped on its way.
    async fn documents_page(
        &self,
        actor: &Actor,
        shell: Shell,
        opened: &Opened,
        whence: &Whence,
        faults: Vec<Fault>,
    ) -> Result<DocumentsPage, Failure> {
        let sql = self.store.read();
        let on_the_way = table::of_draft(&sql, actor.person, opened.draft.id, self.clock.now()).await?;
        let evidences = opened.entry.card.documents.iter();
        let slots = evidences.map(|evidence| opened.slot(&shell, evidence, whence, &faults, &on_the_way));
        Ok(DocumentsPage {
            slots: slots.collect(),
            frame: opened.frame(&shell, Stop::Documents, whence),
            draft: opened.draft.id,
            bytes_max: self.documents.file_bytes_max(),
            faults,
            shell,
        })
    }
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

    /// The files that stand for a document, in their order.
    pub fn files_of(&self, evidence: &Evidence) -> impl Iterator<Item = &Document> {
        self.files.iter().filter(|(id, _)| *id == evidence.id).map(|(_, document)| document)
    }
}

impl DocumentsPage {
    /// What the script of the page says; the names and numbers in braces are its own to fill in.
    fn words(&self) -> String {
        const PLAIN: [&str; 9] =
            ["pause", "resume", "stop", "queued", "going", "held", "waiting", "dismiss", "empty"];
        let plain = PLAIN.into_iter().map(|word| (word, self.shell.t(&format!("upload-{word}"))));
        let named = ["progress", "begun", "done", "stopped"]
            .into_iter()
            .map(|word| (word, self.shell.t1(&format!("upload-{word}"), "name", "{name}")));
        let limits = ["many", "large"]
            .into_iter()
            .map(|word| (word, self.shell.t1(&format!("upload-{word}"), "max", "{max}")));
        let words: BTreeMap<&str, String> = plain.chain(named).chain(limits).collect();
        serde_json::to_string(&words).unwrap_or_default()
    }

    /// What the file dialog offers; the content is what counts.
    fn accepted(&self) -> String {
        let endings = MediaType::ALL.iter().flat_map(|kind| kind.endings());
        endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }
}

impl Opened {
    fn slot(
        &self,
        shell: &Shell,
        evidence: &Evidence,
        whence: &Whence,
        faults: &[Fault],
        on_the_way: &[Upload],
    ) -> Slot {
        let field = format!("document.{}", evidence.id);
        let fault = faults.iter().find(|fault| fault.field == field);
        let action = format!("/drafts/{}/documents/{}", self.draft.id, evidence.id);
        let file = |document: &Document| File {
            id: document.id,
            name: document.name.clone(),
            size: shell.size(document.bytes),
            is_scanned: document.state == documents::State::Clean,
        };
        let here = |upload: &&Upload| {
            upload.arrived > 0 && upload.place.as_ref().is_some_and(|it| it.evidence == evidence.id)
        };
        Slot {
            id: evidence.id.clone(),
            title: shell.text(&evidence.title).to_owned(),
            help: shell.text(&evidence.help).to_owned(),
            is_required: evidence.required,
            fault: fault.map(|fault| fault.message.clone()).unwrap_or_default(),
            files: self.files_of(evidence).map(file).collect(),
            rests: on_the_way.iter().filter(here).map(|upload| rest(shell, upload)).collect(),
            files_max: evidence.files_max(),
            arrange: format!("{action}/arrange{}", whence.query()),
            remove: format!("{action}/remove{}", whence.query()),
            attach: format!("{action}{}", whence.query()),
        }
    }
}

fn rest(shell: &Shell, upload: &Upload) -> Rest {
    let share = upload.arrived.saturating_mul(100) / upload.bytes.max(1);
    Rest {
        id: upload.id,
        name: language::clean_text(&upload.name),
        bytes: upload.bytes,
        share: shell.in_digits(share.to_string()),
        metadata: upload.metadata.clone(),
    }
}
