//! A month of history: requests at every stage, made by the verbs that people use, while the clock moves.
//!
//! It is the same at each loading but for numbers and keys, so that tests and pictures can count on it.

use std::time::Duration;

use authz::{Actor, Failure};
use clock::{Clock, DAY, HOUR, MINUTE};
use jobs::Workers;
use language::Lang;
use serde_json::Value;
use services::{Act, Application, Correction, Decision, Entry, NamedAct, OutputKind, RequestNumber};

use super::{
    collection::{self, Ended},
    people::Cast,
};
use crate::{parts::Parts, serve, settings::ServeSettings};

/// How each request of the history goes: who asks for what, on which day, and how far it comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Waiting,
    Verified,
    Returned,
    Corrected,
    Refused,
    Completed,
}

const APPLICANTS: [&str; 3] = ["salma", "huda", "yusuf"];
/// Requests of the history: enough for lists with pages and charts with shape, few enough to load in seconds.
const REQUESTS: usize = 60;
const DAYS: usize = 29;

/// The older a request, the further it has come.
fn fate(number: usize) -> Fate {
    let recent = number * 100 / REQUESTS;
    match (recent, number % 10) {
        (_, 4) => Fate::Refused,
        (85.., 0..=6) => Fate::Waiting,
        (70.., 3) => Fate::Returned,
        (70.., 1 | 5) => Fate::Verified,
        (75.., _) => Fate::Waiting,
        (_, 7) => Fate::Corrected,
        _ => Fate::Completed,
    }
}

pub async fn live(parts: &Parts, serve: &ServeSettings, cast: &Cast) -> Result<(), Failure> {
    let workers = Workers::new(parts.store.clone(), parts.clock.clone(), serve::works(parts, serve)?);
    let end = Clock::System.now();
    let pause = DAY * DAYS as u32 / REQUESTS as u32;
    let entries = parts.services.directory.entries();
    for number in 0..REQUESTS {
        let applicant = APPLICANTS[number % APPLICANTS.len()];
        let mut made = None;
        if let Some(entry) = suitable(&entries, applicant, number) {
            made = Some((one(parts, cast, applicant, entry, fate(number)).await?, entry));
        }
        workers.drain().await?;
        if let Some((request, entry)) = made {
            let end = Ended { is_refused: fate(number) == Fate::Refused, turn: number };
            collection::follow_up(parts, cast, applicant, entry, &request, end).await?;
        }
        let left = end.since(parts.clock.now());
        parts.clock.advance(pause.min(left).saturating_sub(spent(fate(number))));
    }
    arrive(parts, cast).await
}

/// A number that nobody in the demo has, as if somebody had mistyped theirs.
const MISTYPED: &str = "119790638452";

/// Two requests whose receipt is not confirmed: one came without its documents, and of the other the register of persons
/// says otherwise.
async fn arrive(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    for (applicant, service) in [("salma", "home-business-permit"), ("yusuf", "family-record-extract")] {
        let asker = cast.actor(parts, applicant).await?;
        let Some(entry) = parts.services.directory.entry(service) else { continue };
        let mut answers = entry.form.example().cloned().unwrap_or(Value::Null);
        for key in confirmed_numbers(&entry) {
            answers[key] = MISTYPED.into();
        }
        let service = entry.card.id.clone();
        let application =
            Application { service, answers, declaration: true, keep: true, ..Application::default() };
        parts.services.submit(&asker, application, None, None).await?;
    }
    Ok(())
}

/// The questions whose answer is compared with the number under which somebody is registered.
fn confirmed_numbers(entry: &Entry) -> impl Iterator<Item = &str> {
    let compared = entry.form.fields().iter().filter(|field| field.source == "person.national_number");
    compared.map(|field| field.key.as_str())
}

/// A service that the applicant may ask for in their own name, with documents or without.
fn suitable<'e>(entries: &'e [std::sync::Arc<Entry>], applicant: &str, number: usize) -> Option<&'e Entry> {
    let kind = if applicant == "huda" { "resident" } else { "citizen" };
    let open: Vec<_> = entries
        .iter()
        .filter(|entry| {
            entry.card.assurance == "basic" && entry.card.audience.iter().any(|held| held == kind)
        })
        .collect();
    let place = number * 7 % open.len().max(1);
    open.get(place).map(|entry| &***entry)
}

/// The time that the handling of one request moves the clock.
fn spent(fate: Fate) -> Duration {
    match fate {
        Fate::Waiting => Duration::ZERO,
        Fate::Returned | Fate::Verified => HOUR,
        _ => HOUR * 3,
    }
}

