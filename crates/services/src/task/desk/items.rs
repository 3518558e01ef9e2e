//! The items of a case, as an officer checks them one by one (LY-SVC-16.1).

use web::{Fault, Shell};

use super::typed::Typed;
use crate::request::{
    Request, State, Supplied,
    follow::Followed,
    page::words::{self, DocumentLine},
};

/// An answer or a document that must be checked, and what was noted about it.
pub(super) struct Item {
    pub id: String,
    pub title: String,
    pub value: String,
    /// The files that stand for a document; they are checked together.
    pub files: Vec<Filed>,
    /// Listed on the card, but not sent: it can be asked for, not checked.
    pub is_missing: bool,
    pub is_checked: bool,
    pub note: String,
    /// What the applicant was asked to do about it the last time.
    pub asked_before: String,
    pub fault: String,
}

/// A file of an item.
pub(super) struct Filed {
    pub document: DocumentLine,
    /// Its first page as a picture, and where all of its pages are shown; empty for what is no picture.
    pub picture: String,
    pub pages_href: String,
}

pub(super) struct ItemGroup {
    pub title: String,
    pub items: Vec<Item>,
}

/// Answers in the order of the form, then documents, then what was not sent.
pub(super) fn groups(shell: &Shell, followed: &Followed, typed: &Typed, faults: &[Fault]) -> Vec<ItemGroup> {
    let (entry, request) = (&followed.entry, &followed.request);
    let blank = |id: &str, title: String| item(followed, typed, faults, id, title);
    let mut groups: Vec<ItemGroup> = words::answers(shell, entry, request)
        .into_iter()
        .map(|group| {
            let items = group.answers.into_iter();
            let items = items.map(|answer| Item { value: answer.value, ..blank(&answer.key, answer.title) });
            ItemGroup { title: group.title, items: items.collect() }
        })
        .collect();
    let mut documents: Vec<Item> = Vec::new();
    for (document, supplied) in words::documents(shell, entry, request).into_iter().zip(&request.documents) {
        let (id, title) = (document.item.clone(), document.title.clone());
        let (picture, pages_href) = pictures(request, supplied);
        let filed = Filed { document, picture, pages_href };
        match documents.iter_mut().find(|item| item.id == id) {
            Some(item) => item.files.push(filed),
            None => documents.push(Item { files: vec![filed], ..blank(&id, title) }),
        }
    }
    for evidence in &entry.card.documents {
        let id = format!("document.{}", evidence.id);
        if !documents.iter().any(|item| item.id == id) {
            let title = shell.text(&evidence.title).to_owned();
            documents.push(Item { is_missing: true, ..blank(&id, title) });
        }
    }
    if !documents.is_empty() {
        groups.push(ItemGroup { title: shell.t("request-documents"), items: documents });
    }
    groups
}

/// A picture is one page, a PDF has more of them; other files are opened by whoever wants to.
fn pictures(request: &Request, supplied: &Supplied) -> (String, String) {
    let pages = format!("/desk/{}/pages/{}", request.number, supplied.document);
    match supplied.media_type.as_str() {
        "image/png" | "image/jpeg" => (format!("{pages}/0"), String::new()),
        "application/pdf" => (format!("{pages}/0"), pages),
        _ => (String::new(), String::new()),
    }
}

fn item(followed: &Followed, typed: &Typed, faults: &[Fault], id: &str, title: String) -> Item {
    let checks = &followed.request.checks;
    let asked = checks.corrections.iter().find(|correction| correction.item == id);
    let asked = asked.filter(|_| followed.request.state == State::Received);
    Item {
        id: id.to_owned(),
        title,
        value: String::new(),
        files: Vec::new(),
        is_missing: false,
        is_checked: typed.items.iter().any(|item| item == id),
        note: typed.note(id),
        asked_before: asked.map(|correction| correction.instruction.clone()).unwrap_or_default(),
        fault: faults
            .iter()
            .find(|fault| fault.field == id)
            .map(|fault| fault.message.clone())
            .unwrap_or_default(),
    }
}
