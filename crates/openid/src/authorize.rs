//! `/openid/authorize`: a system sends a person here. They sign in when they have to, agree once to what the system learns, and
//! go back with a code.
//!
//! What stands between (a sign-in, a second factor, the question) leads back here with all that the system asked for, so nothing
//! is kept for people who never come back. A browser lets no form lead to another site, so whoever comes out of one goes on by a
//! page that leads there by itself; whoever comes straight from the system is sent straight back.

pub(crate) mod give;

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal, Via};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use clock::Timestamp;
use identity::{ASSURANCE_REQUIRED, Caller, MaybeCaller, Person, Session, sign_in_again_href, sign_in_href};
use language::Text;
use uuid::Uuid;
use web::{Form, Page, Query, Shell, see_other};

use self::give::GiveCode;
use crate::{
    OpenId,
    asked::{CONSENT_REQUIRED, DENIED, INTERACTION_REQUIRED, LOGIN_REQUIRED, Pairs, SentBack, Wanted},
    client::{self, Client, Scope, level_word},
    consent,
};

/// Parameters that are longer, as an address writes them, do not fit into one to come back to.
const PARAMETERS_BYTES_MAX: usize = 3_500;
/// Tells us from when on a sign-in is new enough, and that the person comes out of a form. Whoever changes it takes from the
/// system nothing but what leaving out `prompt` takes; the token says truthfully when they signed in.
const SINCE: &str = "diwan_since";
/// What the person answered.
const RULING: &str = "diwan_ruling";

/// Nobody is led to an address of which only the caller says that it is the system's.
pub(crate) const CLIENT_UNKNOWN: Refusal =
    Refusal::new(Kind::Invalid, "openid.client_unknown", &["LY-SVC-8.1"]);
pub(crate) const REDIRECT_UNREGISTERED: Refusal =
    Refusal::new(Kind::Invalid, "openid.redirect_unregistered", &["LY-SVC-8.1"]);
const LONG: Refusal = Refusal::new(Kind::Invalid, "openid.request_long", &[]);
/// Only somebody at a browser agrees to anything.
const SESSION_REQUIRED: Refusal = Refusal::new(Kind::NotAllowed, "openid.session_required", &["LY-SVC-8.1"]);

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new().route("/openid/authorize", get(show).post(rule))
}

/// A request of a system that is known, and that said truly where it wants the answer.
struct Asked {
    pairs: Pairs,
    client: Client,
    redirect_uri: String,
}

/// What comes next.
enum Next {
    /// Back to the system, without what it wanted.
    Back(SentBack),
    /// First elsewhere on this site.
    Elsewhere(String),
    /// The person is asked.
    Ask(Wanted),
    /// Nothing needs to be asked.
    Give(Wanted, Session),
}

/// What stands on the page that asks.
struct Learnt {
    what: String,
    value: String,
}

#[derive(Template)]
#[template(path = "authorize/ask.html")]
struct AskPage {
    system: String,
    body: String,
    host: String,
    learnt: Vec<Learnt>,
    level: String,
    kept: Vec<(String, String)>,
    name: String,
    shell: Shell,
}

/// Leads on by itself, and by hand where a browser does not.
#[derive(Template)]
#[template(path = "authorize/go_on.html")]
pub(crate) struct GoOnPage {
    pub href: String,
    pub system: String,
    pub shell: Shell,
}

async fn show(
    State(openid): State<Arc<OpenId>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let asked = openid.asked(pairs).await?;
    let from_form = !asked.pairs.one(SINCE).is_empty();
    let back = match openid.next(&asked, caller.as_ref()).await? {
        Next::Elsewhere(path) => return Ok(see_other(&path)),
        Next::Ask(wanted) => {
            return Ok(Page(openid.ask_page(shell, &asked, &wanted, caller).await?).into_response());
        }
        Next::Back(why) => openid.sent_back(&asked, why),
        Next::Give(wanted, session) => openid.give(&asked, wanted, &session, false).await?,
    };
    if from_form {
        return Ok(Page(GoOnPage::to(back, &asked.client, shell)).into_response());
    }
    Ok(see_other(&back))
}

