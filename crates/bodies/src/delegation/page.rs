//! `/account/delegations` for both sides, `/desk/bodies/{slug}/delegations` for the keepers of a body, and one delegation.

use std::{collections::HashMap, sync::Arc};

use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use clock::Timestamp;
use identity::Caller;
use language::Text;
use organisations::{DELEGABLE, DELEGATION_DAYS_MAX, Delegation, DelegationState};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Form, Page, Path, Query, Shell,
    components::{Choice, Field},
};

use super::act::{DelegationWish, about, href};
use crate::{
    Bodies,
    body::places,
    people::role_word,
    section::{FormView, Row, Section, Table, Typed, after},
};

/// Rows of a page.
const PAGE_DELEGATIONS: usize = 25;

pub(crate) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .route("/account/delegations", get(own).post(ask))
        .route("/desk/bodies/{slug}/delegations", get(at_body))
        .route("/delegations/{id}", get(show))
        .route("/delegations/{id}/decide", post(decide))
        .route("/delegations/{id}/end", post(end))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
}

async fn own(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Query(asked): Query<Asked>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.own_page(&actor, shell, &asked.cursor, &Typed::default(), None).await?))
}

impl Bodies {
    /// A page of what somebody gave or was given.
    pub(super) async fn delegations_of(
        &self,
        actor: &Actor,
        cursor: &str,
    ) -> Result<(Vec<Delegation>, Option<String>), Failure> {
        let before = Cursor::decode_given(Some(cursor))?.unwrap_or(Uuid::max());
        let limit = PAGE_DELEGATIONS as i64 + 1;
        let sql = self.kernel.store.read();
        let mut found = organisations::delegations_of(&sql, actor.person, before, limit).await?;
        let next = Cursor::cut(&mut found, PAGE_DELEGATIONS, |last| last.id)?;
        Ok((found, next))
    }

    async fn own_page(
        &self,
        actor: &Actor,
        shell: Shell,
        cursor: &str,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (found, next) = self.delegations_of(actor, cursor).await?;
        let fields = self.ask_fields(actor, &shell, typed).await?;
        let form = FormView {
            title: shell.t("delegation-ask"),
            text: shell.t("delegation-ask-text"),
            action: "/account/delegations".to_owned(),
            fields,
            submit: shell.t("delegation-ask-do"),
            kind: "",
        };
        let page = Section {
            intro: shell.t("delegation-text"),
            links: vec![(shell.t("identity-account"), "/account".to_owned())],
            table: self.table(&shell, &found).await?,
            empty_title: shell.t("delegation-none"),
            empty_text: shell.t("delegation-none-text"),
            first: if cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
            next: next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
            forms: if form.fields.is_empty() { Vec::new() } else { vec![form] },
            ..Section::new(shell.clone(), shell.t("delegation-title"))
        };
        Ok(page.told(refusal))
    }

    /// What to fill in; nothing for those who hold no power that may be delegated.
    async fn ask_fields(&self, actor: &Actor, shell: &Shell, typed: &Typed) -> Result<Vec<Field>, Failure> {
        let own = actor.by_own_right();
        let powers: Vec<&str> = DELEGABLE.into_iter().filter(|power| own.holds_anywhere(power)).collect();
        if powers.is_empty() {
            return Ok(Vec::new());
        }
        let mut at = Vec::new();
        for body in own.bodies() {
            at.extend(organisations::body(&self.kernel.store.read(), body).await?);
        }
        let chosen = match (typed.one("body"), at.first()) {
            ("", Some(first)) => first.slug.clone(),
            (typed, _) => typed.to_owned(),
        };
        let at = at.iter().map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect();
        let powers = powers.into_iter().map(|power| Choice::new(power, role_word(shell, power)));
        let days = i64::from(DELEGATION_DAYS_MAX);
        Ok(vec![
            Field::select(shell, "body", shell.t("delegation-body"), at).value(chosen),
            Field::text(shell, "delegate", shell.t("delegation-delegate-number"))
                .hint(shell.t("delegation-delegate-hint"))
                .attribute("inputmode", "numeric")
                .attribute("maxlength", "40")
                .short()
                .value(typed.one("delegate")),
            Field::checkboxes(shell, "powers", shell.t("delegation-powers"), powers.collect())
                .hint(shell.t("delegation-powers-hint"))
                .basis("KW-RW-9.1.1b", "/controls/KW-RW-9.1.1b")
                .value(typed.many("powers").join("\n")),
            Field::area(shell, "topics", shell.t("delegation-topics"))
                .hint(shell.t("delegation-topics-hint"))
                .rows(3)
                .value(typed.one("topics")),
            Field::date(shell, "from", shell.t("bodies-from")).value(typed.one("from")),
            Field::date(shell, "until", shell.t("bodies-until"))
                .hint(shell.t1("delegation-until-hint", "days", days))
                .value(typed.one("until")),
        ])
    }

