//! Everything that must hold before a request is delivered, checked in one place for page and API alike.
//!
//! The order is the order in which a person can act: is the service for me, am I identified surely enough, may I
//! act for this entity, and only then what is still open.

use authz::{Actor, Assurance, Failure, Item, Kind, Refusal};
use documents::Document;
use language::Text;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

use super::{
    Checks, Gap, Request, RequestNumber, State, Supplied,
    confirm::{self, Checked},
    expire::Completion,
    submit::DECLARATION_VERSION,
};
use crate::{
    Services, contact,
    entry::{ACKNOWLEDGEMENT_PLACEHOLDERS, Entry, NOT_ELECTRONIC, directory::Provider, fill},
    stem::stems_of,
    telling::Telling,
};

/// What somebody asks for, as it came.
#[derive(Clone, Debug, Default)]
pub struct Application {
    /// The service's slug.
    pub service: String,
    pub answers: Value,
    /// Evidence id and document.
    pub documents: Vec<(String, Uuid)>,
    /// Whether the responsibility statement was accepted (LY-SVC-14.2).
    pub declaration: bool,
    /// The legal entity on whose behalf it is made.
    pub entity: Option<Uuid>,
    /// Where letters about it go, when not to the person's own address (LY-SVC-18.1b).
    pub email: String,
    /// Keeps what is incomplete as a request whose receipt is not confirmed, instead of refusing it: for doors at which
    /// nobody is there to complete it (LY-SVC-15.3a).
    pub keep: bool,
    /// The number of the request that this completes.
    pub completes: Option<RequestNumber>,
}

/// A request that may be delivered now.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) entry: Arc<Entry>,
    pub(crate) provider: Arc<Provider>,
    pub(crate) request: Request,
    pub(crate) telling: Telling,
    /// What its body finds it by.
    pub(crate) stems: Vec<String>,
    /// Empty when the person's own address will do.
    pub(crate) email: String,
    /// What outcomes say of its end.
    pub(crate) told: Option<outlook::Told>,
    /// Why its receipt is not confirmed, in both languages; its gaps are with the request.
    pub(crate) reasons: Text,
    /// It has its number already.
    pub(crate) is_known: bool,
    /// How long there is to complete it, should its receipt not be confirmed.
    pub(crate) completion: Completion,
}

impl Services {
    pub async fn prepare(&self, actor: &Actor, asked: Application) -> Result<Prepared, Failure> {
        let entry = self.directory.entry(&asked.service).ok_or(UNKNOWN_SERVICE)?;
        let provider = self.directory.provider(entry.body).ok_or(UNKNOWN_SERVICE)?;
        self.may_ask(actor, &entry, asked.entity).await?;
        let today = provider.today(self.clock.now());
        let answers = entry.form.settled(asked.answers, today);
        let documents = self.supplied(actor, &entry, &asked.documents).await?;
        let known = match &asked.completes {
            Some(number) => Some(self.unconfirmed(actor, number).await?),
            None => None,
        };
        let person = identity::person(&self.store.read(), actor.person).await?.ok_or(Refusal::not_found())?;
        let complete = check_complete(&entry, &answers, &documents, asked.declaration, today);
        let checked = confirm::check(&entry.form, &answers, &person);
        let checks = examined(complete, checked, asked.keep, known.is_some())?;
        let email = language::clean_text(&asked.email).trim().to_owned();
        contact::check_email(&email)?;
        let email = if email == person.email { String::new() } else { email };
        let own_words = crate::acknowledgement::table::of(&self.store.read(), entry.id).await?;
        let now = self.clock.now();
        let (id, number, revision) = match &known {
            Some(known) => (known.id, known.number.clone(), known.revision),
            None => (Uuid::now_v7(), RequestNumber::random(now), 1),
        };
        let declared_at = asked.declaration.then_some(now);
        let reasons = confirm::reasons(&self.texts, &entry, &checks.gaps);
        let request = Request {
            id,
            number,
            entry: entry.id,
            entry_version: entry.version,
            body: entry.body,
            applicant: actor.person,
            entity: asked.entity,
            state: State::Received,
            stage: String::new(),
            desk: None,
            revision,
            answers,
            documents,
            checks,
            assurance: actor.assurance as i64,
            declaration: declared_at.map(|_| DECLARATION_VERSION.to_owned()).unwrap_or_default(),
            declared_at,
            acknowledgement: own_words.map_or_else(|| entry.card.acknowledgement.clone(), |(text, _)| text),
            delivered_at: now,
            due_at: now,
            returned_at: None,
            closed_at: None,
        };
        let telling = Telling::of(&person, &entry).at(Some(email.clone()));
        let stems = stems_of(&person, &request.answers);
        let told = self.foretold(entry.id, &provider.calendar).await?;
        let is_known = known.is_some();
        Ok(Prepared {
            entry,
            provider,
            request,
            telling,
            email,
            stems,
            told,
            reasons,
            is_known,
            completion: self.completion(),
        })
    }

    /// Whether the service is for this person, or for the entity, and whether they are known well enough.
    async fn may_ask(&self, actor: &Actor, entry: &Entry, entity: Option<Uuid>) -> Result<(), Failure> {
        if !entry.card.is_electronic() {
            return Err(NOT_ELECTRONIC.into());
        }
        let beneficiary = self.beneficiary(actor, entity, &entry.card.id).await?;
        if !entry.card.audience.contains(&beneficiary) {
            return Err(Refusal::new(Kind::NotAllowed, "request.not_eligible", &["LY-SVC-1.03"]).into());
        }
        let needed = Assurance::named(&entry.card.assurance).unwrap_or(Assurance::High);
        Ok(identity::require(actor, needed)?)
    }

