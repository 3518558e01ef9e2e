//! `/compliance/cases`: the cases that somebody may see, a new one, and one of them step by step.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell, address,
    components::{Choice, Field, Link, Moment, named},
    see_other, stay,
};

use super::{
    Case, CaseKind,
    list::{CASE_STATES, CaseFile, CasesAsked},
    open::OpenViolation,
    readers::LetRead,
    seal::{AddEvidence, sealed},
    step::TakeStep,
};
use crate::Door;
use crate::{Compliance, authority::NOT_YOURS, call::Visit, places::Places};

/// Rows of a page.
const PAGE_CASES: usize = 25;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/cases", get(list).post(open))
        .route("/compliance/cases/new", get(new))
        .route("/compliance/cases/{id}", get(show))
        .route("/compliance/cases/{id}/steps", post(take_step))
        .route("/compliance/cases/{id}/evidence", post(add_evidence))
        .route("/compliance/cases/{id}/readers", post(let_read))
}

struct Row {
    href: String,
    title: String,
    control: String,
    kind: String,
    body: String,
    standing: String,
    signal: &'static str,
    opened: String,
}

#[derive(Template)]
#[template(path = "case/list.html")]
struct ListPage {
    places: Places,
    fields: Vec<Field>,
    chips: Vec<Link>,
    rows: Vec<Row>,
    next: String,
    first: String,
    may_open: bool,
    shell: Shell,
}

async fn list(visit: Visit, Query(asked): Query<CasesAsked>) -> Result<Page<ListPage>, web::Error> {
    let kernel = &visit.kernel;
    let listed = kernel.cases(&visit.actor, &asked, PAGE_CASES).await?;
    let bodies = kernel.bodies_by_id().await?;
    let may_open = !visit.acting().case_bodies(&kernel.store.read()).await?.is_empty();
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let shell = visit.shell;
    let row = |it: &Case| {
        let (standing, signal) = standing(&shell, it);
        Row {
            href: it.href(),
            title: shell.text(&it.title).to_owned(),
            control: it.control.clone(),
            kind: shell.t(&format!("case-kind-{}", it.kind.word())),
            body: bodies.get(&it.body).map(|body| shell.text(&body.short).to_owned()).unwrap_or_default(),
            standing,
            signal,
            opened: shell.day(it.opened_at),
        }
    };
    Ok(Page(ListPage {
        rows: listed.cases.iter().map(row).collect(),
        fields: filters(&shell, &asked),
        chips: chips(&shell, &asked),
        next: if listed.next.is_empty() { String::new() } else { shell.with("cursor", &listed.next) },
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        places,
        may_open,
        shell,
    }))
}

/// The step that a case waits for, or that it is closed.
fn standing(shell: &Shell, case: &Case) -> (String, &'static str) {
    match case.next() {
        Some(step) => (shell.t1("case-waits", "step", shell.t(&format!("case-step-{step}"))), "waiting"),
        None => (shell.t("case-state-closed"), "done"),
    }
}

