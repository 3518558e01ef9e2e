//! `/compliance/findings`: what was found, who has to answer, and by when; and one finding from its opening to its closing.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use language::Text;
use organisations::Body;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link, Moment, named},
    see_other, stay,
};

use super::{
    Finding, Severity, Standing,
    answer::AnswerFinding,
    judge::Judge,
    list::{FindingsAsked, STATES},
    report::Report,
    table::Order,
};
use crate::{Compliance, Door, authority::About, call::Visit, own::confirmable, places::Places};

/// Rows of a page.
const PAGE_FINDINGS: usize = 25;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/findings", get(list).post(report))
        .route("/compliance/findings/new", get(new))
        .route("/compliance/findings/{id}", get(show))
        .route("/compliance/findings/{id}/answer", post(answer))
        .route("/compliance/findings/{id}/close", post(close))
        .route("/compliance/findings/{id}/return", post(send_back))
}

struct Row {
    href: String,
    what: String,
    control: String,
    body: String,
    severity: String,
    standing: String,
    signal: &'static str,
    due: String,
    owner: String,
}

#[derive(Template)]
#[template(path = "finding/list.html")]
struct ListPage {
    places: Places,
    fields: Vec<Field>,
    chips: Vec<Link>,
    rows: Vec<Row>,
    next: String,
    first: String,
    may_report: bool,
    done: String,
    shell: Shell,
}

async fn list(visit: Visit, Query(asked): Query<FindingsAsked>) -> Result<Page<ListPage>, web::Error> {
    let kernel = &visit.kernel;
    let listed = kernel.findings(&visit.actor, &asked, PAGE_FINDINGS).await?;
    let bodies = kernel.bodies_by_id().await?;
    let names = kernel.names(listed.findings.iter().map(|it| it.owner)).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let shell = visit.shell;
    let row = |it: &Finding| row(&shell, kernel, &bodies, &names, it);
    Ok(Page(ListPage {
        may_report: places.may_report,
        places,
        fields: filters(&shell, &asked, &bodies),
        chips: chips(&shell, &asked, &bodies),
        rows: listed.findings.iter().map(row).collect(),
        next: if listed.next.is_empty() { String::new() } else { shell.with("cursor", &listed.next) },
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        done: if asked.done == "reported" { shell.t("finding-done-reported") } else { String::new() },
        shell,
    }))
}

fn row(
    shell: &Shell,
    kernel: &Compliance,
    bodies: &HashMap<Uuid, Body>,
    names: &HashMap<Uuid, Text>,
    it: &Finding,
) -> Row {
    let (standing, signal) = standing(shell, kernel, it);
    Row {
        href: it.href(),
        what: shell.text(&it.what).to_owned(),
        control: it.control.clone(),
        body: bodies.get(&it.body).map(|body| shell.text(&body.short).to_owned()).unwrap_or_default(),
        severity: shell.t(&format!("finding-severity-{}", it.severity.word())),
        standing,
        signal,
        due: shell.day(it.due_at),
        owner: owner_word(shell, names, it.owner),
    }
}

fn owner_word(shell: &Shell, names: &HashMap<Uuid, Text>, owner: Option<Uuid>) -> String {
    match owner.and_then(|owner| names.get(&owner)) {
        Some(name) => shell.text(name).to_owned(),
        None => shell.t("compliance-nobody"),
    }
}

/// The word of a state, and the signal that it is shown with.
pub(crate) fn standing(shell: &Shell, kernel: &Compliance, it: &Finding) -> (String, &'static str) {
    match it.standing {
        Standing::Open if it.is_late(kernel.clock.now()) => (shell.t("finding-state-late"), "refused"),
        Standing::Open => (shell.t("finding-state-open"), "needs-you"),
        Standing::Answered => (shell.t("finding-state-answered"), "waiting"),
        Standing::Closed => (shell.t("finding-state-closed"), "done"),
    }
}

fn body_choices(shell: &Shell, bodies: &HashMap<Uuid, Body>) -> Vec<Choice> {
    let mut bodies: Vec<&Body> = bodies.values().collect();
    bodies.sort_by_key(|body| shell.text(&body.name).to_owned());
    bodies.into_iter().map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect()
}