    /// The kind of beneficiary that the request is for; acting for an entity needs a mandate (LY-SVC-1.12).
    async fn beneficiary(
        &self,
        actor: &Actor,
        entity: Option<Uuid>,
        service: &str,
    ) -> Result<String, Failure> {
        let Some(entity) = entity else { return Ok(actor.kind.clone()) };
        let now = self.clock.now();
        let (mandate, entity) = identity::mandate_for(&self.store.read(), actor.person, entity, now).await?;
        if !mandate.covers(service) {
            return Err(Refusal::new(Kind::NotAllowed, "identity.no_mandate", &["LY-SVC-1.12"]).into());
        }
        Ok(entity.kind.word().to_owned())
    }

    /// The documents behind the ids, if they are the applicant's own and on the card's list (LY-SVC-13.3b).
    pub(crate) async fn supplied(
        &self,
        actor: &Actor,
        entry: &Entry,
        given: &[(String, Uuid)],
    ) -> Result<Vec<Supplied>, Failure> {
        let mut supplied: Vec<Supplied> = Vec::with_capacity(given.len());
        for (evidence, id) in given {
            let listed = entry.evidence(evidence).ok_or_else(|| unlisted(evidence, "unlisted", ""))?;
            let there = supplied.iter().filter(|known| known.evidence == *evidence).count();
            if there >= listed.files_max() as usize {
                return Err(unlisted(evidence, "files_max", &listed.files_max().to_string()).into());
            }
            if supplied.iter().any(|known| known.evidence == *evidence && known.document == *id) {
                continue;
            }
            let document = documents::find(&self.store.read(), *id).await?;
            let own = document.filter(|document| document.owner == actor.person);
            let document = own.ok_or_else(|| {
                Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.4"]).with_item(
                    &format!("document.{evidence}"),
                    "document_unknown",
                    "",
                )
            })?;
            supplied.push(supply(evidence, document));
        }
        Ok(supplied)
    }
}

fn unlisted(evidence: &str, code: &str, detail: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "request.unlisted_requirement", &["LY-SVC-13.3b"]).with_item(
        &format!("document.{evidence}"),
        code,
        detail,
    )
}

const UNKNOWN_SERVICE: Refusal = Refusal::new(Kind::NotFound, "directory.unknown", &[]);

pub(crate) fn supply(evidence: &str, document: Document) -> Supplied {
    Supplied {
        evidence: evidence.to_owned(),
        document: document.id,
        name: document.name,
        sha256: document.sha256,
        bytes: document.bytes as i64,
        media_type: document.media_type.as_str().to_owned(),
    }
}

/// What keeps a request from being received, with what a register confirmed. What is incomplete is kept only where that was
/// asked, and what is being completed must be right (LY-SVC-15.3a, 15.3b).
fn examined(
    complete: Result<(), Refusal>,
    checked: Checked,
    keep: bool,
    is_known: bool,
) -> Result<Checks, Refusal> {
    let Checked { confirmed, differing } = checked;
    let mut items = match complete {
        Err(refusal) if keep && !is_known => refusal.items,
        complete => complete.map(|()| Vec::new())?,
    };
    if is_known && !differing.is_empty() {
        return Err(confirm::DIFFERS.with_items(differing));
    }
    items.extend(differing);
    Ok(Checks { gaps: items.iter().map(Gap::of).collect(), confirmed, ..Checks::default() })
}

/// A request is complete when every requirement is supplied (LY-SVC-13.4) and responsibility is accepted (14.2).
fn check_complete(
    entry: &Entry,
    answers: &Value,
    documents: &[Supplied],
    declared: bool,
    today: i64,
) -> Result<(), Refusal> {
    let items = open_items(entry, answers, documents, today);
    if !items.is_empty() {
        return Err(Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.4", "LY-SVC-13.2a"])
            .with_items(items));
    }
    if !declared {
        return Err(Refusal::new(Kind::Invalid, "request.declaration_missing", &["LY-SVC-14.2"]).with_item(
            "declaration",
            "required",
            "",
        ));
    }
    Ok(())
}

/// What is still open: fields first, then documents.
pub(crate) fn open_items(entry: &Entry, answers: &Value, documents: &[Supplied], today: i64) -> Vec<Item> {
    let mut items = entry.form.check(answers, today);
    let missing = entry.card.documents.iter().filter(|evidence| {
        evidence.required && !documents.iter().any(|supplied| supplied.evidence == evidence.id)
    });
    items.extend(missing.map(|evidence| Item {
        field: format!("document.{}", evidence.id),
        code: "required".into(),
        detail: String::new(),
    }));
    items
}

/// The provider's own text with its places filled, in both languages (LY-SVC-15.2). Until a request is delivered,
/// its acknowledgement is that text with the places open.
pub(crate) fn acknowledgement(request: &Request, provider: &Provider) -> Text {
    let filled = |lang| {
        let [number, delivered, due] = ACKNOWLEDGEMENT_PLACEHOLDERS;
        let values = [
            (number, request.number.to_string()),
            (delivered, provider.moment(request.delivered_at, lang)),
            (due, provider.date(request.due_at, lang)),
        ];
        fill(request.acknowledgement.get(lang), &values)
    };
    Text::new(filled(language::Lang::Ar), filled(language::Lang::En))
}