async fn one(
    parts: &Parts,
    cast: &Cast,
    applicant: &str,
    entry: &Entry,
    fate: Fate,
) -> Result<RequestNumber, Failure> {
    let services = &parts.services;
    let asker = cast.actor(parts, applicant).await?;
    let mut answers = entry.form.example().cloned().unwrap_or(Value::Null);
    let person = identity::person(&parts.store.read(), asker.person).await?;
    for key in confirmed_numbers(entry) {
        answers[key] = person.as_ref().map(|person| person.identifier.clone()).into();
    }
    let mut documents = Vec::new();
    for evidence in entry.card.documents.iter().filter(|evidence| evidence.required) {
        let name = format!("{}.pdf", evidence.title.get(Lang::Ar));
        let document =
            services.documents.put_bytes(asker.person, &name, SAMPLE_PDF, Default::default()).await?;
        documents.push((evidence.id.clone(), document.id));
    }
    let application = Application {
        service: entry.card.id.clone(),
        answers: answers.clone(),
        documents,
        declaration: true,
        ..Application::default()
    };
    let submitted = services.submit(&asker, application, None, None).await?;
    let number: RequestNumber = submitted.number.parse()?;
    if fate == Fate::Waiting {
        return Ok(number);
    }
    parts.clock.advance(HOUR);
    handle(parts, cast, applicant, entry, &number, fate, answers).await?;
    Ok(number)
}

async fn handle(
    parts: &Parts,
    cast: &Cast,
    applicant: &str,
    entry: &Entry,
    number: &RequestNumber,
    fate: Fate,
    answers: Value,
) -> Result<(), Failure> {
    let services = &parts.services;
    if matches!(fate, Fate::Returned | Fate::Corrected) {
        let Some(officer) = turn(parts, cast, number).await? else { return Ok(()) };
        let item = entry.form.fields().first().map(|field| field.key.clone()).unwrap_or_default();
        let instruction = "راجع هذا البيان واكتبه كما هو في المستند الرسمي.".to_owned();
        let corrections = vec![Correction { item, instruction }];
        services.send_back(services.acting(&officer, number, None), corrections, None).await?;
        if fate == Fate::Returned {
            return Ok(());
        }
        parts.clock.advance(HOUR - MINUTE * 20);
        let asker = cast.actor(parts, applicant).await?;
        services.resubmit(services.acting(&asker, number, None), answers, &[], None).await?;
        parts.clock.advance(MINUTE * 20);
    }
    while let Some(officer) = turn(parts, cast, number).await? {
        let followed = services.follow(&officer, number).await?;
        let acting = services.acting(&officer, number, None);
        if followed.actions.contains(&Act::Verify) {
            services.verify(acting, followed.request.items(), None).await?;
        } else if let Some(way) = followed.ways_on().next() {
            let words = "راجعنا ما يخصنا في هذا الطلب، ولا مانع لدينا من المضي فيه.".to_owned();
            services.pass_on(acting, Some(way.to.clone()), words, None).await?;
        } else {
            services.decide(acting, decision(entry, fate), None).await?;
            break;
        }
        if fate == Fate::Verified {
            break;
        }
        parts.clock.advance(HOUR / followed.entry.process.course().count().max(1) as u32);
    }
    Ok(())
}

/// Somebody who sits at the desk on which a request lies now.
async fn turn(parts: &Parts, cast: &Cast, number: &RequestNumber) -> Result<Option<Actor>, Failure> {
    let Some(desk) = parts.services.desk_of(number).await? else { return Ok(None) };
    let body = organisations::body(&parts.store.read(), desk.body).await?;
    match body.and_then(|body| cast.holder(&body.slug, &desk.role)) {
        Some(handle) => cast.actor(parts, &handle).await.map(Some),
        None => Ok(None),
    }
}

/// Number and day of the act that the registry adopts.
const ACT: (&str, &str) = ("12/2026", "2026-01-04");

fn decision(entry: &Entry, fate: Fate) -> Decision {
    if fate == Fate::Refused {
        return Decision::Refuse {
            reason: "البيانات المقدمة لا تطابق القيد في السجل؛ راجع المكتب لتصحيح القيد ثم قدم الطلب من جديد."
                .into(),
        };
    }
    let has = |kind| entry.card.outputs.iter().any(|output| output.kind == kind);
    let measures = "كلف الفريق الميداني بتنفيذ العمل، ويبدأ خلال يومي عمل.";
    Decision::Approve {
        measures: if has(OutputKind::Measure) { measures.into() } else { String::new() },
        named: match has(OutputKind::AdministrativeAct) {
            true => NamedAct::new(ACT.0, ACT.1),
            false => NamedAct::default(),
        },
    }
}

/// The smallest real document: one empty page.
pub(super) const SAMPLE_PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n";