/// The person answered. Everything is looked at again: what stands in a form may have been changed.
async fn rule(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let asked = openid.asked(pairs).await?;
    if !matches!(actor.via, Via::Session(_)) {
        return Err(SESSION_REQUIRED.into());
    }
    let agrees = asked.pairs.one(RULING) == "agree";
    let back = match openid.next(&asked, Some(&actor)).await? {
        Next::Elsewhere(path) => return Ok(see_other(&path)),
        Next::Back(why) => openid.sent_back(&asked, why),
        Next::Ask(_) | Next::Give(..) if !agrees => openid.sent_back(&asked, DENIED),
        Next::Ask(wanted) | Next::Give(wanted, _) => {
            let session = openid.session_of(&actor).await?.ok_or(SESSION_REQUIRED)?;
            openid.give(&asked, wanted, &session, true).await?
        }
    };
    Ok(Page(GoOnPage::to(back, &asked.client, shell)).into_response())
}

impl GoOnPage {
    pub fn to(href: String, client: &Client, shell: Shell) -> GoOnPage {
        GoOnPage { href, system: shell.text(&client.name).to_owned(), shell }
    }
}

impl Asked {
    /// The way back here, for whoever is led elsewhere in between.
    fn path(&self, since: Timestamp) -> String {
        let known = self.pairs.0.iter().filter(|(name, _)| ![SINCE, RULING].contains(&name.as_str()));
        let since = since.micros().to_string();
        let known = known.map(|(name, value)| (name.as_str(), value.as_str()));
        web::address("/openid/authorize", known.chain([(SINCE, since.as_str())]))
    }

    /// Whether the sign-in is as new as the system wants it.
    fn is_new_enough(&self, wanted: &Wanted, session: &Session, now: Timestamp) -> bool {
        match self.pairs.one(SINCE).parse().map(Timestamp) {
            Ok(since) => session.started_at >= since || !wanted.asks_anew(session, now),
            Err(_) => !wanted.asks_anew(session, now),
        }
    }
}

impl Wanted {
    fn asks_anew(&self, session: &Session, now: Timestamp) -> bool {
        let age = now.since(session.started_at).as_secs();
        self.prompt.login || self.max_age.is_some_and(|most| age > most)
    }
}

impl OpenId {
    /// Who asks and where the answer goes; only what is registered counts.
    async fn asked(&self, pairs: Vec<(String, String)>) -> Result<Asked, Failure> {
        let pairs = Pairs(pairs);
        let written = pairs.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        if web::address("", written).len() > PARAMETERS_BYTES_MAX {
            return Err(LONG.into());
        }
        let client = self.client_named(pairs.one("client_id")).await?.ok_or(CLIENT_UNKNOWN)?;
        let redirect_uri = pairs.one("redirect_uri").to_owned();
        if !client.has_redirect(&redirect_uri) {
            return Err(REDIRECT_UNREGISTERED.into());
        }
        Ok(Asked { pairs, client, redirect_uri })
    }

