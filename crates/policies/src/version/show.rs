//! `/policies/{id}`, the one address of the version in force, and `/policies/{id}/versions/{n}` for any version: the text, the
//! nine metadata, the approval with its proof, the review log, and what the reader may do.

use std::{collections::HashMap, sync::Arc, time::Duration};

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{
    Standing, Version,
    acts::{Told, Typed, Wish, carry_out, wishes},
    open::OpenRevision,
    table::Consultation,
};
use crate::{
    Register,
    assignment::{Assignment, table as assignments},
    authority::NOT_YOURS,
    clauses::Clause,
    policy::{
        list::PolicyFile,
        page::{kind_word, owner_word, places},
    },
};

/// How long the file of an approval waits for its place in the log.
const INCLUSION_WAIT: Duration = Duration::from_secs(2);

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new()
        .route("/policies/{id}", get(current))
        .route("/policies/{id}/versions", post(open))
        .route("/policies/{id}/versions/{number}", get(show))
        .route("/policies/{id}/versions/{number}/approval", get(approval))
        .route("/policies/{id}/acts/{act}", post(act))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

/// What the reader has to acknowledge.
struct Open {
    action: String,
    words: String,
    due: String,
    label: String,
}

struct LogRow {
    href: String,
    version: String,
    reviewed: String,
    modified_by: String,
    reviewer: String,
    reasons: String,
    parts: String,
    standing: String,
    signal: &'static str,
    notice: String,
}

struct Signed {
    who: String,
    words: String,
    when: String,
}

#[derive(Template)]
#[template(path = "version/show.html")]
struct ShowPage {
    places: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    title: String,
    standing: String,
    signal: &'static str,
    overdue: bool,
    /// Where the version in force is, when this is another one.
    current_href: String,
    clauses: Vec<Clause>,
    separate: Vec<String>,
    facts: Vec<(String, String)>,
    address: String,
    approval: Vec<(String, String)>,
    approval_signal: &'static str,
    approval_word: String,
    approval_href: String,
    heard: Vec<Signed>,
    open: Vec<Open>,
    log: Vec<LogRow>,
    reviews: Vec<Signed>,
    next_review: String,
    links: Vec<Link>,
    revise: String,
    wishes: Vec<Wish>,
    done: String,
    shell: Shell,
}

async fn current(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<Done>,
) -> Result<Response, web::Error> {
    let file = register.file(&actor, id).await?;
    let shown = file.current.as_ref().or(file.versions.last()).map(|it| it.number);
    let told = Told { done: asked.done, ..Told::default() };
    Ok(stay(None, page(&register, &actor, shell, (id, shown.unwrap_or(1)), told).await?))
}

async fn show(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(place): Path<(Uuid, i64)>,
    Query(asked): Query<Done>,
) -> Result<Response, web::Error> {
    let told = Told { done: asked.done, ..Told::default() };
    Ok(stay(None, page(&register, &actor, shell, place, told).await?))
}

async fn open(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let file = register.file(&actor, id).await?;
    let verb = OpenRevision { acting: register.acting(&actor), policy: id };
    match register.carry_out(&actor, &format!("policy/{id}"), verb, None).await {
        Ok(_) => Ok(see_other(&format!("/policies/{id}/draft")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let number = file.versions.last().map_or(1, |it| it.number);
            let kind = refusal.kind;
            let told = Told { refusal: Some(refusal), ..Told::default() };
            Ok(stay(kind, page(&register, &actor, shell, (id, number), told).await?))
        }
    }
}

/// The approval as a file that anybody verifies without this portal.
async fn approval(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    Path((id, number)): Path<(Uuid, i64)>,
) -> Result<Response, web::Error> {
    let (_, version, _) = register.version_file(&actor, id, number).await?;
    let entry = version.approval_entry.ok_or_else(Refusal::not_found)?;
    let inclusion = register.ledger.included(entry, INCLUSION_WAIT).await.map_err(Failure::from)?;
    let statement = ledger::statement(&register.store.read(), entry).await.map_err(Failure::from)?;
    let statement = statement.ok_or_else(Refusal::not_found)?;
    let seal = register.ledger.seal_statement(statement, inclusion, None);
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    for (name, value) in documents::attachment_headers(&format!("approval-{number}.json")) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    Ok((headers, seal.to_json()).into_response())
}

async fn act(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, act)): Path<(Uuid, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let file = register.file(&actor, id).await?;
    let draft = file.versions.iter().find(|it| it.is_draft());
    let number = draft.or(file.current.as_ref()).map_or(1, |it| it.number);
    match carry_out(&register, &actor, id, &act, &typed).await {
        Ok(href) => Ok(see_other(&href).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let told = Told { refusal: Some(refusal), act, typed, ..Told::default() };
            Ok(stay(kind, page(&register, &actor, shell, (id, number), told).await?))
        }
    }
}

