//! `/compliance/attacks`: attacks on accounts as officers of the implementing body see them, one of them with what may be done
//! about it, and the ladder of warnings.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::{Attack, AttackSource, Ladder};
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell, address,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    ladder::WarningLadder,
    list::{ATTACK_STATES, AttackFile, AttacksAsked},
    standing,
};
use crate::{Compliance, authority::About, call::Visit, places::Places};

/// Rows of a page.
const PAGE_ATTACKS: usize = 25;
/// Refusals that are told on the page itself.
const TOLD_HERE: [Kind; 4] = [Kind::Invalid, Kind::Conflict, Kind::NotAllowed, Kind::NotIdentified];

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/attacks", get(list))
        .route("/compliance/attacks/ladder", get(ladder).post(set_ladder))
        .route("/compliance/attacks/{id}", get(show))
        .route("/compliance/attacks/{id}/reset", post(reset))
        .route("/compliance/attacks/{id}/code", post(hand_over))
}

struct Row {
    href: String,
    name: String,
    standing: String,
    signal: &'static str,
    guesses: i64,
    warnings: String,
    last: String,
}

#[derive(Template)]
#[template(path = "attack/list.html")]
struct ListPage {
    places: Places,
    fields: Vec<Field>,
    chips: Vec<Link>,
    rows: Vec<Row>,
    next: String,
    first: String,
    rule: String,
    may_set: bool,
    done: String,
    shell: Shell,
}

/// The signal that a standing is shown with.
fn signal(word: &str) -> &'static str {
    match word {
        "due" => "needs-you",
        "open" => "waiting",
        "reset" => "refused",
        _ => "done",
    }
}