fn filters(shell: &Shell, asked: &FindingsAsked, bodies: &HashMap<Uuid, Body>) -> Vec<Field> {
    let words = |keys: &[&str], prefix: &str| -> Vec<Choice> {
        keys.iter().map(|key| Choice::new(*key, shell.t(&format!("{prefix}-{key}")))).collect()
    };
    let severities = Severity::ALL.map(Severity::word);
    let orders = Order::ALL.map(Order::word);
    let select = |name: &str, choices: Vec<Choice>, value: &str| {
        Field::select(shell, name, shell.t(&format!("finding-filter-{name}")), choices)
            .value(value)
            .optional()
    };
    vec![
        Field::text(shell, "q", shell.t("finding-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "200")
            .attribute("type", "search"),
        select("state", words(&STATES, "finding-state"), &asked.state)
            .blank(shell.t("finding-state-not-closed")),
        select("severity", words(&severities, "finding-severity"), &asked.severity),
        select("body", body_choices(shell, bodies), &asked.body),
        select("sort", words(&orders, "finding-sort"), &asked.sort).blank(shell.t("finding-sort-due")),
    ]
}

/// What narrows the list now; each chip leads to the list without it.
fn chips(shell: &Shell, asked: &FindingsAsked, bodies: &HashMap<Uuid, Body>) -> Vec<Link> {
    let body = bodies.values().find(|body| body.slug == asked.body);
    let body = body.map(|body| shell.text(&body.short).to_owned()).unwrap_or_default();
    let word = |prefix: &str, key: &str| match key {
        "" => String::new(),
        key => shell.t(&format!("{prefix}-{key}")),
    };
    let given = [
        ("q", asked.q.clone()),
        ("state", word("finding-state", &asked.state)),
        ("severity", word("finding-severity", &asked.severity)),
        ("body", body),
        ("control", asked.control.clone()),
    ];
    let given = given.into_iter().filter(|(_, label)| !label.is_empty());
    given.map(|(name, label)| Link::new(without(asked, name), label)).collect()
}

/// The first page of the list without one of its choices.
fn without(asked: &FindingsAsked, name: &str) -> String {
    let given = [
        ("q", &asked.q),
        ("state", &asked.state),
        ("severity", &asked.severity),
        ("body", &asked.body),
        ("control", &asked.control),
        ("sort", &asked.sort),
    ];
    let kept = given.into_iter().filter(|(known, _)| *known != name);
    web::address("/compliance/findings", kept.map(|(name, word)| (name, word.as_str())))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    control: String,
    subject: String,
    severity: String,
    what: String,
}

#[derive(Template)]
#[template(path = "finding/new.html")]
struct NewPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    fields: Vec<Field>,
    shell: Shell,
}

async fn new(visit: Visit, Query(typed): Query<Typed>) -> Result<Response, web::Error> {
    let sql = visit.kernel.store.read();
    let body = organisations::body_by_slug(&sql, &typed.body).await?.map(|body| body.id);
    visit.acting().check(&sql, "raise_finding", body, About::default()).await?;
    Ok(stay(None, new_page(visit, &typed, None).await?))
}

async fn report(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, web::Error> {
    let verb = Report {
        acting: visit.acting(),
        packs: visit.kernel.packs.clone(),
        body: typed.body.clone(),
        control: typed.control.trim().to_owned(),
        subject: typed.subject.clone(),
        severity: typed.severity.clone(),
        what: typed.what.clone(),
    };
    match visit.kernel.carry_out(&visit.actor, "findings", verb, None).await {
        Ok(_) => Ok(see_other("/compliance/findings?done=reported&sort=newest")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, new_page(visit, &typed, Some(refusal)).await?))
        }
    }
}

async fn new_page(visit: Visit, typed: &Typed, refusal: Option<Refusal>) -> Result<NewPage, Failure> {
    let places = Places::of(&visit.kernel, &visit.actor, &visit.shell).await?;
    let sight = visit.acting().sight(&visit.kernel.store.read()).await?;
    let mut bodies = visit.kernel.bodies_by_id().await?;
    bodies.retain(|body, _| sight.sees(*body));
    let shell = visit.shell;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let control = |it: &crate::Control| Choice::new(&it.id, format!("{} · {}", it.id, shell.text(&it.title)));
    let controls = visit.kernel.packs.all().iter().map(control).collect();
    let severity = |it: Severity| {
        let label = shell.t(&format!("finding-severity-{}", it.word()));
        let days = shell.t1("finding-days", "count", i64::from(it.working_days()));
        Choice::new(it.word(), label).hint(days)
    };
    let fields = vec![
        Field::select(&shell, "body", shell.t("finding-filter-body"), body_choices(&shell, &bodies))
            .value(&typed.body),
        Field::select(&shell, "control", shell.t("finding-control"), controls).value(&typed.control),
        Field::radios(
            &shell,
            "severity",
            shell.t("finding-filter-severity"),
            Severity::ALL.map(severity).into(),
        )
        .value(&typed.severity),
        Field::area(&shell, "what", shell.t("finding-what"))
            .hint(shell.t("finding-what-hint"))
            .value(&typed.what),
        Field::text(&shell, "subject", shell.t("finding-subject"))
            .hint(shell.t("finding-subject-hint"))
            .optional()
            .value(&typed.subject),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
    let refusal = refusal.filter(|it| it.items.is_empty());
    Ok(NewPage { places, faults: named(faults, &fields), refusal, fields, shell })
}

#[derive(Template)]
#[template(path = "finding/show.html")]
struct ShowPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    what: String,
    control: String,
    control_title: String,
    control_href: String,
    body: String,
    subject: String,
    severity: String,
    standing: String,
    signal: &'static str,
    owner: String,
    due: String,
    times: i64,
    moments: Vec<Moment>,
    /// The one form of this state, when it is this person's.
    answer: Option<Field>,
    judge: Option<Field>,
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
        "answered" | "closed" | "returned" => visit.shell.t(&format!("finding-done-{}", asked.done)),
        _ => String::new(),
    };
    Ok(stay(None, show_page(visit, id, "", None, done).await?))
}

