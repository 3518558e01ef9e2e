//! The cookies of this crate, as headers.

use axum::http::{HeaderMap, HeaderValue, header};
use clock::Timestamp;

use crate::{
    Identity, Opened, Person,
    person::digits_word,
    recognise::{SESSION_COOKIE, WAITING_COOKIE, cookie},
    session::PENDING_MAX,
};

/// How long the choice of a language is kept in a browser.
const PREFERENCE_SECONDS: u64 = 31_536_000;

impl Identity {
    /// The session's cookie lives as long as the session may; the one of the waiting sign-in goes.
    pub(crate) fn session_cookies(&self, opened: &Opened, now: Timestamp) -> Vec<HeaderValue> {
        let lifetime = opened.session.ends_at.since(now).as_secs();
        [
            self.line(SESSION_COOKIE, &opened.secret, "/", lifetime),
            self.line(WAITING_COOKIE, "", "/sign-in", 0),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(crate) fn waiting_cookie(&self, secret: &str) -> Option<HeaderValue> {
        self.line(WAITING_COOKIE, secret, "/sign-in", PENDING_MAX.as_secs())
    }

    pub(crate) fn no_session_cookie(&self) -> Option<HeaderValue> {
        self.line(SESSION_COOKIE, "", "/", 0)
    }

    /// The person's own language and digits, unless this browser was told otherwise.
    pub(crate) fn preference_cookies(&self, person: &Person, headers: &HeaderMap) -> Vec<HeaderValue> {
        let own = [("lang", person.language.code()), ("digits", digits_word(person.digits))];
        own.into_iter()
            .filter(|(name, _)| cookie(headers, name).is_none())
            .filter_map(|(name, value)| self.line(name, value, "/", PREFERENCE_SECONDS))
            .collect()
    }

    /// Scripts cannot read it, and other sites cannot post with it.
    fn line(&self, name: &str, value: &str, path: &str, seconds: u64) -> Option<HeaderValue> {
        let secure = if self.https { "; Secure" } else { "" };
        let line = format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&line).ok()
    }
}

pub(crate) fn add(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = HeaderValue>) {
    for line in cookies {
        headers.append(header::SET_COOKIE, line);
    }
}
