//! How close the lines of a desk stand: an officer's own choice, kept by the browser.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, IntoResponseParts, Response, ResponseParts},
};
use web::{Shell, components::Link};

const COOKIE: &str = "desk_density";
const COOKIE_SECONDS_MAX: u32 = 31_536_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Density {
    /// As many lines as fit.
    Compact,
    /// Larger letters and more room.
    Roomy,
}

impl Density {
    fn word(self) -> &'static str {
        match self {
            Density::Compact => "compact",
            Density::Roomy => "roomy",
        }
    }

    fn named(word: &str) -> Option<Density> {
        [Density::Compact, Density::Roomy].into_iter().find(|density| density.word() == word)
    }

    /// The classes of the page's body.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Density::Compact => "desk",
            Density::Roomy => "desk roomy",
        }
    }

    /// Both choices, as links to this page.
    pub(crate) fn links(self, shell: &Shell) -> Vec<Link> {
        let link = |density: Density| {
            let label = shell.t(&format!("desk-density-{}", density.word()));
            Link::new(shell.with("density", density.word()), label).current(density == self)
        };
        vec![link(Density::Compact), link(Density::Roomy)]
    }
}

/// The density in force, and whether this call chose it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen {
    pub density: Density,
    anew: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Chosen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Chosen, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("density=")).and_then(Density::named);
        let density = asked.or_else(|| kept(parts)).unwrap_or(Density::Compact);
        Ok(Chosen { density, anew: asked.is_some() })
    }
}

fn kept(parts: &Parts) -> Option<Density> {
    let lines = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == COOKIE).then(|| Density::named(value)).flatten())
}

/// The cookie that keeps a choice which was just made.
impl IntoResponseParts for Chosen {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        let word = self.density.word();
        let line =
            format!("{COOKIE}={word}; Path=/desk; Max-Age={COOKIE_SECONDS_MAX}; SameSite=Lax; HttpOnly");
        if let (true, Ok(line)) = (self.anew, HeaderValue::from_str(&line)) {
            parts.headers_mut().append(header::SET_COOKIE, line);
        }
        Ok(parts)
    }
}

/// A page with the choice kept.
pub(crate) fn keeping(chosen: Chosen, page: impl IntoResponse) -> Response {
    (chosen, page).into_response()
}
