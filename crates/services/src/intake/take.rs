//! An officer takes in what came on storage media (LY-SVC-7.2).

use authz::{Actor, Failure, Kind, Refusal};
use compliance::Door;
use language::clean_text;
use serde_json::json;
use store::{Once, OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{Carrier, FILES_MAX, Intake, IntakeFile, Scan, table};
use crate::{
    Services,
    posted::{Posted, Taken},
    request::{RequestNumber, act::Acting},
    storage,
};

/// Fewer characters explain nothing.
const REASON_CHARACTERS_MIN: usize = 10;
const REASON_CHARACTERS_MAX: usize = 1_000;
const WORDS_CHARACTERS_MAX: usize = 120;
/// The code with which the documents refuse an infected file.
const MALWARE: &str = "document.malware_found";

/// What an officer typed of an intake.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub reason: String,
    pub carrier: Option<Carrier>,
    pub label: String,
    pub handed_by: String,
}

impl Words {
    pub(super) fn of(posted: &Posted) -> Words {
        Words {
            reason: clean_text(posted.word("reason")).trim().to_owned(),
            carrier: Carrier::named(posted.word("carrier")),
            label: clean_text(posted.word("label")).trim().to_owned(),
            handed_by: clean_text(posted.word("handed_by")).trim().to_owned(),
        }
    }

    /// The reason comes first: without one there is no intake at all.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let reason = Refusal::new(Kind::Invalid, "intake.reason_missing", &["LY-SVC-7.2"]);
        match self.reason.chars().count() {
            0..REASON_CHARACTERS_MIN => {
                return Err(reason.with_item("reason", "too_short", &REASON_CHARACTERS_MIN.to_string()));
            }
            REASON_CHARACTERS_MIN..=REASON_CHARACTERS_MAX => {}
            _ => return Err(reason.with_item("reason", "too_long", &REASON_CHARACTERS_MAX.to_string())),
        }
        let named = |words: &str| (1..=WORDS_CHARACTERS_MAX).contains(&words.chars().count());
        if self.carrier.is_none() {
            return Err(invalid().with_item("carrier", "required", ""));
        }
        match [("label", &self.label), ("handed_by", &self.handed_by)].iter().find(|it| !named(it.1)) {
            Some((field, _)) => Err(invalid().with_item(field, "required", "")),
            None => Ok(()),
        }
    }
}

fn invalid() -> Refusal {
    Refusal::new(Kind::Invalid, "intake.invalid", &["LY-SVC-7.2"])
}

struct TakeMedia {
    acting: Acting,
    words: Words,
    files: Vec<IntakeFile>,
}

impl Verb for TakeMedia {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let request = self.acting.permitted(tx, "take_media").await?;
        self.words.check()?;
        let carrier = self.words.carrier.ok_or_else(invalid)?;
        let at = self.acting.clock.now();
        for file in self.files.iter().filter_map(|file| file.document) {
            if !storage::keep::keep(tx, request.body, file, at).await? {
                return Err(invalid().with_item("file", "document_unknown", "").into());
            }
        }
        let intake = Intake {
            id: Uuid::now_v7(),
            request: request.id,
            officer: self.acting.actor.person,
            reason: self.words.reason.clone(),
            carrier,
            label: self.words.label.clone(),
            handed_by: self.words.handed_by.clone(),
            at,
            files: self.files.clone(),
        };
        table::insert(tx, &intake).await?;
        let told = |file: &IntakeFile| json!({ "sha256": file.sha256, "scan": file.scan.word() });
        let recorded = ledger::Entry {
            kind: "request.media_taken",
            subject: request.subject(),
            actor: Some(intake.officer),
            controls: &["LY-SVC-7.2"],
            body: json!({
                "number": request.number.as_str(), "carrier": carrier.word(),
                "files": intake.files.iter().map(told).collect::<Vec<_>>(),
            }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(intake.id)
    }
}

/// A file that was kept, or one in which malware was found; any other refusal sends the form back.
fn file_of(taken: Taken) -> Result<IntakeFile, Refusal> {
    let (scan, document) = match taken.outcome {
        Ok(document) if document.state == documents::State::Clean => (Scan::Clean, Some(document.id)),
        Ok(document) => (Scan::Unscanned, Some(document.id)),
        Err(refusal) if refusal.code == MALWARE => (Scan::Malware, None),
        Err(refusal) => {
            let item = refusal.items.first();
            let (code, detail) =
                item.map_or(("file_refused", ""), |it| (it.code.as_ref(), it.detail.as_str()));
            let (code, detail) = (code.to_owned(), detail.to_owned());
            return Err(Refusal { items: Vec::new(), ..refusal }.with_item("file", &code, &detail));
        }
    };
    let (name, sha256, bytes) = (taken.name, taken.sha256, taken.bytes as i64);
    Ok(IntakeFile { name, sha256, bytes, scan, document })
}

impl Services {
    /// Whether this person may take in media for a request; asked before any file is read.
    pub(super) async fn may_take_media(&self, actor: &Actor, number: &RequestNumber) -> Result<(), Failure> {
        let asked = self.acting(actor, number, None).permitted(&self.store.read(), "take_media").await;
        self.noted(actor, &format!("request/{number}"), asked.map(drop)).await
    }

    pub(super) async fn take_media(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        posted: &mut Posted,
        once: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let words = Words::of(posted);
        let files = std::mem::take(&mut posted.files);
        let outcome = async {
            words.check()?;
            let files = files.into_iter().map(file_of).collect::<Result<Vec<_>, Refusal>>()?;
            if files.is_empty() {
                return Err(invalid().with_item("file", "required", "").into());
            }
            let verb = TakeMedia { acting: self.acting(actor, number, None), words, files };
            self.store.write(Once { key: once, verb }).await
        };
        let outcome = outcome.await;
        self.ledger.wake();
        self.noted(actor, &format!("request/{number}"), outcome).await
    }

    /// Reads the form; no file is kept before the reason stands.
    pub(super) async fn posted_media(
        &self,
        actor: &Actor,
        form: axum::extract::Multipart,
    ) -> Result<Posted, Failure> {
        self.posted(actor.person, form, FILES_MAX, |typed| Words::of(typed).check().is_ok()).await
    }
}
