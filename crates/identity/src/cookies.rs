//! The cookies of this crate, as headers.

use crate::{
    Identity, Opened, Person,
    person::digits_word,
    recognise::{SESSION_COOKIE, WAITING_COOKIE, cookie},
};
use axum::http::{HeaderMap, HeaderValue, header};

/// How long the choice of a language is kept in a browser.
const PREFERENCE_SECONDS: u64 = 31_536_000;

impl Identity {
    /// The session's cookie goes with the browser's window (LY-MAIL-3B.4a); the one of the waiting sign-in goes now.
    pub(crate) fn session_cookies(&self, opened: &Opened) -> Vec<HeaderValue> {
        [
            self.line(SESSION_COOKIE, &opened.secret, "/", None),
            self.line(WAITING_COOKIE, "", "/sign-in", Some(0)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(crate) fn waiting_cookie(&self, secret: &str) -> Option<HeaderValue> {
        self.line(WAITING_COOKIE, secret, "/sign-in", None)
    }

    pub(crate) fn no_session_cookie(&self) -> Option<HeaderValue> {
        self.line(SESSION_COOKIE, "", "/", Some(0))
    }

    /// The person's own language and digits, unless this browser was told otherwise.
    pub(crate) fn preference_cookies(&self, person: &Person, headers: &HeaderMap) -> Vec<HeaderValue> {
        let own = [("lang", person.language.code()), ("digits", digits_word(person.digits))];
        own.into_iter()
            .filter(|(name, _)| cookie(headers, name).is_none())
            .filter_map(|(name, value)| self.line(name, value, "/", Some(PREFERENCE_SECONDS)))
            .collect()
    }

    /// Scripts cannot read it, and other sites cannot post with it. Without seconds it ends with the browser.
    fn line(&self, name: &str, value: &str, path: &str, seconds: Option<u64>) -> Option<HeaderValue> {
        let secure = if self.https { "; Secure" } else { "" };
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let line = format!("{name}={value}; Path={path}{age}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&line).ok()
    }
}

pub(crate) fn add(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = HeaderValue>) {
    for line in cookies {
        headers.append(header::SET_COOKIE, line);
    }
}
