//! A draft taken up again, with everything that its pages need beside it.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::response::Response;
use documents::Document;
use rules::Outcome;
use serde_json::Value;
use web::{Shell, see_other};

use super::{
    Draft,
    journey::{Journey, Stop},
    parties::Parties,
    table,
};
use crate::{
    Services,
    entry::{Entry, Evidence, directory::Provider},
    form::{self, Change, key_of},
    request::prepare::open_items,
};

pub(crate) struct Opened {
    pub draft: Draft,
    pub entry: Arc<Entry>,
    pub provider: Arc<Provider>,
    pub parties: Parties,
    pub journey: Journey,
    /// The files that were supplied and are still there, by the evidence that they stand for.
    pub files: Vec<(String, Document)>,
    /// The day in the provider's zone, and what the answers come to on it.
    pub today: i64,
    pub outcome: Outcome,
    /// What the form asks otherwise since the draft was begun, until it was read.
    pub changes: Vec<Change>,
}

/// The way that applies: without the steps that these answers leave out.
fn journey(entry: &Entry, parties: &Parties, outcome: &Outcome) -> Journey {
    let left_out = |id: &str| outcome.hidden.contains(&format!("step.{id}"));
    Journey::of(entry.form.steps(), left_out, parties.is_choice(), !entry.card.documents.is_empty())
}

impl Services {
    /// The person's own draft, read under the newest version of its service: answers to what is no longer asked, and
    /// files that were removed, are left behind.
    pub(crate) async fn open_draft(&self, actor: &Actor, id: uuid::Uuid) -> Result<Opened, Failure> {
        let sql = self.store.read();
        let mut draft = table::own(&sql, actor.person, id).await?.ok_or_else(Refusal::not_found)?;
        let entry = self.directory.entry_by_id(draft.entry).ok_or_else(Refusal::not_found)?;
        let provider = self.directory.provider(entry.body).ok_or_else(Refusal::not_found)?;
        let parties = self.parties(actor, &entry).await?;
        let mut files = Vec::with_capacity(draft.documents.len());
        for supplied in &draft.documents {
            let document = documents::find(&sql, supplied.document).await?;
            let there = document.filter(|document| document.state != documents::State::Removed);
            if let Some(document) = there.filter(|_| entry.evidence(&supplied.evidence).is_some()) {
                files.push((supplied.evidence.clone(), document));
            }
        }
        draft.documents.retain(|supplied| files.iter().any(|(_, file)| file.id == supplied.document));
        draft.move_to(&entry);
        let changes = match draft.notes.moved_from {
            None => Vec::new(),
            Some(version) => self.changes_since(&entry, version).await?,
        };
        let today = provider.today(self.clock.now());
        let outcome = entry.form.outcome(&draft.answers, today);
        let journey = journey(&entry, &parties, &outcome);
        Ok(Opened { draft, entry, provider, parties, journey, files, today, outcome, changes })
    }

    /// What a newer version of the form asks otherwise than the one in which a draft was begun.
    async fn changes_since(&self, entry: &Entry, version: i64) -> Result<Vec<Change>, Failure> {
        let old = self.directory.entry_at(&self.store, entry.id, version).await?;
        Ok(old.map(|old| form::changes(&old.form, &entry.form)).unwrap_or_default())
    }

    /// Writes the draft as it is now.
    pub(crate) async fn save(&self, opened: &mut Opened) -> Result<(), Failure> {
        opened.draft.saved_at = self.clock.now();
        opened.draft.revision += 1;
        self.store.write(table::Save(opened.draft.clone())).await
    }
}

impl Entry {
    pub(crate) fn evidence(&self, id: &str) -> Option<&Evidence> {
        self.card.documents.iter().find(|evidence| evidence.id == id)
    }
}

impl Opened {
    /// What became a request is not typed in any more: the way leads to what was sent.
    pub fn sent(&self) -> Option<Response> {
        self.draft.sent_as.as_ref().map(|_| see_other(&format!("/drafts/{}/sent", self.draft.id)))
    }

    pub fn href(&self, stop: Stop) -> String {
        format!("/drafts/{}/{}", self.draft.id, self.journey.address(stop))
    }

    /// Where somebody who comes back goes on: at the first thing that is open.
    pub fn resumes_at(&self) -> Stop {
        if self.draft.answers.is_empty() && self.draft.documents.is_empty() {
            return self.journey.first();
        }
        self.open_items().first().map_or(Stop::Summary, |item| self.stop_of(&item.field))
    }

    pub fn open_items(&self) -> Vec<authz::Item> {
        let answers = Value::Object(self.draft.answers.clone());
        open_items(&self.entry, &answers, &self.draft.documents, self.today)
    }

    /// Looks again at what applies, after answers changed.
    pub fn refresh(&mut self) {
        self.outcome = self.entry.form.outcome(&self.draft.answers, self.today);
        self.journey = journey(&self.entry, &self.parties, &self.outcome);
    }

    /// The page on which a field or a document is given.
    pub fn stop_of(&self, field: &str) -> Stop {
        if field.starts_with("document.") {
            return Stop::Documents;
        }
        let steps = self.entry.form.steps();
        let place = steps.iter().position(|step| step.fields.iter().any(|key| key == key_of(field)));
        place.map_or(Stop::Summary, Stop::Form)
    }

    /// What a field or a document is called.
    pub fn label_of(&self, field: &str, shell: &Shell) -> String {
        let evidence = field.strip_prefix("document.").and_then(|id| self.entry.evidence(id));
        match evidence {
            Some(evidence) => shell.text(&evidence.title).to_owned(),
            None => self.entry.form.title_at(field, shell),
        }
    }

    /// The time of the saved mark; nothing was saved of an empty draft.
    pub fn saved(&self, shell: &Shell) -> String {
        let empty = self.draft.answers.is_empty() && self.draft.documents.is_empty();
        if empty { String::new() } else { shell.moment(self.draft.saved_at) }
    }
}