    async fn table(&self, shell: &Shell, found: &[Delegation]) -> Result<Table, Failure> {
        let names =
            self.kernel.names(found.iter().flat_map(|it| [Some(it.delegator), Some(it.delegate)])).await?;
        let now = self.kernel.clock.now();
        let heads = [
            "delegation-powers",
            "delegation-delegator",
            "delegation-delegate",
            "bodies-from",
            "bodies-until",
        ];
        Ok(Table {
            caption: shell.t("delegation-title"),
            heads: heads.map(|key| shell.t(key)).to_vec(),
            rows: found.iter().map(|it| row(shell, it, &names, now)).collect(),
        })
    }
}

fn name(shell: &Shell, names: &HashMap<Uuid, Text>, id: Uuid) -> String {
    names.get(&id).map(|name| shell.text(name).to_owned()).unwrap_or_default()
}

fn powers(shell: &Shell, it: &Delegation) -> String {
    let words: Vec<String> = it.powers.iter().map(|power| role_word(shell, power)).collect();
    words.join(shell.lang.comma())
}

fn row(shell: &Shell, it: &Delegation, names: &HashMap<Uuid, Text>, now: Timestamp) -> Row {
    let (signal, state) = standing(shell, it.state(now));
    Row {
        href: href(it.id),
        cells: vec![
            powers(shell, it),
            name(shell, names, it.delegator),
            name(shell, names, it.delegate),
            shell.day(it.from),
            shell.day(last_moment(it)),
        ],
        signal,
        state,
        ..Row::default()
    }
}

/// So that a text names the last day on which it holds.
fn last_moment(it: &Delegation) -> Timestamp {
    Timestamp(it.over_at.0 - 1)
}

fn standing(shell: &Shell, state: DelegationState) -> (&'static str, String) {
    let signal = match state {
        DelegationState::Asked => "needs-you",
        DelegationState::Refused => "refused",
        DelegationState::Ahead => "waiting",
        DelegationState::InForce => "done",
        DelegationState::Ended => "",
    };
    (signal, shell.t(&format!("delegation-state-{}", state.word().replace('_', "-"))))
}

async fn ask(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let word = |name: &str| typed.one(name).to_owned();
    let wish = DelegationWish {
        body: word("body"),
        delegate: word("delegate"),
        powers: typed.many("powers"),
        topics: word("topics"),
        from: word("from"),
        until: word("until"),
    };
    let outcome = bodies.ask_delegation(&actor, &wish, None).await;
    after(outcome, "/account/delegations", |refusal| bodies.own_page(&actor, shell, "", &typed, refusal))
        .await
}

/// The delegations at a body, for its keepers.
async fn at_body(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    let sql = bodies.kernel.store.read();
    let body = bodies.acting(&actor).body(&sql, &slug).await?;
    let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
    let limit = PAGE_DELEGATIONS as i64 + 1;
    let found = organisations::delegations_at(&sql, body.id, before, limit).await;
    let mut found = found.map_err(Failure::from)?;
    let next = Cursor::cut(&mut found, PAGE_DELEGATIONS, |last| last.id).map_err(Failure::from)?;
    Ok(Page(Section {
        tabs: places(&shell, &body),
        intro: shell.t("delegation-at-body-text"),
        table: bodies.table(&shell, &found).await?,
        empty_title: shell.t("delegation-none"),
        empty_text: shell.t("delegation-none-at-body"),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
        ..Section::new(shell.clone(), shell.text(&body.name).to_owned())
    }))
}

async fn show(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.delegation_page(&actor, shell, id, &Typed::default(), None).await?))
}