fn done_words(shell: &Shell, done: &str) -> String {
    match done {
        "saved" | "consult" | "approve" | "publish" | "review" | "breach" | "acknowledged" => {
            shell.t(&format!("policy-done-{done}"))
        }
        _ => String::new(),
    }
}

/// The clauses that are acknowledged by themselves.
fn separate_clauses(version: &Version) -> Vec<String> {
    version.content.asks().into_iter().map(|ask| ask.clause).filter(|it| !it.is_empty()).collect()
}

async fn page(
    register: &Register,
    actor: &Actor,
    shell: Shell,
    (id, number): (Uuid, i64),
    told: Told,
) -> Result<ShowPage, Failure> {
    let (file, version, heard) = register.version_file(actor, id, number).await?;
    if actor.roles.is_empty() {
        return Err(NOT_YOURS.into());
    }
    let now = register.clock.now();
    let current = file.current.as_ref().map(|it| it.id);
    let standing = version.standing(current, now);
    let people = heard.iter().map(|it| it.person).chain(file.reviews.iter().map(|it| it.person));
    let people =
        people.chain(version.approved_by).chain(file.versions.iter().filter_map(|it| it.published_by));
    let names = register.names(people).await?;
    let faults = told.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let mut wishes = wishes(register, &shell, &file, &version, &told);
    for wish in wishes.iter_mut().filter(|wish| told.act.is_empty() || wish.id == told.act) {
        wish.fields = wish.fields.drain(..).map(|field| field.faults(&faults)).collect();
    }
    let fields: Vec<Field> = wishes.iter().flat_map(|wish| &wish.fields).cloned().collect();
    let open = match current == Some(version.id) {
        true => assignments::of_person_and_version(&register.store.read(), actor.person, version.id).await?,
        false => Vec::new(),
    };
    let done = done_words(&shell, &told.done);
    let (approval, approval_signal, approval_word) =
        approval_facts(register, &shell, &version, &names).await?;
    Ok(ShowPage {
        places: places(&shell),
        faults: named(faults, &fields),
        refusal: told.refusal.filter(|it| it.items.is_empty()),
        title: shell.text(&version.content.title()).to_owned(),
        standing: shell.t(&format!("policy-state-{}", standing.word().replace('_', "-"))),
        signal: standing.signal(),
        overdue: file.policy.is_review_overdue(now) && standing == Standing::InForce,
        current_href: current.filter(|it| *it != version.id).map(|_| file.policy.href()).unwrap_or_default(),
        clauses: version.clauses(shell.lang),
        separate: separate_clauses(&version),
        facts: metadata(register, &shell, &file, &version, standing).await?,
        address: file.policy.address.clone(),
        approval,
        approval_signal,
        approval_word,
        approval_href: version
            .approval_entry
            .map(|_| format!("/policies/{id}/versions/{number}/approval"))
            .unwrap_or_default(),
        heard: heard.iter().map(|it| said(&shell, &names, it)).collect(),
        open: open
            .iter()
            .filter(|it| it.acknowledged_at.is_none())
            .map(|it| to_acknowledge(&shell, it))
            .collect(),
        log: file.versions.iter().map(|it| log_row(register, &shell, it, current, &names)).collect(),
        reviews: reviews(register, &shell, &file, &names).await?,
        next_review: file.policy.next_review_at.map(|at| shell.date(at)).unwrap_or_default(),
        links: links(&shell, &file, &version),
        revise: if may_open(&file) { format!("/policies/{id}/versions") } else { String::new() },
        wishes,
        done,
        shell,
    })
}

