//! `/policies`: the policies that bind somebody, and those that they write or follow up.

use std::sync::Arc;

use askama::Template;
use authz::Failure;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use compliance::Door;
use identity::Caller;
use web::{
    Form, Page, Query, Shell,
    components::{Choice, Field, Link},
    see_other, stay,
};

use super::{
    PolicyKind,
    list::{Listed, PoliciesAsked},
    new::{self, Typed},
    register::RegisterPolicy,
};
use crate::Register;

/// Rows of a page.
const PAGE_POLICIES: usize = 25;

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new().route("/policies", get(list).post(register))
}

struct Row {
    href: String,
    title: String,
    kind: String,
    owner: String,
    issue: String,
    standing: String,
    signal: &'static str,
    review: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "policy/list.html")]
struct ListPage {
    places: Vec<Link>,
    fields: Vec<Field>,
    chips: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    may_register: bool,
    shell: Shell,
}

/// The places of policies, as tabs above each of their pages.
pub(crate) fn places(shell: &Shell) -> Vec<Link> {
    let own = shell.is_at("/account/policies");
    vec![
        Link::new("/policies", shell.t("policy-place-register")).current(!own),
        Link::new("/account/policies", shell.t("policy-place-own")).current(own),
    ]
}

async fn list(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<PoliciesAsked>,
) -> Result<Page<ListPage>, web::Error> {
    let (listed, next) = register.listed(&actor, &asked, PAGE_POLICIES).await?;
    let mut rows = Vec::with_capacity(listed.len());
    for it in &listed {
        rows.push(row(&register, &shell, it).await?);
    }
    let kinds = PolicyKind::ALL.map(|it| Choice::new(it.word(), kind_word(&shell, it))).to_vec();
    let late = vec![Choice::new("overdue", shell.t("policy-review-overdue"))];
    let fields = vec![
        Field::text(&shell, "q", shell.t("policy-filter-q")).optional().value(&asked.q),
        Field::select(&shell, "kind", shell.t("policy-kind"), kinds).optional().value(&asked.kind),
        Field::select(&shell, "review", shell.t("policy-review"), late).optional().value(&asked.review),
    ];
    let chosen = [
        ("q", asked.q.clone()),
        ("kind", PolicyKind::named(&asked.kind).map(|kind| kind_word(&shell, kind)).unwrap_or_default()),
        ("review", if asked.review.is_empty() { String::new() } else { shell.t("policy-review-overdue") }),
    ];
    let chips = chosen.into_iter().filter(|(_, word)| !word.is_empty());
    Ok(Page(ListPage {
        places: places(&shell),
        chips: chips.map(|(name, word)| Link::new(shell.with(name, ""), word)).collect(),
        fields,
        rows,
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: if next.is_empty() { String::new() } else { shell.with("cursor", &next) },
        may_register: !register.acting(&actor).units().is_empty(),
        shell,
    }))
}

pub(crate) fn kind_word(shell: &Shell, kind: PolicyKind) -> String {
    shell.t(&format!("policy-kind-{}", kind.word().replace('_', "-")))
}

/// The name of a unit with its body, or what is left when either is gone.
pub(crate) async fn owner_word(
    register: &Register,
    shell: &Shell,
    unit: uuid::Uuid,
) -> Result<String, Failure> {
    let sql = register.store.read();
    let Some(unit) = organisations::unit(&sql, unit).await? else { return Ok(String::new()) };
    let body = organisations::body(&sql, unit.body).await?;
    let body = body.map(|body| shell.text(&body.short).to_owned()).unwrap_or_default();
    Ok(shell.t2("policy-unit-of", "unit", shell.text(&unit.name), "body", body))
}

async fn row(register: &Register, shell: &Shell, it: &Listed) -> Result<Row, Failure> {
    let now = register.clock.now();
    let standing = it.version.standing(it.current, now);
    let owner = match it.policy.issuer.as_str() {
        "" => owner_word(register, shell, it.policy.owner_unit).await?,
        issuer => issuer.to_owned(),
    };
    Ok(Row {
        href: it.policy.href(),
        title: shell.text(&it.version.content.title()).to_owned(),
        kind: kind_word(shell, it.policy.kind),
        owner,
        issue: it.version.content.issue.clone(),
        standing: shell.t(&format!("policy-state-{}", standing.word().replace('_', "-"))),
        signal: standing.signal(),
        review: it.policy.next_review_at.map(|at| shell.date(at)).unwrap_or_default(),
        overdue: it.policy.is_review_overdue(now),
    })
}

async fn register(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let verb = RegisterPolicy { acting: register.acting(&actor), wish: typed.wish() };
    match register.carry_out(&actor, "policies", verb, None).await {
        Ok(id) => Ok(see_other(&format!("/policies/{id}/draft")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, new::page(&register, &actor, shell, &typed, Some(refusal)).await?))
        }
    }
}
