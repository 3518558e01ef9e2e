//! `/compliance/exemptions`: what bodies asked to be let off, what was decided and why, and until when it holds.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use organisations::Body;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Exemption, Ruling, Standing,
    api::ExemptionsAsked,
    ask::{AskExemption, Wish},
    decide::{DecideExemption, last_day},
    end::EndExemption,
};
use crate::Door;
use crate::{Compliance, authority::About, call::Visit, places::Places};

/// Rows of a page.
const PAGE_EXEMPTIONS: usize = 25;
/// Controls that a row names.
const CONTROLS_SHOWN: usize = 3;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/exemptions", get(list).post(ask))
        .route("/compliance/exemptions/new", get(new))
        .route("/compliance/exemptions/{id}", get(show))
        .route("/compliance/exemptions/{id}/decide", post(decide))
        .route("/compliance/exemptions/{id}/end", post(end))
}

struct Row {
    href: String,
    body: String,
    scope: String,
    standing: String,
    signal: &'static str,
    from: String,
    until: String,
}

#[derive(Template)]
#[template(path = "exemption/list.html")]
struct ListPage {
    places: Places,
    views: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    may_ask: bool,
    done: String,
    shell: Shell,
}

async fn list(visit: Visit, Query(asked): Query<ExemptionsAsked>) -> Result<Page<ListPage>, web::Error> {
    let kernel = &visit.kernel;
    let listed = kernel.exemptions(&visit.actor, &asked, PAGE_EXEMPTIONS).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let may_ask = !visit.askable().await?.is_empty();
    let bodies = kernel.bodies_by_id().await?;
    let mut rows = Vec::with_capacity(listed.held.len());
    for held in &listed.held {
        let controls = super::table::controls_of(&kernel.store.read(), held.id).await?;
        rows.push(row(&visit, &bodies, held, &controls));
    }
    let shell = visit.shell;
    let view = |word: &str, key: &str| {
        Link::new(web::address("/compliance/exemptions", [("state", word)]), shell.t(key))
            .current(asked.state == word)
    };
    let standings =
        Standing::ALL.map(|it| view(it.word(), &format!("exemption-state-{}", it.word().replace('_', "-"))));
    let views = std::iter::once(view("", "exemption-state-any")).chain(standings).collect();
    Ok(Page(ListPage {
        places,
        views,
        rows,
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: if listed.next.is_empty() { String::new() } else { shell.with("cursor", &listed.next) },
        may_ask,
        done: if asked.done == "asked" { shell.t("exemption-done-asked") } else { String::new() },
        shell,
    }))
}

fn row(visit: &Visit, bodies: &HashMap<Uuid, Body>, held: &Exemption, controls: &[String]) -> Row {
    let shell = &visit.shell;
    let standing = held.standing(visit.kernel.clock.now());
    Row {
        href: held.href(),
        body: bodies.get(&held.body).map(|body| shell.text(&body.name).to_owned()).unwrap_or_default(),
        scope: scope(visit, held, controls),
        standing: standing_word(shell, standing),
        signal: standing.signal(),
        from: shell.day(held.starts_at),
        until: shell.day(last_day(held.ends_at)),
    }
}

fn standing_word(shell: &Shell, standing: Standing) -> String {
    shell.t(&format!("exemption-state-{}", standing.word().replace('_', "-")))
}

/// The document as a whole, or its first controls.
fn scope(visit: &Visit, held: &Exemption, controls: &[String]) -> String {
    let shell = &visit.shell;
    if let Some(pack) = visit.kernel.packs.pack(&held.pack) {
        return shell.text(&pack.title).to_owned();
    }
    let shown = controls.iter().take(CONTROLS_SHOWN).cloned().collect::<Vec<_>>().join(shell.lang.comma());
    match controls.len().saturating_sub(CONTROLS_SHOWN) {
        0 => shown,
        more => shell.t2("exemption-and-more", "shown", shown, "count", more),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    pack: String,
    controls: String,
    subject: String,
    justification: String,
    from: String,
    until: String,
}

impl Typed {
    fn wish(&self) -> Wish {
        let apart = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '،' | ';' | '؛');
        let controls = self.controls.split(apart).filter(|id| !id.is_empty());
        Wish {
            body: self.body.clone(),
            pack: self.pack.clone(),
            controls: controls.map(str::to_owned).collect(),
            subject: self.subject.clone(),
            justification: self.justification.clone(),
            from: self.from.clone(),
            until: self.until.clone(),
        }
    }
}