fn subject(version: &Version) -> Text {
    Text::new(version.content.subject_ar.clone(), version.content.subject_en.clone())
}

/// A revision begins where nothing is being written.
fn may_open(file: &PolicyFile) -> bool {
    file.may.revise && !file.versions.iter().any(Version::is_draft)
}

/// The nine metadata, each also where it is still missing (OM-SOC-0.1).
async fn metadata(
    register: &Register,
    shell: &Shell,
    file: &PolicyFile,
    version: &Version,
    standing: Standing,
) -> Result<Vec<(String, String)>, Failure> {
    let body = organisations::body(&register.store.read(), file.policy.body).await?;
    let body = body.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default();
    let owner = owner_word(register, shell, file.policy.owner_unit).await?;
    let it = &version.content;
    let class = match it.classification.as_str() {
        "" => String::new(),
        word => shell.t(&format!("policy-class-{word}")),
    };
    let mut facts = vec![
        ("policy-institution", if file.policy.issuer.is_empty() { body } else { file.policy.issuer.clone() }),
        ("policy-subject", shell.text(&subject(version)).to_owned()),
        ("policy-title", shell.text(&it.title()).to_owned()),
        (
            "policy-preparer-owner",
            match it.preparer.as_str() {
                "" => owner,
                preparer => shell.t2("policy-prepared-by", "who", preparer, "unit", owner),
            },
        ),
        ("policy-classification", class),
        ("policy-state", shell.t(&format!("policy-state-{}", standing.word().replace('_', "-")))),
        ("policy-issue", it.issue.clone()),
        ("policy-published-on", version.in_force_at.map(|at| shell.date(at)).unwrap_or_default()),
        ("policy-storage", it.storage_place.clone()),
        ("policy-kind", kind_word(shell, file.policy.kind)),
    ];
    if let Some(second) = file.policy.second_unit {
        facts.push(("policy-second", owner_word(register, shell, second).await?));
    }
    let missing = || shell.t("policy-missing");
    let row = |(key, value): (&str, String)| (shell.t(key), if value.is_empty() { missing() } else { value });
    Ok(facts.into_iter().map(row).collect())
}

