//! `/permissions/narrowings`: what is narrowed, proposed and decided.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Assurance, Failure, Narrowed, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Visit;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{Held, NewNarrowing, State, table};
use crate::{
    Permissions,
    matrix::{self, role_name},
};

/// Rows of a page.
const PAGE_NARROWINGS: usize = 25;

pub(crate) fn routes() -> Router<Arc<Permissions>> {
    Router::new()
        .route("/permissions/narrowings", get(list).post(propose))
        .route("/permissions/narrowings/new", get(new))
        .route("/permissions/narrowings/{id}", get(show))
        .route("/permissions/narrowings/{id}/decide", post(decide))
        .route("/permissions/narrowings/{id}/end", post(end))
}

/// What a narrowing says, in one sentence.
pub(crate) fn what_words(shell: &Shell, held: &Held) -> String {
    let act = matrix::named(shell, &held.narrowing.capability, &held.narrowing.action);
    match &held.narrowing.what {
        Narrowed::WithoutRole(role) => {
            shell.t2("narrowing-without", "act", act, "role", role_name(shell, role))
        }
        Narrowed::Assurance(level) => {
            shell.t2("narrowing-assurance", "act", act, "level", level_name(shell, *level))
        }
    }
}

fn level_name(shell: &Shell, level: Assurance) -> String {
    shell.t(if level == Assurance::High { "narrowing-level-high" } else { "narrowing-level-substantial" })
}

fn state_name(shell: &Shell, state: State) -> String {
    shell.t(&format!("narrowing-state-{}", state.word().replace('_', "-")))
}

struct Row {
    href: String,
    what: String,
    state: String,
    signal: &'static str,
    by: String,
    on: String,
}

#[derive(Template)]
#[template(path = "narrowing/list.html")]
struct ListPage {
    views: Vec<Link>,
    states: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    may_propose: bool,
    done: bool,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    cursor: String,
    done: String,
}

async fn list(visit: Visit<Permissions>, Query(asked): Query<Asked>) -> Result<Page<ListPage>, web::Error> {
    let (door, sql) = (&visit.door, visit.door.store.read());
    let acting = door.acting(&visit.actor);
    acting.check(&sql, "see_narrowings", None).await?;
    let given = Some(asked.cursor.as_str()).filter(|cursor| !cursor.is_empty());
    let before: Uuid = Cursor::decode_given(given)?.unwrap_or(Uuid::max());
    let mut held =
        table::listed(&sql, State::named(&asked.state), before, PAGE_NARROWINGS as i64 + 1).await?;
    let next = Cursor::cut(&mut held, PAGE_NARROWINGS, |last| last.id)?;
    let names = door.names(&visit.shell, held.iter().map(|held| held.proposed_by)).await?;
    let views = door.views(&visit.actor, &visit.shell).await?;
    let may_propose = acting.may(&sql, "propose_narrowing", None).await?;
    let shell = visit.shell;
    let state = |word: &str, label: String| {
        Link::new(web::address("/permissions/narrowings", [("state", word)]), label)
            .current(asked.state == word)
    };
    let all = std::iter::once(state("", shell.t("narrowing-state-any")));
    let states = State::ALL.map(|it| state(it.word(), state_name(&shell, it)));
    Ok(Page(ListPage {
        views,
        states: all.chain(states).collect(),
        rows: held.iter().map(|held| row(&shell, held, &names)).collect(),
        first: if given.is_none() { String::new() } else { shell.with("cursor", "") },
        next: next.map(|cursor| shell.with("cursor", &cursor)).unwrap_or_default(),
        may_propose,
        done: asked.done == "proposed",
        shell,
    }))
}

fn row(shell: &Shell, held: &Held, names: &HashMap<Uuid, String>) -> Row {
    Row {
        href: held.href(),
        what: what_words(shell, held),
        state: state_name(shell, held.state),
        signal: held.state.signal(),
        by: names.get(&held.proposed_by).cloned().unwrap_or_default(),
        on: shell.day(held.proposed_at),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    of: String,
    act: String,
    what: String,
    controls: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "narrowing/new.html")]
struct NewPage {
    views: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    of: String,
    act: String,
    /// What the chosen act is called; empty until one is chosen.
    name: String,
    fields: Vec<Field>,
    shell: Shell,
}

