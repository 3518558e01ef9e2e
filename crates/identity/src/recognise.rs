//! Who calls: on every request, in one statement.
//!
//! Nothing is cached, so that a session, a token or an appointment that ends has ended for the next request on
//! every node.

mod table;

use std::sync::Arc;

use authz::{Actor, Assurance, Failure, Kind, Refusal, Via};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use language::{Digits, Lang, Text};
use uuid::Uuid;

use crate::{
    ACCOUNT_DISABLED, Identity, Zone,
    confirmation::LastShown,
    cookies, secret,
    session::{self, SEEN_EVERY},
    token::{self, USED_EVERY},
};

/// The cookie of a session.
pub(crate) const SESSION_COOKIE: &str = "diwan_session";
/// The cookie of a sign-in that awaits its code.
pub(crate) const WAITING_COOKIE: &str = "diwan_sign_in";

const TOKEN_INVALID: Refusal = Refusal::new(Kind::NotIdentified, "auth.token_invalid", &["LY-SVC-8.1"]);

/// The person behind the call, as far as every page needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basics {
    pub id: Uuid,
    pub name: Text,
    pub language: Lang,
    pub digits: Digits,
}

/// Who was recognised on this call; nobody when nobody is signed in. In the extensions of every request.
#[derive(Clone, Debug, Default)]
pub struct Recognised(pub Option<(Actor, Basics)>);

/// Whence and with what somebody calls: the zone by the address of this very call, and the device that showed itself in the
/// session. In the extensions of every request.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    pub zone: Zone,
    pub device: Option<Uuid>,
}

/// Who calls, when they last showed it, the device of their session, and what they hold or held by delegation.
type Known = (Recognised, LastShown, Option<Uuid>, Option<Arc<behalf::Call>>);

/// What the caller showed.
enum Shown {
    Session(Vec<u8>),
    Token(Vec<u8>),
}

/// Puts the recognition around a router: [`Recognised`] and, for pages, `web::Signed`. A bad bearer token is
/// refused with 401; a session that is over is simply nobody.
pub fn recognise(identity: Arc<Identity>, router: Router) -> Router {
    router.layer(from_fn_with_state(identity, look))
}

/// What an open page asks for without its person: it must not keep a session alive that nobody uses.
const ASKED_BY_ITSELF: &str = "/inbox/count";

async fn look(State(identity): State<Arc<Identity>>, mut request: Request, next: Next) -> Response {
    let shown = match shown(request.headers()) {
        Ok(shown) => shown,
        Err(refusal) => return web::Error::from(refusal).into_response(),
    };
    let by_itself = request.uri().path() == ASKED_BY_ITSELF;
    let (recognised, last_shown, device, call) = match identity.who(shown, by_itself).await {
        Ok(found) => found,
        Err(failure) => return identity.turned_away(failure),
    };
    let zone =
        request.extensions().get::<web::Peer>().map_or(Zone::Outside, |peer| identity.zones.of(peer.0));
    request.extensions_mut().insert(Seat { zone, device });
    if let Some((actor, basics)) = &recognised.0
        && is_page(&request)
    {
        let query = request.uri().query().unwrap_or_default();
        let lang = web::Preferences::negotiate(query, request.headers()).lang;
        match identity.signed(actor, basics, lang).await {
            Ok(signed) => web::seat(&mut request, signed),
            Err(failure) => return web::Error::from(failure).into_response(),
        }
    }
    if let Some((actor, _)) = &recognised.0 {
        request.extensions_mut().insert(notify::Recipient(actor.person));
    }
    request.extensions_mut().insert(recognised);
    request.extensions_mut().insert(last_shown);
    match call {
        Some(call) => call.carry(next.run(request)).await,
        None => next.run(request).await,
    }
}

/// Pages have a header that names the person; calls of the API and assets have not.
fn is_page(request: &Request) -> bool {
    let path = request.uri().path();
    !path.starts_with("/api/") && !path.starts_with("/assets/")
}

impl Identity {
    /// A browser forgets the session of an account that was shut, so that what is public opens for it again.
    fn turned_away(&self, failure: Failure) -> Response {
        let is_shut = failure.refusal().is_some_and(|refusal| refusal.code == ACCOUNT_DISABLED.code);
        let mut response = web::Error::from(failure).into_response();
        if is_shut {
            cookies::add(response.headers_mut(), self.no_session_cookie());
        }
        response
    }