type Facts = (Vec<(String, String)>, &'static str, String);

async fn approval_facts(
    register: &Register,
    shell: &Shell,
    version: &Version,
    names: &HashMap<Uuid, Text>,
) -> Result<Facts, Failure> {
    let Some(approval) = register.approval(version).await? else {
        return Ok((Vec::new(), "", String::new()));
    };
    let by = version.approved_by.and_then(|by| names.get(&by)).map(|it| shell.text(it).to_owned());
    let mut facts = vec![
        (shell.t("policy-approved-by"), by.unwrap_or_default()),
        (shell.t("policy-approved-on"), version.approved_at.map(|at| shell.moment(at)).unwrap_or_default()),
    ];
    if let Some(index) = approval.index {
        facts.push((shell.t("policy-approval-index"), shell.num(index)));
    }
    facts.push((shell.t("policy-approval-hash"), approval.hash));
    let (signal, key) = match (approval.holds, approval.index) {
        (false, _) => ("refused", "policy-approval-broken"),
        (true, None) => ("waiting", "policy-approval-waits"),
        (true, Some(_)) => ("done", "policy-approval-holds"),
    };
    Ok((facts, signal, shell.t(key)))
}

fn said(shell: &Shell, names: &HashMap<Uuid, Text>, it: &Consultation) -> Signed {
    Signed {
        who: names.get(&it.person).map(|name| shell.text(name).to_owned()).unwrap_or_default(),
        words: it.opinion.clone(),
        when: shell.day(it.at),
    }
}

fn to_acknowledge(shell: &Shell, it: &Assignment) -> Open {
    let clause = shell.in_digits(it.clause.clone());
    Open {
        action: format!("/account/policies/{}", it.id),
        words: match clause.as_str() {
            "" => shell.t("policy-ack-whole"),
            clause => shell.t1("policy-ack-clause", "clause", clause),
        },
        due: shell.t1("policy-ack-due", "due", shell.day(it.due_at)),
        label: match clause.as_str() {
            "" => shell.t("policy-ack-do"),
            clause => shell.t1("policy-ack-do-clause", "clause", clause),
        },
    }
}

fn log_row(
    register: &Register,
    shell: &Shell,
    it: &Version,
    current: Option<Uuid>,
    names: &HashMap<Uuid, Text>,
) -> LogRow {
    let standing = it.standing(current, register.clock.now());
    let by = it.published_by.and_then(|by| names.get(&by)).map(|name| shell.text(name).to_owned());
    let published = it.published_at.map(|at| shell.moment(at));
    let reviewed = language::day_of(&it.content.reviewed_on).map(clock::Timestamp::noon);
    LogRow {
        href: format!("/policies/{}/versions/{}", it.policy, it.number),
        version: version_word(shell, it),
        reviewed: reviewed.map(|at| shell.date(at)).unwrap_or_default(),
        modified_by: it.content.modified_by.clone(),
        reviewer: it.content.reviewer.clone(),
        reasons: it.content.reasons.clone(),
        parts: it.content.parts.clone(),
        standing: shell.t(&format!("policy-state-{}", standing.word().replace('_', "-"))),
        signal: standing.signal(),
        notice: match by.zip(published) {
            None => String::new(),
            Some((by, at)) if it.notifies => shell.t2("policy-published-told", "who", by, "when", at),
            Some((by, at)) => shell.t2("policy-published-silently", "who", by, "when", at),
        },
    }
}

/// A version by its number, and by that of the document once it has one.
pub(super) fn version_word(shell: &Shell, it: &Version) -> String {
    match it.content.issue.as_str() {
        "" => shell.t1("policy-version-bare", "number", it.number),
        issue => shell.t2("policy-version", "number", it.number, "issue", issue),
    }
}

async fn reviews(
    register: &Register,
    shell: &Shell,
    file: &PolicyFile,
    names: &HashMap<Uuid, Text>,
) -> Result<Vec<Signed>, Failure> {
    let mut signed = Vec::with_capacity(file.reviews.len());
    for it in &file.reviews {
        let unit = owner_word(register, shell, it.unit).await?;
        let name = names.get(&it.person).map(|name| shell.text(name).to_owned()).unwrap_or_default();
        let who = shell.t2("policy-prepared-by", "who", name, "unit", unit);
        signed.push(Signed { who, words: it.words.clone(), when: shell.day(it.at) });
    }
    Ok(signed)
}

fn links(shell: &Shell, file: &PolicyFile, version: &Version) -> Vec<Link> {
    let href = file.policy.href();
    let mut links = Vec::new();
    if file.may.follow_up && file.current.is_some() {
        links.push(Link::new(format!("{href}/people"), shell.t("policy-to-people")));
    }
    if file.versions.len() > 1 {
        links.push(Link::new(format!("{href}/compare"), shell.t("policy-to-compare")));
    }
    let draft = file.versions.iter().find(|it| it.is_draft());
    if let Some(draft) = draft.filter(|draft| draft.id != version.id) {
        links.push(Link::new(format!("{href}/versions/{}", draft.number), shell.t("policy-to-draft")));
    }
    if file.may.revise && version.is_draft() {
        links.push(Link::new(format!("{href}/draft"), shell.t("policy-edit")));
    }
    links
}
