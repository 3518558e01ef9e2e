//! `/desk/systems`: the systems of the bodies that somebody administers, narrowed; one of them with what may be done about it.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Page, Path, Query, Shell,
    components::{Choice, Field, Link},
    see_other, stay,
};

use super::{
    Client, ClientKind,
    end::EndClient,
    level_word,
    secret::RenewSecret,
    table::{self, Wanted},
};
use crate::OpenId;

/// Rows of a page.
const PAGE_SYSTEMS: usize = 25;
/// Longer is no search.
const SEARCH_CHARACTERS_MAX: usize = 200;

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new()
        .route("/desk/systems", get(list))
        .route("/desk/systems/{id}", get(show))
        .route("/desk/systems/{id}/secret", post(secret))
        .route("/desk/systems/{id}/end", post(end))
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct SystemsAsked {
    /// Words of its name.
    pub q: String,
    /// `used` or `ended`.
    pub state: String,
    /// From the answer before.
    pub cursor: String,
    #[param(ignore)]
    pub done: String,
}

/// One page of systems.
pub(crate) struct Listed {
    pub clients: Vec<Client>,
    pub next: Option<String>,
    bodies: HashMap<Uuid, Text>,
}

impl OpenId {
    pub(crate) async fn systems(&self, actor: &Actor, asked: &SystemsAsked) -> Result<Listed, Failure> {
        let sql = self.store.read();
        let kept = self.acting(actor).sight()?;
        let words: String = asked.q.chars().take(SEARCH_CHARACTERS_MAX).collect();
        let ended = match asked.state.as_str() {
            "used" => Some(false),
            "ended" => Some(true),
            _ => None,
        };
        let stems = language::analyse(&words).into_iter().map(|token| token.stem).collect();
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let wanted = Wanted { ended, stems };
        let mut clients = table::listed(&sql, &kept, &wanted, before, PAGE_SYSTEMS as i64 + 1).await?;
        let next = Cursor::cut(&mut clients, PAGE_SYSTEMS, |last| last.id)?;
        let bodies =
            organisations::bodies(&sql).await?.into_iter().map(|body| (body.id, body.short)).collect();
        Ok(Listed { clients, next, bodies })
    }

    /// A system that this person keeps, or none at all.
    pub(crate) async fn kept(&self, actor: &Actor, id: Uuid) -> Result<Client, Failure> {
        let client = table::find(&self.store.read(), id).await?.ok_or_else(Refusal::not_found)?;
        self.acting(actor).check("see", client.body).map_err(|_| Refusal::not_found())?;
        Ok(client)
    }

    /// A new secret; whoever asked for it is the only one who ever sees it.
    pub async fn renew_secret(&self, actor: &Actor, id: Uuid) -> Result<String, Failure> {
        let secret = identity::new_one_time_secret();
        let hash = identity::secret_hash(&secret);
        let verb = RenewSecret { acting: self.acting(actor), client: id, hash };
        self.carry_out(actor, &format!("system/{id}"), verb, None).await?;
        Ok(secret)
    }
}

struct Row {
    href: String,
    name: String,
    body: String,
    kind: String,
    is_over: bool,
    since: String,
}

#[derive(Template)]
#[template(path = "client/list.html")]
struct ListPage {
    fields: Vec<Field>,
    chips: Vec<Link>,
    rows: Vec<Row>,
    first: String,
    next: String,
    done: String,
    shell: Shell,
}

async fn list(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Query(asked): Query<SystemsAsked>,
    shell: Shell,
) -> Result<Page<ListPage>, web::Error> {
    let listed = openid.systems(&actor, &asked).await?;
    let row = |client: &Client| Row {
        href: client.href(),
        name: shell.text(&client.name).to_owned(),
        body: listed.bodies.get(&client.body).map(|name| shell.text(name).to_owned()).unwrap_or_default(),
        kind: shell.t(&format!("system-kind-{}", client.kind.word())),
        is_over: client.ended_at.is_some(),
        since: shell.day(client.registered_at),
    };
    Ok(Page(ListPage {
        fields: filters(&shell, &asked),
        chips: chips(&shell, &asked),
        rows: listed.clients.iter().map(row).collect(),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: listed.next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
        done: if asked.done == "ended" { shell.t("system-done-ended") } else { String::new() },
        shell,
    }))
}

fn states(shell: &Shell) -> Vec<Choice> {
    ["used", "ended"].map(|word| Choice::new(word, shell.t(&format!("system-state-{word}")))).to_vec()
}

