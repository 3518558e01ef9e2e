//! Making the output of an approved request: words from the card, a PDF, and the moment of its delivery.
//!
//! The job renders and stores outside of any transaction; then one verb makes everything visible at once: the
//! outputs, the request's completion, the ledger entries, the notice (LY-SVC-18.1 to 18.4). A crash in between leaves
//! an approved request and the job, which runs again.

use std::sync::Arc;

use async_trait::async_trait;
use authz::{Failure, Kind, Refusal};
use clock::{Clock, Timestamp};
use documents::Accept;
use identity::Person;
use jobs::{JobError, Task, Work};
use language::{Lang, Text};
use print::{Assets, Decided, Fact, Form, Paper, PressError};
use rand::RngExt;
use serde_json::{Value, json};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Output, table};
use crate::{
    Services,
    entry::{Entry, Output as CardOutput, OutputKind, directory::Provider, fill},
    request::{self, Act, Request, State, moving},
    storage,
    telling::Telling,
    template::{self, Filled, Template},
};

/// The kind of job that makes outputs.
pub const KIND: &str = "services.issue_outputs";
/// The kind of ledger entry that an output's seal is made of.
pub const ISSUED: &str = "output.issued";

/// The worker of [`KIND`].
pub struct IssueOutputs(pub Arc<Services>);

#[async_trait]
impl Work for IssueOutputs {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("request").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no request".into()))?;
        self.0.issue_outputs(id).await.map_err(JobError::of)
    }
}

/// Everything about a request that its outputs speak of.
struct Case {
    request: Request,
    entry: Arc<Entry>,
    provider: Arc<Provider>,
    applicant: Person,
    decider: Option<Person>,
    /// The administrative act by title, number and day.
    act: Text,
    at: Timestamp,
}

impl Services {
    async fn issue_outputs(&self, id: Uuid) -> Result<(), Failure> {
        let case = self.case(id).await?;
        if case.request.state != State::Approved {
            return Ok(());
        }
        let mut made = Vec::new();
        for part in &case.entry.card.outputs {
            made.push(self.make(&case, part).await?);
        }
        let email = crate::contact::table::email_of(&self.store.read(), case.request.id).await?;
        let telling = Telling::of(&case.applicant, &case.entry).at(email);
        let Case { request, entry, act, at, .. } = case;
        self.store.write(Issue { request, entry, act, made, telling, clock: self.clock.clone(), at }).await?;
        self.ledger.wake();
        Ok(())
    }

    async fn case(&self, id: Uuid) -> Result<Case, Failure> {
        let sql = self.store.read();
        let request = request::table::by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let decider = match request.checks.decided_by {
            Some(decider) => identity::person(&sql, decider).await?,
            None => None,
        };
        let entry = self.entry_of(&request).await?;
        let provider = self.directory.provider(request.body).ok_or_else(Refusal::not_found)?;
        Ok(Case {
            act: request.checks.act.said(&self.texts, &entry.card.act_title(), &provider),
            provider,
            entry,
            request,
            applicant,
            decider,
            at: self.clock.now(),
        })
    }

    async fn make(&self, case: &Case, part: &CardOutput) -> Result<Made, Failure> {
        let code = code();
        let letter = template::table::in_use(&self.store.read(), &case.entry.card.id, &part.id).await?;
        let paper = self.paper(case, part, &code, letter.is_some());
        let pdf = match &letter {
            Some(letter) => self.pressed(case, letter, paper).await?,
            None => paper.print(Form::Output, case.at, Assets::default()).await?,
        };
        let name = format!("{} {}.pdf", part.title.ar, case.request.number);
        let document =
            self.documents.put_bytes(case.request.applicant, &name, pdf, Accept::default()).await?;
        let body = json!({
            "number": case.request.number.as_str(),
            "output": part.id,
            "kind": part.kind.word(),
            "title": part.title,
            "service": case.entry.card.id,
            "provider": case.provider.slug,
            "provider_name": case.provider.name,
            "code": code,
            "template_version": letter.map(|letter| letter.version),
            "file_sha256": document.sha256,
            "act": case.request.checks.act,
            "issued_at": case.at.to_string(),
        });
        Ok(Made { part: part.clone(), code, document: document.id, body })
    }