    /// A system in use, by its `client_id`.
    pub(crate) async fn client_named(&self, id: &str) -> Result<Option<Client>, Failure> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let client = client::table::find(&self.store.read(), id).await?;
        Ok(client.filter(|client| client.ended_at.is_none()))
    }

    async fn session_of(&self, actor: &Actor) -> Result<Option<Session>, Failure> {
        let Via::Session(id) = actor.via else { return Ok(None) };
        Ok(identity::open_session(&self.store.read(), id, self.clock.now()).await?)
    }

    /// What must happen before the system gets its code.
    async fn next(&self, asked: &Asked, actor: Option<&Actor>) -> Result<Next, Failure> {
        let wanted = match Wanted::read(&asked.without_own(), &asked.client) {
            Ok(wanted) => wanted,
            Err(why) => return Ok(Next::Back(why)),
        };
        let (now, silent) = (self.clock.now(), wanted.prompt.none);
        let elsewhere = |why: SentBack, path: String| {
            if silent { Next::Back(why) } else { Next::Elsewhere(path) }
        };
        let signed_in = match actor {
            Some(actor) => self.session_of(actor).await?.map(|session| (actor, session)),
            None => None,
        };
        let path = asked.path(now);
        let Some((actor, session)) = signed_in else {
            return Ok(elsewhere(LOGIN_REQUIRED, sign_in_href(&path)));
        };
        if !asked.is_new_enough(&wanted, &session, now) {
            return Ok(elsewhere(LOGIN_REQUIRED, sign_in_again_href(&path)));
        }
        if session.assurance < wanted.level {
            if !silent && !self.identity.has_second_factor(actor.person).await? {
                let level = level_word(wanted.level);
                return Err(ASSURANCE_REQUIRED.with_item("", "assurance_level", level).into());
            }
            let path = asked.path(asked.pairs.one(SINCE).parse().map_or(now, Timestamp));
            let confirm = web::address("/account/confirm", [("next", path.as_str())]);
            return Ok(elsewhere(INTERACTION_REQUIRED, confirm));
        }
        let given = consent::table::find(&self.store.read(), asked.client.id, actor.person).await?;
        let agreed = given.is_some_and(|given| given.covers(&wanted.scopes));
        Ok(match (agreed && !wanted.prompt.consent, silent) {
            (true, _) => Next::Give(wanted, session),
            (false, true) => Next::Back(CONSENT_REQUIRED),
            (false, false) => Next::Ask(wanted),
        })
    }

    /// Gives the code; where the browser goes with it.
    async fn give(
        &self,
        asked: &Asked,
        wanted: Wanted,
        session: &Session,
        agrees: bool,
    ) -> Result<String, Failure> {
        let code = identity::new_one_time_secret();
        let verb = GiveCode {
            client: asked.client.id,
            redirect_uri: asked.redirect_uri.clone(),
            session: session.id,
            wanted,
            agrees,
            hash: identity::secret_hash(&code),
            at: self.clock.now(),
        };
        self.write(verb).await?;
        Ok(self.back(asked, &[("code", &code)]))
    }

    fn sent_back(&self, asked: &Asked, why: SentBack) -> String {
        self.back(asked, &[("error", why.error), ("error_description", why.description)])
    }

    /// The address of the system with an answer, who gave it (RFC 9207) and what the system wanted repeated.
    fn back(&self, asked: &Asked, answer: &[(&str, &str)]) -> String {
        let state = asked.pairs.one("state");
        let told = [("state", state), ("iss", self.issuer.as_str())];
        with_answer(&asked.redirect_uri, answer.iter().copied().chain(told))
    }

    async fn ask_page(
        &self,
        shell: Shell,
        asked: &Asked,
        wanted: &Wanted,
        caller: Option<Actor>,
    ) -> Result<AskPage, Failure> {
        let sql = self.store.read();
        let person = caller.ok_or(SESSION_REQUIRED)?.person;
        let person = identity::person(&sql, person).await?.ok_or_else(Refusal::not_found)?;
        let body = organisations::body(&sql, asked.client.body).await?;
        let own = |text: &Text| shell.text(text).to_owned();
        Ok(AskPage {
            system: own(&asked.client.name),
            body: body.map(|body| own(&body.name)).unwrap_or_default(),
            host: host(&asked.redirect_uri),
            learnt: wanted.scopes.iter().map(|scope| learnt(&shell, *scope, &person)).collect(),
            level: shell.t(&format!("system-assurance-{}", level_word(wanted.level))),
            kept: asked.pairs.0.clone(),
            name: own(&person.name),
            shell,
        })
    }
}

impl Asked {
    /// What the system said, without what we added.
    fn without_own(&self) -> Pairs {
        let own = |name: &str| [SINCE, RULING].contains(&name);
        Pairs(self.pairs.0.iter().filter(|(name, _)| !own(name)).cloned().collect())
    }
}

fn learnt(shell: &Shell, scope: Scope, person: &Person) -> Learnt {
    let value = match scope {
        Scope::Profile => shell.text(&person.name).to_owned(),
        Scope::Email => person.email.clone(),
        Scope::Phone => person.phone.clone(),
    };
    let value = if value.is_empty() { shell.t("openid-not-on-record") } else { value };
    Learnt { what: shell.t(&format!("system-scope-{}", scope.word())), value }
}

/// Who is behind an address, for people to compare.
fn host(uri: &str) -> String {
    let parsed = uri.parse::<axum::http::Uri>().ok();
    parsed.and_then(|uri| uri.authority().map(|it| it.to_string())).unwrap_or_default()
}

/// An address with what is answered; one that has a query keeps it.
pub(crate) fn with_answer<'w>(uri: &str, answer: impl IntoIterator<Item = (&'w str, &'w str)>) -> String {
    let query = web::address("", answer);
    match uri.contains('?') {
        true => format!("{uri}{}", query.replacen('?', "&", 1)),
        false => format!("{uri}{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_joins_the_query_that_an_address_has() {
        let answer = [("code", "a b"), ("state", "")];
        assert_eq!(with_answer("https://a.example/back", answer), "https://a.example/back?code=a%20b");
        assert_eq!(
            with_answer("https://a.example/back?x=1", answer),
            "https://a.example/back?x=1&code=a%20b"
        );
        assert_eq!(with_answer("https://a.example/back", []), "https://a.example/back");
    }
}