fn rule(shell: &Shell, ladder: Ladder) -> String {
    let typed = WarningLadder::of(ladder);
    shell.t2("attack-rule", "warnings", typed.warnings.as_str(), "hours", typed.hours.as_str())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn list(
    visit: Visit,
    Query(asked): Query<AttacksAsked>,
    Query(Done { done }): Query<Done>,
) -> Result<Page<ListPage>, web::Error> {
    let kernel = &visit.kernel;
    let listed = kernel.attacks(&visit.actor, &asked, PAGE_ATTACKS).await?;
    let names = kernel.names(listed.attacks.iter().map(|it| Some(it.person))).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let may_set = visit.acting().may(&kernel.store.read(), "set_ladder", None, About::default()).await?;
    let (shell, now) = (visit.shell, kernel.clock.now());
    let row = |it: &Attack| {
        let word = standing(it, listed.ladder, now);
        Row {
            href: format!("/compliance/attacks/{}", it.id),
            name: name(&shell, &names, it.person),
            standing: shell.t(&format!("attack-state-{word}")),
            signal: signal(word),
            guesses: it.guesses,
            warnings: shell.t2("attack-warnings-of", "sent", it.warnings, "all", listed.ladder.warnings),
            last: shell.moment(it.last_at),
        }
    };
    Ok(Page(ListPage {
        rows: listed.attacks.iter().map(row).collect(),
        fields: filters(&shell, &asked),
        chips: chips(&shell, &asked),
        next: if listed.next.is_empty() { String::new() } else { shell.with("cursor", &listed.next) },
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        rule: rule(&shell, listed.ladder),
        done: if done == "ladder" { shell.t("attack-done-ladder") } else { String::new() },
        places,
        may_set,
        shell,
    }))
}

fn name(shell: &Shell, names: &HashMap<Uuid, Text>, person: Uuid) -> String {
    names.get(&person).map(|name| shell.text(name).to_owned()).unwrap_or_default()
}

fn filters(shell: &Shell, asked: &AttacksAsked) -> Vec<Field> {
    let state = |word: &str| Choice::new(word, shell.t(&format!("attack-state-{word}")));
    vec![
        Field::text(shell, "q", shell.t("attack-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "100")
            .attribute("type", "search"),
        Field::select(shell, "state", shell.t("attack-state"), ATTACK_STATES.map(state).to_vec())
            .value(&asked.state)
            .blank(shell.t("attack-state-any"))
            .optional(),
    ]
}

/// What narrows the list now; each chip leads to the list without it.
fn chips(shell: &Shell, asked: &AttacksAsked) -> Vec<Link> {
    let mut chips = Vec::new();
    if !asked.q.is_empty() {
        chips.push(Link::new(address("/compliance/attacks", [("state", asked.state.as_str())]), &asked.q));
    }
    if !asked.state.is_empty() {
        let label = shell.t(&format!("attack-state-{}", asked.state));
        chips.push(Link::new(address("/compliance/attacks", [("q", asked.q.as_str())]), label));
    }
    chips
}

struct WarningRow {
    text: String,
    phone: String,
    at: String,
    result: String,
    signal: &'static str,
    reason: String,
}

#[derive(Template)]
#[template(path = "attack/show.html")]
struct ShowPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    id: Uuid,
    name: String,
    identifier: String,
    standing: String,
    signal: &'static str,
    guesses: i64,
    first_at: String,
    last_at: String,
    answer: String,
    ended: String,
    case: Option<Uuid>,
    /// When a reset becomes possible at the earliest; empty where that is over or decided.
    due: String,
    reset_allowed: bool,
    /// The field for the document that was looked at, when a code may be handed over.
    document: Option<Field>,
    /// A code that was made just now: shown once.
    code: Option<String>,
    sources: Vec<AttackSource>,
    warnings: Vec<WarningRow>,
    rule: String,
    shell: Shell,
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Result<Response, web::Error> {
    Ok(stay(None, show_page(visit, id, Shown::default()).await?))
}

/// What is shown besides the alert itself.
#[derive(Default)]
struct Shown {
    typed: String,
    code: Option<String>,
    refusal: Option<Refusal>,
}

async fn show_page(visit: Visit, id: Uuid, shown: Shown) -> Result<ShowPage, Failure> {
    let kernel = &visit.kernel;
    let file = kernel.attack_file(&visit.actor, id).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let names = kernel.names([file.attack.ended_by]).await?;
    let (shell, now) = (visit.shell, kernel.clock.now());
    let (attack, ladder) = (&file.attack, file.ladder);
    let word = standing(attack, ladder, now);
    let faults = shown.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let document = file.lacks_password.then(|| {
        Field::text(&shell, "document", shell.t("attack-document"))
            .hint(shell.t("attack-document-hint"))
            .value(&shown.typed)
            .attribute("maxlength", "200")
            .faults(&faults)
    });
    let ended = attack.ended_at.map(|at| {
        let who = attack.ended_by.map(|by| name(&shell, &names, by)).unwrap_or_default();
        shell.t2("attack-ended", "who", who, "when", shell.moment(at))
    });
    let answer =
        if attack.answer.is_empty() { String::new() } else { format!("attack-answer-{}", attack.answer) };
    let fields: Vec<Field> = document.iter().cloned().collect();
    Ok(ShowPage {
        places,
        faults: named(faults, &fields),
        refusal: shown.refusal.filter(|it| it.items.is_empty()),
        id,
        name: shell.text(&file.person.name).to_owned(),
        identifier: shell.in_digits(file.person.identifier.clone()),
        standing: shell.t(&format!("attack-state-{word}")),
        signal: signal(word),
        guesses: attack.guesses,
        first_at: shell.moment(attack.first_at),
        last_at: shell.moment(attack.last_at),
        answer: if answer.is_empty() { answer } else { shell.t(&answer) },
        ended: ended.unwrap_or_default(),
        case: attack.matter,
        due: due(&shell, &file, now),
        reset_allowed: attack.is_reset_allowed(ladder, now),
        document,
        code: shown.code,
        warnings: warnings(&shell, &file),
        rule: rule(&shell, ladder),
        sources: file.sources,
        shell,
    })
}

/// When a reset becomes possible if nobody answers.
fn due(shell: &Shell, file: &AttackFile, now: clock::Timestamp) -> String {
    let (attack, ladder) = (&file.attack, file.ladder);
    if standing(attack, ladder, now) != "open" {
        return String::new();
    }
    let missing = u32::try_from(ladder.warnings - attack.warnings).unwrap_or_default();
    shell.moment(attack.next_at(ladder).max(now) + ladder.interval * missing)
}

fn warnings(shell: &Shell, file: &AttackFile) -> Vec<WarningRow> {
    let row = |(warning, delivery): &(identity::Warning, Option<notify::Delivery>)| WarningRow {
        text: warning.text.clone(),
        phone: warning.phone.clone(),
        at: shell.moment(warning.at),
        result: delivery.as_ref().map(|it| shell.t(&it.key())).unwrap_or_default(),
        signal: delivery.as_ref().map_or("", |it| it.state.signal()),
        reason: delivery.as_ref().and_then(|it| it.reason.clone()).unwrap_or_default(),
    };
    file.warnings.iter().map(row).collect()
}

async fn reset(visit: Visit, Path(id): Path<Uuid>) -> Result<Response, web::Error> {
    match visit.kernel.reset_password(&visit.actor, id, None).await {
        Ok(case) => Ok(see_other(&format!("/compliance/cases/{case}?done=opened")).into_response()),
        Err(failure) => refused(visit, id, String::new(), failure).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Looked {
    document: String,
}

/// No redirect: the code stands on this one answer and nowhere else.
async fn hand_over(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Looked>,
) -> Result<Response, web::Error> {
    match visit.kernel.hand_over(&visit.actor, id, &typed.document).await {
        Ok(code) => {
            let shown = Shown { code: Some(code), ..Shown::default() };
            Ok(stay(None, show_page(visit, id, shown).await?))
        }
        Err(failure) => refused(visit, id, typed.document, failure).await,
    }
}

async fn refused(visit: Visit, id: Uuid, typed: String, failure: Failure) -> Result<Response, web::Error> {
    let refusal = failure.of(&TOLD_HERE)?;
    let shown = Shown { typed, code: None, refusal: Some(refusal.clone()) };
    Ok(stay(refusal.kind, show_page(visit, id, shown).await?))
}

#[derive(Template)]
#[template(path = "attack/ladder.html")]
struct LadderPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    fields: Vec<Field>,
    shell: Shell,
}

async fn ladder(visit: Visit) -> Result<Response, web::Error> {
    visit.acting().check(&visit.kernel.store.read(), "set_ladder", None, About::default()).await?;
    let ladder = visit.kernel.ladder_seen(&visit.actor).await?;
    Ok(stay(None, ladder_page(visit, &WarningLadder::of(ladder), None).await?))
}

async fn set_ladder(visit: Visit, Form(typed): Form<WarningLadder>) -> Result<Response, web::Error> {
    match visit.kernel.set_ladder(&visit.actor, typed.clone(), None).await {
        Ok(()) => Ok(see_other("/compliance/attacks?done=ladder").into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, ladder_page(visit, &typed, Some(refusal)).await?))
        }
    }
}

async fn ladder_page(
    visit: Visit,
    typed: &WarningLadder,
    refusal: Option<Refusal>,
) -> Result<LadderPage, Failure> {
    let places = Places::of(&visit.kernel, &visit.actor, &visit.shell).await?;
    let shell = visit.shell;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let field = |name: &str, key: &str, value: &str| {
        let field = Field::number(&shell, name, shell.t(key)).hint(shell.t(&format!("{key}-hint")));
        field.value(value).attribute("maxlength", "4").short().faults(&faults)
    };
    let fields = vec![
        field("warnings", "attack-ladder-warnings", &typed.warnings),
        field("hours", "attack-ladder-hours", &typed.hours),
    ];
    let faults = named(faults, &fields);
    Ok(LadderPage { places, faults, refusal: refusal.filter(|it| it.items.is_empty()), fields, shell })
}