    /// The body's own letter with the values of this request. One that cannot be made is a person's to mend.
    async fn pressed(&self, case: &Case, letter: &Template, paper: Paper) -> Result<Vec<u8>, Failure> {
        let values = template::filled(&case.filled());
        match self.press.print(&letter.letter, &values, paper, case.at).await {
            Ok(pdf) => Ok(pdf),
            Err(PressError::Flaw(flaw)) => {
                Err(Refusal::new(Kind::Conflict, "template.flawed", &["LY-SVC-10.2"])
                    .with_items(vec![template::flawed(&flaw)])
                    .into())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn paper(&self, case: &Case, part: &CardOutput, code: &str, has_letter: bool) -> Paper {
        let text = |make: &dyn Fn(Lang) -> String| Text::new(make(Lang::Ar), make(Lang::En));
        let mut paragraphs = Vec::new();
        let checks = &case.request.checks;
        if !has_letter {
            paragraphs.push(text(&|lang| words(case, part, lang)));
        }
        if !has_letter && part.kind == OutputKind::Measure && !checks.measures.is_empty() {
            paragraphs.push(Text::new(checks.measures.clone(), checks.measures.clone()));
        }
        Paper {
            body: case.provider.name.clone(),
            title: part.title.clone(),
            number: case.request.number.to_string(),
            date: text(&|lang| case.provider.both_dates(case.at, lang)),
            paragraphs,
            facts: self.facts(case, part),
            decided: case.decider.as_ref().map(|decider| Decided {
                name: decider.name.clone(),
                role: case.entry.process.granting().map(|stage| stage.holder.clone()).unwrap_or_default(),
            }),
            verify: format!("{}/verify/{code}", self.public_address),
            ledger: self.texts.both("output-ledger-note"),
            ..Paper::default()
        }
    }

    fn facts(&self, case: &Case, part: &CardOutput) -> Vec<Fact> {
        let label = |key: &str| self.texts.both(key);
        let same = |value: &str| Text::new(value, value);
        let mut facts = vec![
            Fact { label: label("output-applicant"), value: case.applicant.name.clone() },
            Fact { label: label("output-identifier"), value: same(&case.applicant.identifier) },
        ];
        if part.kind == OutputKind::AdministrativeAct {
            let act = &case.request.checks.act;
            facts.push(Fact { label: label("output-act-number"), value: same(&act.number) });
            if let Some(day) = act.adopted_on() {
                let date = Text::new(case.provider.date(day, Lang::Ar), case.provider.date(day, Lang::En));
                facts.push(Fact { label: label("output-act-date"), value: date });
            }
        }
        facts
    }
}

/// The card's words with the answers of this request in their places.
fn words(case: &Case, part: &CardOutput, lang: Lang) -> String {
    let values = template::filled(&case.filled());
    let own = values.get(lang.code()).and_then(Value::as_object);
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let values: Vec<(&str, String)> =
        own.into_iter().flatten().map(|(place, value)| (place.as_str(), plain(value))).collect();
    fill(part.text.get(lang), &values)
}

impl Case {
    fn filled(&self) -> Filled<'_> {
        Filled {
            entry: &self.entry,
            provider: &self.provider,
            applicant: self.applicant.name.clone(),
            identifier: self.applicant.identifier.clone(),
            number: self.request.number.to_string(),
            measures: self.request.checks.measures.clone(),
            act: self.request.checks.act.clone(),
            act_said: self.act.clone(),
            answers: &self.request.answers,
            at: self.at,
        }
    }
}

/// 128 bits that nobody guesses, in the letters of a QR code's address.
fn code() -> String {
    hex::encode(rand::rng().random::<[u8; 16]>())
}

/// A stored output that nobody can see yet.
struct Made {
    part: CardOutput,
    code: String,
    document: Uuid,
    body: Value,
}

struct Issue {
    request: Request,
    entry: Arc<Entry>,
    act: Text,
    made: Vec<Made>,
    telling: Telling,
    clock: Clock,
    at: Timestamp,
}

impl Verb for Issue {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Some(mut request) = request::table::by_id(tx, self.request.id).await? else { return Ok(()) };
        if request.state != State::Approved {
            return Ok(());
        }
        let now = self.clock.now();
        for made in &self.made {
            self.deliver(tx, made, now).await?;
        }
        match moving::take(tx, &self.entry, &mut request, Act::Issue, None, now).await {
            Err(Failure::Refused(refusal)) if refusal.code == moving::CHANGED.code => {
                return Err(store::StoreError::Busy.into());
            }
            taken => taken?,
        }
        request::table::add_step(tx, &request, None, "", now).await?;
        let titles = |lang: Lang| {
            let titles: Vec<&str> = self.made.iter().map(|made| made.part.title.get(lang)).collect();
            titles.join(lang.comma())
        };
        let outputs = Text::new(titles(Lang::Ar), titles(Lang::En));
        let message = self
            .telling
            .message(&request, "request-completed")
            .text("outputs", &outputs)
            .word("measures", request.checks.measures.as_str())
            .text("act", &self.act);
        self.telling.tell(tx, message, now).await
    }
}

impl Issue {
    async fn deliver(&self, tx: &Tx, made: &Made, now: Timestamp) -> Result<(), Failure> {
        let entry = ledger::Entry {
            kind: ISSUED,
            subject: self.request.subject(),
            actor: self.request.checks.decided_by,
            controls: &["LY-SVC-18.1a", "LY-SVC-18.4", "LY-SVC-10.3"],
            body: made.body.clone(),
            at: self.at,
        };
        let leaf = ledger::append(tx, entry).await?;
        if !storage::keep::keep(tx, self.request.body, made.document, now).await? {
            return Err(store::StoreError::Busy.into());
        }
        let output = Output {
            id: Uuid::now_v7(),
            request: self.request.id,
            part: made.part.id.clone(),
            kind: made.part.kind.word().to_owned(),
            code: made.code.clone(),
            document: made.document,
            statement: made.body.clone(),
            leaf: leaf.id,
            delivered_at: now,
        };
        table::insert(tx, &output).await
    }
}