impl Visit {
    /// The bodies for which this person may ask.
    async fn askable(&self) -> Result<Vec<Body>, Failure> {
        let sql = self.kernel.store.read();
        let mut found = Vec::new();
        for body in self.actor.bodies() {
            if self.acting().may(&sql, "ask_exemption", Some(body), About::default()).await? {
                found.extend(organisations::body(&sql, body).await?);
            }
        }
        Ok(found)
    }
}

#[derive(Template)]
#[template(path = "exemption/new.html")]
struct NewPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    fields: Vec<Field>,
    shell: Shell,
}

async fn new(visit: Visit, Query(typed): Query<Typed>) -> Result<Response, web::Error> {
    if visit.askable().await?.is_empty() {
        let sql = visit.kernel.store.read();
        visit.acting().check(&sql, "ask_exemption", None, About::default()).await?;
    }
    Ok(stay(None, new_page(visit, &typed, None).await?))
}

async fn ask(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, web::Error> {
    let packs = visit.kernel.packs.clone();
    let verb = AskExemption { acting: visit.acting(), packs, wish: typed.wish() };
    match visit.kernel.carry_out(&visit.actor, "exemptions", verb, None).await {
        Ok(_) => Ok(see_other("/compliance/exemptions?done=asked")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, new_page(visit, &typed, Some(refusal)).await?))
        }
    }
}

async fn new_page(visit: Visit, typed: &Typed, refusal: Option<Refusal>) -> Result<NewPage, Failure> {
    let places = Places::of(&visit.kernel, &visit.actor, &visit.shell).await?;
    let bodies = visit.askable().await?;
    let (packs, shell) = (&visit.kernel.packs, visit.shell);
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let body = match (typed.body.as_str(), bodies.first()) {
        ("", Some(first)) => first.slug.clone(),
        (typed, _) => typed.to_owned(),
    };
    let choices = bodies.iter().map(|it| Choice::new(&it.slug, shell.text(&it.name))).collect();
    let titles = packs.packs().iter().map(|it| Choice::new(&it.id, shell.text(&it.title))).collect();
    let fields = vec![
        Field::select(&shell, "body", shell.t("finding-filter-body"), choices).value(body),
        Field::text(&shell, "controls", shell.t("exemption-controls"))
            .hint(shell.t("exemption-controls-hint"))
            .optional()
            .attribute("dir", "ltr")
            .value(&typed.controls),
        Field::select(&shell, "pack", shell.t("exemption-pack"), titles)
            .hint(shell.t("exemption-pack-hint"))
            .optional()
            .value(&typed.pack),
        Field::text(&shell, "subject", shell.t("exemption-subject"))
            .hint(shell.t("exemption-subject-hint"))
            .optional()
            .attribute("dir", "ltr")
            .value(&typed.subject),
        Field::area(&shell, "justification", shell.t("exemption-justification"))
            .hint(shell.t("exemption-justification-hint"))
            .basis("LY-SVC-19.3", "/controls/LY-SVC-19.3")
            .value(&typed.justification),
        Field::date(&shell, "from", shell.t("exemption-from")).value(&typed.from),
        Field::date(&shell, "until", shell.t("exemption-until")).value(&typed.until),
    ];
    let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
    let refusal = refusal.filter(|it| it.items.is_empty());
    Ok(NewPage { places, faults: named(faults, &fields), refusal, fields, shell })
}