    /// Who calls, and when they last showed it.
    async fn who(&self, shown: Option<Shown>, by_itself: bool) -> Result<Known, Failure> {
        let nobody = || Ok((Recognised::default(), LastShown::default(), None, None));
        let Some(shown) = shown else { return nobody() };
        let now = self.clock.now();
        let sql = self.store.read();
        let found = match &shown {
            Shown::Session(hash) => table::by_session(&sql, hash, now).await?,
            Shown::Token(hash) => table::by_token(&sql, hash, now).await?,
        };
        let Some(mut found) = found else {
            return match shown {
                Shown::Token(_) => Err(TOKEN_INVALID.into()),
                Shown::Session(_) => nobody(),
            };
        };
        if found.is_disabled {
            return Err(ACCOUNT_DISABLED.into());
        }
        if matches!(shown, Shown::Session(_))
            && session::is_idle(found.last_seen_at, !found.roles.is_empty(), now)
        {
            return nobody();
        }
        if !by_itself {
            self.touch(&shown, found.id, found.last_seen_at, now);
        }
        let call = self.delegations(&mut found, now).await?;
        let (last_shown, device) = (LastShown(found.confirmed_at), found.device);
        Ok((Recognised(Some(found.recognised(&shown))), last_shown, device, call))
    }

    /// Adds what others delegated to somebody who works for a body; the public costs no statement more. Nothing where nobody
    /// delegated anything.
    async fn delegations(
        &self,
        found: &mut table::Found,
        now: Timestamp,
    ) -> Result<Option<Arc<behalf::Call>>, Failure> {
        if found.roles.is_empty() {
            return Ok(None);
        }
        let person = found.basics.id;
        let delegated = organisations::delegated_to(&self.store.read(), person, now).await?;
        let is_any = !delegated.roles.is_empty() || !delegated.lapsed.is_empty();
        found.roles.extend(delegated.roles);
        Ok(is_any.then(|| behalf::Call::of(person, delegated.lapsed)))
    }

    /// Writes the moment of last use beside the request: nobody waits for it, and losing one is harmless.
    fn touch(&self, shown: &Shown, id: Uuid, last_seen_at: Timestamp, now: Timestamp) {
        let (every, is_session) = match shown {
            Shown::Session(_) => (SEEN_EVERY, true),
            Shown::Token(_) => (USED_EVERY, false),
        };
        if now.since(last_seen_at) < every {
            return;
        }
        let store = self.store.clone();
        tokio::spawn(async move {
            if let Err(error) = store.write(Touch { id, is_session, at: now }).await {
                tracing::warn!(%error, "the moment of last use was not written");
            }
        });
    }

    async fn signed(&self, actor: &Actor, basics: &Basics, lang: Lang) -> Result<web::Signed, Failure> {
        Ok(web::Signed {
            name: basics.name.get(lang).to_owned(),
            desk: !actor.roles.is_empty(),
            inbox_unread: u32::try_from(notify::unread(&self.store.read(), basics.id).await?)
                .unwrap_or(u32::MAX),
            admin: actor.holds_anywhere("administrator"),
        })
    }
}

struct Touch {
    id: Uuid,
    is_session: bool,
    at: Timestamp,
}

impl store::Verb for Touch {
    type Answer = ();
    type Error = store::StoreError;

    async fn apply(&self, tx: &store::Tx) -> Result<(), store::StoreError> {
        match self.is_session {
            true => session::table::seen(tx, self.id, self.at).await,
            false => token::table::used(tx, self.id, self.at).await,
        }
    }
}

impl table::Found {
    /// Roles count from a second factor on: with a password alone, staff are members of the public.
    fn recognised(self, shown: &Shown) -> (Actor, Basics) {
        let via = match shown {
            Shown::Session(_) => Via::Session(self.id),
            Shown::Token(_) => Via::Token(self.id),
        };
        let roles = if self.assurance >= Assurance::Substantial { self.roles } else { Vec::new() };
        let actor = Actor { person: self.basics.id, via, assurance: self.assurance, roles, kind: self.kind };
        (actor, self.basics)
    }
}

/// The bearer token wins over the cookie, so that a program inside a browser is judged as a program.
fn shown(headers: &HeaderMap) -> Result<Option<Shown>, Refusal> {
    if let Some(line) = headers.get(header::AUTHORIZATION) {
        let token = line.to_str().ok().and_then(bearer).and_then(token::hash_of);
        return token.map(|hash| Some(Shown::Token(hash))).ok_or(TOKEN_INVALID);
    }
    let cookie = cookie(headers, SESSION_COOKIE).filter(|secret| secret::is_one(secret));
    Ok(cookie.map(|secret| Shown::Session(secret::hash(secret))))
}

fn bearer(line: &str) -> Option<&str> {
    let (scheme, token) = line.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}