async fn show_page(
    visit: Visit,
    id: Uuid,
    typed: &str,
    refusal: Option<Refusal>,
    done: String,
) -> Result<ShowPage, Failure> {
    let kernel = &visit.kernel;
    let it = kernel.finding(&visit.actor, id).await?;
    let actions = kernel.finding_actions(&visit.actor, &it).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let body = organisations::body(&kernel.store.read(), it.body).await?.ok_or_else(Refusal::not_found)?;
    let names = kernel.names([it.owner, it.opened_by, it.answered_by, it.closed_by]).await?;
    let shell = visit.shell;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let field = |name: &str, key: &str| {
        Field::area(&shell, name, shell.t(key))
            .hint(shell.t(&format!("{key}-hint")))
            .value(typed)
            .faults(&faults)
    };
    let answer = actions.contains(&"answer").then(|| field("answer", "finding-answer"));
    let judge = actions.contains(&"close").then(|| field("words", "finding-judgement"));
    let (standing, signal) = standing(&shell, kernel, &it);
    let control =
        confirmable(&kernel.store.read(), &kernel.packs, (it.body, &it.control), kernel.clock.now()).await?;
    let fields: Vec<Field> = answer.iter().chain(&judge).cloned().collect();
    Ok(ShowPage {
        places,
        what: shell.text(&it.what).to_owned(),
        control_title: control.map(|(it, _)| shell.text(&it.title).to_owned()).unwrap_or_default(),
        control_href: format!("/compliance/bodies/{}/{}", body.slug, it.control),
        control: it.control.clone(),
        body: shell.text(&body.name).to_owned(),
        subject: it.subject.clone(),
        severity: shell.t(&format!("finding-severity-{}", it.severity.word())),
        standing,
        signal,
        owner: owner_word(&shell, &names, it.owner),
        due: shell.date(it.due_at),
        times: it.times,
        moments: moments(&shell, &names, &it),
        refusal: refusal.filter(|it| it.items.is_empty()),
        faults: named(faults, &fields),
        answer,
        judge,
        id,
        done,
        shell,
    })
}

/// From opening to closing, with what comes next.
fn moments(shell: &Shell, names: &HashMap<Uuid, Text>, it: &Finding) -> Vec<Moment> {
    let by = |person: Option<Uuid>| match person {
        Some(_) => owner_word(shell, names, person),
        None => shell.t("finding-by-platform"),
    };
    let done = |key: &str, at: clock::Timestamp, who: String, words: &str| Moment {
        state: "done",
        title: shell.t1(key, "who", who),
        when: shell.moment(at),
        note: words.to_owned(),
    };
    let mut moments = vec![done("finding-moment-opened", it.opened_at, by(it.opened_by), "")];
    if let Some(at) = it.answered_at {
        moments.push(done("finding-moment-answered", at, by(it.answered_by), &it.answer));
    }
    if it.standing == Standing::Open && !it.closing.is_empty() {
        moments.push(Moment {
            state: "refused",
            title: shell.t("finding-moment-returned"),
            when: String::new(),
            note: it.closing.clone(),
        });
    }
    match (it.standing, it.closed_at) {
        (Standing::Open, _) => moments.push(Moment {
            state: "now",
            title: shell.t("finding-moment-waits-answer"),
            when: shell.day(it.due_at),
            note: owner_word(shell, names, it.owner),
        }),
        (Standing::Answered, _) => moments.push(Moment {
            state: "now",
            title: shell.t("finding-moment-waits-judge"),
            ..Moment::default()
        }),
        (Standing::Closed, at) => moments.push(done(
            "finding-moment-closed",
            at.unwrap_or(it.last_at),
            by(it.closed_by),
            &it.closing,
        )),
    }
    moments
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    answer: String,
    words: String,
}

async fn answer(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Words>,
) -> Result<Response, web::Error> {
    let verb = AnswerFinding { acting: visit.acting(), finding: id, answer: typed.answer.clone() };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("finding/{id}"), verb, None).await;
    after(visit, id, &typed.answer, outcome, "answered").await
}

async fn close(visit: Visit, Path(id): Path<Uuid>, Form(typed): Form<Words>) -> Result<Response, web::Error> {
    judge(visit, id, typed, true).await
}

async fn send_back(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Words>,
) -> Result<Response, web::Error> {
    judge(visit, id, typed, false).await
}

async fn judge(visit: Visit, id: Uuid, typed: Words, closes: bool) -> Result<Response, web::Error> {
    let verb = Judge { acting: visit.acting(), finding: id, closes, words: typed.words.clone() };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("finding/{id}"), verb, None).await;
    after(visit, id, &typed.words, outcome, if closes { "closed" } else { "returned" }).await
}

async fn after(
    visit: Visit,
    id: Uuid,
    typed: &str,
    outcome: Result<(), Failure>,
    done: &str,
) -> Result<Response, web::Error> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/compliance/findings/{id}?done={done}")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, show_page(visit, id, typed, Some(refusal), String::new()).await?))
        }
    }
}