async fn new(visit: Visit<Permissions>, Query(typed): Query<Typed>) -> Result<Response, web::Error> {
    visit.door.acting(&visit.actor).check(&visit.door.store.read(), "propose_narrowing", None).await?;
    if visit.door.policies.rows(&typed.of, &typed.act).is_empty() {
        return Ok(see_other("/permissions"));
    }
    Ok(stay(None, new_page(visit, &typed, None).await?))
}

async fn propose(visit: Visit<Permissions>, Form(typed): Form<Typed>) -> Result<Response, web::Error> {
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '،' | ';' | '؛');
    let controls = typed.controls.split(apart).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    let wish = NewNarrowing {
        capability: typed.of.clone(),
        action: typed.act.clone(),
        what: typed.what.clone(),
        controls,
        reason: typed.reason.clone(),
    };
    match visit.door.propose_narrowing(&visit.actor, wish, None).await {
        Ok(_) => Ok(see_other("/permissions/narrowings?done=proposed")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, new_page(visit, &typed, Some(refusal)).await?))
        }
    }
}

async fn new_page(
    visit: Visit<Permissions>,
    typed: &Typed,
    refusal: Option<Refusal>,
) -> Result<NewPage, Failure> {
    let views = visit.door.views(&visit.actor, &visit.shell).await?;
    let rows = visit.door.policies.rows(&typed.of, &typed.act);
    let shell = visit.shell;
    let mut roles: Vec<&str> =
        rows.iter().flat_map(|row| &row.roles).map(|held| held.role.as_str()).collect();
    if roles.contains(&authz::ANY_ROLE) {
        roles = organisations::ROLES.to_vec();
    }
    roles.sort_unstable();
    roles.dedup();
    let without = |role: &&str| {
        Choice::new(
            format!("without:{role}"),
            shell.t1("narrowing-choice-without", "role", role_name(&shell, role)),
        )
    };
    let levels = [Assurance::Substantial, Assurance::High].map(|level| {
        let word = super::word_of(&Narrowed::Assurance(level));
        Choice::new(word, shell.t1("narrowing-choice-assurance", "level", level_name(&shell, level)))
    });
    let choices = roles.iter().map(without).chain(levels).collect();
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let fields = [
        Field::radios(&shell, "what", shell.t("narrowing-what"), choices).value(&typed.what),
        Field::area(&shell, "reason", shell.t("narrowing-reason"))
            .hint(shell.t("narrowing-reason-hint"))
            .basis("LY-SVC-12.1", "/controls/LY-SVC-12.1")
            .value(&typed.reason),
        Field::text(&shell, "controls", shell.t("narrowing-controls"))
            .hint(shell.t("narrowing-controls-hint"))
            .optional()
            .attribute("dir", "ltr")
            .value(&typed.controls),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
    Ok(NewPage {
        views,
        refusal: refusal.filter(|it| it.items.is_empty()),
        faults: named(faults, &fields),
        name: matrix::named(&shell, &typed.of, &typed.act),
        of: typed.of.clone(),
        act: typed.act.clone(),
        fields,
        shell,
    })
}

#[derive(Template)]
#[template(path = "narrowing/show.html")]
struct ShowPage {
    views: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    id: Uuid,
    title: String,
    standing: String,
    signal: &'static str,
    act_href: String,
    /// What is known of it: a term, and its value.
    facts: Vec<(String, String)>,
    controls: Vec<String>,
    text: String,
    decide: Option<Field>,
    end: Option<Field>,
    /// Whether the reader proposed what waits, so that another person must decide.
    own: bool,
    ending: bool,
    done: String,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn show(
    visit: Visit<Permissions>,
    Path(id): Path<Uuid>,
    Query(asked): Query<Done>,
) -> Result<Response, web::Error> {
    let done = match asked.done.as_str() {
        "decided" | "end_proposed" => {
            visit.shell.t(&format!("narrowing-done-{}", asked.done.replace('_', "-")))
        }
        _ => String::new(),
    };
    Ok(stay(None, show_page(visit, id, "", None, done).await?))
}

async fn show_page(
    visit: Visit<Permissions>,
    id: Uuid,
    typed: &str,
    refusal: Option<Refusal>,
    done: String,
) -> Result<ShowPage, Failure> {
    let (door, sql) = (&visit.door, visit.door.store.read());
    let held = door.narrowing(&visit.actor, id).await?;
    let acting = door.acting(&visit.actor);
    let own = held.is_open() && held.proposer() == visit.actor.person;
    let may_decide = held.is_open() && acting.may(&sql, "decide_narrowing", Some(held.proposer())).await?;
    let may_end = held.state == State::InForce && acting.may(&sql, "propose_narrowing", None).await?;
    let views = door.views(&visit.actor, &visit.shell).await?;
    let named_people = [Some(held.proposed_by), held.decided_by, held.end_proposed_by];
    let names = door.names(&visit.shell, named_people.into_iter().flatten()).await?;
    let shell = visit.shell;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let field = |name: &str, key: &str| Field::area(&shell, name, shell.t(key)).value(typed).faults(&faults);
    let decide = may_decide.then(|| field("words", "narrowing-words"));
    let end = may_end.then(|| field("reason", "narrowing-end-reason"));
    let fields: Vec<Field> = decide.iter().chain(&end).cloned().collect();
    let rows = door.policies.rows(&held.narrowing.capability, &held.narrowing.action);
    Ok(ShowPage {
        views,
        refusal: refusal.filter(|it| it.items.is_empty()),
        faults: named(faults, &fields),
        id,
        title: what_words(&shell, &held),
        standing: state_name(&shell, held.state),
        signal: held.state.signal(),
        act_href: format!("/permissions/{}/{}", held.narrowing.capability, held.narrowing.action),
        facts: facts(&shell, &held, &names),
        text: held.narrowing.text(rows).unwrap_or_default(),
        controls: held.narrowing.controls,
        decide,
        end,
        own,
        ending: held.state == State::Ending,
        done,
        shell,
    })
}

fn facts(shell: &Shell, held: &Held, names: &HashMap<Uuid, String>) -> Vec<(String, String)> {
    let who = |person: Option<Uuid>| person.and_then(|it| names.get(&it).cloned()).unwrap_or_default();
    let step = |key: &str, by: Option<Uuid>, at: Option<clock::Timestamp>| {
        let said = at.map(|at| shell.t2("narrowing-by-on", "who", who(by), "when", shell.moment(at)));
        (shell.t(key), said.unwrap_or_default())
    };
    let facts = [
        step("narrowing-proposed", Some(held.proposed_by), Some(held.proposed_at)),
        (shell.t("narrowing-reason"), held.reason.clone()),
        step("narrowing-end-proposed", held.end_proposed_by, held.end_proposed_at),
        (shell.t("narrowing-end-reason"), held.end_reason.clone()),
        step("narrowing-decided", held.decided_by, held.decided_at),
        (shell.t("narrowing-words"), held.words.clone()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Decision {
    words: String,
    reason: String,
    ruling: String,
}

async fn decide(
    visit: Visit<Permissions>,
    Path(id): Path<Uuid>,
    Form(typed): Form<Decision>,
) -> Result<Response, web::Error> {
    visit.door.narrowing(&visit.actor, id).await?;
    let agrees = typed.ruling == "agree";
    let outcome = visit.door.decide_narrowing(&visit.actor, (id, agrees), typed.words.clone(), None).await;
    after(visit, id, &typed.words, outcome, "decided").await
}

async fn end(
    visit: Visit<Permissions>,
    Path(id): Path<Uuid>,
    Form(typed): Form<Decision>,
) -> Result<Response, web::Error> {
    visit.door.narrowing(&visit.actor, id).await?;
    let outcome = visit.door.propose_end(&visit.actor, id, typed.reason.clone(), None).await;
    after(visit, id, &typed.reason, outcome, "end_proposed").await
}

async fn after(
    visit: Visit<Permissions>,
    id: Uuid,
    typed: &str,
    outcome: Result<(), Failure>,
    done: &str,
) -> Result<Response, web::Error> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/permissions/narrowings/{id}?done={done}")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, show_page(visit, id, typed, Some(refusal), String::new()).await?))
        }
    }
}

impl Permissions {
    /// Names of people, by id.
    async fn names(
        &self,
        shell: &Shell,
        people: impl Iterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, String>, Failure> {
        let mut people: Vec<Uuid> = people.collect();
        people.sort();
        people.dedup();
        let found = identity::persons(&self.store.read(), &people).await?;
        Ok(found.into_iter().map(|person| (person.id, shell.text(&person.name).to_owned())).collect())
    }
}