fn filters(shell: &Shell, asked: &SystemsAsked) -> Vec<Field> {
    vec![
        Field::text(shell, "q", shell.t("system-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", &SEARCH_CHARACTERS_MAX.to_string())
            .attribute("type", "search"),
        Field::select(shell, "state", shell.t("system-state"), states(shell))
            .blank(shell.t("system-filter-all"))
            .value(&asked.state)
            .optional(),
    ]
}

/// What narrows the list now; each chip leads to the list without it.
fn chips(shell: &Shell, asked: &SystemsAsked) -> Vec<Link> {
    let state = states(shell).into_iter().find(|choice| choice.value == asked.state);
    let given = [("q", asked.q.clone()), ("state", state.map(|choice| choice.label).unwrap_or_default())];
    let given = given.into_iter().filter(|(_, label)| !label.is_empty());
    given.map(|(name, label)| Link::new(shell.with(name, ""), label)).collect()
}

struct Fact {
    term: String,
    value: String,
}

impl Fact {
    fn of(shell: &Shell, key: &str, value: String) -> Fact {
        Fact { term: shell.t(key), value }
    }
}

#[derive(Template)]
#[template(path = "client/show.html")]
struct ShowPage {
    name: String,
    edit_href: String,
    id: Uuid,
    trail: Vec<Link>,
    facts: Vec<Fact>,
    addresses: Vec<Fact>,
    is_over: bool,
    keeps_secret: bool,
    lacks_secret: bool,
    /// Shown on this one answer.
    secret: String,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl OpenId {
    async fn show_kept(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        secret: String,
        refusal: Option<Refusal>,
    ) -> Result<ShowPage, Failure> {
        let client = self.kept(actor, id).await?;
        let keeps_secret = client.kind == ClientKind::Confidential;
        let bodies = organisations::bodies(&self.store.read()).await?;
        let body = bodies.iter().find(|body| body.id == client.body);
        let body = body.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default();
        Ok(ShowPage {
            name: shell.text(&client.name).to_owned(),
            edit_href: format!("{}/edit", client.href()),
            id,
            trail: vec![Link::new("/desk/systems", shell.t("system-list-title"))],
            facts: facts(&shell, &client, body),
            addresses: addresses(&shell, &client, &self.issuer),
            is_over: client.ended_at.is_some(),
            keeps_secret,
            lacks_secret: keeps_secret && client.secret_hash.is_none(),
            secret,
            refusal,
            shell,
        })
    }
}

fn facts(shell: &Shell, client: &Client, body: String) -> Vec<Fact> {
    let scopes: Vec<String> =
        client.scopes.iter().map(|scope| shell.t(&format!("system-scope-{}", scope.word()))).collect();
    let scopes =
        if scopes.is_empty() { shell.t("system-scopes-none") } else { scopes.join(shell.lang.comma()) };
    let secret = client.secret_at.map_or_else(|| shell.t("system-secret-none"), |at| shell.moment(at));
    let fact = |key: &str, value: String| Fact::of(shell, key, value);
    let mut facts = vec![
        fact("system-body", body),
        fact("system-kind", shell.t(&format!("system-kind-{}", client.kind.word()))),
        fact("system-scopes", scopes),
        fact("system-assurance", shell.t(&format!("system-assurance-{}", level_word(client.assurance)))),
        fact("system-since", shell.day(client.registered_at)),
    ];
    if client.kind == ClientKind::Confidential && client.ended_at.is_none() {
        facts.push(fact("system-secret-at", secret));
    }
    facts.extend(client.ended_at.map(|at| fact("system-ended-at", shell.moment(at))));
    facts
}

fn addresses(shell: &Shell, client: &Client, issuer: &str) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact::of(shell, key, value);
    let mut facts = vec![
        fact("system-issuer", issuer.to_owned()),
        fact("system-client-id", client.id.to_string()),
        fact("system-redirects", client.redirect_uris.join("\n")),
    ];
    if !client.after_logout_uris.is_empty() {
        facts.push(fact("system-after-logout", client.after_logout_uris.join("\n")));
    }
    if !client.logout_uri.is_empty() {
        facts.push(fact("system-logout", client.logout_uri.clone()));
    }
    facts
}

async fn show(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(openid.show_kept(&actor, shell, id, String::new(), None).await?))
}

/// No redirect: the secret stands on this one answer and nowhere else.
async fn secret(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let (secret, refusal) = match openid.renew_secret(&actor, id).await {
        Ok(secret) => (secret, None),
        Err(failure) => (String::new(), Some(failure.mendable()?)),
    };
    let kind = refusal.as_ref().map(|refusal| refusal.kind);
    Ok(stay(kind, openid.show_kept(&actor, shell, id, secret, refusal).await?))
}

async fn end(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let verb = EndClient { acting: openid.acting(&actor), client: id };
    match openid.carry_out(&actor, &format!("system/{id}"), verb, None).await {
        Ok(()) => Ok(see_other("/desk/systems?done=ended")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let page = openid.show_kept(&actor, shell, id, String::new(), Some(refusal.clone())).await?;
            Ok(stay(refusal.kind, page))
        }
    }
}