#[derive(Template)]
#[template(path = "exemption/show.html")]
struct ShowPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    body: String,
    pack: String,
    /// Id and title of each control.
    controls: Vec<(String, String)>,
    subject: String,
    justification: String,
    asked_by: String,
    asked: String,
    from: String,
    until: String,
    standing: String,
    signal: &'static str,
    decided: String,
    reason: String,
    end_reason: String,
    decide: Option<Field>,
    end: Option<Field>,
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
        "granted" | "refused" | "ended" => visit.shell.t(&format!("exemption-done-{}", asked.done)),
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
    let (held, controls) = kernel.exemption(&visit.actor, id).await?;
    let (sql, now) = (kernel.store.read(), kernel.clock.now());
    let standing = held.standing(now);
    let acting = visit.acting();
    let may_decide = held.ruling == Ruling::Asked
        && acting.may(&sql, "decide_exemption", Some(held.body), held.about()).await?;
    let may_end = matches!(standing, Standing::InForce | Standing::Ahead)
        && acting.may(&sql, "end_exemption", Some(held.body), held.about()).await?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let body = organisations::body(&sql, held.body).await?.ok_or_else(Refusal::not_found)?;
    let names = kernel.names([Some(held.asked_by), held.decided_by]).await?;
    let shell = &visit.shell;
    let name = |person: Uuid| names.get(&person).map(|it| shell.text(it).to_owned()).unwrap_or_default();
    let title = |id: &String| {
        let title = kernel.packs.control(id).map(|it| shell.text(&it.title).to_owned());
        (id.clone(), title.unwrap_or_default())
    };
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let field = |key: &str| Field::area(shell, "reason", shell.t(key)).value(typed).faults(&faults);
    let decide = may_decide.then(|| field("exemption-reason"));
    let end = may_end.then(|| field("exemption-end-reason"));
    let fields: Vec<Field> = decide.iter().chain(&end).cloned().collect();
    let decided = held.decided_at.zip(held.decided_by);
    Ok(ShowPage {
        places,
        body: shell.text(&body.name).to_owned(),
        pack: kernel.packs.pack(&held.pack).map(|it| shell.text(&it.title).to_owned()).unwrap_or_default(),
        controls: controls.iter().map(title).collect(),
        asked_by: name(held.asked_by),
        asked: shell.day(held.asked_at),
        from: shell.date(held.starts_at),
        until: shell.date(last_day(held.ends_at)),
        standing: standing_word(shell, standing),
        signal: standing.signal(),
        decided: decided
            .map(|(at, by)| shell.t2("exemption-decided-by", "who", name(by), "when", shell.day(at)))
            .unwrap_or_default(),
        subject: held.subject,
        justification: held.justification,
        reason: held.reason,
        end_reason: held.end_reason,
        refusal: refusal.filter(|it| it.items.is_empty()),
        faults: named(faults, &fields),
        decide,
        end,
        id,
        done,
        shell: visit.shell,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
    ruling: String,
}

async fn decide(
    visit: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Reason>,
) -> Result<Response, web::Error> {
    visit.kernel.exemption(&visit.actor, id).await?;
    let grants = typed.ruling == "grant";
    let verb =
        DecideExemption { acting: visit.acting(), exemption: id, grants, reason: typed.reason.clone() };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("exemption/{id}"), verb, None).await;
    after(visit, id, &typed.reason, outcome, if grants { "granted" } else { "refused" }).await
}

async fn end(visit: Visit, Path(id): Path<Uuid>, Form(typed): Form<Reason>) -> Result<Response, web::Error> {
    visit.kernel.exemption(&visit.actor, id).await?;
    let verb = EndExemption { acting: visit.acting(), exemption: id, reason: typed.reason.clone() };
    let outcome = visit.kernel.carry_out(&visit.actor, &format!("exemption/{id}"), verb, None).await;
    after(visit, id, &typed.reason, outcome, "ended").await
}

async fn after(
    visit: Visit,
    id: Uuid,
    typed: &str,
    outcome: Result<(), Failure>,
    done: &str,
) -> Result<Response, web::Error> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/compliance/exemptions/{id}?done={done}")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, show_page(visit, id, typed, Some(refusal), String::new()).await?))
        }
    }
}