impl Bodies {
    async fn delegation_page(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (sql, acting, now) = (self.kernel.store.read(), self.acting(actor), self.kernel.clock.now());
        let it = acting.delegation(&sql, id).await?;
        let body = organisations::body(&sql, it.body).await?.ok_or_else(Refusal::not_found)?;
        let people = [Some(it.delegator), Some(it.delegate), it.decided_by, it.ended_by];
        let names = self.kernel.names(people).await?;
        let state = it.state(now);
        let mut forms = Vec::new();
        if state == DelegationState::Asked && acting.may(&sql, "decide_delegation", &about(&it)).await? {
            forms.extend(deciding(&shell, id, typed));
        }
        let is_open = !matches!(state, DelegationState::Ended | DelegationState::Refused);
        if is_open && acting.may(&sql, "end_delegation", &about(&it)).await? {
            forms.push(ending(&shell, id, typed));
        }
        let by = |person: Option<Uuid>| person.map(|id| name(&shell, &names, id)).unwrap_or_default();
        let facts = [
            ("delegation-state", standing(&shell, state).1),
            ("delegation-body", shell.text(&body.name).to_owned()),
            ("delegation-delegator", by(Some(it.delegator))),
            ("delegation-delegate", by(Some(it.delegate))),
            ("delegation-powers", powers(&shell, &it)),
            ("delegation-topics", it.topics.clone()),
            ("bodies-from", shell.day(it.from)),
            ("bodies-until", shell.day(last_moment(&it))),
            ("delegation-decided-by", by(it.decided_by)),
            ("delegation-ended-by", by(it.ended_by)),
            ("bodies-reason", it.reason.clone()),
        ];
        let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
        let page = Section {
            facts: said.map(|(key, value)| (shell.t(key), value)).collect(),
            links: self.ways_back(actor, &shell, &it, &body).await?,
            forms,
            ..Section::new(shell.clone(), shell.t("delegation-one"))
        };
        Ok(page.told(refusal))
    }

    async fn ways_back(
        &self,
        actor: &Actor,
        shell: &Shell,
        it: &Delegation,
        body: &organisations::Body,
    ) -> Result<Vec<(String, String)>, Failure> {
        let mut ways = Vec::new();
        if it.is_party(actor.person) {
            ways.push((shell.t("delegation-title"), "/account/delegations".to_owned()));
        }
        let sees = self.acting(actor).body(&self.kernel.store.read(), &body.slug).await.is_ok();
        if sees {
            let all = format!("{}/delegations", crate::body::href(body));
            ways.push((shell.t("delegation-all-at-body"), all));
        }
        Ok(ways)
    }
}

fn deciding(shell: &Shell, id: Uuid, typed: &Typed) -> [FormView; 2] {
    let action = format!("{}/decide", href(id));
    let approve = FormView {
        title: shell.t("delegation-decide"),
        text: shell.t("delegation-decide-text"),
        action: format!("{action}?approves=yes"),
        fields: Vec::new(),
        submit: shell.t("delegation-approve"),
        kind: "",
    };
    let refuse = FormView {
        title: shell.t("delegation-refuse-title"),
        text: String::new(),
        action,
        fields: vec![Field::text(shell, "reason", shell.t("bodies-reason")).value(typed.one("reason"))],
        submit: shell.t("delegation-refuse"),
        kind: "quiet",
    };
    [approve, refuse]
}

fn ending(shell: &Shell, id: Uuid, typed: &Typed) -> FormView {
    FormView {
        title: shell.t("delegation-end"),
        text: shell.t("delegation-end-text"),
        action: format!("{}/end", href(id)),
        fields: vec![Field::text(shell, "why", shell.t("bodies-reason")).value(typed.one("why"))],
        submit: shell.t("delegation-end-do"),
        kind: "danger",
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ruling {
    approves: String,
}

async fn decide(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Query(ruling): Query<Ruling>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let verdict = (ruling.approves == "yes", typed.one("reason"));
    let outcome = bodies.decide_delegation(&actor, id, verdict, None).await;
    after(outcome, &href(id), |refusal| bodies.delegation_page(&actor, shell, id, &typed, refusal)).await
}

async fn end(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let outcome = bodies.end_delegation(&actor, id, typed.one("why"), None).await;
    // The field has a name of its own here, for the page asks two reasons.
    let outcome = outcome.map_err(|failure| match failure {
        Failure::Refused(mut refusal) => {
            for item in &mut refusal.items {
                item.field = "why".to_owned();
            }
            Failure::Refused(refusal)
        }
        broken => broken,
    });
    after(outcome, &href(id), |refusal| bodies.delegation_page(&actor, shell, id, &typed, refusal)).await
}
