//! The applicant corrects what was marked, and only that, and sends the request again (LY-SVC-16.2).
//!
//! The moment of delivery stays; the time that the request lay with the applicant does not count against the
//! provider, so the time limit moves by just as much.

use std::sync::Arc;

use authz::{Failure, Item, Kind, Refusal};
use serde_json::{Value, json};
use store::{Tx, Verb};

use super::{
    Act, Request, Supplied,
    act::{Acting, Told},
    prepare::open_items,
    submit::keep,
};
use crate::{
    endpoint::{self, Event},
    entry::Entry,
    stem,
};

pub struct Resubmit {
    pub acting: Acting,
    /// The entry at the version under which the request was made.
    pub entry: Arc<Entry>,
    /// The answers anew; those that were not marked must be as they were.
    pub answers: Value,
    /// Documents that replace what was marked.
    pub documents: Vec<Supplied>,
    /// The day in the provider's zone, for rules that ask for it.
    pub today: i64,
}

impl Verb for Resubmit {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let mut request = self.acting.request(tx, &self.entry, Act::Resubmit).await?;
        let answers = self.entry.form.settled(self.answers.clone(), self.today);
        self.check_unmarked(&request, &answers)?;
        let now = self.acting.clock.now();
        let replaced = |known: &Supplied| self.documents.iter().any(|it| it.evidence == known.evidence);
        request.documents.retain(|known| !replaced(known));
        request.documents.extend(self.documents.iter().cloned());
        keep(tx, &request, &self.documents, now).await?;
        if let Some(person) = identity::person(tx, request.applicant).await? {
            let before = stem::stems_of(&person, &request.answers);
            let after = stem::stems_of(&person, &answers);
            stem::table::renew(tx, request.body, request.id, &before, &after).await?;
        }
        request.answers = answers;
        let open = open_items(&self.entry, &request.answers, &request.documents, self.today);
        if !open.is_empty() {
            return Err(Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.4"])
                .with_items(open)
                .into());
        }
        let waited = request.returned_at.take().map(|returned| now.since(returned)).unwrap_or_default();
        let told = Told {
            kind: "request.corrected",
            controls: &["LY-SVC-16.2"],
            note: "",
            body: json!({ "waited_seconds": waited.as_secs() }),
            at: now,
        };
        self.acting.conclude(tx, &self.entry, &mut request, (Act::Resubmit, None), told).await?;
        endpoint::tell::body(tx, request.body, &request, Event::Corrected, now).await?;
        notify::settle(tx, request.applicant, &request.subject()).await?;
        Ok(request.state.word().to_owned())
    }
}

impl Resubmit {
    /// Only what was marked may change, and what follows from it: computed answers, questions that are asked now and were
    /// not before, and those that are asked no more.
    fn check_unmarked(&self, request: &Request, answers: &Value) -> Result<(), Refusal> {
        let marked = |item: &str| request.checks.corrections.iter().any(|correction| correction.item == item);
        let empty = serde_json::Map::new();
        let (before, after) =
            (request.answers.as_object().unwrap_or(&empty), answers.as_object().unwrap_or(&empty));
        let form = &self.entry.form;
        let (hidden_before, hidden) =
            (form.outcome(before, self.today).hidden, form.outcome(after, self.today).hidden);
        let follows = |key: &String| {
            let computed = form.field(key).is_some_and(|field| field.calculated);
            computed || hidden.contains(key) != hidden_before.contains(key)
        };
        let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
        let changed = keys.filter(|key| before.get(*key) != after.get(*key));
        let fields = changed.filter(|key| !marked(key) && !follows(key)).cloned();
        let evidence = self.documents.iter().map(|document| format!("document.{}", document.evidence));
        let items: Vec<Item> = fields
            .chain(evidence.filter(|item| !marked(item)))
            .map(|field| Item { field, code: "not_marked".into(), detail: String::new() })
            .collect();
        if items.is_empty() {
            return Ok(());
        }
        Err(Refusal::new(Kind::Invalid, "request.item_not_returned", &["LY-SVC-16.2"]).with_items(items))
    }
}