fn filters(shell: &Shell, asked: &CasesAsked) -> Vec<Field> {
    let state = |word: &str| Choice::new(word, shell.t(&format!("case-state-{word}")));
    let kind = |it: CaseKind| Choice::new(it.word(), shell.t(&format!("case-kind-{}", it.word())));
    let select = |name: &str, choices: Vec<Choice>, value: &str| {
        let field = Field::select(shell, name, shell.t(&format!("case-{name}")), choices);
        field.value(value).blank(shell.t("case-any")).optional()
    };
    vec![
        Field::text(shell, "q", shell.t("case-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "200")
            .attribute("type", "search"),
        select("kind", CaseKind::ALL.map(kind).to_vec(), &asked.kind),
        select("state", CASE_STATES.map(state).to_vec(), &asked.state),
    ]
}

/// What narrows the list now; each chip leads to the list without it.
fn chips(shell: &Shell, asked: &CasesAsked) -> Vec<Link> {
    let given =
        [("q", &asked.q, ""), ("kind", &asked.kind, "case-kind"), ("state", &asked.state, "case-state")];
    let shown = given.iter().filter(|(_, word, _)| !word.is_empty());
    shown
        .map(|(name, word, key)| {
            let kept = given.iter().filter(|(known, _, _)| known != name);
            let href = address("/compliance/cases", kept.map(|(name, word, _)| (*name, word.as_str())));
            let label = if key.is_empty() { (*word).clone() } else { shell.t(&format!("{key}-{word}")) };
            Link::new(href, label)
        })
        .collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    control: String,
    law: String,
    identifier: String,
    title: String,
    facts: String,
}

#[derive(Template)]
#[template(path = "case/new.html")]
struct NewPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    fields: Vec<Field>,
    shell: Shell,
}

async fn new(visit: Visit, Query(typed): Query<Typed>) -> Result<Response, web::Error> {
    Ok(stay(None, new_page(visit, &typed, None).await?))
}

async fn open(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, web::Error> {
    let verb = OpenViolation {
        acting: visit.acting(),
        packs: visit.kernel.packs.clone(),
        body: typed.body.clone(),
        control: typed.control.clone(),
        law: typed.law.clone(),
        identifier: typed.identifier.clone(),
        title: typed.title.clone(),
        facts: typed.facts.clone(),
    };
    match visit.kernel.carry_out(&visit.actor, "cases", verb, None).await {
        Ok(id) => Ok(see_other(&format!("/compliance/cases/{id}?done=opened")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, new_page(visit, &typed, Some(refusal)).await?))
        }
    }
}

async fn new_page(visit: Visit, typed: &Typed, refusal: Option<Refusal>) -> Result<NewPage, Failure> {
    let own = visit.acting().case_bodies(&visit.kernel.store.read()).await?;
    if own.is_empty() {
        return Err(NOT_YOURS.into());
    }
    let places = Places::of(&visit.kernel, &visit.actor, &visit.shell).await?;
    let mut bodies = visit.kernel.bodies_by_id().await?;
    bodies.retain(|body, _| own.contains(body));
    let shell = visit.shell;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let control = |it: &crate::Control| Choice::new(&it.id, format!("{} · {}", it.id, shell.text(&it.title)));
    let controls = visit.kernel.packs.all().iter().map(control).collect();
    let mut choices: Vec<Choice> =
        bodies.values().map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    let law = |it: &crate::Footing| Choice::new(&it.id, shell.text(&it.title));
    let laws = visit.kernel.packs.laws().map(law).collect();
    let fields = vec![
        Field::select(&shell, "body", shell.t("case-body"), choices).value(&typed.body),
        Field::text(&shell, "identifier", shell.t("case-person"))
            .hint(shell.t("case-person-hint"))
            .value(&typed.identifier)
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "40")
            .short(),
        Field::select(&shell, "control", shell.t("case-control"), controls).value(&typed.control),
        Field::select(&shell, "law", shell.t("case-law"), laws)
            .hint(shell.t("case-law-hint"))
            .value(&typed.law)
            .blank(shell.t("case-law-none"))
            .optional(),
        Field::text(&shell, "title", shell.t("case-title")).value(&typed.title).attribute("maxlength", "160"),
        Field::area(&shell, "facts", shell.t("case-facts"))
            .hint(shell.t("case-facts-hint"))
            .value(&typed.facts),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
    let refusal = refusal.filter(|it| it.items.is_empty());
    Ok(NewPage { places, faults: named(faults, &fields), refusal, fields, shell })
}

struct EvidenceRow {
    what: String,
    subject: String,
    entries: i64,
    hash: String,
    at: String,
}

/// The forms of somebody who works on the case.
struct Work {
    step: String,
    title: String,
    words: Field,
    evidence: Vec<Field>,
    reader: Field,
}

#[derive(Template)]
#[template(path = "case/show.html")]
struct ShowPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    title: String,
    /// The facts.
    said: String,
    kind: String,
    body: String,
    control: String,
    control_title: String,
    law: String,
    edition: String,
    person: String,
    /// The alert that it came from.
    alert: String,
    /// The policy whose clause was not kept.
    policy: String,
    standing: String,
    signal: &'static str,
    moments: Vec<Moment>,
    evidence: Vec<EvidenceRow>,
    readers: Vec<String>,
    work: Option<Work>,
    id: Uuid,
    done: String,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn show(visit: Visit, Path(id): Path<Uuid>, Query(asked): Query<Done>) -> Result<Response, web::Error> {
    let done = match asked.done.as_str() {
        "opened" | "step" | "sealed" | "reader" => visit.shell.t(&format!("case-done-{}", asked.done)),
        _ => String::new(),
    };
    Ok(stay(None, show_page(visit, id, &Words::default(), None, done).await?))
}

async fn show_page(
    visit: Visit,
    id: Uuid,
    typed: &Words,
    refusal: Option<Refusal>,
    done: String,
) -> Result<ShowPage, Failure> {
    let kernel = &visit.kernel;
    let file = kernel.case_file(&visit.actor, id).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let body = organisations::body(&kernel.store.read(), file.case.body).await?;
    let people = file.taken.iter().map(|it| it.by).chain(file.readers.iter().copied());
    let people = people.chain([file.case.opened_by]).chain(file.case.person);
    let names = kernel.names(people.map(Some)).await?;
    let shell = visit.shell;
    let name = |person: &Uuid| names.get(person).map(|it| shell.text(it).to_owned()).unwrap_or_default();
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let work = work(&shell, &file, typed, &faults);
    let fields: Vec<Field> =
        work.iter().flat_map(|it| it.evidence.iter().chain([&it.words, &it.reader])).cloned().collect();
    let control = kernel.packs.control(&file.case.control);
    let (standing, signal) = standing(&shell, &file.case);
    let alert = file.case.origin.strip_prefix("attack/").map(|id| format!("/compliance/attacks/{id}"));
    let policy = file.case.origin.strip_prefix("policy/").map(|id| format!("/policies/{id}"));
    Ok(ShowPage {
        places,
        faults: named(faults, &fields),
        refusal: refusal.filter(|it| it.items.is_empty()),
        title: shell.text(&file.case.title).to_owned(),
        said: shell.text(&file.case.facts).to_owned(),
        kind: shell.t(&format!("case-kind-{}", file.case.kind.word())),
        body: body.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default(),
        control_title: control.map(|it| shell.text(&it.title).to_owned()).unwrap_or_default(),
        control: file.case.control.clone(),
        law: kernel.packs.law(&file.case.law).map(|it| shell.text(&it.title).to_owned()).unwrap_or_default(),
        edition: file.case.edition.clone(),
        person: file.case.person.as_ref().map(name).unwrap_or_default(),
        alert: alert.unwrap_or_default(),
        policy: policy.unwrap_or_default(),
        standing,
        signal,
        moments: moments(&shell, &names, &file),
        evidence: evidence(&shell, &file),
        readers: file.readers.iter().map(name).collect(),
        work,
        id,
        done,
        shell,
    })
}

fn work(shell: &Shell, file: &CaseFile, typed: &Words, faults: &[Fault]) -> Option<Work> {
    let step = file.case.next().filter(|_| file.may_work)?;
    let words = Field::area(shell, "words", shell.t("case-words"))
        .hint(shell.t(&format!("case-step-{step}-hint")))
        .value(&typed.words);
    let evidence = [
        Field::text(shell, "what", shell.t("case-evidence-what")).value(&typed.what),
        Field::text(shell, "subject", shell.t("case-evidence-subject"))
            .hint(shell.t("case-evidence-subject-hint"))
            .value(&typed.subject)
            .attribute("dir", "ltr"),
    ];
    let reader = Field::text(shell, "reader", shell.t("case-reader"))
        .hint(shell.t("case-reader-hint"))
        .value(&typed.reader)
        .attribute("inputmode", "numeric")
        .short();
    Some(Work {
        step: step.to_owned(),
        title: shell.t(&format!("case-step-{step}")),
        words: words.faults(faults),
        evidence: evidence.map(|field| field.faults(faults)).to_vec(),
        reader: reader.faults(faults),
    })
}

fn evidence(shell: &Shell, file: &CaseFile) -> Vec<EvidenceRow> {
    let rows = file.evidence.iter().map(|it| EvidenceRow {
        what: if it.what.is_empty() { shell.t("case-evidence-records") } else { it.what.clone() },
        subject: it.subject.clone(),
        entries: it.entries,
        hash: it.hash.clone(),
        at: shell.moment(it.at),
    });
    rows.collect()
}

/// From the opening over the steps that were taken to those that come.
fn moments(shell: &Shell, names: &HashMap<Uuid, Text>, file: &CaseFile) -> Vec<Moment> {
    let case = &file.case;
    let name = |person: &Uuid| names.get(person).map(|it| shell.text(it).to_owned()).unwrap_or_default();
    let mut moments = vec![Moment {
        state: "done",
        title: shell.t1("case-moment-opened", "who", name(&case.opened_by)),
        when: shell.moment(case.opened_at),
        note: String::new(),
    }];
    moments.extend(file.taken.iter().map(|it| Moment {
        state: "done",
        title: shell.t2(
            "case-moment",
            "step",
            shell.t(&format!("case-step-{}", it.step)),
            "who",
            name(&it.by),
        ),
        when: shell.moment(it.at),
        note: if it.words.is_empty() { shell.t("case-step-by-act") } else { it.words.clone() },
    }));
    moments.extend(case.steps.iter().enumerate().skip(case.done).map(|(place, step)| Moment {
        state: if place == case.done { "now" } else { "next" },
        title: shell.t(&format!("case-step-{step}")),
        ..Moment::default()
    }));
    moments
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    step: String,
    words: String,
    what: String,
    subject: String,
    reader: String,
}

async fn take_step(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Words>,
) -> Result<Response, web::Error> {
    let (acting, words) = (visit.acting(), typed.words.clone());
    let verb = TakeStep { acting, case: id, step: typed.step.clone(), words };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("case/{id}"), verb, None).await;
    after(visit, id, &typed, outcome, "step").await
}

async fn add_evidence(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Words>,
) -> Result<Response, web::Error> {
    // Whoever may not see the case does not make the ledger be read.
    visit.kernel.case_file(&visit.actor, id).await?;
    let seal = sealed(&visit.kernel.store.read(), &[typed.subject.trim().to_owned()]).await?;
    let verb = AddEvidence { acting: visit.acting(), case: id, what: typed.what.clone(), seal };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("case/{id}"), verb, None).await;
    after(visit, id, &typed, outcome, "sealed").await
}

async fn let_read(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Words>,
) -> Result<Response, web::Error> {
    let verb = LetRead { acting: visit.acting(), case: id, identifier: typed.reader.clone() };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("case/{id}"), verb, None).await;
    after(visit, id, &typed, outcome, "reader").await
}

async fn after(
    visit: Visit,
    id: Uuid,
    typed: &Words,
    outcome: Result<(), Failure>,
    done: &str,
) -> Result<Response, web::Error> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/compliance/cases/{id}?done={done}")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, show_page(visit, id, typed, Some(refusal), String::new()).await?))
        }
    }
}
